import { sum } from '../../shared/decimal.ts';
import type { BlockOf } from './blocks-schema.ts';
import type { Printed } from './blanks.ts';
import { printedSpan } from './frame.ts';
import type { Frame } from './frame.ts';
import type { Role } from './fonts.ts';
import { placed } from './paragraphs.ts';
import { leaf, mm, movedMarks } from './piece.ts';
import type { Divisible, Node, Piece, Room } from './piece.ts';
import { baselineIn, drawLine, linesOf, shape } from './shape.ts';
import type { Mark, Rule } from './shape.ts';

const PAD_X = 3;
const PAD_Y = 2;
const BORDER = 0.6;
const LINE_PITCH = 1.2;
const HEADER_SIZE = 12;

type ListBlock = BlockOf<'list'>;
type Align = ListBlock['columns'][number]['align'];
type Row = { height: number; cells: Mark[][]; edges: readonly number[] };
type Column = { left: number; width: number; align: Align };

/**
 * A ruled list over as many pages as it needs: the header repeated, empty rows ruled down to the signatures, totals
 * per unit and 以下空白 after the last entry, so that nothing can be added.
 */
export function listBlock(block: ListBlock, frame: Frame): Divisible {
  const join = frame.nextId();
  return {
    divide: (room) => {
      const columns = columnsOf(block, frame.width);
      const edges = [...columns.map((column) => column.left), frame.width];
      const header = headerRow(block, frame, columns, edges);
      const layout: Layout = { block, frame, columns, edges, header, join };
      const pages = fill(rowsOf(layout, room), room, header.height, mm(block.rowHeight));
      addEnd(layout, pages);
      return pages.map((page, index) => pagePiece(layout, page, index));
    },
  };
}

type Layout = {
  block: ListBlock;
  frame: Frame;
  columns: Column[];
  edges: readonly number[];
  header: Row;
  join: string;
};

type Page = { rows: Row[]; used: number; room: number };

function columnsOf(block: ListBlock, width: number): Column[] {
  const total = block.columns.reduce((all, column) => all + column.width, 0);
  let left = 0;
  return block.columns.map((column) => {
    const made = { left, width: (column.width / total) * width, align: column.align };
    left += made.width;
    return made;
  });
}

function headerRow(block: ListBlock, frame: Frame, columns: Column[], edges: readonly number[]): Row {
  const style: CellStyle = { size: HEADER_SIZE, role: 'heading' };
  const lines = block.columns.map((column, index) =>
    cellLines(frame, column.label, { ...(columns[index] ?? noColumn), align: 'center' }, style),
  );
  return rowFrom(lines, { size: HEADER_SIZE, minHeight: mm(block.headerHeight), edges });
}

const noColumn: Column = { left: 0, width: 1, align: 'left' };

type CellStyle = { size: number; role: Role };
/** The marks of one line of a cell, on a base line at 0. */
type CellLine = Mark[];

function cellLines(frame: Frame, text: string, column: Column, { size, role }: CellStyle): CellLine[] {
  if (text === '') return [];
  const shaped = shape(frame.fonts, [printedSpan(text, role)], { size });
  const at = { left: column.left + PAD_X, width: column.left + column.width - PAD_X };
  return linesOf(shaped, at.width - at.left).map(
    (line) => drawLine(shaped, line, { ...placed(column.align, line, shaped, at), y: 0 }).marks,
  );
}

type RowStyle = { size: number; minHeight: number; edges: readonly number[] };

function rowFrom(cells: CellLine[][], { size, minHeight, edges }: RowStyle): Row {
  const pitch = size * LINE_PITCH;
  const most = cells.reduce((count, lines) => Math.max(count, lines.length), 0);
  const height = Math.max(minHeight, most * pitch + 2 * PAD_Y);
  return {
    height,
    edges,
    cells: cells.map((lines) => {
      const top = (height - lines.length * pitch) / 2;
      for (const [index, marks] of lines.entries()) {
        for (const mark of marks) mark.y = top + index * pitch + baselineIn(pitch, size);
      }
      return lines.flat();
    }),
  };
}

/** The entries and the totals as rows. An entry too long for a page goes on in further rows. */
function* rowsOf(layout: Layout, room: Room): Generator<Row> {
  const { block, frame, columns, edges, header } = layout;
  const entries = frame.view[block.of];
  const style: RowStyle = { size: block.size, minHeight: mm(block.rowHeight), edges };
  const cell: CellStyle = { size: block.size, role: 'body' };
  const smallest =
    Math.min(room.first > 0 ? room.first : room.full, room.full) - room.lastReserve - header.height;
  const most = Math.max(1, Math.floor((smallest - 2 * PAD_Y) / (block.size * LINE_PITCH)));
  for (const [index, entry] of (Array.isArray(entries) ? entries : []).entries()) {
    const lines = block.columns.map((column, at) => {
      const text = column.blank === undefined ? String(index + 1) : printedCell(entry, column.blank);
      return cellLines(frame, text, columns[at] ?? noColumn, cell);
    });
    const longest = Math.max(...lines.map((list) => list.length));
    for (let from = 0; from < Math.max(1, longest); from += most) {
      yield rowFrom(
        lines.map((list) => list.slice(from, from + most)),
        style,
      );
    }
  }
  if (block.totals !== undefined) yield* totalRows(layout, most);
}

function printedCell(entry: Printed, blank: string): string {
  if (typeof entry !== 'object' || entry === null || Array.isArray(entry)) return '';
  const value = entry[blank];
  return typeof value === 'string' ? value : '';
}

/** One line of totals: how much of each unit, in the order in which the units first appear. */
function* totalRows({ block, frame, columns }: Layout, most: number): Generator<Row> {
  const totals = block.totals;
  const entries = frame.view[block.of];
  if (totals === undefined || !Array.isArray(entries)) return;
  const perUnit = new Map<string, string[]>();
  for (const entry of entries) {
    const amount = printedCell(entry, totals.sum);
    const unit = printedCell(entry, totals.per);
    if (amount === '') continue;
    const amounts = perUnit.get(unit);
    if (amounts) amounts.push(amount);
    else perUnit.set(unit, [amount]);
  }
  if (perUnit.size === 0) return;
  const text = [...perUnit].map(([unit, amounts]) => `${sum(amounts)}${unit}`).join('；');
  const first = columns[0] ?? noColumn;
  const rest: Column = { left: first.width, width: frame.width - first.width, align: 'left' };
  const style: CellStyle = { size: block.size, role: 'body' };
  const label = cellLines(frame, totals.label, { ...first, align: 'center' }, style);
  const lines = cellLines(frame, text, rest, style);
  const row: RowStyle = {
    size: block.size,
    minHeight: mm(block.rowHeight),
    edges: [0, first.width, frame.width],
  };
  for (let from = 0; from < lines.length; from += most) {
    yield rowFrom([from === 0 ? label : [], lines.slice(from, from + most)], row);
  }
}

/** Puts the rows on pages; the last page keeps room for what stands only there, and for the `closing` row. */
function fill(rows: Iterable<Row>, room: Room, headerHeight: number, closing: number): Page[] {
  const startsHere = room.first > room.full * 0.4;
  let page: Page = { rows: [], used: headerHeight, room: startsHere ? room.first : room.full };
  const pages = [page];
  const open = (): void => {
    page = { rows: [], used: headerHeight, room: room.full };
    pages.push(page);
  };
  for (const row of rows) {
    if (page.used + row.height > page.room + 0.01) open();
    page.rows.push(row);
    page.used += row.height;
  }
  page.room -= room.lastReserve;
  if (page.used + closing <= page.room + 0.01) return pages;
  // The foot of the last page needs room: what stands in its way goes over, at least one row, so that it is not alone.
  const before = page;
  before.room += room.lastReserve;
  open();
  page.room -= room.lastReserve;
  const moved = before.rows.splice(-1);
  for (const row of moved) {
    before.used -= row.height;
    page.rows.push(row);
    page.used += row.height;
  }
  return pages;
}

/** 以下空白 in the row after the last entry, then ruled empty rows down to the foot; only there could one add. */
function addEnd({ block, frame, columns, edges }: Layout, pages: readonly Page[]): void {
  const size = block.size;
  const minHeight = mm(block.rowHeight);
  const last = pages.at(-1);
  if (last === undefined) return;
  const across: Column = { left: 0, width: frame.width, align: 'center' };
  const end = cellLines(frame, block.end, across, { size, role: 'body' });
  const closing = rowFrom([end], { size, minHeight, edges: [0, frame.width] });
  const empty = rowFrom(
    columns.map(() => []),
    { size, minHeight, edges },
  );
  let next = closing;
  while (last.used + minHeight <= last.room + 0.01) {
    last.rows.push(next);
    last.used += minHeight;
    next = empty;
  }
}

function pagePiece({ header, join, frame, edges }: Layout, page: Page, index: number): Piece {
  const rules: Rule[] = [];
  const head =
    index === 0 ? tableRow(header, 0, 'TH') : leaf('Artifact', movedMarks(header.cells.flat(), 0, 0));
  const table: Node = { ...leaf('Table', [], join), kids: index === 0 ? [head] : [] };
  let top = 0;
  let open = { from: 0, edges };
  for (const row of [header, ...page.rows]) {
    rules.push({ x1: 0, y1: top, x2: frame.width, y2: top, width: BORDER });
    if (row.edges !== open.edges) {
      rules.push(...verticals(open.edges, open.from, top));
      open = { from: top, edges: row.edges };
    }
    if (row !== header && row.cells.some((cell) => cell.length > 0))
      table.kids.push(tableRow(row, top, 'TD'));
    top += row.height;
  }
  rules.push(
    { x1: 0, y1: top, x2: frame.width, y2: top, width: BORDER },
    ...verticals(open.edges, open.from, top),
  );
  return { height: top, nodes: index === 0 ? [table] : [head, table], rules };
}

const verticals = (edges: readonly number[], from: number, to: number): Rule[] =>
  from === to ? [] : edges.map((x) => ({ x1: x, y1: from, x2: x, y2: to, width: BORDER }));

function tableRow(row: Row, top: number, tag: 'TH' | 'TD'): Node {
  const kids = row.cells.map((marks) => {
    // The rows were made for this page only, so they are moved in place: a long list has very many.
    for (const mark of marks) mark.y += top;
    return leaf(tag, marks);
  });
  return { ...leaf('TR', []), kids };
}
