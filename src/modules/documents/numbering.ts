/** What fills a number pattern: 机关代字, 文种代字, the year, and the running number of that year. */
export type NumberParts = { prefix: string; code: string; year: number; seq: number };

/** The shape of document numbers by default (GB/T 9704-2012, 7.2.5): six-cornered brackets, no leading zeros. */
export const NUMBER_PATTERN = '{prefix}市监{code}〔{year}〕{seq}号';

const PLACEHOLDER = /\{(\w+)\}/g;
const KNOWN = ['prefix', 'code', 'year', 'seq'];

/** The placeholders of a pattern that are unknown, or missing though a number cannot be unique without them. */
export function patternProblems(pattern: string): string[] {
  const used = [...pattern.matchAll(PLACEHOLDER)].map((match) => match[1] ?? '');
  const unknown = used.filter((name) => !KNOWN.includes(name)).map((name) => `unknown {${name}}`);
  const missing = ['year', 'seq'].filter((name) => !used.includes(name)).map((name) => `no {${name}}`);
  return [...unknown, ...missing];
}

/**
 * A document number, e.g. `新都市监强制〔2024〕12号`. `seq` is a whole number from 1, `year` has four digits.
 * RangeError for a sequence, year or pattern that cannot be one: the caller took it from a counter, so it is a bug.
 */
export function formatNumber(pattern: string, { prefix, code, year, seq }: NumberParts): string {
  if (!Number.isSafeInteger(seq) || seq < 1) throw new RangeError('a sequence number counts from 1');
  if (!Number.isInteger(year) || year < 1000 || year > 9999) throw new RangeError('a year has four digits');
  const problems = patternProblems(pattern);
  if (problems.length > 0) throw new RangeError(`number pattern: ${problems.join(', ')}`);
  const values: Record<string, string> = { prefix, code, year: String(year), seq: String(seq) };
  return pattern.replace(PLACEHOLDER, (_, name: string) => values[name] ?? '');
}
