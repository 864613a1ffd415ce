import type { Kysely, Selectable } from 'kysely';
import type { TxCtx } from '../../context.ts';
import type { CaseSales, DB, GainsFindings, Violations } from '../../db/schema.ts';
import { notFound } from '../../shared/errors.ts';
import { type CaseRow, lockOpenCase } from '../cases/index.ts';
import { requireFactsOpen } from './rules.ts';

export type ViolationRow = Selectable<Violations>;
export type SaleRow = Selectable<CaseSales>;
export type GainsRow = Selectable<GainsFindings>;

/** Holds a case whose facts may still be entered. 404; 409 `case.not_open`, `penalty.facts_closed`. */
export async function lockForFacts(tx: TxCtx, caseId: string): Promise<CaseRow> {
  const row = await lockOpenCase(tx, caseId);
  requireFactsOpen(row);
  return row;
}

/** The live violations of a case, act by act. */
export const violationsOf = (db: Kysely<DB>, caseId: string): Promise<ViolationRow[]> =>
  db
    .selectFrom('violations')
    .selectAll()
    .where('caseId', '=', caseId)
    .where('voidedAt', 'is', null)
    .orderBy('actNo')
    .orderBy('id')
    .execute();

/** The live sales of a case, in the order they were entered. */
export const salesOf = (db: Kysely<DB>, caseId: string): Promise<SaleRow[]> =>
  db
    .selectFrom('caseSales')
    .selectAll()
    .where('caseId', '=', caseId)
    .where('voidedAt', 'is', null)
    .orderBy('id')
    .limit(MOST_SALES)
    .execute();

/** A case with more sales than this has them in a sheet, one line a month. */
export const MOST_SALES = 1000;

/** The finding of illegal gains that stands, or waits for the principal head. */
export const gainsFinding = (db: Kysely<DB>, caseId: string): Promise<GainsRow | undefined> =>
  db
    .selectFrom('gainsFindings')
    .selectAll()
    .where('caseId', '=', caseId)
    .where('state', 'in', ['standing', 'waiting'])
    .executeTakeFirst();

/** Holds a finding of gains; 404. */
export async function lockGains(tx: TxCtx, id: string): Promise<GainsRow> {
  const row = await tx.db
    .selectFrom('gainsFindings')
    .selectAll()
    .where('id', '=', id)
    .where('bureauId', '=', tx.actor.bureauId)
    .forUpdate()
    .executeTakeFirst();
  if (!row) throw notFound();
  return row;
}
