import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Day } from '../../shared/clock.ts';
import { familyOf, type Law, readBook, type Rule, type Service } from './rule-schema.ts';

export type { Law, Length, LengthUnit, Rule } from './rule-schema.ts';

const FILE = join(import.meta.dirname, '../../data/rules.json');

/** Every rule and law the product knows. */
export type RuleBook = {
  readonly asOf: Day;
  readonly laws: Readonly<Record<string, Law>>;
  /** What sets limits going, in both languages. */
  readonly events: Readonly<Record<string, { zh: string; en: string }>>;
  /** The seven ways of service. */
  readonly services: readonly Service[];
  readonly rules: readonly Rule[];
  /** The rule with this very id, in any case; undefined where there is none. */
  get(id: string): Rule | undefined;
  /** All versions of the family `id` belongs to, oldest first. */
  versions(id: string): readonly Rule[];
  /** The version in force on `day`, given the id of any version (`C01` and `C01o` alike). */
  at(id: string, day: Day): Rule | undefined;
};

/** Whether a rule is in force on a day; both ends of its validity are in. */
export const inForce = (rule: Rule, on: Day): boolean =>
  (rule.validFrom === null || rule.validFrom <= on) && (rule.validTo === null || on <= rule.validTo);

/** A rule book from JSON; throws what is wrong with it: a book that contradicts itself must not start. */
export function parseRules(json: unknown): RuleBook {
  const { asOf, laws, events, services, rules } = readBook(json);
  const byId = new Map(rules.map((rule) => [rule.id.toUpperCase(), rule]));
  const get = (id: string): Rule | undefined => byId.get(id.toUpperCase());
  const families = Map.groupBy(rules, ({ family }) => family.toUpperCase());
  for (const family of families.values()) {
    family.sort((a, b) => ((a.validFrom ?? '0') < (b.validFrom ?? '0') ? -1 : 1));
  }
  const versions = (id: string): readonly Rule[] =>
    families.get(familyOf(get(id)?.id ?? id).toUpperCase()) ?? [];
  const at = (id: string, on: Day): Rule | undefined => versions(id).find((rule) => inForce(rule, on));
  return Object.freeze({ asOf, laws, events, services, rules, get, versions, at });
}

/** The rules that come with the product (`src/data/rules.json`). */
export const loadRules = (): RuleBook => parseRules(JSON.parse(readFileSync(FILE, 'utf8')));

const ARTICLE = /^(\d+)((?:\(\d+\))*)$/;

/** `23(1)(5)` as 第23条第1款第5项. */
function articleZh(article: string): string {
  const [, number, rest = ''] = ARTICLE.exec(article) ?? [];
  if (number === undefined) return '（条号未核实）';
  const [paragraph, item] = [...rest.matchAll(/\d+/g)].map(String);
  return `第${number}条${paragraph === undefined ? '' : `第${paragraph}款`}${item === undefined ? '' : `第${item}项`}`;
}

const articleEn = (article: string): string =>
  ARTICLE.test(article) ? `, art. ${article}` : ' (article not verified)';

const binds = ({ effectiveFrom, effectiveTo }: Law, on: Day): boolean =>
  effectiveFrom <= on && (effectiveTo === null || on <= effectiveTo);

/**
 * The articles a rule rests on, as a paper prints them: of a limit that began on a day only those in force on it. Where
 * the book knows only a later text of every law it cites, that text is named.
 */
export function citationText(
  book: RuleBook,
  { rule, on }: { rule: Rule; on: Day },
  locale: 'zh' | 'en',
): string {
  const then = rule.citations.filter(({ law }) => binds(book.laws[law]!, on));
  const cited = then.length > 0 ? then : rule.citations;
  const parts = cited.map(({ law, article }) => {
    const names = book.laws[law];
    return locale === 'zh' ? `《${names?.zh}》${articleZh(article)}` : `${names?.en}${articleEn(article)}`;
  });
  return parts.join(locale === 'zh' ? '、' : '; ');
}
