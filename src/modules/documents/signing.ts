import { valueAt } from './blanks.ts';
import type { BlockOf } from './blocks-schema.ts';
import { printedSpan, shapeIn, spansIn, stringIn } from './frame.ts';
import type { Frame } from './frame.ts';
import { dayBeside, handsOf, inkAt, REFUSED, type Hand } from './hands.ts';
import { whole } from './paragraphs.ts';
import { linePiece, merged, mm } from './piece.ts';
import type { Piece } from './piece.ts';
import { baselineIn, drawLine, linesOf, titleLines, underlineOf } from './shape.ts';
import type { Drawn } from './shape.ts';
import type { Span, Text } from './text.ts';

const OPEN_DATE = '年　　月　　日';
/** Where the middle of the office name stands, as a share of the width: right of the middle, as on the forms. */
const SEAL_AT = 0.68;

/** Lines to be signed, by hand or on glass, each with its date: `当事人：________ 年 月 日`. */
export function signaturesPieces(block: BlockOf<'signatures'>, frame: Frame): Piece[] {
  const lines = block.lines.map((line) => signatureLine(block, line, frame));
  return block.above > 0
    ? [{ height: mm(block.above), nodes: [], rules: [], keepWithNext: true }, ...lines]
    : lines;
}

type SignatureLine = BlockOf<'signatures'>['lines'][number];

function signatureLine(block: BlockOf<'signatures'>, line: SignatureLine, frame: Frame): Piece {
  const { size, width } = frame;
  const pitch = mm(block.pitch);
  const y = baselineIn(pitch, size);
  const hands = handsOf(frame, line.signer).slice(line.skip, line.skip + line.names);
  const label = shapeIn(frame, spansIn(frame, line.label));
  const left = block.indent * size + whole(label).width;
  const dateLeft = width - whole(shapeIn(frame, [printedSpan(OPEN_DATE)])).width;
  const middle = left + (dateLeft - left) * 0.46;
  const date = shapeIn(frame, [printedSpan(dayBeside(hands.at(-1)) || OPEN_DATE)]);
  const parts: Drawn[] = [drawLine(label, whole(label), { x: block.indent * size, y })];
  const rules: Drawn[] = [ruled(left, width, y, size)];
  if (line.names === 2) {
    const comma = shapeIn(frame, [printedSpan('、')]);
    parts.push(drawLine(comma, whole(comma), { x: middle, y }));
    rules.splice(0, 1, ruled(left, middle, y, size), ruled(middle + size, width, y, size));
  }
  const places = line.names === 2 ? [left, middle, middle + size, dateLeft] : [left, dateLeft];
  for (const [index, hand] of hands.entries()) {
    const [from = left, to = dateLeft] = places.slice(index * 2);
    parts.push(handIn(frame, hand, { left: from, right: to, y, size }));
  }
  parts.push(drawLine(date, whole(date), { x: width - whole(date).width, y }), ...rules);
  return { ...linePiece('P', merged(parts), pitch), keepWithNext: true };
}

/** A signature, or the words that it was refused. */
function handIn(frame: Frame, hand: Hand, place: Parameters<typeof inkAt>[1]): Drawn {
  if (hand.ink !== null) return inkAt(hand, place);
  const words = shapeIn(frame, [printedSpan(REFUSED)]);
  return drawLine(words, whole(words), { x: place.left + place.size, y: place.y });
}

const ruled = (x1: number, x2: number, y: number, size: number): Drawn => ({
  marks: [],
  rules: [underlineOf(x1, x2, y, size)],
});

/** Who signed off a cell of an internal form, and when: printed from the data, or left to be written. */
export function signoffPieces(block: BlockOf<'signoff'>, frame: Frame): Piece[] {
  const pitch = frame.size * block.pitch;
  const y = baselineIn(pitch, frame.size);
  const pieces: Piece[] = [];
  if (block.label !== undefined) {
    const name: Span[] = [printedSpan(stringIn(frame, block.name))];
    const shaped = shapeIn(frame, [...spansIn(frame, block.label), ...name]);
    const x = block.at * frame.width;
    for (const line of linesOf(shaped, frame.width - x)) {
      pieces.push(linePiece('P', drawLine(shaped, line, { x, y }), pitch));
    }
  }
  const date = shapeIn(frame, [
    printedSpan(stringIn(frame, block.date) || dayBeside(handsOf(frame, block.signer)[0]) || OPEN_DATE),
  ]);
  const x = frame.width - whole(date).width - frame.size * 1.5;
  pieces.push(linePiece('P', drawLine(date, whole(date), { x, y }), pitch));
  return pieces;
}

/** Bureau, place of the seal and date, kept together (GB/T 9704-2012, 7.3.5); the seal rides on name and date. */
export function sealPieces(block: BlockOf<'seal'>, frame: Frame): Piece[] {
  const texts = [stringIn(frame, block.office), '（印　章）', stringIn(frame, block.date) || OPEN_DATE];
  const lines = texts.flatMap((text) => {
    const shaped = shapeIn(frame, [printedSpan(text)]);
    return titleLines(shaped, frame.width).map((line) => ({ shaped, line }));
  });
  const drawn = lines.map(({ shaped, line }, index) => {
    const x = Math.min(frame.width * SEAL_AT - line.width / 2, frame.width - line.width);
    const y = (block.above + index) * frame.pitch + baselineIn(frame.pitch, frame.size);
    return drawLine(shaped, line, { x: Math.max(0, x), y });
  });
  const height = frame.pitch * (block.above + lines.length);
  // The seal never stands on a page without text (GB/T 9704-2012, 7.3.5.4).
  return [{ ...linePiece('P', merged(drawn), height), keepWithPrevious: true }];
}

/** How many copies and for whom, under a thick rule at the foot of the last page. */
export function copiesPieces(block: BlockOf<'copies'>, frame: Frame): Piece[] {
  const shaped = shapeIn(frame, spansIn(frame, block.text));
  const pitch = frame.size * 1.8;
  const y = baselineIn(pitch, frame.size);
  const pieces = linesOf(shaped, frame.width).map((line) =>
    linePiece('P', drawLine(shaped, line, { x: 0, y, underline: true }), pitch),
  );
  pieces[0]?.rules.push({ x1: -mm(3), y1: 0, x2: frame.width + mm(3), y2: 0, width: 1.5 });
  return pieces;
}

/** `第 x 页 共 y 页`, centred. */
export function pagesPieces(block: BlockOf<'pages'>, frame: Frame): Piece[] {
  const shaped = shapeIn(frame, spansIn(frame, block.text), { size: 12, role: 'heading' });
  const x = (frame.width - whole(shaped).width) / 2;
  return [linePiece('P', drawLine(shaped, whole(shaped), { x, y: baselineIn(20, 12) }), 20)];
}

/** The options of a blank, each with its box; the chosen ones are ticked. */
export function ticksPieces(block: BlockOf<'ticks'>, frame: Frame): Piece[] {
  const value = valueAt(frame.data, block.of);
  const chosen = new Set<unknown>(Array.isArray(value) ? value : [value]);
  return block.rows.flatMap((row) => {
    const left = (index: number): number => frame.width * (block.columns?.[index] ?? index / row.length);
    const lines: Drawn[][] = [[]];
    for (const [index, key] of row.entries()) {
      const text = `${chosen.has(key) ? '☑' : '□'}${block.options[key] ?? ''}`;
      const right = index + 1 < row.length ? left(index + 1) : frame.width;
      for (const [at, drawn] of option(frame, {
        text,
        left: left(index),
        right,
        after: block.after[key],
      }).entries()) {
        (lines[at] ??= []).push(drawn);
      }
    }
    return lines.map((parts) => linePiece('P', merged(parts), frame.pitch));
  });
}

type Option = { text: string; left: number; right: number; after: Text | undefined };

/** The lines of one option: box, wording, and what was written after it, ruled to the right and going on below. */
function option(frame: Frame, { text, left, right, after }: Option): Drawn[] {
  const y = baselineIn(frame.pitch, frame.size);
  const shaped = shapeIn(frame, [printedSpan(text)]);
  const head = drawLine(shaped, whole(shaped), { x: left, y });
  if (after === undefined) return [head];
  const start = left + whole(shaped).width;
  const value = shapeIn(frame, [printedSpan(stringIn(frame, after))]);
  return linesOf(value, right - start, right - left).map((line, index) => {
    const x = index === 0 ? start : left;
    const drawn = merged([drawLine(value, line, { x, y }), ruled(x, right, y, frame.size)]);
    return index === 0 ? merged([head, drawn]) : drawn;
  });
}
