/** Marks that may not begin a line: closing brackets and quotes, stops, percent and degree signs (GB/T 15834, 5.1). */
const CLOSING = new Set('，。、；：？！…—～·）］｝〕】》〉」』〗”’％℃‰/,.;:?!)]}%');

/** Marks that may not end a line: opening brackets and quotes, and signs that belong to the figure after them. */
const OPENING = new Set('（［｛〔【《〈「『〖“‘([{￥¥$№#');

const WORD = /[\p{Script=Latin}\p{Script=Greek}\p{Script=Cyrillic}\p{Nd}.,:/@_+%#&'*=~^°-]/u;
const COMBINING = /\p{M}/u;
const DIGIT = /\d/;
const HAN = /\p{Script=Han}/u;
const PAIRED = new Set('—…');

/**
 * May a line end between these two characters? No closing mark at the start of a line, no opening mark at its end
 * (避头尾); Latin words, numbers, codes and the two halves of —— and …… stay whole.
 */
export function mayBreak(before: string, after: string): boolean {
  if (before === '\n') return true;
  if (after === ' ' || COMBINING.test(after)) return false;
  return before === ' ' || !(isMarkBound(before, after) || isWhole(before, after));
}

const isMarkBound = (before: string, after: string): boolean => CLOSING.has(after) || OPENING.has(before);

/** Halves of —— and ……, letters of a word, and a figure with its measure word (3份, 2024年). */
const isWhole = (before: string, after: string): boolean =>
  (PAIRED.has(before) && before === after) ||
  (DIGIT.test(before) && HAN.test(after)) ||
  (isWord(before) && isWord(after));

// Called for every character of every document: the regular expression runs once per character.
const wordCache = new Map<string, boolean>();
function isWord(character: string): boolean {
  let known = wordCache.get(character);
  if (known === undefined) {
    known = WORD.test(character);
    wordCache.set(character, known);
  }
  return known;
}

/** Sums of advances are not exact. */
const ROUNDING = 1e-6;

/** A line of a text: characters `start` to `end` (not included), how wide, and whether the paragraph ends here. */
export type Line = { start: number; end: number; width: number; last: boolean };

/** The text to break: its characters, the advance of each, and the widths of the first and of the further lines. */
export type Measure = { chars: readonly string[]; advances: ArrayLike<number>; first: number; rest: number };

/**
 * Breaks a text into lines no wider than the measure. A newline ends a line; spaces at a break are dropped. A stretch
 * that may not be broken and is wider than a line is cut where it must be, so that nothing is ever lost or overflows.
 */
export function breakLines(measure: Measure): Line[] {
  const { chars } = measure;
  const lines: Line[] = [];
  let start = 0;
  while (start < chars.length) {
    const line = nextLine(measure, start, lines.length === 0 ? measure.first : measure.rest);
    lines.push(line);
    start = line.end;
    while (chars[start] === ' ') start += 1;
    if (chars[start] === '\n') start += 1;
  }
  if (lines.length === 0) lines.push({ start: 0, end: 0, width: 0, last: true });
  return lines;
}

function nextLine(measure: Measure, start: number, limit: number): Line {
  const { chars, advances } = measure;
  let width = 0;
  let fit = { end: start, width: 0 };
  let i = start;
  for (; i < chars.length && chars[i] !== '\n'; i += 1) {
    const character = chars[i] ?? '';
    const next = width + (advances[i] ?? 0);
    if (i > start && overflows(character, next, limit)) {
      const cut = fit.end > start ? fit : { end: i, width };
      return trimmed({ start, ...cut, last: false }, measure);
    }
    width = next;
    if (mayBreak(character, chars[i + 1] ?? '\n')) fit = { end: i + 1, width };
  }
  return trimmed({ start, end: i, width, last: true }, measure);
}

/** A space at the end of a line is dropped, so it need not fit. */
const overflows = (character: string, width: number, limit: number): boolean =>
  character !== ' ' && width > limit + ROUNDING;

function trimmed(line: Line, { chars, advances }: Measure): Line {
  let { end, width } = line;
  while (end > line.start && chars[end - 1] === ' ') {
    end -= 1;
    width -= advances[end] ?? 0;
  }
  return { ...line, end, width };
}

/**
 * Lines of about equal length for a centred title (梯形或菱形排列): the fewest lines that fit, then the narrowest
 * measure that needs no more.
 */
export function balancedLines(chars: readonly string[], advances: ArrayLike<number>, limit: number): Line[] {
  const at = (width: number): Line[] => breakLines({ chars, advances, first: width, rest: width });
  const widest = at(limit);
  let low = limit / Math.max(1, widest.length) / 2;
  let high = limit;
  for (let step = 0; step < 12 && high - low > 1; step += 1) {
    const middle = (low + high) / 2;
    if (at(middle).length > widest.length) low = middle;
    else high = middle;
  }
  return at(high);
}
