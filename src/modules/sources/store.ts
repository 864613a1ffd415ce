import type { Selectable, Transaction } from 'kysely';
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
