import { mkdirSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import t from 'tap';
import { loadFonts } from '../../src/modules/documents/fonts.ts';
import type { Role } from '../../src/modules/documents/fonts.ts';

const code = (character: string): number => character.codePointAt(0) ?? 0;
const faceOf = (fonts: ReturnType<typeof loadFonts>, role: Role, character: string): string | undefined =>
  fonts.cell(role, code(character))?.face.name.replace(/#\d+$/, '');

t.test('every role has its face, and a Chinese character is as wide as it is high', async (t) => {
  const fonts = loadFonts();
  t.equal(faceOf(fonts, 'title', '局'), 'NotoSerifSC-Bold');
  t.equal(faceOf(fonts, 'body', '局'), 'NotoSerifSC-Regular');
  t.equal(faceOf(fonts, 'heading', '局'), 'NotoSansSC-Medium');
  t.equal(fonts.cell('body', code('局'))?.advance, 1);
  t.ok((fonts.cell('body', code('1'))?.advance ?? 1) < 0.7);
});

t.test('one character at a time falls back, and one that nobody has is undefined', async (t) => {
  const fonts = loadFonts();
  t.equal(faceOf(fonts, 'title', '𠮷'), 'NotoSerifJP-Regular');
  t.equal(faceOf(fonts, 'body', '局'), 'NotoSerifSC-Regular', 'the neighbours stay');
  t.equal(fonts.cell('body', 0xe000), undefined);
  t.equal(loadFonts(), fonts, 'the fonts of a process are read once');
});

t.test('a folder of licensed faces replaces roles and adds characters', async (t) => {
  const dir = mkdtempSync(join(tmpdir(), 'shian-fonts-'));
  t.teardown(() => rmSync(dir, { recursive: true }));
  const shipped = (file: string): string => fileURLToPath(import.meta.resolve(`@expo-google-fonts/${file}`));
  mkdirSync(join(dir, 'fallback'));
  symlinkSync(shipped('noto-sans-sc/400Regular/NotoSansSC_400Regular.ttf'), join(dir, 'FangSong.ttf'));
  symlinkSync(
    shipped('noto-serif-jp/500Medium/NotoSerifJP_500Medium.ttf'),
    join(dir, 'fallback', 'rare.ttf'),
  );
  const fonts = loadFonts(dir);
  t.equal(faceOf(fonts, 'body', '局'), 'NotoSansSC-Regular');
  t.equal(faceOf(fonts, 'title', '局'), 'NotoSerifSC-Bold', 'the other roles keep theirs');
  t.equal(faceOf(fonts, 'body', '𠮷'), 'NotoSerifJP-Regular', 'shipped fonts come before the added ones');
  t.equal(fonts.cell('body', 0xe000), undefined);
});
