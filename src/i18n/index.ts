import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** The languages of the product. */
export type Locale = 'zh' | 'en';

type Texts = ReadonlyMap<string, string>;

function load(locale: Locale): Texts {
  const names = readdirSync(import.meta.dirname).filter((name) => name.endsWith(`.${locale}.json`));
  const entries = names.flatMap((name) => {
    const file = JSON.parse(readFileSync(join(import.meta.dirname, name), 'utf8')) as Record<string, string>;
    return Object.entries(file);
  });
  return new Map(entries);
}

const TEXTS: Record<Locale, Texts> = { zh: load('zh'), en: load('en') };

/** The keys a language has: a test holds the two against each other. */
export const textKeys = (locale: Locale): string[] => [...TEXTS[locale].keys()];

/** The sentence of `key` with its `{blanks}` filled; the key itself where there is none. */
export function text(locale: Locale, key: string, params: Record<string, unknown> = {}): string {
  const sentence = TEXTS[locale].get(key) ?? key;
  return sentence.replace(/\{(\w+)\}/g, (blank, name: string) =>
    params[name] === undefined || params[name] === null ? blank : show(params[name]),
  );
}

/** Whether there is a sentence for `key`. */
export const hasText = (locale: Locale, key: string): boolean => TEXTS[locale].has(key);

function show(value: unknown): string {
  if (Array.isArray(value)) return value.join('、');
  return typeof value === 'object' ? JSON.stringify(value) : String(value as string | number | boolean);
}

/** The language an `Accept-Language` header asks for first; Chinese where it names neither. */
export function localeOf(header: string | undefined): Locale {
  const wanted = (header ?? '')
    .split(',')
    .map((part) => {
      const [tag = '', ...options] = part.trim().split(';');
      const q = options.map((option) => /^\s*q=([\d.]+)\s*$/.exec(option)?.[1]).find(Boolean);
      return { tag: tag.toLowerCase(), q: q === undefined ? 1 : Number(q) };
    })
    .filter(({ tag }) => tag.startsWith('zh') || tag.startsWith('en'))
    .toSorted((a, b) => b.q - a.q)[0];
  return wanted?.tag.startsWith('en') ? 'en' : 'zh';
}
