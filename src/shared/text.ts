// Controls except tab and line feed, and the marks that hide text or turn its direction round.
const HIDDEN = /(?![\t\n])\p{Cc}|[\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]/gu;
const LONE_SURROGATE = /\p{Cs}/gu;

/**
 * Text from outside as it is kept: NFC, line ends as `\n`, trimmed, without control characters, bidirectional
 * overrides, zero-width spaces and lone surrogates. Private-use characters stay: some names are written with them.
 */
export function cleanText(text: string): string {
  return text
    .replace(/\r\n?|[\u0085\u2028\u2029]/g, '\n')
    .replace(HIDDEN, '')
    .replace(LONE_SURROGATE, '')
    .normalize('NFC')
    .trim();
}

/** As `cleanText`, on one line: every run of white space becomes one space. */
export const cleanLine = (text: string): string => cleanText(text).replace(/\s+/g, ' ');

/** The number of code points: 𠮷 counts one, as a person counts it. */
export const lengthOf = (text: string): number => Array.from(text).length;

/** The first `max` code points; never half a character. */
export const truncate = (text: string, max: number): string => Array.from(text).slice(0, max).join('');

// Compatibility form can join what was apart and lower case can undo the normal form; twice is stable.
const fold = (text: string): string => text.normalize('NFKC').toLowerCase().normalize('NFKC').toLowerCase();

/**
 * The key under which two spellings of a name are the same: half width, lower case, one kind of bracket, one kind of
 * middle dot, no white space. For matching only, never shown.
 */
export function nameKey(name: string): string {
  return fold(cleanText(name))
    .replace(/[[{【〔〖「『〈《<]/g, '(')
    .replace(/[\]}】〕〗」』〉》>]/g, ')')
    .replace(/[•・‧∙⋅･]/g, '·')
    .replace(/\s+/g, '');
}

/** The text a search runs over: half width, lower case, only letters, figures and marks that belong to them. */
export const searchKey = (text: string): string => fold(text).replace(/[^\p{L}\p{M}\p{N}\p{Co}]/gu, '');

/**
 * The distinct pairs of neighbouring characters of `searchKey(text)`, in order. What contains a query contains all its
 * pairs; a query of one character has none and is looked for by LIKE over the search key.
 */
export function bigrams(text: string): string[] {
  const characters = Array.from(searchKey(text));
  const pairs = new Set<string>();
  for (let i = 0; i + 1 < characters.length; i += 1) pairs.add(`${characters[i]}${characters[i + 1]}`);
  return [...pairs];
}

const FORMULA = /^\s*[=+\-@＝＋－＠]|^[\t\r\n]/;
const PLAIN_NUMBER = /^[+-]?\d+(\.\d+)?$|^[+-]$/;

/** A cell for CSV or a spreadsheet: one that would run as a formula gets a leading `'`; plain numbers stay. */
export const guardFormula = (cell: string): string =>
  FORMULA.test(cell) && !PLAIN_NUMBER.test(cell) ? `'${cell}` : cell;
