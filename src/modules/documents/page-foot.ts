import QRCode from 'qrcode';
import { shortHash } from './canonical.ts';
import { drawArtifact, drawRun } from './draw.ts';
import type { Doc, Structure } from './draw.ts';
import { printedSpan } from './frame.ts';
import type { FontSet } from './fonts.ts';
import { whole } from './paragraphs.ts';
import { mm } from './piece.ts';
import { drawLine, shape } from './shape.ts';

/** A4 and the text area of GB/T 9704-2012 (5.1, 5.2.1), in points. */
export const PAGE = {
  width: mm(210),
  height: mm(297),
  left: mm(28),
  bottom: mm(37 + 225),
  textWidth: mm(156),
};

const NUMBER_SIZE = 14;
const NUMBER_DROP = mm(7);
const QR_SIDE = mm(17);
const QR_TOP = mm(275.5);
const FOOT_SIZE = 7;
const FOOT_PITCH = 10.5;
const FOOT_GREY = '#444444';
const WATERMARK_SIZE = 150;
const WATERMARK_GREY = '#e4e4e4';

/** What stands in the foot of every page, outside the legal text. */
export type Proof = { verifyUrl: string | null; number: string | null; contentHash: string | null };

/** The page number, 4号, 7 mm under the text area: odd pages right, even pages left, one character in. */
export function drawPageNumber(structure: Structure, fonts: FontSet, page: number): void {
  const shaped = shape(fonts, [printedSpan(`—  ${page}  —`)], { size: NUMBER_SIZE });
  const line = whole(shaped);
  const odd = page % 2 === 1;
  const x = odd ? PAGE.left + PAGE.textWidth - NUMBER_SIZE - line.width : PAGE.left + NUMBER_SIZE;
  const y = PAGE.bottom + NUMBER_DROP + NUMBER_SIZE * 0.4;
  drawArtifact(structure.doc, () => drawSpans(structure, shaped, line, { x, y }));
}

type Shaped = ReturnType<typeof shape>;
type Line = ReturnType<typeof whole>;

function drawSpans(structure: Structure, shaped: Shaped, line: Line, at: { x: number; y: number }): void {
  for (const mark of drawLine(shaped, line, at).marks) {
    if (mark.kind === 'text') drawRun(structure, mark, { x: 0, y: 0 });
  }
}

/** Draws the foot of one page; QR code and lines are made once per document. */
export function proofDrawer(structure: Structure, fonts: FontSet, proof: Proof): () => void {
  const lines = proofLines(proof);
  const qr = qrText(proof);
  if (lines.length === 0) return () => {};
  const shaped = lines.map((text) => shape(fonts, [printedSpan(text)], { size: FOOT_SIZE }));
  const code = qr === null ? null : qrForm(structure.doc, qr);
  const left = PAGE.left + (code === null ? 0 : QR_SIDE + mm(3));
  const first = QR_TOP + (QR_SIDE - lines.length * FOOT_PITCH) / 2 + FOOT_SIZE;
  return () =>
    drawArtifact(structure.doc, () => {
      if (code !== null) drawForm(structure.doc, code);
      structure.doc.fillColor(FOOT_GREY);
      for (const [index, text] of shaped.entries()) {
        drawSpans(structure, text, whole(text), { x: left, y: first + index * FOOT_PITCH });
      }
      structure.doc.fillColor('black');
    });
}

function proofLines({ verifyUrl, number, contentHash }: Proof): string[] {
  if (contentHash === null) return [];
  const lines = [`文书内容校验值（SHA-256）：${contentHash}`];
  lines.unshift(`校验码：${shortHash(contentHash)}${number === null ? '' : `　　文书编号：${number}`}`);
  if (verifyUrl !== null) lines.push(`核验地址：${verifyUrl}`);
  return lines;
}

/** Address, number and short hash in one link; the part after # is for whoever reads the code, not for the server. */
const qrText = ({ verifyUrl, number, contentHash }: Proof): string | null =>
  verifyUrl === null || contentHash === null
    ? null
    : `${verifyUrl}#${encodeURIComponent(number ?? '')},${shortHash(contentHash)}`;

type Form = { name: string; reference: PDFKit.PDFKitReference };

/** The QR code as a form that every page shows: drawn once, as lines and not as an image, so that it prints sharp. */
function qrForm(doc: Doc, text: string): Form {
  const { modules } = QRCode.create([{ data: new TextEncoder().encode(text), mode: 'byte' }], {
    errorCorrectionLevel: 'M',
  });
  const side = QR_SIDE / modules.size;
  const number = (value: number): string => String(Math.round(value * 1000) / 1000);
  const rects: string[] = [];
  for (let row = 0; row < modules.size; row += 1) {
    for (let column = 0; column < modules.size; column += 1) {
      if (modules.get(row, column) === 0) continue;
      let end = column;
      while (end < modules.size && modules.get(row, end) !== 0) end += 1;
      const y = QR_SIDE - (row + 1) * side;
      rects.push(`${number(column * side)} ${number(y)} ${number((end - column) * side)} ${number(side)} re`);
      column = end;
    }
  }
  const reference = doc.ref({
    Type: 'XObject',
    Subtype: 'Form',
    BBox: [0, 0, QR_SIDE, QR_SIDE],
    Resources: {},
  });
  reference.end(`0 0 0 rg\n${rects.join('\n')}\nf`);
  return { name: 'Qr', reference };
}

function drawForm(doc: Doc, { name, reference }: Form): void {
  const forms: Record<string, unknown> = doc.page.xobjects;
  forms[name] = reference;
  // The page is drawn upside down (pdfkit puts y = 0 at the top), the form is not.
  doc.addContent(`q 1 0 0 -1 ${PAGE.left} ${QR_TOP + QR_SIDE} cm /${name} Do Q`);
}

/** 草稿 across the page, under the text. */
export function drawWatermark(structure: Structure, fonts: FontSet): void {
  const { doc } = structure;
  const shaped = shape(fonts, [printedSpan('草稿', 'title')], { size: WATERMARK_SIZE });
  const line = whole(shaped);
  drawArtifact(doc, () => {
    doc.save();
    doc.rotate(-45, { origin: [PAGE.width / 2, PAGE.height / 2] });
    doc.fillColor(WATERMARK_GREY);
    drawSpans(structure, shaped, line, {
      x: (PAGE.width - line.width) / 2,
      y: PAGE.height / 2 + WATERMARK_SIZE * 0.38,
    });
    doc.restore();
    doc.fillColor('black');
  });
}
