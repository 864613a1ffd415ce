import { type Kysely, sql, type Transaction } from 'kysely';
import type { DB } from '../../db/schema.ts';
import type { BatchHead, SealedEntry } from './seal.ts';

const entries = (db: Kysely<DB>) =>
  db
    .selectFrom('auditEntries')
    .select([
      'id',
      'xid',
      'bureauId',
      'actorKind',
      'actorId',
      'actorName',
      'actorRoles',
      'action',
      'subjectKind',
      'subjectId',
      'requestId',
    ])
    .select([
      sql<string>`to_char(at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')`.as('at'),
      sql<string>`detail::text`.as('detail'),
    ]);

/** Which lines a batch may take: of this era, of transactions in a range. */
export type Range = { afterId: number; fromXid: number; toXid: number };

/** Lines of a range in sealing order, (transaction, id). */
export function entriesInRange(db: Transaction<DB>, range: Range, limit: number): Promise<SealedEntry[]> {
  return entries(db)
    .where('id', '>', range.afterId)
    .where('xid', '>=', range.fromXid)
    .where('xid', '<', range.toXid)
    .orderBy('xid')
    .orderBy('id')
    .limit(limit)
    .execute();
}

/** Lines by id, in no order. */
export function entriesById(db: Kysely<DB>, ids: readonly number[]): Promise<SealedEntry[]> {
  return entries(db)
    .where(sql<boolean>`id = any (${ids}::bigint[])`)
    .execute();
}

/** A sealed batch as stored. */
export type Batch = BatchHead & {
  entryIds: number[];
  leafHashes: Buffer;
  previousRoot: Buffer | null;
  root: Buffer;
};

const batches = (db: Kysely<DB>) =>
  db
    .selectFrom('auditBatches')
    .select(['id', 'afterId', 'fromXid', 'toXid', 'leafHashes', 'previousRoot', 'root'])
    .select(sql<number[]>`to_jsonb(entry_ids)`.as('entryIds'));

/** What the next batch must know of the one before it. */
export type LastBatch = Pick<Batch, 'id' | 'afterId' | 'toXid' | 'root'>;

/** The newest batch. */
export const findLastBatch = (db: Kysely<DB>): Promise<LastBatch | undefined> =>
  db
    .selectFrom('auditBatches')
    .select(['id', 'afterId', 'toXid', 'root'])
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirst();

/** Up to `limit` batches after `id`, oldest first. */
export const batchesAfter = (db: Kysely<DB>, id: number, limit: number): Promise<Batch[]> =>
  batches(db).where('id', '>', id).orderBy('id').limit(limit).execute();

/** Keeps a batch. */
export async function insertBatch(db: Transaction<DB>, batch: Batch, now: Date): Promise<void> {
  await db
    .insertInto('auditBatches')
    .values({ ...batch, sealedAt: now })
    .execute();
}

/** The oldest transaction still open: all before it are done, and what they wrote is to be seen from now on. */
export async function oldestOpenXid(db: Transaction<DB>): Promise<number> {
  const { rows } = await sql<{ xmin: number }>`
    select pg_snapshot_xmin(pg_current_snapshot())::text::bigint as xmin`.execute(db);
  return rows[0]!.xmin;
}

/** One sealer at a time, in the whole database, until the transaction ends. */
export async function electSealer(db: Transaction<DB>): Promise<boolean> {
  const { rows } = await sql<{ elected: boolean }>`
    select pg_try_advisory_xact_lock(hashtext('audit.seal')) as elected`.execute(db);
  return rows[0]!.elected;
}

/** Highest id of any line written under the transactions of an earlier cluster, sealed or not. */
export async function lastIdOfEra(
  db: Transaction<DB>,
  { afterId, fromXid }: Omit<Range, 'toXid'>,
): Promise<number> {
  const { rows } = await sql<{ last: number }>`
    select greatest(
      ${afterId}::bigint,
      (select max(id) from audit_entries where id > ${afterId} and xid >= ${fromXid}),
      (select max(entry_id) from audit_batches, unnest(entry_ids) as entry_id)) as last`.execute(db);
  return rows[0]!.last;
}

/** The first line that should be sealed by now and is in no batch; and how many wait for the sealer. */
export async function unsealedEntries(
  db: Kysely<DB>,
  last: Pick<BatchHead, 'afterId' | 'toXid'>,
): Promise<{ stray: number | null; waiting: number }> {
  const { rows } = await sql<{ stray: number | null; waiting: number }>`
    select min(entries.id) filter (where not coming) as stray, count(*) filter (where coming) as waiting
    from (
      select id, (id > ${last.afterId} and xid >= ${last.toXid}) as coming from audit_entries
    ) as entries
    where not exists (
      select 1 from (select unnest(entry_ids) as id from audit_batches) as sealed where sealed.id = entries.id)`.execute(
    db,
  );
  return rows[0]!;
}
