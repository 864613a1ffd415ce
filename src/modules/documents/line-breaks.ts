/** Marks that may not begin a line: closing brackets and quotes, stops, percent and degree signs (GB/T 15834, 5.1). */
const CLOSING = new Set('，。、；：？！…—～·）］｝〕】》〉」』〗”’％℃‰/,.;:?!)]}%');

/** Marks that may not end a line: opening brackets and quotes, and signs that belong to the figure after them. */
const OPENING = new Set('（［｛〔【《〈「『〖“‘([{￥¥$№#');

const WORD = /[\p{Script=Latin}\p{Script=Greek}\p{Script=Cyrillic}\p{Nd}.,:/@_+%#&'*=~^°-]/u;
const COMBINING = /\p{M}/u;
const PAIRED = new Set('—…');

/**
 * May a line end between these two characters? No closing mark at the start of a line, no opening mark at its end
 * (避头尾); Latin words, numbers, codes and the two halves of —— and …… stay whole.
 */
export function mayBreak(before: string, after: string): boolean {
  if (before === '\n') return true;
  if (after === ' ') return false;
  if (COMBINING.test(after)) return false;
  if (before === ' ') return true;
  if (CLOSING.has(after) || OPENING.has(before)) return false;
  if (PAIRED.has(before) && before === after) return false;
  return !(isWord(before) && isWord(after));
}

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
    start = chars[line.end] === '\n' ? line.end + 1 : line.end;
    while (!line.last && chars[start] === ' ') start += 1;
  }
  if (lines.length === 0) lines.push({ start: 0, end: 0, width: 0, last: true });
  return lines;
}

function nextLine({ chars, advances }: Measure, start: number, limit: number): Line {
  let width = 0;
  let fit = start;
  let fitWidth = 0;
  for (let i = start; i < chars.length; i += 1) {
    const character = chars[i] ?? '';
    if (character === '\n') return { start, end: i, width, last: true };
    const advance = advances[i] ?? 0;
    // A space at the end of a line is dropped, so it need not fit.
    if (character !== ' ' && width + advance > limit + 1e-6 && i > start) {
      return fit > start
        ? trimmed({ start, end: fit, width: fitWidth, last: false }, chars, advances)
        : { start, end: i, width, last: false };
    }
    width += advance;
    const after = chars[i + 1];
    if (after !== undefined && mayBreak(character, after)) {
      fit = i + 1;
      fitWidth = width;
    }
  }
  return trimmed({ start, end: chars.length, width, last: true }, chars, advances);
}

function trimmed(line: Line, chars: readonly string[], advances: ArrayLike<number>): Line {
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
