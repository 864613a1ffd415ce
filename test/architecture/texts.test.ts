import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import t from 'tap';
import { localeOf, text, textKeys } from '../../src/i18n/index.ts';

const SRC = resolve(import.meta.dirname, '../../src');

t.test('Chinese and English say the same things', async (t) => {
  const [zh, en] = [textKeys('zh'), textKeys('en')];
  t.same(
    zh.filter((key) => !en.includes(key)),
    [],
    'missing in English',
  );
  t.same(
    en.filter((key) => !zh.includes(key)),
    [],
    'missing in Chinese',
  );
  const blanks = (sentence: string): string[] => [...new Set(sentence.match(/\{\w+\}/g) ?? [])].toSorted();
  t.same(
    zh.filter((key) => blanks(text('zh', key)).join() !== blanks(text('en', key)).join()),
    [],
    'other blanks',
  );
});

t.test('every error code in the sources has a sentence', async (t) => {
  const known = new Set(textKeys('zh'));
  const files = readdirSync(SRC, { recursive: true, encoding: 'utf8' }).filter((name) =>
    name.endsWith('.ts'),
  );
  const call =
    /\b(?:badRequest|unauthorised|forbidden|notFound|conflict|unprocessable|(?:barred|notPassed)\(\s*'K\d+',)\s*\(?\s*'([a-z_]+\.[a-z_.]+)'/g;
  const codes = files.flatMap((name) =>
    [...readFileSync(join(SRC, name), 'utf8').matchAll(call)].map((match) => `${match[1]} (${name})`),
  );
  t.same(
    codes.filter((entry) => !known.has(entry.split(' ')[0]!)),
    [],
  );
});

t.test('the language follows Accept-Language', async (t) => {
  t.equal(localeOf(undefined), 'zh');
  t.equal(localeOf('en-GB,en;q=0.9'), 'en');
  t.equal(localeOf('en;q=0.2, zh-CN'), 'zh');
  t.equal(localeOf('fr, de'), 'zh');
});
