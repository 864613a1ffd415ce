import type { Selectable } from 'kysely';
import type { TxCtx } from '../../context.ts';
import type { Cases } from '../../db/schema.ts';
import { notFound } from '../../shared/errors.ts';
import { requireLive } from '../records/index.ts';
import { requireOpenCase } from './rules.ts';

/** A case as it is stored. */
export type CaseRow = Selectable<Cases>;

/** Holds the case's row; 404 where it is not of the actor's bureau. */
export async function lockCase(tx: TxCtx, id: string): Promise<CaseRow> {
  const row = await tx.db
    .selectFrom('cases')
    .selectAll()
    .where('id', '=', id)
    .where('bureauId', '=', tx.actor.bureauId)
    .forUpdate()
    .executeTakeFirst();
  if (!row) throw notFound();
  return row;
}

/**
 * Holds a case that is filed, not closed and not void: what a measure, a sample or a transfer of the case begins with
 * (lock order: the case first). 404, 409 `case.not_open`.
 */
export async function lockOpenCase(tx: TxCtx, id: string): Promise<CaseRow> {
  const row = await lockCase(tx, id);
  requireLive(row);
  requireOpenCase(row);
  return row;
}

/** Holds the source a case is proposed on, so that nobody concludes it meanwhile; 404 where it is not the bureau's. */
export async function lockSourceOfCase(tx: TxCtx, id: string) {
  const row = await tx.db
    .selectFrom('sources')
    .select(['id', 'state', 'partyId', 'verification', 'verifierIds', 'voidedAt', 'voidReason'])
    .where('id', '=', id)
    .where('bureauId', '=', tx.actor.bureauId)
    .forUpdate()
    .executeTakeFirst();
  if (!row) throw notFound();
  return row;
}

/** Writes `change` over a locked case and counts its version up; answers the new row. */
export async function updateCase(tx: TxCtx, row: CaseRow, change: Partial<CaseRow>): Promise<CaseRow> {
  return tx.db
    .updateTable('cases')
    .set({ ...change, version: row.version + 1 })
    .where('id', '=', row.id)
    .returningAll()
    .executeTakeFirstOrThrow();
}
