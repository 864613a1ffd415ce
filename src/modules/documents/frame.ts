import { valueAt } from './blanks.ts';
import type { Printed } from './blanks.ts';
import type { FontSet, Role } from './fonts.ts';
import type { Hand } from './hands.ts';
import { shape, widthOf } from './shape.ts';
import type { Shaped } from './shape.ts';
import { plainText } from './text.ts';
import type { Span, Text } from './text.ts';

/** Where blocks are laid: the column they fill (points) and what fills their blanks. */
export type Frame = {
  fonts: FontSet;
  /** What Liquid sees. */
  view: Record<string, Printed>;
  /** The data themselves, for ticks and lists. */
  data: Record<string, unknown>;
  /** Who signed it. */
  hands: readonly Hand[];
  width: number;
  /** Text size and line pitch in points; `spacing` is added after each character. */
  size: number;
  pitch: number;
  spacing: number;
  /** Gap in em printed for a blank that was left open. */
  gap: number;
  /** A fresh name for parts that continue on the next line or page. */
  nextId: () => string;
};

/** The texts of a block in this frame. */
export const spansIn = (frame: Frame, text: Text): Span[] => text(frame.view);

/** The text as one string, e.g. to see whether anything was filled in. */
export const stringIn = (frame: Frame, text: Text | undefined): string =>
  text === undefined ? '' : plainText(text(frame.view));

/** Shaped in the size of the frame unless `size` says otherwise; the character grid holds for the body size only. */
export function shapeIn(
  frame: Frame,
  spans: readonly Span[],
  style: { size?: number; role?: Role } = {},
): Shaped {
  const size = style.size ?? frame.size;
  const spacing = size === frame.size ? frame.spacing : 0;
  return shape(frame.fonts, spans, {
    size,
    spacing,
    gap: frame.gap,
    ...(style.role && { role: style.role }),
  });
}

/** How much smaller a text may be set to stay on one line, as a share of its size. */
export type Fit = { width: number; smallest: number };

/** Shaped smaller where that keeps it on one line; in its own size where it must be broken anyway. */
export function shapeToFit(
  frame: Frame,
  spans: readonly Span[],
  fit: Fit,
  style: { size?: number; role?: Role } = {},
): Shaped {
  const shaped = shapeIn(frame, spans, style);
  const natural = widthOf(shaped);
  const share = fit.width / natural;
  if (share >= 1 || share < fit.smallest) return shaped;
  return shapeIn({ ...frame, spacing: 0 }, spans, {
    ...style,
    size: Math.floor(shaped.size * share * 10) / 10,
  });
}

/** The line pitch for a text of this size in the frame. */
export const pitchFor = (frame: Frame, size: number | undefined): number =>
  size === undefined || size === frame.size ? frame.pitch : size * 1.5;

/** Whether the blank a block hangs on was filled in. */
export const isFilled = (frame: Frame, path: string | undefined): boolean => {
  if (path === undefined) return true;
  const value = valueAt(frame.view, path);
  return value !== undefined && value !== null && value !== '';
};

/** The frames of the rows of a list blank, each with its row as `item`. */
export function eachIn(frame: Frame, path: string | undefined): Frame[] {
  if (path === undefined) return [frame];
  const rows = valueAt(frame.view, path);
  const list: Printed[] = Array.isArray(rows) ? rows : [];
  return list.map((item, index) => {
    const row = typeof item === 'object' && !Array.isArray(item) ? item : {};
    return { ...frame, view: { ...frame.view, item: { ...row, index: String(index + 1) } } };
  });
}

/** A span of the form's own wording. */
export const printedSpan = (text: string, role: Role = 'body'): Span => ({ text, role, filled: false });
