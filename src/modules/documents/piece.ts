import type { Drawn, Mark, Rule } from './shape.ts';

/** What a reading aid is told a part is (ISO 32000-1, 14.8.4); an Artifact is not read out. */
export type Tag = 'H1' | 'P' | 'Table' | 'TR' | 'TH' | 'TD' | 'Note' | 'Artifact';

/** A part of the structure. Parts with the same `join` under one parent are one part, also across pages. */
export type Node = { tag: Tag; join?: string; marks: Mark[]; kids: Node[] };

/** A part of a page that is not divided: its height in points, what is read, and the lines drawn behind. */
export type Piece = {
  height: number;
  nodes: Node[];
  rules: Rule[];
  keepWithNext?: boolean;
  keepWithPrevious?: boolean;
};

/** A block that is cut to the room there is: forms and lists. Heights in points. */
export type Room = { first: number; full: number; lastReserve: number };
export type Divisible = { divide(room: Room): Piece[] };

/** What a block becomes. */
export type Laid = Piece | Divisible;

/** True for a block that must be told the room there is. */
export const isDivisible = (laid: Laid): laid is Divisible => 'divide' in laid;

/** A node without children. */
export const leaf = (tag: Tag, marks: Mark[], join?: string): Node =>
  join === undefined ? { tag, marks, kids: [] } : { tag, join, marks, kids: [] };

/** A piece of one line of text. */
export const linePiece = (tag: Tag, drawn: Drawn, height: number, join?: string): Piece => ({
  height,
  nodes: [leaf(tag, drawn.marks, join)],
  rules: drawn.rules,
});

/** Drawn lines as one. */
export const merged = (parts: readonly Drawn[]): Drawn => ({
  marks: parts.flatMap((part) => part.marks),
  rules: parts.flatMap((part) => part.rules),
});

/** The same marks, moved. */
export const movedMarks = (marks: readonly Mark[], dx: number, dy: number): Mark[] =>
  marks.map((mark) => ({ ...mark, x: mark.x + dx, y: mark.y + dy }));

/** The same rules, moved. */
export const movedRules = (rules: readonly Rule[], dx: number, dy: number): Rule[] =>
  rules.map((rule) => ({ ...rule, x1: rule.x1 + dx, x2: rule.x2 + dx, y1: rule.y1 + dy, y2: rule.y2 + dy }));

/** All marks of a piece, in reading order. */
export const marksOf = (nodes: readonly Node[]): Mark[] =>
  nodes.flatMap((node) => [...node.marks, ...marksOf(node.kids)]);

/** Millimetres in points. */
export const mm = (length: number): number => (length * 72) / 25.4;
