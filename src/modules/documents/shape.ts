import { unprocessable } from '../../shared/errors.ts';
import type { AppError } from '../../shared/errors.ts';
import type { Face, FontSet, Role } from './fonts.ts';
import { balancedLines, breakLines } from './line-breaks.ts';
import type { Line } from './line-breaks.ts';
import type { Span } from './text.ts';

/** A run of characters in one face; x and y (the base line) in points from the top left corner of its piece. */
export type Run = {
  kind: 'text';
  x: number;
  y: number;
  text: string;
  face: Face;
  size: number;
  spacing: number;
};

/** A tick box, drawn and not typed. */
export type Box = { kind: 'box'; x: number; y: number; size: number; ticked: boolean };

/** Strokes written by hand, each as x, y, x, y … with y downwards; the pad is `PAD_WIDTH` wide. */
export type Ink = readonly (readonly number[])[];

/** A signature: fitted into `width` × `height` points, its left bottom corner at x and y. */
export type InkMark = {
  kind: 'ink';
  x: number;
  y: number;
  width: number;
  height: number;
  ink: Ink;
  /** What is read out in its place. */
  label: string;
};

/** What is drawn of a line. */
export type Mark = Run | Box | InkMark;

/** A straight line; `width` in points. */
export type Rule = { x1: number; y1: number; x2: number; y2: number; width: number };

/** What is drawn of one line of text, and the rules under its filled blanks. */
export type Drawn = { marks: Mark[]; rules: Rule[] };

/** A text ready to be broken: its characters with face and advance (points). */
export type Shaped = {
  chars: string[];
  faces: (Face | undefined)[];
  advances: Float64Array;
  filled: boolean[];
  size: number;
  /** Points added between characters, for the character grid of GB/T 9704. */
  spacing: number;
};

const BOXES = new Map([
  ['□', false],
  ['☐', false],
  ['☑', true],
]);

/** The height of the base line in a line of `pitch` points: the em box of Chinese faces stands on 0.12 em. */
export const baselineIn = (pitch: number, size: number): number => (pitch - size) / 2 + size * 0.88;

const UNDERLINE_DROP = 0.2;
const UNDERLINE_WIDTH = 0.5;

/** The refusal for a character that no font has: with the character, its code and the field it stands in. */
export function missingGlyph(character: string, field: string): AppError {
  const code = (character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0');
  return unprocessable('document.missing_glyph', { character, codePoint: `U+${code}`, field });
}

/**
 * Finds face and advance of every character. A filled span that is empty becomes `gap` em of blank to write in.
 * AppError 422 `document.missing_glyph` when no font has a character.
 */
export function shape(fonts: FontSet, spans: readonly Span[], style: Style): Shaped {
  const { size, spacing = 0, role, gap = 0 } = style;
  const chars: string[] = [];
  const faces: (Face | undefined)[] = [];
  const advances: number[] = [];
  const filled: boolean[] = [];
  for (const span of spans) {
    const text = span.text === '' && span.filled ? '　'.repeat(gap) : span.text;
    const spanRole = role !== undefined && span.role === 'body' ? role : span.role;
    for (const character of text) {
      const { face, advance } = measure(fonts, spanRole, character);
      chars.push(character);
      faces.push(face);
      advances.push(advance * size + spacing);
      filled.push(span.filled);
    }
  }
  return { chars, faces, advances: Float64Array.from(advances), filled, size, spacing };
}

/** How a text is set: size in points, extra points between characters, the role that stands in for `body`. */
export type Style = { size: number; spacing?: number; role?: Role; gap?: number };

function measure(fonts: FontSet, role: Role, character: string): { face: Face | undefined; advance: number } {
  if (character === '\n') return { face: undefined, advance: 0 };
  if (BOXES.has(character)) return { face: undefined, advance: 1 };
  const cell = fonts.cell(role, character.codePointAt(0) ?? 0);
  if (cell === undefined) throw missingGlyph(character, 'template');
  return cell;
}

/** The width of the whole text on one line, in points. */
export const widthOf = (shaped: Shaped): number =>
  shaped.advances.reduce((total, advance) => total + advance, 0);

/** The lines of a shaped text, the first and the further ones at most so many points wide. */
export const linesOf = (shaped: Shaped, first: number, rest: number = first): Line[] =>
  breakLines({ chars: shaped.chars, advances: shaped.advances, first, rest });

/** The lines of a centred title, of about equal length. */
export const titleLines = (shaped: Shaped, width: number): Line[] =>
  balancedLines(shaped.chars, shaped.advances, width);

/** Where a line is drawn. `stretchTo`: spread the characters to this width. `underline`: rule off filled blanks. */
export type Placing = { x: number; y: number; stretchTo?: number; underline?: boolean };

/** The runs, boxes and underlines of one line. */
export function drawLine(shaped: Shaped, line: Line, { x, y, stretchTo, underline }: Placing): Drawn {
  const extra = stretchTo === undefined ? 0 : stretchOf(shaped, line, stretchTo);
  const drawn: Drawn = { marks: [], rules: [] };
  let left = x;
  for (let start = line.start; start < line.end;) {
    const end = runEnd(shaped, start, line.end);
    let right = left;
    for (let i = start; i < end; i += 1) right += (shaped.advances[i] ?? 0) + extra;
    drawn.marks.push(mark(shaped, start, end, { x: left, y, spacing: shaped.spacing + extra }));
    if (underline === true && isRuled(shaped, start)) {
      drawn.rules.push(underlineOf(left, end === line.end ? right - extra : right, y, shaped.size));
    }
    left = right;
    start = end;
  }
  return drawn;
}

function stretchOf(shaped: Shaped, line: Line, width: number): number {
  const gaps = line.end - line.start - 1;
  return gaps < 1 ? 0 : (width - line.width + shaped.spacing) / gaps;
}

const isRuled = (shaped: Shaped, at: number): boolean =>
  shaped.filled[at] === true && !BOXES.has(shaped.chars[at] ?? '');

/** The rule under a blank from x1 to x2 whose base line is y. */
export const underlineOf = (x1: number, x2: number, y: number, size: number): Rule => {
  const at = y + size * UNDERLINE_DROP;
  return { x1, y1: at, x2, y2: at, width: UNDERLINE_WIDTH };
};

function runEnd(shaped: Shaped, start: number, limit: number): number {
  const face = shaped.faces[start];
  const filled = shaped.filled[start];
  let end = start + 1;
  if (face === undefined) return end;
  while (end < limit && shaped.faces[end] === face && shaped.filled[end] === filled) end += 1;
  return end;
}

function mark(
  shaped: Shaped,
  start: number,
  end: number,
  at: { x: number; y: number; spacing: number },
): Run | Box {
  const { size } = shaped;
  const face = shaped.faces[start];
  if (face === undefined) {
    return { kind: 'box', x: at.x, y: at.y, size, ticked: BOXES.get(shaped.chars[start] ?? '') === true };
  }
  return { kind: 'text', ...at, text: shaped.chars.slice(start, end).join(''), face, size };
}
