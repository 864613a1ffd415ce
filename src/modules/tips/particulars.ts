import type { Respondent } from './matters.ts';
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
const GAP = { phone: '[\\s\\p{Cf}().（）·_-]*', other: '[\\s\\p{Cf}·_*-]*' };

/** One area after the other: province, city, district, street, village, road. */
const AREA =
  /\p{Script=Han}{1,12}?(?:省|自治区|(?<!超)市|(?<!小)区|县|旗|盟|州|街(?!道)|街道|镇|乡|村|路(?!口)|大道|巷)/uy;

const spelled = (key: string, gap: string): string =>
  Array.from(key)
    .map((char) => char.replace(/[\\^$.*+?()[\]{}|/]/u, '\\$&'))
    .join(gap);

/** What of a particular stands in every text: one character, a short number. */
const isCommon = (key: string): boolean => Array.from(key).length < 2 || /^\d{1,4}$/.test(key);

/** The areas an address begins with. */
function areasOf(key: string): string[] {
  const areas: string[] = [];
  AREA.lastIndex = 0;
  for (let found = AREA.exec(key); found; found = AREA.exec(key)) areas.push(found[0]);
  return areas;
}

/**
 * An address with or without the areas it lies in; null where it is nothing but areas (成都市新都区, a mere street): that
 * tells of nobody.
 */
function addressPattern(key: string): string | null {
  const areas = areasOf(key);
  const place = key.slice(areas.join('').length);
  if (place === '') return null;
  // 88号 alone stands in every text: it is one of its road.
  const near = /^[\d一二三四五六七八九十百]|^.{1,3}$/u.test(place) ? (areas.pop() ?? '') : '';
  const around = areas.length === 0 ? '' : `(?:${spelled(areas.join(''), GAP.other)}${GAP.other})?`;
  return around + spelled(near + place, GAP.other);
}

function patternOf(field: Particular, value: string): string | null {
  const key = field === 'phone' ? phoneKey(value) : idKey(value);
  if (isCommon(key)) return null;
  if (field === 'phone') return spelled(key, GAP.phone);
  if (field === 'address') return addressPattern(key);
  // A Latin name is a word of its own, not a part of one.
  if (/^[A-Z]+$/.test(key)) return `(?<![A-Z])${spelled(key, GAP.other)}(?![A-Z])`;
  return spelled(key, GAP.other);
}

/**
 * The particulars of a reporter, each with the pattern that finds it. One that is the respondent's name or address as
 * well (he reports whom he works for) is no secret of his: hiding it would tell what it hides.
 */
function patternsOf(reporter: Reporter, respondent: Respondent): [Particular, string][] {
  const theirs = [respondent.respondentName, respondent.respondentAddress ?? ''].map(idKey);
  return SECRET.flatMap((field): [Particular, string][] => {
    const value = reporter[field];
    if (!value || theirs.includes(idKey(value))) return [];
    const pattern = patternOf(field, value);
    return pattern === null ? [] : [[field, pattern]];
  });
}

/**
 * Which of a reporter's particulars a text gives away. What leaves the tip (a case source, and with it the file the
 * party may read) must say none of them (Order 121 art. 37, FSL 115).
 */
export function namesReporter(text: string, reporter: Reporter, respondent: Respondent): Particular[] {
  const plain = text.normalize('NFKC');
  return patternsOf(reporter, respondent)
    .filter(([, pattern]) => new RegExp(pattern, 'iu').test(plain))
    .map(([field]) => field);
}

/** Puts `MASK` in the place of what a text says of its reporter. */
export type Masking = <T extends string | null>(text: T) => T;

/** How the texts of a tip read for those who may not know who reported. */
export function maskingOf(reporter: Reporter, respondent: Respondent): Masking {
  const patterns = patternsOf(reporter, respondent).map(([, pattern]) => pattern);
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
