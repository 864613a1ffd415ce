import { readdirSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import intake from '../data/intake.json' with { type: 'json' };
import roles from '../data/roles.json' with { type: 'json' };
import type { Locale } from './index.ts';

type Tree = { [key: string]: Tree | string };

// A sheet speaks the words of the screen it was taken from.
const FOLDER = resolve(import.meta.dirname, '../web/i18n');

type Listed = readonly ({ key: string } & Record<Locale, string>)[];

const named = (list: Listed, locale: Locale): Tree =>
  Object.fromEntries(list.map((entry) => [entry.key, entry[locale]]));

function flat(tree: Tree, above: string): [string, string][] {
  return Object.entries(tree).flatMap(([key, value]) =>
    typeof value === 'string' ? [[above + key, value] as [string, string]] : flat(value, `${above}${key}.`),
  );
}

function load(locale: Locale): ReadonlyMap<string, string> {
  const files = readdirSync(FOLDER).filter((name) => name.endsWith(`.${locale}.json`));
  const texts = files.flatMap((name) =>
    flat(JSON.parse(readFileSync(resolve(FOLDER, name), 'utf8')) as Tree, `${name.split('.')[0]}.`),
  );
  const lists = {
    channel: named(intake.channels, locale),
    category: named(intake.categories, locale),
    role: named(roles.roles, locale),
  };
  return new Map([...texts, ...flat(lists, 'list.')]);
}

const WORDS: Record<Locale, ReadonlyMap<string, string>> = { zh: load('zh'), en: load('en') };

/** The word the screens have for `key`, e.g. `state.tip.received`; undefined where they have none. */
export const findWord = (locale: Locale, key: string): string | undefined => WORDS[locale].get(key);

/** The word for a value under `path`, the value itself where there is none. */
export const wordOf = (locale: Locale, path: string, value: string): string =>
  findWord(locale, `${path}.${value}`) ?? findWord(locale, `${path}.${value.replaceAll('.', '_')}`) ?? value;
