import type { BlockOf } from './blocks-schema.ts';
import { eachIn, isFilled, pitchFor, printedSpan, shapeIn, shapeToFit, spansIn, stringIn } from './frame.ts';
import type { Frame } from './frame.ts';
import { linePiece, merged } from './piece.ts';
import type { Piece } from './piece.ts';
import { baselineIn, drawLine, linesOf, titleLines, underlineOf, widthOf } from './shape.ts';
import type { Drawn, Shaped } from './shape.ts';
import { handBeside, inkAt, REFUSED, type Hand } from './hands.ts';
import type { Line } from './line-breaks.ts';
import type { Span, Text } from './text.ts';

const TITLE_SIZE = 22;
const TITLE_PITCH = 32;
/** Wider gaps than this many em look like a missing word; the line then stays ragged. */
const STRETCH_LIMIT = 3;
/** A blank beside another one is set this much smaller, at most, before it is broken. */
const FIELD_FIT = 0.82;

/** The heading: 2号, centred, each line of about equal length (GB/T 9704-2012, 7.3.1). */
export function titlePieces(block: BlockOf<'title'>, frame: Frame): Piece[] {
  const join = frame.nextId();
  const y = baselineIn(TITLE_PITCH, TITLE_SIZE);
  const pieces = block.lines.flatMap((text) => {
    const shaped = shapeIn(frame, spansIn(frame, text), { size: TITLE_SIZE, role: 'title' });
    return titleLines(shaped, frame.width).map((line) => {
      const x = (frame.width - line.width) / 2;
      return { ...linePiece('H1', drawLine(shaped, line, { x, y }), TITLE_PITCH, join), keepWithNext: true };
    });
  });
  return [...pieces, { height: block.space * frame.pitch, nodes: [], rules: [], keepWithNext: true }];
}

/** A paragraph of running text; each line is a piece, so that it may go over to the next page. */
export function paragraphPieces(block: BlockOf<'paragraph'>, frame: Frame): Piece[] {
  if (!isFilled(frame, block.when)) return [];
  return eachIn(frame, block.each).flatMap((row) => paragraphLines(block, row));
}

function paragraphLines(block: BlockOf<'paragraph'>, frame: Frame): Piece[] {
  const spans = spansIn(frame, block.text);
  if (spans.length === 0) return [];
  const style = { ...(block.size && { size: block.size }), ...(block.role && { role: block.role }) };
  const pitch = pitchFor(frame, block.size);
  return paragraphsOf(spans).flatMap((paragraph) => {
    const shaped = shapeIn(frame, paragraph, style);
    const indent = block.indent * (shaped.size + shaped.spacing);
    const join = frame.nextId();
    return linesOf(shaped, frame.width - indent, frame.width).map((line, index) => {
      const left = index === 0 ? indent : 0;
      const placing = placed(block.align, line, shaped, { left, width: frame.width });
      const y = baselineIn(pitch, shaped.size);
      const piece = linePiece(
        'P',
        drawLine(shaped, line, { ...placing, y, underline: block.underline }),
        pitch,
        join,
      );
      return block.keep ? { ...piece, keepWithNext: true } : piece;
    });
  });
}

type Align = BlockOf<'paragraph'>['align'];

/** Where a line begins, and how wide it is spread, for its alignment. */
export function placed(
  align: Align,
  line: Line,
  shaped: Shaped,
  column: { left: number; width: number },
): { x: number; stretchTo?: number } {
  const room = column.width - column.left;
  const used = line.width - shaped.spacing;
  if (align === 'center') return { x: column.left + (room - used) / 2 };
  if (align === 'right') return { x: column.left + room - used };
  const stretch = align === 'justify' && !line.last && room - used < STRETCH_LIMIT * shaped.size;
  return stretch ? { x: column.left, stretchTo: room } : { x: column.left };
}

/** Cuts spans at their line breaks: what an officer typed as a new paragraph is one. */
export function paragraphsOf(spans: readonly Span[]): Span[][] {
  const paragraphs: Span[][] = [[]];
  for (const span of spans) {
    for (const [index, text] of span.text.split('\n').entries()) {
      if (index > 0) paragraphs.push([]);
      paragraphs.at(-1)?.push({ ...span, text });
    }
  }
  return paragraphs;
}

/** Lines of label and ruled blank, one beside the other (`联系电话：____ 其他联系方式：____`). */
export function fieldsPieces(block: BlockOf<'fields'>, frame: Frame): Piece[] {
  if (!isFilled(frame, block.when)) return [];
  return eachIn(frame, block.each).flatMap((row) => fieldsRow(block, row));
}

function fieldsRow(block: BlockOf<'fields'>, frame: Frame): Piece[] {
  const em = frame.size + frame.spacing;
  const indent = block.indent * em;
  const columns = columnsOf(block.fields, indent, frame.width);
  const only = block.fields.length === 1;
  const cells = block.fields.map((field, index) => {
    const label = shapeIn(frame, relabelled(spansIn(frame, field.label), block.labelRole), sizeOf(block));
    const column = columns[index] ?? { left: 0, right: frame.width };
    const fit = { width: column.right - column.left - widthOf(label), smallest: only ? 1 : FIELD_FIT };
    const hand = handBeside(frame, field.signer, stringIn(frame, field.value));
    const value = shapeToFit(frame, valueOf(frame, field.value, hand), fit, sizeOf(block));
    // A single field goes on over the whole line below; beside another one, below its own beginning.
    return {
      label,
      value,
      ruled: block.ruled && field.value !== undefined,
      hand,
      ...column,
      restLeft: only ? indent : undefined,
    };
  });
  const lines = cells.map((cell) => fieldLines(cell));
  const count = Math.max(block.minLines, ...lines.map((list) => list.length));
  const pitch = pitchFor(frame, block.size);
  const join = frame.nextId();
  return Array.from({ length: count }, (_, index) => {
    const parts = cells.map((cell, at) => fieldLine(cell, lines[at]?.[index], index, pitch));
    return { ...linePiece('P', merged(parts), pitch, join), keepWithNext: index === 0 && count > 1 };
  });
}

/** What stands in a field: who signs it writes where a name would be printed. */
function valueOf(frame: Frame, value: Text | undefined, hand: Hand | undefined): Span[] {
  if (hand) return hand.ink === null ? [printedSpan(REFUSED)] : [];
  return value === undefined ? [] : spansIn(frame, value);
}

const sizeOf = (block: { size?: number | undefined }): { size?: number } =>
  block.size ? { size: block.size } : {};

const relabelled = (spans: Span[], role: Span['role']): Span[] =>
  spans.map((span) => (span.filled ? span : printedSpan(span.text, role)));

type FieldCell = {
  label: Shaped;
  value: Shaped;
  ruled: boolean;
  hand: Hand | undefined;
  left: number;
  right: number;
  restLeft: number | undefined;
};

function columnsOf(fields: { width?: number | undefined }[], indent: number, width: number) {
  const room = width - indent;
  const given = fields.reduce((total, field) => total + (field.width ?? 0), 0);
  const open = fields.filter((field) => field.width === undefined).length;
  let left = indent;
  return fields.map((field) => {
    const right = left + room * (field.width ?? (1 - given) / open);
    const column = { left, right };
    left = right;
    return column;
  });
}

const valueLeft = (cell: FieldCell, index: number): number =>
  index > 0 && cell.restLeft !== undefined ? cell.restLeft : cell.left + widthOf(cell.label);

const fieldLines = (cell: FieldCell): Line[] =>
  linesOf(cell.value, cell.right - valueLeft(cell, 0), cell.right - valueLeft(cell, 1));

function fieldLine(cell: FieldCell, line: Line | undefined, index: number, pitch: number): Drawn {
  const y = baselineIn(pitch, cell.label.size);
  const left = valueLeft(cell, index);
  const parts: Drawn[] = [];
  if (index === 0) {
    const whole = { start: 0, end: cell.label.chars.length, width: widthOf(cell.label), last: true };
    parts.push(drawLine(cell.label, whole, { x: cell.left, y }));
  }
  if (line !== undefined) parts.push(drawLine(cell.value, line, { x: left, y }));
  if (index === 0 && cell.hand) {
    parts.push(inkAt(cell.hand, { left, right: cell.right, y, size: cell.label.size }));
  }
  if (cell.ruled) parts.push({ marks: [], rules: [underlineOf(left, cell.right, y, cell.label.size)] });
  return merged(parts);
}

/** Notes under a form: a label, and numbered items that hang beside it. */
export function notesPieces(block: BlockOf<'notes'>, frame: Frame): Piece[] {
  const { size } = block;
  const pitch = size * 1.5;
  const y = baselineIn(pitch, size);
  const label = shapeIn(frame, spansIn(frame, block.label), { size });
  return block.items.flatMap((item, index) => {
    const number = shapeIn(frame, [printedSpan(`${index + 1}. `)], { size });
    const text = shapeIn(frame, spansIn(frame, item), { size });
    const numberLeft = widthOf(label);
    const left = numberLeft + size * 1.3;
    const join = frame.nextId();
    return linesOf(text, frame.width - left).map((line, at) => {
      const parts = [
        drawLine(text, line, { ...placed('justify', line, text, { left, width: frame.width }), y }),
      ];
      if (at === 0) parts.unshift(drawLine(number, whole(number), { x: numberLeft, y }));
      if (at === 0 && index === 0) parts.unshift(drawLine(label, whole(label), { x: 0, y }));
      return linePiece('Note', merged(parts), pitch, join);
    });
  });
}

/** The whole of a shaped text as one line. */
export const whole = (shaped: Shaped): Line => ({
  start: 0,
  end: shaped.chars.length,
  width: widthOf(shaped),
  last: true,
});
