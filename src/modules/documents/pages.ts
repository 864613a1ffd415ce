import type { Divisible, Laid, Piece } from './piece.ts';

/** A piece and how far below the top of the text area it stands, in points. */
export type Placed = { piece: Piece; y: number };

/** The text area: its height without the foot of every page, and what the last page needs besides. */
export type Area = { height: number; lastReserve: number };

/**
 * Puts blocks on pages. Pieces that keep with the next go over together; the last group leaves room for the foot of
 * the last page, so that the seal never stands on a page of its own foot line only; space at the top of a page is
 * dropped.
 */
export function paginate(laid: readonly Laid[], { height, lastReserve }: Area): Placed[][] {
  const pages: Placed[][] = [[]];
  let y = 0;
  const place = (piece: Piece, reserve: number): void => {
    const page = pages.at(-1) ?? [];
    if (y > 0 && y + piece.height + reserve > height + 0.01) {
      pages.push([]);
      y = 0;
      place(piece, 0);
      return;
    }
    if (page.length === 0 && pages.length > 1 && isSpace(piece)) return;
    page.push({ piece, y });
    y += piece.height;
  };
  const groups = grouped(laid);
  for (const [index, group] of groups.entries()) {
    const reserve = index === groups.length - 1 ? lastReserve : 0;
    if (!Array.isArray(group)) {
      for (const piece of group.divide({ first: height - y, full: height, lastReserve: reserve }))
        place(piece, 0);
      continue;
    }
    const total = group.reduce((sum, piece) => sum + piece.height, 0);
    // What keeps together but is taller than a page is divided after all.
    const ahead = total + reserve <= height ? total : 0;
    for (const [at, piece] of group.entries())
      place(piece, at === 0 ? Math.max(0, ahead - piece.height) + reserve : 0);
  }
  return pages;
}

const isSpace = (piece: Piece): boolean => piece.nodes.length === 0 && piece.rules.length === 0;

type Group = Piece[] | Divisible;

function grouped(laid: readonly Laid[]): Group[] {
  const groups: Group[] = [];
  let open: Piece[] | undefined;
  for (const part of laid) {
    if ('divide' in part) {
      open = undefined;
      groups.push(part);
      continue;
    }
    const before = groups.at(-1);
    if (part.keepWithPrevious === true && Array.isArray(before)) {
      open = before;
    } else if (open === undefined) {
      open = [];
      groups.push(open);
    }
    open.push(part);
    if (part.keepWithNext !== true) open = undefined;
  }
  return groups;
}
