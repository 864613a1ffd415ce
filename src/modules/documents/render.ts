import PDFDocument from 'pdfkit';
import { printedView } from './blanks.ts';
import type { Printed } from './blanks.ts';
import { layBlock, layPieces } from './blocks.ts';
import { closeStructure, drawArtifact, drawNodes, drawRules, openStructure } from './draw.ts';
import type { Doc, Structure } from './draw.ts';
import { loadFonts } from './fonts.ts';
import type { FontSet } from './fonts.ts';
import type { Frame } from './frame.ts';
import type { Hand } from './hands.ts';
import { PAGE, drawPageNumber, drawWatermark, proofDrawer } from './page-foot.ts';
import { paginate } from './pages.ts';
import type { Placed } from './pages.ts';
import { mm } from './piece.ts';
import type { Piece } from './piece.ts';
import { missingGlyph } from './shape.ts';
import type { Template } from './template.ts';

/** Everything a paper is made from. `data` was checked by `template.blanks` before it was stored. */
export type RenderInput = {
  template: Template;
  data: unknown;
  /** Null for a draft and for a form without a number. */
  number: string | null;
  /** When it was issued; null for a draft. */
  issuedAt: Date | null;
  /** SHA-256, 64 hexadecimal digits; printed in the foot. */
  contentHash: string | null;
  /** Where anyone may ask whether the paper is genuine. */
  verifyUrl: string | null;
  /** Watermark 草稿, and neither number nor proof. */
  draft: boolean;
  bureauName: string;
  /** Characters no font has, and what the officer confirmed in their place. */
  substitutions?: Record<string, string>;
  /** Who signed it on glass, in the order in which they did. */
  hands?: readonly Hand[];
};

/** `compress: false` leaves the streams readable, for comparing output. */
export type RenderOptions = { fonts?: FontSet; compress?: boolean };

/** The date in the metadata of a draft: a draft has none of its own, and the same data give the same bytes. */
const DRAFT_DATE = new Date('2000-01-01T00:00:00Z');

/** 28 characters of 16 pt on 156 mm (GB/T 9704-2012, 5.2.3): a little closer than the type is wide. */
const CHARACTERS_A_LINE = 28;
const BODY_SIZE = 16;

/**
 * The paper as a PDF, tagged and built to PDF/A-2b. The same input gives the same bytes.
 * ZodError for data the template does not admit; AppError 422 `document.missing_glyph` with `{ character, codePoint,
 * field }` when no font has a character.
 */
export async function renderDocument(input: RenderInput, options: RenderOptions = {}): Promise<Buffer> {
  const fonts = options.fonts ?? loadFonts();
  const printedInput = input.draft ? { ...input, number: null, contentHash: null, verifyUrl: null } : input;
  const frame = frameOf(printedInput, fonts);
  checkGlyphs(fonts, frame.view, '');
  const pages = layOut(printedInput.template, frame);
  const doc = openDocument(printedInput, options.compress ?? true);
  const chunks: Buffer[] = [];
  drawPages(printedInput, { doc, fonts, pages, frame, chunks });
  doc.end();
  drain(doc, chunks);
  return Buffer.concat(chunks);
}

function frameOf(input: RenderInput, fonts: FontSet): Frame {
  const { template, number, bureauName, substitutions, hands = [] } = input;
  const data = template.blanks.parse(input.data);
  let id = 0;
  const onGrid = template.page.size === BODY_SIZE;
  return {
    fonts,
    data,
    view: {
      ...printedView(template.blankSpecs, withRefusals(template, data, hands), substitutions),
      bureau: bureauName,
      number: number ?? '',
    },
    hands,
    width: PAGE.textWidth,
    size: template.page.size,
    pitch: template.page.pitch,
    spacing: onGrid ? PAGE.textWidth / CHARACTERS_A_LINE - BODY_SIZE : 0,
    gap: template.page.gap,
    nextId: () => `p${(id += 1)}`,
  };
}

/** The data with why the party would not sign, in the blank the form keeps for it. */
function withRefusals(
  { refusalBlank }: Template,
  data: Record<string, unknown>,
  hands: readonly Hand[],
): Record<string, unknown> {
  if (refusalBlank === undefined) return data;
  const notes = [data[refusalBlank], ...hands.map(({ refusal }) => refusal)].filter(Boolean);
  return notes.length === 0 ? data : { ...data, [refusalBlank]: notes.join('\n') };
}

/** Refuses a character that no font has, naming the field it stands in. Never a blank box. */
function checkGlyphs(fonts: FontSet, value: Printed, path: string): void {
  if (value === null) return;
  if (typeof value === 'string') {
    const missing = Array.from(value).find((character) => !isPrintable(fonts, character));
    if (missing !== undefined) throw missingGlyph(missing, path);
    return;
  }
  const isList = Array.isArray(value);
  for (const [name, entry] of Object.entries(value)) {
    const step = isList ? `[${name}]` : `.${name}`;
    checkGlyphs(fonts, entry, path === '' ? name : path + step);
  }
}

// A line break is laid out and a box is drawn; everything else needs a glyph.
const isPrintable = (fonts: FontSet, character: string): boolean =>
  '\n□☐☑'.includes(character) || fonts.cell('body', character.codePointAt(0) ?? 0) !== undefined;

/** The text area always ends 35 mm above the edge; 225 mm high where it begins at 37. */
const topOf = (template: Template): number => mm(template.page.top);
const textHeight = (template: Template): number => PAGE.bottom - topOf(template);

const heightOf = (pieces: readonly Piece[]): number => pieces.reduce((sum, piece) => sum + piece.height, 0);

function layOut(template: Template, frame: Frame): Placed[][] {
  const height = textHeight(template) - heightOf(footPieces(template, frame, { page: 1, pages: 1 }));
  const lastReserve = heightOf(template.lastPage.flatMap((block) => layPieces(block, frame)));
  const laid = template.body.flatMap((block) => layBlock(block, frame));
  return paginate(laid, { height, lastReserve });
}

type Count = { page: number; pages: number };

function footPieces(template: Template, frame: Frame, { page, pages }: Count): Piece[] {
  const view = { ...frame.view, page: String(page), pages: String(pages) };
  return template.everyPage.flatMap((block) => layPieces(block, { ...frame, view }));
}

function openDocument(input: RenderInput, compress: boolean): Doc {
  const date = input.issuedAt ?? DRAFT_DATE;
  const title = metadataText(`${input.template.titleZh}${input.number === null ? '' : ` ${input.number}`}`);
  const doc = new PDFDocument({
    size: [PAGE.width, PAGE.height],
    margin: 0,
    autoFirstPage: false,
    font: '',
    fontLayoutCache: false,
    compress,
    pdfVersion: '1.7',
    subset: 'PDF/A-2b',
    tagged: true,
    lang: 'zh-CN',
    displayTitle: true,
    info: {
      Title: title,
      Author: metadataText(input.bureauName),
      Subject: metadataText(input.number ?? input.template.form),
      // The hash is also what makes the file id of two papers of the same second differ.
      ...(input.contentHash !== null && { Keywords: input.contentHash }),
      Creator: 'Shian',
      Producer: 'Shian',
      CreationDate: date,
      ModDate: date,
    },
  });
  doc.appendXML(modified(date));
  return doc;
}

// pdfkit sets these into the XMP packet as they are.
const metadataText = (text: string): string => text.replace(/[<>&]/g, ' ');

const modified = (date: Date): string =>
  `<rdf:Description rdf:about="" xmlns:xmp="http://ns.adobe.com/xap/1.0/">
    <xmp:ModifyDate>${date.toISOString().slice(0, 19)}Z</xmp:ModifyDate></rdf:Description>`;

/** Takes what pdfkit has written so far, after every page: it writes very many very small chunks. */
function drain(doc: Doc, chunks: Buffer[]): void {
  const written: unknown = doc.read();
  if (Buffer.isBuffer(written)) chunks.push(written);
}

type Drawing = { doc: Doc; fonts: FontSet; pages: Placed[][]; frame: Frame; chunks: Buffer[] };

function drawPages(input: RenderInput, { doc, fonts, pages, frame, chunks }: Drawing): void {
  const structure = openStructure(doc);
  const drawProof = proofDrawer(structure, fonts, input);
  const last = input.template.lastPage.flatMap((block) => layPieces(block, frame));
  for (const [index, body] of pages.entries()) {
    doc.addPage();
    if (input.draft) drawWatermark(structure, fonts);
    const isLast = index === pages.length - 1;
    const foot = footPieces(input.template, frame, { page: index + 1, pages: pages.length });
    const bottom = isLast ? [...foot, ...last] : foot;
    drawPage(structure, [...body, ...atBottom(bottom, textHeight(input.template))], topOf(input.template));
    drawPageNumber(structure, fonts, index + 1);
    drawProof();
    drain(doc, chunks);
  }
  closeStructure(structure);
}

function atBottom(pieces: readonly Piece[], height: number): Placed[] {
  let y = height - heightOf(pieces);
  return pieces.map((piece) => {
    const placed = { piece, y };
    y += piece.height;
    return placed;
  });
}

function drawPage(structure: Structure, placed: readonly Placed[], top: number): void {
  const { left } = PAGE;
  drawArtifact(structure.doc, () => {
    for (const { piece, y } of placed) drawRules(structure.doc, piece.rules, left, top + y);
  });
  for (const { piece, y } of placed) drawNodes(structure, piece.nodes, left, top + y);
}
