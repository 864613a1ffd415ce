import type { Kysely } from 'kysely';
import type { Ctx } from '../../context.ts';
import type { DB } from '../../db/schema.ts';
import { text } from '../../i18n/index.ts';
import { chainRoot, leafHash, merkleRoot, type SealedEntry } from './seal.ts';
import * as store from './store.ts';

/** What does not hold, where first: a line of the trail (its id) or a batch of the chain (its number). */
export type Finding = {
  kind: 'altered' | 'missing' | 'reordered' | 'unsealed' | 'batch_altered' | 'batch_missing' | 'root_unknown';
  entryId: number | null;
  batchId: number | null;
};

/** What verification found; `sentence` says it in the caller's language. */
export type Verification = {
  ok: boolean;
  batches: number;
  entries: number;
  /** Written, but not sealed yet. */
  waiting: number;
  lastRoot: string | null;
  finding: Finding | null;
  sentence: string;
};

type Walk = {
  batches: number;
  entries: number;
  last: store.Batch | undefined;
  hasRoot: boolean;
  finding: Finding | null;
};

const PAGE = 20;
const HASH_BYTES = 32;

const leafAt = (batch: store.Batch, i: number): Buffer =>
  batch.leafHashes.subarray(i * HASH_BYTES, (i + 1) * HASH_BYTES);

/** Whether the line is a sealed one that was given another line's place. */
function isMoved(line: SealedEntry, batch: store.Batch): boolean {
  const own = leafHash(line);
  return batch.entryIds.some((id, i) => {
    const sealed = leafAt(batch, i);
    return own.equals(sealed) || (id !== line.id && leafHash({ ...line, id }).equals(sealed));
  });
}

const isAfter = (line: SealedEntry, before: SealedEntry | undefined): boolean =>
  before === undefined || line.xid > before.xid || (line.xid === before.xid && line.id > before.id);

/** The first line of the batch that is not as it was sealed. */
function checkLines(batch: store.Batch, byId: ReadonlyMap<number, SealedEntry>): Finding | null {
  const at = (kind: Finding['kind'], entryId: number): Finding => ({ kind, entryId, batchId: batch.id });
  for (const [i, id] of batch.entryIds.entries()) {
    const line = byId.get(id);
    if (!line) return at('missing', id);
    if (!leafHash(line).equals(leafAt(batch, i)))
      return at(isMoved(line, batch) ? 'reordered' : 'altered', id);
    if (!isAfter(line, byId.get(batch.entryIds[i - 1] ?? -1))) return at('reordered', id);
  }
  return null;
}

const sameRoot = (a: Buffer | null, b: Buffer | null): boolean => (a && b ? a.equals(b) : a === b);

/** Whether the root follows from the lines' hashes and the root before. */
function rootHolds(batch: store.Batch, before: Buffer | null): boolean {
  if (batch.leafHashes.length !== batch.entryIds.length * HASH_BYTES) return false;
  const leaves = batch.entryIds.map((_, i) => leafAt(batch, i));
  return (
    sameRoot(batch.previousRoot, before) && chainRoot(before, merkleRoot(leaves), batch).equals(batch.root)
  );
}

/** Whether the batch's own row is as it was sealed: its number, its predecessor, its root over the lines' hashes. */
function checkBatch(batch: store.Batch, previous: store.Batch | undefined): Finding | null {
  const expected = (previous?.id ?? 0) + 1;
  if (batch.id !== expected) return { kind: 'batch_missing', entryId: null, batchId: expected };
  if (rootHolds(batch, previous?.root ?? null)) return null;
  return { kind: 'batch_altered', entryId: null, batchId: batch.id };
}

/** Goes through the chain from its first batch, by pages, and stops at the first thing that does not hold. */
async function walk(db: Kysely<DB>, root: string | undefined): Promise<Walk> {
  const seen: Walk = { batches: 0, entries: 0, last: undefined, hasRoot: root === undefined, finding: null };
  for (;;) {
    const batches = await store.batchesAfter(db, seen.last?.id ?? 0, PAGE);
    if (batches.length === 0) return seen;
    for (const batch of batches) {
      const lines = await store.entriesById(db, batch.entryIds);
      const byId = new Map(lines.map((line) => [line.id, line]));
      seen.finding = checkBatch(batch, seen.last) ?? checkLines(batch, byId);
      if (seen.finding) return seen;
      seen.last = batch;
      seen.batches += 1;
      seen.entries += batch.entryIds.length;
      seen.hasRoot ||= batch.root.toString('hex') === root;
    }
  }
}

/**
 * Recomputes the chain from the database alone and names the first line or batch that was altered, removed, reordered
 * or slipped in. With `root` (a hash kept outside the database) it must also be one of the chain's roots: whoever
 * could rewrite the whole chain cannot rewrite what was told outside. One snapshot, so that a sealer at work cannot
 * confuse it.
 */
export async function verifyAudit(
  ctx: Ctx,
  { root }: { root?: string | undefined } = {},
): Promise<Verification> {
  const wanted = root?.trim().toLowerCase();
  return ctx.db
    .transaction()
    .setIsolationLevel('repeatable read')
    .setAccessMode('read only')
    .execute(async (db) => {
      const { last, finding: broken, hasRoot, batches, entries } = await walk(db, wanted);
      const { stray, waiting } = await store.unsealedEntries(db, last ?? { afterId: 0, toXid: 0 });
      const unsealed: Finding | null =
        stray === null ? null : { kind: 'unsealed', entryId: stray, batchId: null };
      const unknown: Finding | null = hasRoot ? null : { kind: 'root_unknown', entryId: null, batchId: null };
      const finding = broken ?? unsealed ?? unknown;
      const lastRoot = last?.root.toString('hex') ?? null;
      const params = { batches, entries, waiting, root: wanted ?? '', ...finding };
      const sentence = text(ctx.locale, finding ? `audit.${finding.kind}` : 'audit.holds', params);
      return { ok: finding === null, batches, entries, waiting, lastRoot, finding, sentence };
    });
}
