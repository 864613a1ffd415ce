/** Reads the uncompressed PDFs of our own renderer: enough to see what stands on which page, and in which glyphs. */

export type PdfObject = { dict: string; stream: Buffer | undefined };
export type PdfFont = { toUnicode: string[]; file: Buffer; name: string };
export type PdfPage = { text: string; content: string; glyphs: Map<string, Set<number>> };
export type Pdf = {
  raw: string;
  trailer: string;
  catalog: string;
  objects: Map<number, PdfObject>;
  fonts: Map<string, PdfFont>;
  pages: PdfPage[];
};

export function readPdf(bytes: Buffer): Pdf {
  const raw = bytes.toString('latin1');
  const objects = readObjects(bytes, raw);
  const trailer = raw.slice(raw.lastIndexOf('trailer'));
  const catalog = get(objects, ref(trailer, 'Root')).dict;
  const kids = /\/Kids \[([^\]]*)\]/.exec(get(objects, ref(catalog, 'Pages')).dict)?.[1] ?? '';
  const fonts = new Map<string, PdfFont>();
  const pages = [...kids.matchAll(/(\d+) 0 R/g)].map(([, id]) => readPage(objects, Number(id), fonts));
  return { raw, trailer, catalog, objects, fonts, pages };
}

function readObjects(bytes: Buffer, raw: string): Map<number, PdfObject> {
  const xref = Number(/startxref\n(\d+)/.exec(raw.slice(-200))?.[1]);
  const offsets = [...raw.slice(xref).matchAll(/^(\d{10}) 00000 n /gm)].map((match) => Number(match[1]));
  const entries = offsets.map((offset, index): [number, PdfObject] => {
    const end = raw.indexOf('\nendobj', offset);
    const stream = raw.indexOf('\nstream\n', offset);
    const start = raw.indexOf('obj\n', offset) + 4;
    if (stream === -1 || stream > end) return [index + 1, { dict: raw.slice(start, end), stream: undefined }];
    const dict = raw.slice(start, stream);
    const length = Number(/\/Length (\d+)/.exec(dict)?.[1]);
    return [index + 1, { dict, stream: bytes.subarray(stream + 8, stream + 8 + length) }];
  });
  return new Map(entries);
}

export function get(objects: Map<number, PdfObject>, id: number): PdfObject {
  const found = objects.get(id);
  if (found === undefined) throw new Error(`no object ${id}`);
  return found;
}

/** The object a key of a dictionary points to. */
export function ref(dict: string, key: string): number {
  const match = new RegExp(`/${key} \\[?(\\d+) 0 R`).exec(dict);
  if (match === null) throw new Error(`no ${key} in ${dict.slice(0, 200)}`);
  return Number(match[1]);
}

function readPage(objects: Map<number, PdfObject>, id: number, fonts: Map<string, PdfFont>): PdfPage {
  const { dict } = get(objects, id);
  const resources = get(objects, ref(dict, 'Resources')).dict;
  for (const [, name = '', font] of resources.matchAll(/\/(F\d+) (\d+) 0 R/g)) {
    if (!fonts.has(name)) fonts.set(name, readFont(objects, Number(font)));
  }
  const content = textOf(get(objects, ref(dict, 'Contents')));
  const glyphs = new Map<string, Set<number>>();
  let font = '';
  let text = '';
  for (const [, setFont, show] of content.matchAll(/\/(F\d+) [\d.]+ Tf|\[(.*?)\] TJ/g)) {
    if (setFont !== undefined) font = setFont;
    else {
      const shown = glyphsOf(show ?? '');
      glyphs.set(font, new Set([...(glyphs.get(font) ?? []), ...shown]));
      text += `${shown.map((gid) => fonts.get(font)?.toUnicode[gid] ?? '?').join('')}\n`;
    }
  }
  return { text, content, glyphs };
}

const textOf = ({ stream }: PdfObject): string => stream?.toString('latin1') ?? '';

const glyphsOf = (show: string): number[] =>
  [...show.matchAll(/<([0-9a-f]+)>/g)].flatMap(([, hex = '']) => unitsOf(hex));

/** Groups of four hexadecimal digits as numbers. */
const unitsOf = (hex: string): number[] =>
  (hex.match(/\w{4}/g) ?? []).map((unit) => Number.parseInt(unit, 16));

function readFont(objects: Map<number, PdfObject>, id: number): PdfFont {
  const { dict } = get(objects, id);
  const descendant = get(objects, ref(dict, 'DescendantFonts')).dict;
  const descriptor = get(objects, ref(descendant, 'FontDescriptor')).dict;
  const file = get(objects, ref(descriptor, 'FontFile2')).stream;
  if (file === undefined) throw new Error('a font without its file');
  const toUnicode = readToUnicode(textOf(get(objects, ref(dict, 'ToUnicode'))));
  return { toUnicode, file, name: /\/BaseFont \/(\S+)/.exec(dict)?.[1] ?? '' };
}

function readToUnicode(cmap: string): string[] {
  const toUnicode: string[] = [];
  for (const [, first = '', entries = ''] of cmap.matchAll(/<(\w{4})> <\w{4}> \[([^\]]*)\]/g)) {
    const characters = [...entries.matchAll(/<([^>]*)>/g)].map(([, hex = '']) =>
      String.fromCharCode(...unitsOf(hex)),
    );
    toUnicode.splice(Number.parseInt(first, 16), characters.length, ...characters);
  }
  return toUnicode;
}

/** The text of a page on one line: what was broken over lines is whole again. */
export const flowing = (page: PdfPage | undefined): string => (page?.text ?? '').replaceAll('\n', '');
