import { randomBytes } from 'node:crypto';
import { uuidV7 } from '../src/shared/ids.ts';
import type { Statement } from './capture.ts';

const UUID = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g;

function textsIn(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  return Array.isArray(value) ? value.flatMap(textsIn) : [];
}

const uuidsOf = (statements: readonly Statement[]): Set<string> =>
  new Set(statements.flatMap(({ values }) => textsIn(values).flatMap((text) => text.match(UUID) ?? [])));

function replaced(value: unknown, pattern: RegExp, by: ReadonlyMap<string, string>): unknown {
  if (typeof value === 'string') return value.replace(pattern, (found) => by.get(found) ?? found);
  if (Array.isArray(value)) return value.map((part) => replaced(part, pattern, by));
  // Sealed texts: as long, and never the same twice.
  return Buffer.isBuffer(value) ? randomBytes(value.length) : value;
}

/** The statements between `begin` and `commit`, both included. */
export function transactionOf(statements: readonly Statement[]): Statement[] {
  const from = statements.findIndex(({ text }) => text === 'begin');
  const to = statements.findIndex(({ text }) => text === 'commit');
  if (from < 0 || to < from) throw new Error('no transaction was captured');
  return statements.slice(from, to + 1);
}

/**
 * Makes new requests of a captured one: the UUIDs that another request of the same kind did not have are made anew,
 * and its own words (`words(0)`: numbers, keys) are those of request n.
 */
export function replayOf(one: Statement[], other: Statement[], words: (n: number) => string[]) {
  if (one.map(({ text }) => text).join() !== other.map(({ text }) => text).join()) {
    throw new Error('two requests of the same kind sent different statements');
  }
  const kept = uuidsOf(other);
  const made = [...uuidsOf(one)].filter((id) => !kept.has(id));
  const old = words(0);
  const pattern = new RegExp([...made, ...old].join('|'), 'g');
  return (n: number): Statement[] => {
    const now = words(n);
    const by = new Map([
      ...made.map((id) => [id, uuidV7(Date.now())] as const),
      ...old.map((word, i) => [word, now[i]!] as const),
    ]);
    return one.map(({ text, values }) => ({ text, values: values.map((v) => replaced(v, pattern, by)) }));
  };
}
