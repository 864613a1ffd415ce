import { createHash } from 'node:crypto';

/**
 * Canonical JSON: object keys sorted by code unit, no white space, absent and undefined alike left out, so that the
 * same data give the same bytes (RFC 8785 for the values we store). TypeError for what JSON cannot hold exactly:
 * non-finite numbers, bigint, functions, symbols and class instances such as Date.
 */
export function canonicalJson(value: unknown): string {
  if (value === null || typeof value === 'boolean' || typeof value === 'string') return JSON.stringify(value);
  if (typeof value === 'number') {
    if (!Number.isFinite(value)) throw new TypeError('a number that JSON cannot hold');
    return JSON.stringify(value);
  }
  if (Array.isArray(value)) {
    return `[${value.map((entry: unknown) => canonicalJson(entry === undefined ? null : entry)).join(',')}]`;
  }
  if (isPlainObject(value)) {
    const members = Object.keys(value)
      .filter((key) => value[key] !== undefined)
      .toSorted(byCodeUnit)
      .map((key) => `${JSON.stringify(key)}:${canonicalJson(value[key])}`);
    return `{${members.join(',')}}`;
  }
  throw new TypeError('not plain data');
}

const byCodeUnit = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

function isPlainObject(value: unknown): value is Record<string, unknown> {
  if (typeof value !== 'object' || value === null) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}

/** SHA-256 over the UTF-8 bytes of the canonical JSON, 64 hexadecimal digits. */
export const hashOf = (value: unknown): string =>
  createHash('sha256').update(canonicalJson(value), 'utf8').digest('hex');

/** Everything that decides what stands on the paper. */
export type Snapshot = {
  template: { kind: string; version: number; digest: string };
  data: unknown;
  number: string | null;
  issuedAt: Date | null;
  bureauName: string;
  substitutions?: Record<string, string>;
  /** Who signed it; left out where nobody did. */
  signatures?: object[] | undefined;
};

/** The content hash of a paper: SHA-256 over its data snapshot and its template. This is the hash in the page foot. */
export function contentHash({
  template,
  data,
  number,
  issuedAt,
  bureauName,
  substitutions,
  signatures,
}: Snapshot): string {
  return hashOf({
    template: { kind: template.kind, version: template.version, digest: template.digest },
    data,
    number,
    issuedAt: issuedAt === null ? null : issuedAt.toISOString(),
    bureauName,
    substitutions: substitutions ?? {},
    signatures,
  });
}

/** The first 16 digits in groups of four, as printed beside the QR code and read out over the telephone. */
export const shortHash = (hash: string): string =>
  hash
    .slice(0, 16)
    .toUpperCase()
    .replace(/(.{4})(?=.)/g, '$1-');
