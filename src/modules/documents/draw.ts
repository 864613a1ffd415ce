import type { Face } from './fonts.ts';
import { drawInk, type InkForms } from './ink.ts';
import type { Node, Tag } from './piece.ts';
import type { Box, Mark, Rule, Run } from './shape.ts';

/** What this file uses of a pdfkit document. */
export type Doc = PDFKit.PDFDocument;

/** The structure of one document while it is drawn. */
export type Structure = { doc: Doc; root: Part; fonts: Set<Face>; inks: InkForms };
type Part = { element: PDFKit.PDFStructureElement; joined: Map<string, Part> };

/** Begins the structure: one Document element that everything hangs from. */
export function openStructure(doc: Doc): Structure {
  const element = doc.struct('Document');
  doc.addStructure(element);
  return { doc, root: { element, joined: new Map() }, fonts: new Set(), inks: new Map() };
}

/** Ends every part that was still open. */
export function closeStructure({ root }: Structure): void {
  close(root);
}

function close(part: Part): void {
  for (const kid of part.joined.values()) close(kid);
  part.element.end();
}

/** Draws nodes at a place of the current page, each in its part of the structure. */
export function drawNodes(structure: Structure, nodes: readonly Node[], x: number, y: number): void {
  for (const node of nodes) drawNode(structure, structure.root, node, { x, y });
}

type Point = { x: number; y: number };

function drawNode(structure: Structure, parent: Part, node: Node, at: Point): void {
  if (node.tag === 'Artifact') {
    drawArtifact(structure.doc, () => drawMarks(structure, node.marks, at));
    return;
  }
  const part = partFor(structure, parent, node);
  if (node.marks.length > 0) part.element.add(() => drawMarks(structure, node.marks, at));
  for (const kid of node.kids) drawNode(structure, part, kid, at);
  if (node.join === undefined) close(part);
}

function partFor({ doc }: Structure, parent: Part, node: Node): Part {
  const known = node.join === undefined ? undefined : parent.joined.get(node.join);
  if (known !== undefined) return known;
  const element = doc.struct(node.tag, optionsOf(node.tag));
  parent.element.add(element);
  const part = { element, joined: new Map<string, Part>() };
  if (node.join !== undefined) parent.joined.set(node.join, part);
  return part;
}

// pdfkit writes `scope` as a table attribute; its types do not know it yet.
const HEADER: { scope: string } = { scope: 'Column' };
const optionsOf = (tag: Tag): object => (tag === 'TH' ? HEADER : {});

/** Draws what is not part of the text: lines, page numbers, the watermark. */
export function drawArtifact(doc: Doc, draw: () => void): void {
  doc.markContent('Artifact', { type: 'Layout' });
  draw();
  doc.endMarkedContent();
}

/** Draws the lines of a page. */
export function drawRules(doc: Doc, rules: readonly Rule[], x: number, y: number): void {
  let width = 0;
  for (const rule of rules) {
    if (rule.width !== width) {
      if (width > 0) doc.stroke();
      doc.lineWidth(rule.width);
      width = rule.width;
    }
    doc.moveTo(x + rule.x1, y + rule.y1).lineTo(x + rule.x2, y + rule.y2);
  }
  if (width > 0) doc.stroke();
}

function drawMarks(structure: Structure, marks: readonly Mark[], at: Point): void {
  for (const mark of marks) {
    if (mark.kind === 'text') drawRun(structure, mark, at);
    else if (mark.kind === 'box') drawBox(structure.doc, mark, at);
    else drawInk(structure.doc, structure.inks, mark, at);
  }
}

/** Draws one run on its base line. */
export function drawRun(structure: Structure, run: Run, at: Point): void {
  const { doc } = structure;
  useFace(structure, run.face);
  doc.fontSize(run.size);
  doc.text(run.text, at.x + run.x, at.y + run.y, textOptions(run.spacing));
}

const PLAIN_TEXT = { lineBreak: false, baseline: 'alphabetic' } as const;
const textOptions = (spacing: number): PDFKit.Mixins.TextOptions =>
  spacing === 0 ? PLAIN_TEXT : { ...PLAIN_TEXT, characterSpacing: spacing };

/** Makes a face current, registering it the first time: parsed, never as a file, which pdfkit would parse again. */
export function useFace({ doc, fonts }: Structure, face: Face): void {
  if (!fonts.has(face)) {
    fonts.add(face);
    // pdfkit takes a parsed font; its types list only names and bytes.
    doc.registerFont(face.name, face.source as unknown as Buffer);
  }
  doc.font(face.name);
}

/** A box of three quarters of the type size, ticked or not, with its sign as text for who cannot see it. */
function drawBox(doc: Doc, box: Box, at: Point): void {
  const side = box.size * 0.74;
  const left = at.x + box.x + (box.size - side) / 2;
  const top = at.y + box.y - box.size * 0.76;
  doc.markContent('Span', { actual: box.ticked ? '☑' : '☐' });
  doc.lineWidth(Math.max(0.5, box.size / 20));
  doc.rect(left, top, side, side).stroke();
  if (box.ticked) {
    doc.lineWidth(Math.max(0.9, box.size / 10));
    doc.moveTo(left + side * 0.18, top + side * 0.52);
    doc.lineTo(left + side * 0.42, top + side * 0.78).lineTo(left + side * 0.88, top + side * 0.16);
    doc.stroke();
  }
  doc.endMarkedContent();
}
