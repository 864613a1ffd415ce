import type { BlockOf, CellBlock } from './blocks-schema.ts';
import { shapeIn, shapeToFit, spansIn, stringIn } from './frame.ts';
import type { Frame } from './frame.ts';
import { paragraphsOf, placed } from './paragraphs.ts';
import { leaf, linePiece, marksOf, mm, movedMarks, movedRules } from './piece.ts';
import type { Divisible, Node, Piece, Room, Tag } from './piece.ts';
import { baselineIn, drawLine, linesOf } from './shape.ts';
import type { Mark, Rule } from './shape.ts';
import type { Text } from './text.ts';

const PAD_X = 3;
const PAD_Y = 1.5;
const TOP_PAD = 3;
const BORDER = 0.6;
const CELL_PITCH = 1.33;
/** How close the characters of an upright label may stand, in em. */
const UPRIGHT_CLOSEST = 1.02;
/** How much smaller a cell is set, at most, to stay on one line. */
const FIT = { label: 0.85, value: 0.7 };
/** Points in an upright line stand at the upper right of their square. */
const UPRIGHT_POINTS = '、，。';
const POINT_SHIFT = 0.55;
/** A cut moves up to the end of a row when that costs at most this share of the page. */
const ROW_CUT = 0.12;

type GridCell = BlockOf<'grid'>['rows'][number]['cells'][number];
type Placed = { cell: GridCell; row: number; x: number; width: number; content: Piece[]; foot: Piece[] };
/** A line of text in a cell, which no cut may cross; from the top of the table, in points. */
type Strip = { top: number; bottom: number; marks: Mark[]; rules: Rule[] };
type Area = Placed & { top: number; bottom: number; strips: Strip[] };

/** Lays the blocks of a cell; handed in, because the blocks of a page may hold a table and not the reverse. */
export type LayCell = (block: CellBlock, frame: Frame) => Piece[];

/** A form of ruled cells, cut over pages where it does not fit: between rows, or between two lines of a long text. */
export function gridBlock(block: BlockOf<'grid'>, frame: Frame, lay: LayCell): Divisible {
  const cells = placeCells(block, frame, lay);
  const tops = rowTops(block, cells, frame);
  const inner = { ...frame, size: block.size, spacing: 0 };
  const areas = cells.map((cell) => areaOf(cell, tops, inner));
  const join = frame.nextId();
  const rowJoins = block.rows.map(() => frame.nextId());
  return {
    divide: (room) =>
      cuts(areas, tops, room).map(({ from, to }) => portion({ areas, from, to, join, rowJoins })),
  };
}

function placeCells(block: BlockOf<'grid'>, frame: Frame, lay: LayCell): Placed[] {
  const edges = columnEdges(block.columns, frame.width);
  const taken = block.rows.map(() => new Set<number>());
  return block.rows.flatMap((row, rowIndex) => {
    let column = 0;
    return row.cells.map((cell) => {
      while (taken[rowIndex]?.has(column) === true) column += 1;
      const first = column;
      column += cell.span;
      for (let down = 0; down < cell.rows; down += 1) {
        for (let across = first; across < column; across += 1) taken[rowIndex + down]?.add(across);
      }
      const x = edges[first] ?? 0;
      const width = (edges[column] ?? frame.width) - x;
      return { cell, row: rowIndex, x, width, ...contentOf(cell, cellFrame(block, frame, width), lay) };
    });
  });
}

function columnEdges(widths: readonly number[], width: number): number[] {
  const total = widths.reduce((sum, value) => sum + value, 0);
  let at = 0;
  return [0, ...widths.map((value) => (at += (value / total) * width))];
}

const cellFrame = (block: BlockOf<'grid'>, frame: Frame, width: number): Frame => ({
  ...frame,
  width: width - 2 * PAD_X,
  size: block.size,
  pitch: block.size * CELL_PITCH,
  spacing: 0,
});

function contentOf(cell: GridCell, frame: Frame, lay: LayCell): { content: Piece[]; foot: Piece[] } {
  const foot = cell.foot.flatMap((block) => lay(block, frame));
  if (cell.content !== undefined)
    return { content: cell.content.flatMap((block) => lay(block, frame)), foot };
  if (cell.value !== undefined) return { content: textPieces(cell.value, cell, frame, 'left'), foot };
  if (cell.label === undefined || cell.vertical) return { content: [], foot };
  return { content: textPieces(cell.label, cell, frame, 'center'), foot };
}

function textPieces(text: Text, cell: GridCell, frame: Frame, align: 'left' | 'center'): Piece[] {
  return paragraphsOf(spansIn(frame, text)).flatMap((spans) => {
    const fit = { width: frame.width, smallest: align === 'center' ? FIT.label : FIT.value };
    const shaped = shapeToFit({ ...frame, gap: 0 }, spans, fit, cell.role ? { role: cell.role } : {});
    const y = baselineIn(frame.pitch, frame.size);
    return linesOf(shaped, frame.width).map((line) => {
      const at = placed(cell.align ?? align, line, shaped, { left: 0, width: frame.width });
      return linePiece('P', drawLine(shaped, line, { ...at, y }), frame.pitch);
    });
  });
}

const heightOf = (pieces: readonly Piece[]): number =>
  pieces.reduce((total, piece) => total + piece.height, 0);

function neededHeight(placedCell: Placed, block: BlockOf<'grid'>, frame: Frame): number {
  const { cell, content, foot } = placedCell;
  if (!cell.vertical) return heightOf(content) + heightOf(foot) + PAD_Y + (isMiddle(cell) ? PAD_Y : TOP_PAD);
  const longest = Math.max(
    ...stringIn(frame, cell.label)
      .split('\n')
      .map((column) => Array.from(column).length),
  );
  return longest * block.size * UPRIGHT_CLOSEST + 2 * PAD_Y;
}

/** The top of each row and the bottom of the last; rows grow with their contents. */
function rowTops(block: BlockOf<'grid'>, cells: readonly Placed[], frame: Frame): number[] {
  const heights = block.rows.map((row) => mm(row.height));
  // Cells of one row first, so that a spanning cell adds only what is still missing.
  for (const placedCell of cells.toSorted((a, b) => a.cell.rows - b.cell.rows)) {
    const last = placedCell.row + placedCell.cell.rows - 1;
    const has = heights.slice(placedCell.row, last + 1).reduce((total, height) => total + height, 0);
    const missing = neededHeight(placedCell, block, frame) - has;
    if (missing > 0) heights[last] = (heights[last] ?? 0) + missing;
  }
  let at = 0;
  return [0, ...heights.map((height) => (at += height))];
}

const isMiddle = (cell: GridCell): boolean =>
  (cell.valign ?? (cell.content === undefined ? 'middle' : 'top')) === 'middle';

function areaOf(placedCell: Placed, tops: readonly number[], frame: Frame): Area {
  const { cell, row, content, foot } = placedCell;
  const top = tops[row] ?? 0;
  const bottom = tops[row + cell.rows] ?? top;
  const area = { ...placedCell, top, bottom };
  if (cell.vertical) return { ...area, strips: uprightStrips(area, frame) };
  const footTop = bottom - PAD_Y - heightOf(foot);
  const contentTop = isMiddle(cell) ? top + (footTop + PAD_Y - top - heightOf(content)) / 2 : top + TOP_PAD;
  return { ...area, strips: [...strips(content, contentTop, area.x), ...strips(foot, footTop, area.x)] };
}

function strips(pieces: readonly Piece[], from: number, x: number): Strip[] {
  let top = from;
  return pieces.map((piece) => {
    const strip = {
      top,
      bottom: top + piece.height,
      marks: movedMarks(marksOf(piece.nodes), x + PAD_X, top),
      rules: movedRules(piece.rules, x + PAD_X, top),
    };
    top = strip.bottom;
    return strip;
  });
}

/** One character under the other, spread over the cell; the columns of a long label from left to right. */
function uprightStrips(area: Omit<Area, 'strips'>, frame: Frame): Strip[] {
  const columns = stringIn(frame, area.cell.label)
    .split('\n')
    .map((column) => Array.from(column));
  const size = Math.min(frame.size, (area.width - 4) / columns.length);
  const slot = area.width / columns.length;
  return columns.flatMap((characters, index) => {
    const room = (area.bottom - area.top - 2 * PAD_Y) / characters.length;
    const pitch = Math.min(room, size * area.cell.spread);
    const start = area.top + (area.bottom - area.top - pitch * characters.length) / 2;
    return characters.map((character, down) => {
      const shaped = shapeIn(frame, [{ text: character, role: 'body', filled: false }], { size });
      const line = { start: 0, end: 1, width: shaped.advances[0] ?? size, last: true };
      const top = start + down * pitch;
      const shift = UPRIGHT_POINTS.includes(character) ? size * POINT_SHIFT : 0;
      const x = area.x + slot * index + (slot - line.width) / 2 + shift;
      const { marks, rules } = drawLine(shaped, line, { x, y: top + baselineIn(pitch, size) - shift });
      return { top, bottom: top + pitch, marks, rules };
    });
  });
}

type Cut = { from: number; to: number };

/** Where the table is cut so that every portion fits and no line of text is cut through. */
function cuts(areas: readonly Area[], tops: readonly number[], room: Room): Cut[] {
  const end = tops.at(-1) ?? 0;
  const lines = areas.flatMap((area) => area.strips);
  const result: Cut[] = [];
  let from = 0;
  let available = end <= room.first || room.first > room.full * 0.4 ? room.first : room.full;
  while (from < end) {
    const limit = from + available;
    // The last portion also leaves room for the foot of the last page.
    const fits = end <= limit - room.lastReserve;
    const to = fits
      ? end
      : cutAbove(Math.min(limit, end - 1), from, { lines, tops, slack: room.full * ROW_CUT });
    result.push({ from, to: to > from ? to : Math.min(limit, end) });
    from = result.at(-1)?.to ?? end;
    available = room.full;
  }
  return result;
}

type CutSpace = { lines: readonly Strip[]; tops: readonly number[]; slack: number };

function cutAbove(limit: number, from: number, { lines, tops, slack }: CutSpace): number {
  const row = tops.findLast((top) => top <= limit) ?? 0;
  if (row > from && limit - row <= slack) return row;
  let cut = limit;
  for (;;) {
    const crossed = lines.find((line) => line.top < cut - 0.01 && line.bottom > cut + 0.01);
    if (crossed === undefined || crossed.top <= from) return cut;
    cut = crossed.top;
  }
}

type Portion = {
  areas: readonly Area[];
  from: number;
  to: number;
  join: string;
  rowJoins: readonly string[];
};

function portion({ areas, from, to, join, rowJoins }: Portion): Piece {
  const table: Node = { ...leaf('Table', [], join), kids: [] };
  const rules = new Map<string, Rule>();
  const rows = new Map<number, Node>();
  for (const area of areas) {
    if (area.bottom <= from + 0.01 || area.top >= to - 0.01) continue;
    for (const rule of border(area, from, to))
      rules.set(
        Object.values(rule)
          .map((n) => n.toFixed(2))
          .join(),
        rule,
      );
    const inside = area.strips.filter((strip) => strip.top >= from - 0.01 && strip.bottom <= to + 0.01);
    let row = rows.get(area.row);
    if (row === undefined) {
      row = leaf('TR', [], rowJoins[area.row]);
      rows.set(area.row, row);
      table.kids.push(row);
    }
    const tag: Tag = area.cell.label === undefined ? 'TD' : 'TH';
    const name = `${rowJoins[area.row]}.${area.x.toFixed(1)}`;
    row.kids.push(
      leaf(
        tag,
        inside.flatMap((strip) => movedMarks(strip.marks, 0, -from)),
        name,
      ),
    );
    for (const strip of inside) {
      for (const rule of movedRules(strip.rules, 0, -from)) rules.set(JSON.stringify(rule), rule);
    }
  }
  return { height: to - from, nodes: [table], rules: [...rules.values()] };
}

function border(area: Area, from: number, to: number): Rule[] {
  const top = Math.max(area.top, from) - from;
  const bottom = Math.min(area.bottom, to) - from;
  const right = area.x + area.width;
  return [
    { x1: area.x, y1: top, x2: right, y2: top, width: BORDER },
    { x1: area.x, y1: bottom, x2: right, y2: bottom, width: BORDER },
    { x1: area.x, y1: top, x2: area.x, y2: bottom, width: BORDER },
    { x1: right, y1: top, x2: right, y2: bottom, width: BORDER },
  ];
}
