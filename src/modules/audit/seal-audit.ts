import { appendFile, open } from 'node:fs/promises';
import type { Transaction } from 'kysely';
import type { Ctx } from '../../context.ts';
import type { DB } from '../../db/schema.ts';
import { formatInstant } from '../../shared/clock.ts';
import { chainRoot, leafHash, merkleRoot, type SealedEntry } from './seal.ts';
import * as store from './store.ts';

const MAX_LINES = 5000;
const MAX_BATCHES = 20;

/** Whole transactions only: a batch ends where a transaction does, however many lines the last one has. */
async function takeLines(db: Transaction<DB>, range: store.Range) {
  const lines = await store.entriesInRange(db, range, MAX_LINES + 1);
  const over = lines[MAX_LINES];
  if (!over) return { lines, toXid: range.toXid };
  const whole = lines.filter((line) => line.xid < over.xid);
  if (whole.length > 0) return { lines: whole, toXid: over.xid };
  const single = { ...range, fromXid: over.xid, toXid: over.xid + 1 };
  return { lines: await store.entriesInRange(db, single, Number.MAX_SAFE_INTEGER), toXid: over.xid + 1 };
}

type Place = { last: store.LastBatch | undefined; afterId: number; fromXid: number; toXid: number };

/** Builds the batch of `lines` that follows `last`. */
function makeBatch({ last, afterId, fromXid, toXid }: Place, lines: readonly SealedEntry[]): store.Batch {
  const head = { id: (last?.id ?? 0) + 1, afterId, fromXid, toXid };
  const leaves = lines.map(leafHash);
  const previousRoot = last?.root ?? null;
  return {
    ...head,
    entryIds: lines.map((line) => line.id),
    leafHashes: Buffer.concat(leaves),
    previousRoot,
    root: chainRoot(previousRoot, merkleRoot(leaves), head),
  };
}

/** A batch, and whether lines that could have been sealed were left for the next. */
type Sealing = { batch: store.Batch; isLast: boolean };

/** The next batch, or undefined where nothing is to be sealed. */
async function nextBatch(
  db: Transaction<DB>,
  last: store.LastBatch | undefined,
): Promise<Sealing | undefined> {
  // Read before the lines: whatever is older than this is committed and is seen by the statements that follow.
  const toXid = await store.oldestOpenXid(db);
  if (last && last.toXid > toXid) return { batch: await closeEra(db, last), isLast: false };
  const place = { last, afterId: last?.afterId ?? 0, fromXid: last?.toXid ?? 0 };
  const taken = await takeLines(db, { ...place, toXid });
  if (taken.lines.length === 0) return undefined;
  return {
    batch: makeBatch({ ...place, toXid: taken.toXid }, taken.lines),
    isLast: taken.toXid === toXid,
  };
}

/**
 * Transactions never go back but where the database was restored into another cluster. Then one batch closes what the
 * old cluster left unsealed, be it nothing, and begins an era of its own: lines with higher ids, transactions from 0.
 * It is made at once, before the new cluster has counted past the old one and the two could be confused.
 */
async function closeEra(db: Transaction<DB>, last: store.LastBatch): Promise<store.Batch> {
  const old = { afterId: last.afterId, fromXid: last.toXid };
  const afterId = await store.lastIdOfEra(db, old);
  const all = Number.MAX_SAFE_INTEGER;
  const left = await store.entriesInRange(db, { ...old, toXid: all }, all);
  return makeBatch({ last, afterId, fromXid: 0, toXid: 0 }, left);
}

/** Seals one batch in its own transaction; undefined where nothing was to be sealed or another sealer is at it. */
async function sealOnce(ctx: Ctx): Promise<Sealing | undefined> {
  return ctx.db.transaction().execute(async (db) => {
    if (!(await store.electSealer(db))) return undefined;
    const sealing = await nextBatch(db, await store.findLastBatch(db));
    if (sealing) await store.insertBatch(db, sealing.batch, ctx.now);
    return sealing;
  });
}

/**
 * Chains what has been committed since the last time, in batches of whole transactions, and tells each new root to
 * the log and to a file outside the database. Only lines of transactions older than every open one are taken, so
 * that nothing can still appear before them. Answers how many lines were sealed.
 */
export async function sealAudit(ctx: Ctx): Promise<number> {
  let sealed = 0;
  for (let i = 0; i < MAX_BATCHES; i += 1) {
    const sealing = await sealOnce(ctx);
    if (!sealing) break;
    const { batch, isLast } = sealing;
    sealed += batch.entryIds.length;
    const root = batch.root.toString('hex');
    ctx.log.info({ batch: batch.id, root, lines: batch.entryIds.length }, 'audit root');
    await keepRoots(ctx, batch);
    // What has been committed meanwhile waits for the next time: under load there would always be a little more.
    if (isLast) break;
  }
  return sealed;
}

const TAIL_BYTES = 4096;

/** The number of the batch in the file's last line; 0 where there is none. */
async function lastKept(path: string): Promise<number> {
  const file = await open(path, 'a+', 0o600);
  try {
    const { size } = await file.stat();
    const from = Math.max(0, size - TAIL_BYTES);
    const { buffer, bytesRead } = await file.read(Buffer.alloc(TAIL_BYTES), 0, TAIL_BYTES, from);
    const lines = buffer.toString('utf8', 0, bytesRead).trimEnd().split('\n');
    return Number(/^(\d+) [0-9a-f]{64} /.exec(lines.at(-1) ?? '')?.[1] ?? 0);
  } finally {
    await file.close();
  }
}

/** Appends the roots the file does not have yet: another instance may have sealed some of them. */
async function keepRoots(ctx: Ctx, newest: store.Batch): Promise<void> {
  const path = ctx.auditRootsFile;
  const kept = await lastKept(path);
  // A database put back to an earlier day counts from lower numbers again: then only the new root is added.
  const missing =
    kept < newest.id ? await store.batchesAfter(ctx.db, Math.max(kept, newest.id - 1000), 1000) : [newest];
  const lines = missing.map(
    (batch) => `${batch.id} ${batch.root.toString('hex')} ${formatInstant(ctx.now)}\n`,
  );
  await appendFile(path, lines.join(''));
}
