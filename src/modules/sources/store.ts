import { type Expression, type Selectable, sql, type Transaction } from 'kysely';
import intake from '../../data/intake.json' with { type: 'json' };
import type { TxCtx } from '../../context.ts';
import type { DB, Sources } from '../../db/schema.ts';
import { ownBureau } from '../../db/scope.ts';
import { checkVersion } from '../../db/version.ts';
import { dayOf, yearOf } from '../../shared/clock.ts';
import { notFound } from '../../shared/errors.ts';
import { formatNumber, takeNumber } from '../documents/index.ts';
import { requireLive } from '../records/index.ts';
import { requireOpenSource } from './rules.ts';

export type SourceRecord = Selectable<Sources>;

/** Holds the row of a case source of the actor's bureau; 404 otherwise. */
export async function lockSource(tx: TxCtx, id: string): Promise<SourceRecord> {
  const row = await tx.db
    .selectFrom('sources')
    .selectAll()
    .where('id', '=', id)
    .where('bureauId', '=', ownBureau(tx.actor))
    .forUpdate()
    .executeTakeFirst();
  if (!row) throw notFound();
  return row;
}

/** As `lockSource`, for an act: 409 where the source is void, 412 where the caller saw another version of it. */
export async function lockForAct(tx: TxCtx, id: string): Promise<SourceRecord> {
  const source = await lockSource(tx, id);
  requireLive(source);
  checkVersion(tx, source);
  return source;
}

/** Holds a live source on which something may still be done: none that was declined or handed over. 404, 409. */
export async function lockOpenSource(tx: TxCtx, id: string): Promise<SourceRecord> {
  const source = await lockSource(tx, id);
  requireLive(source);
  requireOpenSource(source);
  return source;
}

/** The decisions about a source that the head has yet to take. */
export const pendingApprovals = (db: Transaction<DB>, id: string): Promise<{ matter: string }[]> =>
  db
    .selectFrom('approvals')
    .select('matter')
    .where('subjectKind', '=', 'source')
    .where('subjectId', '=', id)
    .where('state', '=', 'proposed')
    .execute();

/** Whether something live rests on a source: a case, an inspection, a sample, a measure, a clue notice. */
export const inUse = (sourceId: Expression<string>) => sql<boolean>`(
  exists (select from cases x where x.source_id = ${sourceId} and x.voided_at is null and x.state <> 'declined')
  or exists (select from inspections x where x.source_id = ${sourceId} and x.voided_at is null)
  or exists (select from samples x where x.source_id = ${sourceId} and x.voided_at is null)
  or exists (select from measures x where x.source_id = ${sourceId} and x.voided_at is null and x.state <> 'refused')
  or exists (select from clue_notices x where x.source_id = ${sourceId} and x.voided_at is null))`;

/** As `inUse`, of one source. */
export async function isInUse(db: Transaction<DB>, id: string): Promise<boolean> {
  const found = await db
    .selectFrom('sources')
    .select((eb) => inUse(eb.ref('sources.id')).as('inUse'))
    .where('id', '=', id)
    .executeTakeFirstOrThrow();
  return found.inUse;
}

/** Writes changes to a locked case source and counts its version up. */
export async function updateSource(
  db: Transaction<DB>,
  source: SourceRecord,
  changes: Partial<Omit<SourceRecord, 'id' | 'bureauId' | 'version' | 'createdAt'>>,
): Promise<SourceRecord> {
  return db
    .updateTable('sources')
    .set({ ...changes, version: source.version + 1 })
    .where('id', '=', source.id)
    .returningAll()
    .executeTakeFirstOrThrow();
}

/** The next 登记号 of the bureau this year, without gaps. Takes a counter row: call it late in the transaction. */
export async function nextSourceNumber(tx: TxCtx): Promise<string> {
  const { code, pattern } = intake.sourceNumber;
  const { shortName } = await tx.db
    .selectFrom('bureaus')
    .select('shortName')
    .where('id', '=', ownBureau(tx.actor))
    .executeTakeFirstOrThrow();
  const year = yearOf(dayOf(tx.now));
  const seq = await takeNumber(tx, { code, year });
  return formatNumber(pattern, { prefix: shortName, code, year, seq });
}
