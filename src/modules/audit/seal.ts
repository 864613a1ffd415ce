import { createHash } from 'node:crypto';

/** A line of the trail as it is sealed: every column, times and JSON as the exact text PostgreSQL keeps. */
export type SealedEntry = {
  id: number;
  xid: number;
  bureauId: string | null;
  /** UTC with microseconds, `2024-03-07T01:30:00.123456Z`: a Date would cut it and make honest lines look forged. */
  at: string;
  actorKind: string;
  actorId: string;
  actorName: string;
  actorRoles: readonly string[];
  action: string;
  subjectKind: string;
  subjectId: string;
  /** `detail::text`: jsonb has one text per value (keys ordered, no doubles, exact numbers). */
  detail: string;
  requestId: string;
};

/** What a batch's root commits to besides its lines. */
export type BatchHead = { id: number; afterId: number; fromXid: number; toXid: number };

// A leaf, a node and a root never have the same first byte: no one can be passed off as another (RFC 6962, 2.1).
const LEAF = Buffer.from([0]);
const NODE = Buffer.from([1]);
const ROOT = Buffer.from([2]);

const sha256 = (...parts: Buffer[]): Buffer => {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(part);
  return hash.digest();
};

const ABSENT = 0xffff_ffff;

/** A field with its length before it, so that no two records of fields give the same bytes; null has its own mark. */
function field(value: string | null): Buffer {
  const bytes = Buffer.from(value ?? '', 'utf8');
  const length = Buffer.alloc(4);
  length.writeUInt32BE(value === null ? ABSENT : bytes.length);
  return Buffer.concat([length, bytes]);
}

/** The canonical bytes of a line. The order of the fields is part of the format: never change it. */
export function leafBytes(entry: SealedEntry): Buffer {
  return Buffer.concat(
    [
      String(entry.id),
      String(entry.xid),
      entry.bureauId,
      entry.at,
      entry.actorKind,
      entry.actorId,
      entry.actorName,
      String(entry.actorRoles.length),
      ...entry.actorRoles,
      entry.action,
      entry.subjectKind,
      entry.subjectId,
      entry.detail,
      entry.requestId,
    ].map(field),
  );
}

/** SHA-256 of a line, 32 bytes. */
export const leafHash = (entry: SealedEntry): Buffer => sha256(LEAF, leafBytes(entry));

/** The Merkle root; a leaf without a partner goes up unchanged, and none at all gives the hash of nothing. */
export function merkleRoot(leaves: readonly Buffer[]): Buffer {
  if (leaves.length === 0) return sha256();
  let level = leaves;
  while (level.length > 1) {
    const above: Buffer[] = [];
    for (let i = 0; i < level.length; i += 2) {
      const [left, right] = [level[i]!, level[i + 1]];
      above.push(right ? sha256(NODE, left, right) : left);
    }
    level = above;
  }
  return level[0]!;
}

/** The root that chains a batch onto the one before it (null for the first). */
export function chainRoot(previous: Buffer | null, merkle: Buffer, head: BatchHead): Buffer {
  const numbers = [head.id, head.afterId, head.fromXid, head.toXid].map((value) => field(String(value)));
  return sha256(ROOT, field(previous?.toString('hex') ?? null), merkle, ...numbers);
}
