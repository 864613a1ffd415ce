import { idKey, phoneKey, type Reporter } from './rules.ts';

const SECRET = [
  'name',
  'phone',
  'address',
  'idNumber',
  'email',
  'otherContact',
  'organisation',
  'representative',
] as const;

type Particular = (typeof SECRET)[number];

/** What stands in a text in the place of who reported, as on the case-file forms. */
export const MASK = '〔信息保密〕';

/** What may stand between two characters of a particular without making it another. */
const GAP = { phone: '[\\s().（）-]*', other: '[\\s-]*' };

function patternOf(field: Particular, value: string): string | null {
  const isPhone = field === 'phone';
  const key = Array.from(isPhone ? phoneKey(value) : idKey(value));
  // One character alone stands in every text.
  if (key.length < 2) return null;
  return key
    .map((char) => char.replace(/[\\^$.*+?()[\]{}|/]/u, '\\$&'))
    .join(isPhone ? GAP.phone : GAP.other);
}

/**
 * The particulars of a reporter, each with the pattern that finds it. One that is the respondent's name as well (he
 * reports whom he works for) is no secret of his: hiding it would tell what it hides.
 */
function patternsOf(reporter: Reporter, respondentName: string): [Particular, string][] {
  return SECRET.flatMap((field): [Particular, string][] => {
    const value = reporter[field];
    if (!value || idKey(value) === idKey(respondentName)) return [];
    const pattern = patternOf(field, value);
    return pattern === null ? [] : [[field, pattern]];
  });
}

/**
 * Which of a reporter's particulars a text gives away. What leaves the tip (a case source, and with it the file the
 * party may read) must say none of them (Order 121 art. 37, FSL 115).
 */
export function namesReporter(text: string, reporter: Reporter, respondentName = ''): Particular[] {
  const plain = text.normalize('NFKC');
  return patternsOf(reporter, respondentName)
    .filter(([, pattern]) => new RegExp(pattern, 'iu').test(plain))
    .map(([field]) => field);
}

/** Puts `MASK` in the place of what a text says of its reporter. */
export type Masking = <T extends string | null>(text: T) => T;

/** How the texts of a tip read for those who may not know who reported. */
export function maskingOf(reporter: Reporter, respondentName: string): Masking {
  const patterns = patternsOf(reporter, respondentName).map(([, pattern]) => pattern);
  if (patterns.length === 0) return (text) => text;
  // The longest first: a name inside an address must not leave the rest of the address standing.
  const pattern = new RegExp(patterns.toSorted((a, b) => b.length - a.length).join('|'), 'giu');
  const masked = (text: string): string => {
    const plain = text.replace(pattern, MASK);
    const folded = plain.normalize('NFKC');
    const found = folded.replace(pattern, MASK);
    return found === folded ? plain : found;
  };
  return <T extends string | null>(text: T) => (text === null ? text : (masked(text) as T));
}
