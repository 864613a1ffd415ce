import words from '../../data/company-words.json' with { type: 'json' };
import { bigrams, searchKey } from '../../shared/text.ts';

const longestFirst = (list: readonly string[]): string =>
  list.toSorted((a, b) => b.length - a.length).join('|');

const PLACE =
  /^(?:\p{Script=Han}{2,3}(?:省|自治区))?(?:\p{Script=Han}{2,3}市)?(?:\p{Script=Han}{1,3}[区县])?/u;
const FORM = new RegExp(`(?:${longestFirst(words.forms)})$`);
const TRADE = new RegExp(`(?:${longestFirst(words.trades)}){1,4}$`);

/** What is left after a cut, as long as it still names somebody. */
const cut = (text: string, pattern: RegExp): string => {
  const rest = text.replace(pattern, '');
  return Array.from(rest).length >= 2 ? rest : text;
};

/** 字号: the part of a name that tells one business from another, without its place, its trade and its form. */
export const coreOf = (name: string): string => cut(cut(cut(searchKey(name), FORM), TRADE), PLACE);

/** How much two sets of character pairs have in common, 0 to 1 (Dice). */
export function pairLikeness(a: readonly string[], b: readonly string[]): number {
  if (a.length === 0 || b.length === 0) return 0;
  const theirs = new Set(b);
  const common = a.filter((pair) => theirs.has(pair)).length;
  return (2 * common) / (a.length + b.length);
}

function coreLikeness(a: string, b: string): number {
  const alike = pairLikeness(bigrams(a), bigrams(b));
  const [short, long] = a.length < b.length ? [a, b] : [b, a];
  if (short.length < 2 || !long.includes(short)) return alike;
  return Math.max(alike, 0.75 + (0.25 * short.length) / long.length);
}

/** How like two names are, 0 to 1; 1 only where they are the same but for width, case and punctuation. */
export function nameLikeness(a: string, b: string): number {
  const [one, other] = [searchKey(a), searchKey(b)];
  if (one === '' || other === '') return 0;
  if (one === other) return 1;
  const whole = pairLikeness(bigrams(one), bigrams(other));
  return Math.min(0.99, 0.75 * coreLikeness(coreOf(a), coreOf(b)) + 0.25 * whole);
}

/** The parts of a name one of which must be in a name like it: a slip of the pen leaves one half whole. */
export function partsOfName(name: string): string[] {
  const core = Array.from(coreOf(name));
  if (core.length < 3) return core.length < 2 ? [] : [core.join('')];
  const half = Math.floor(core.length / 2);
  const parts =
    core.length === 3 ? [core.slice(0, 2), core.slice(1)] : [core.slice(0, half), core.slice(half)];
  return [...new Set(parts.map((part) => part.join('')))];
}

const DIVISIONS =
  /^(?:.{2,7}?(?:省|自治区))?(?:.{2,7}?市(?!场))?(?:.{1,7}?(?:(?<![小社])区|县))?(?:.{1,7}?(?:镇|乡|街道))?/su;

/** The end of an address, behind the last division: the road and the house. Empty where there is none. */
export function placeOf(address: string): string {
  const key = searchKey(address);
  const end = key.replace(DIVISIONS, '');
  return Array.from(end).length >= 3 ? end : '';
}

/** How like two addresses are, 0 to 1: the road and the house count, not the county. */
export function addressLikeness(a: string, b: string): number {
  const [one, other] = [placeOf(a), placeOf(b)];
  if (one === '' || other === '') return 0;
  if (one === other) return 1;
  const houses = [one, other].map((place) => /\d+/.exec(place)?.[0]);
  const alike = pairLikeness(bigrams(one), bigrams(other));
  // The same road, another house: another business.
  return houses[0] && houses[1] && houses[0] !== houses[1] ? alike / 2 : Math.min(0.99, alike);
}
