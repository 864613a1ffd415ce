import { formatDayZh } from '../../shared/clock.ts';
import type { Block, BlockOf, CellBlock } from './blocks-schema.ts';
import type { Frame } from './frame.ts';
import type { Drawn, Ink } from './shape.ts';
import type { Template } from './template.ts';

/** As what somebody signs a paper. */
export type Role = 'party' | 'witness' | 'officer';

/** What stands in the place of a signature; without ink it was refused. */
export type Hand = {
  role: Role;
  name: string;
  /** The day it was signed, YYYY-MM-DD. */
  on: string;
  ink: Ink | null;
  refusal: string | null;
};

/** What is written where the party would not sign (CXGD 43). */
export const REFUSED = '拒绝签名';

/** Those who signed as this, in the order in which they did. */
export const handsOf = (frame: Frame, role: Role | undefined): Hand[] =>
  role === undefined ? [] : frame.hands.filter((hand) => hand.role === role);

/** Whose hand belongs where a name is printed: his own, and where none is, the first one. */
export const handBeside = (frame: Frame, role: Role | undefined, name: string): Hand | undefined =>
  handsOf(frame, role).find((hand) => name === '' || hand.name === name);

/** The day beside a signature. */
export const dayBeside = (hand: Hand | undefined): string => (hand ? formatDayZh(hand.on) : '');

type Place = { left: number; right: number; y: number; size: number };

/** A signature on its line, a little below the base line and well above it, as it is written by hand. */
export function inkAt({ name, ink }: Hand, { left, right, y, size }: Place): Drawn {
  if (ink === null) return { marks: [], rules: [] };
  const pad = size / 3;
  const [width, height] = [Math.max(1, right - left - 2 * pad), size * 1.6];
  return {
    marks: [{ kind: 'ink', x: left + pad, y: y + size * 0.3, width, height, ink, label: `签名：${name}` }],
    rules: [],
  };
}

/** How many may sign a paper as each. */
export type Places = Record<Role, number>;

/** The places a form has to be signed, filled with these data: one for each row where a field stands in every row. */
export function placesOf(template: Template, data: Record<string, unknown>): Places {
  const places: Places = { party: 0, witness: 0, officer: 0 };
  const blocks = [...template.body, ...template.everyPage, ...template.lastPage].flatMap(withCells);
  for (const block of blocks) {
    if (block.block === 'signatures') {
      for (const { signer, names } of block.lines) if (signer) places[signer] += names;
    }
    if (block.block === 'fields') {
      for (const { signer } of block.fields) if (signer) places[signer] += rowsOf(block, data);
    }
  }
  return places;
}

const withCells = (block: Block): (Block | CellBlock)[] =>
  block.block === 'grid'
    ? block.rows.flatMap(({ cells }) => cells.flatMap(({ content = [], foot }) => [...content, ...foot]))
    : [block];

function rowsOf({ each }: BlockOf<'fields'>, data: Record<string, unknown>): number {
  const rows = each === undefined ? [0] : data[each];
  return Array.isArray(rows) ? rows.length : 0;
}
