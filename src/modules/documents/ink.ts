import type { Doc } from './draw.ts';
import type { Ink, InkMark } from './shape.ts';

/** How wide the pad is on which is signed, in the units of the strokes. */
export const PAD_WIDTH = 1000;
const PEN = 8;
/** A small hand is not blown up: the pen stays as thin as a pen. */
const LARGEST = 0.2;

type Bounds = { left: number; top: number; width: number; height: number };
type Form = { name: string; reference: PDFKit.PDFKitReference };

/** The signatures of one document, each made a form once and shown on as many pages as it must be. */
export type InkForms = Map<Ink, Form>;

/** The box the strokes fill, the width of the pen included. */
export function boundsOf(ink: Ink): Bounds {
  let [left, top, right, bottom] = [Infinity, Infinity, -Infinity, -Infinity];
  for (const stroke of ink) {
    for (let at = 0; at + 1 < stroke.length; at += 2) {
      const [x = 0, y = 0] = [stroke[at], stroke[at + 1]];
      [left, right] = [Math.min(left, x), Math.max(right, x)];
      [top, bottom] = [Math.min(top, y), Math.max(bottom, y)];
    }
  }
  const pad = PEN / 2;
  return { left: left - pad, top: top - pad, width: right - left + PEN, height: bottom - top + PEN };
}

/** Draws a signature in its place, as lines and not as an image, so that it prints sharp. */
export function drawInk(doc: Doc, forms: InkForms, mark: InkMark, at: { x: number; y: number }): void {
  const bounds = boundsOf(mark.ink);
  const scale = Math.min(mark.width / bounds.width, mark.height / bounds.height, LARGEST);
  const { name, reference } = formOf(doc, forms, mark.ink, bounds);
  const onPage: Record<string, unknown> = doc.page.xobjects;
  onPage[name] = reference;
  const left = at.x + mark.x - bounds.left * scale;
  const top = at.y + mark.y - (mark.height + bounds.height * scale) / 2 - bounds.top * scale;
  doc.markContent('Span', { actual: mark.label });
  doc.addContent(`q ${number(scale)} 0 0 ${number(scale)} ${number(left)} ${number(top)} cm /${name} Do Q`);
  doc.endMarkedContent();
}

const number = (value: number): string => String(Math.round(value * 10_000) / 10_000);

function formOf(doc: Doc, forms: InkForms, ink: Ink, { left, top, width, height }: Bounds): Form {
  const known = forms.get(ink);
  if (known) return known;
  const reference = doc.ref({
    Type: 'XObject',
    Subtype: 'Form',
    BBox: [left, top, left + width, top + height].map((value) => Math.round(value)),
    Resources: {},
  });
  reference.end(`0 0 0 RG 1 J 1 j ${PEN} w\n${ink.map(strokePath).join('\n')}`);
  const form = { name: `Ink${forms.size + 1}`, reference };
  forms.set(ink, form);
  return form;
}

type Point = { x: number; y: number };

/** One stroke: smooth from the middle of one piece to the middle of the next, as the pad draws it. */
function strokePath(stroke: readonly number[]): string {
  const points = pointsOf(stroke);
  const [first, ...rest] = points;
  const last = points.at(-1);
  if (!first || !last) return '';
  let from = first;
  const parts = [`${pair(first)} m`];
  for (const [index, corner] of rest.slice(0, -1).entries()) {
    const next = rest[index + 1] ?? corner;
    const to = { x: (corner.x + next.x) / 2, y: (corner.y + next.y) / 2 };
    parts.push(`${pair(between(from, corner))} ${pair(between(to, corner))} ${pair(to)} c`);
    from = to;
  }
  return [...parts, `${pair(last)} l S`].join(' ');
}

const pointsOf = (stroke: readonly number[]): Point[] =>
  Array.from({ length: Math.floor(stroke.length / 2) }, (_, index) => ({
    x: stroke[index * 2] ?? 0,
    y: stroke[index * 2 + 1] ?? 0,
  }));

/** The control point of a cubic curve that is a quadratic one. */
const between = (end: Point, corner: Point): Point => ({
  x: end.x + ((corner.x - end.x) * 2) / 3,
  y: end.y + ((corner.y - end.y) * 2) / 3,
});

const pair = ({ x, y }: Point): string => `${number(x)} ${number(y)}`;
