import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { openSync } from 'fontkit';
import type { Font } from 'fontkit';

/** What a face is used for: 小标宋 for titles, 仿宋 for text, 黑体 and 楷体 for headings (GB/T 9704-2012, 5.2). */
export type Role = 'title' | 'body' | 'heading' | 'kai';

/** One font file, parsed at most once per process. `source` is what pdfkit registers. */
export type Face = { name: string; source: object };

/** Where a character is drawn from, and how far it advances, in em. */
export type Cell = { face: Face; advance: number };

/** The fonts of one process: which face draws a character of a role, after falling back. */
export type FontSet = {
  /** The face and advance of a code point, or undefined when no font has it. */
  cell(role: Role, codePoint: number): Cell | undefined;
};

const PACKAGE = '@expo-google-fonts/';
const SHIPPED: Record<Role, string> = {
  title: 'noto-serif-sc/700Bold/NotoSerifSC_700Bold.ttf',
  body: 'noto-serif-sc/400Regular/NotoSerifSC_400Regular.ttf',
  heading: 'noto-sans-sc/500Medium/NotoSansSC_500Medium.ttf',
  kai: 'noto-serif-sc/400Regular/NotoSerifSC_400Regular.ttf',
};
// Noto Serif SC lacks 𠮷, which is in people's names; the Japanese face has it.
const FALLBACK = [
  SHIPPED.body,
  'noto-serif-tc/400Regular/NotoSerifTC_400Regular.ttf',
  'noto-serif-jp/400Regular/NotoSerifJP_400Regular.ttf',
];
const FONT_FILE = /\.(ttf|otf|ttc)$/i;
const ROLE_FILE: Record<Role, RegExp> = {
  title: /^title\b|xiaobiaosong|fzxbs|小标宋/i,
  body: /^body\b|fangsong|simfang|仿宋/i,
  heading: /^heading\b|simhei|heiti|黑体/i,
  kai: /^kai\b|kaiti|simkai|楷体/i,
};

type Parsed = { face: Face; font: Font };
const parsed = new Map<string, Parsed>();
const sets = new Map<string, FontSet>();

/**
 * The fonts to print with. `fontDir` may hold licensed faces (file names as in ROLE_FILE) and a folder `fallback/`
 * for characters the shipped fonts lack. Files are opened on first use and kept for the life of the process.
 */
export function loadFonts(fontDir?: string): FontSet {
  const key = fontDir ?? '';
  const known = sets.get(key);
  if (known) return known;
  const created = createFontSet(fontDir);
  sets.set(key, created);
  return created;
}

function createFontSet(fontDir: string | undefined): FontSet {
  const own = fontDir === undefined ? [] : fontFiles(fontDir);
  const extra = fontDir === undefined ? [] : fontFiles(join(fontDir, 'fallback'));
  const shared = [...FALLBACK.map(packaged), ...extra];
  const chain = (role: Role): string[] => {
    const override = own.filter((file) => ROLE_FILE[role].test(baseName(file))).slice(0, 1);
    return [...override, packaged(SHIPPED[role]), ...shared];
  };
  const chains: Record<Role, string[]> = {
    title: chain('title'),
    body: chain('body'),
    heading: chain('heading'),
    kai: chain('kai'),
  };
  const cells: Record<Role, Map<number, Cell | undefined>> = {
    title: new Map(),
    body: new Map(),
    heading: new Map(),
    kai: new Map(),
  };
  return {
    cell(role, codePoint) {
      const cache = cells[role];
      if (!cache.has(codePoint)) cache.set(codePoint, findCell(chains[role], codePoint));
      return cache.get(codePoint);
    },
  };
}

function findCell(files: string[], codePoint: number): Cell | undefined {
  for (const file of files) {
    const { font, face } = parse(file);
    if (!font.hasGlyphForCodePoint(codePoint)) continue;
    return { face, advance: font.glyphForCodePoint(codePoint).advanceWidth / font.unitsPerEm };
  }
  return undefined;
}

const packaged = (file: string): string => fileURLToPath(import.meta.resolve(PACKAGE + file));

const baseName = (file: string): string => file.split(/[\\/]/).at(-1) ?? file;

function fontFiles(dir: string): string[] {
  if (!existsSync(dir)) return [];
  return readdirSync(dir)
    .filter((name) => FONT_FILE.test(name))
    .toSorted()
    .map((name) => join(dir, name));
}

function parse(file: string): Parsed {
  const known = parsed.get(file);
  if (known) return known;
  const opened = openSync(file);
  const font = 'fonts' in opened ? opened.fonts[0] : opened;
  if (font === undefined) throw new Error(`no font in ${baseName(file)}`);
  const made = { font, face: { name: `${font.postscriptName}#${parsed.size}`, source: plain(font) } };
  parsed.set(file, made);
  return made;
}

type Placed = { xAdvance: number; yAdvance: number; xOffset: number; yOffset: number };

/**
 * The font with a `layout` that maps characters to glyphs one to one. Chinese needs no shaping, and fontkit's shaping
 * of every string costs more than drawing it; it would also make the width of a line depend on its neighbours.
 */
function plain(font: Font): object {
  type Slim = { id: number; codePoints: number[]; advanceWidth: number };
  const slim = new Map<number, Slim>();
  const glyphOf = (codePoint: number): Slim => {
    let glyph = slim.get(codePoint);
    if (glyph === undefined) {
      const { id, advanceWidth } = font.glyphForCodePoint(codePoint);
      glyph = { id, advanceWidth, codePoints: [codePoint] };
      slim.set(codePoint, glyph);
    }
    return glyph;
  };
  const layout = (text: string): { glyphs: Slim[]; positions: Placed[]; advanceWidth: number } => {
    const glyphs: Slim[] = [];
    const positions: Placed[] = [];
    let advanceWidth = 0;
    for (const character of text) {
      const glyph = glyphOf(character.codePointAt(0) ?? 0);
      glyphs.push(glyph);
      // New objects each time: pdfkit scales them in place.
      positions.push({ xAdvance: glyph.advanceWidth, yAdvance: 0, xOffset: 0, yOffset: 0 });
      advanceWidth += glyph.advanceWidth;
    }
    return { glyphs, positions, advanceWidth };
  };
  const wrapped: object = Object.create(font);
  Object.defineProperty(wrapped, 'layout', { value: layout });
  return wrapped;
}
