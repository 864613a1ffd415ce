import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { isDay } from '../../shared/clock.ts';
import type { Day } from '../../shared/clock.ts';

const FILE = join(import.meta.dirname, '../../data/rules.json');

const day = z.string().refine(isDay, 'not a day');
const unit = z.enum(['working_day', 'day', 'hour', 'month', 'year']);

const lengthSchema = z.strictObject({ value: z.int().positive(), unit });

const extensionSchema = z.strictObject({
  mode: z.enum(['add', 'replace', 'open']),
  value: z.int().positive().nullable(),
  unit: unit.nullable(),
  approver: z.string(),
  maxTimes: z.int().positive().nullable(),
  condition: z.string(),
});

const ruleSchema = z.strictObject({
  id: z.string().regex(/^[A-Z]\d\d[a-z]?$/),
  family: z.string(),
  domain: z.enum([
    'complaint',
    'report',
    'case',
    'compulsion',
    'execution',
    'publicity',
    'transfer',
    'sampling',
    'recall',
    'reward',
    'data',
    'remedy',
    'inspection',
  ]),
  titleZh: z.string().min(1),
  titleEn: z.string().min(1),
  actor: z.string(),
  trigger: z.string(),
  duration: lengthSchema.nullable(),
  relation: z.enum([
    'within',
    'at_least_before',
    'deemed_after',
    'wait_at_least',
    'not_before',
    'keep_for',
    'display_for',
  ]),
  unitBasis: z.string().nullable(),
  rollover: z.enum(['next_working_day', 'none']),
  extension: extensionSchema.nullable(),
  excludedTime: z.array(z.string()),
  consequence: z.string().nullable(),
  appliesTo: z.string().nullable(),
  citations: z.array(z.strictObject({ law: z.string(), article: z.string() })).min(1),
  validFrom: day.nullable(),
  validTo: day.nullable(),
  confidence: z.enum(['verified_text', 'secondary', 'unverified']),
  notes: z.string().nullable(),
});

const lawSchema = z.strictObject({
  zh: z.string(),
  en: z.string(),
  document: z.string(),
  effectiveFrom: day,
  effectiveTo: day.nullable(),
  versions: z.array(day),
  confidence: z.enum(['verified_text', 'secondary', 'text_not_found']),
  note: z.string().nullable(),
});

const bookSchema = z
  .strictObject({ asOf: day, laws: z.record(z.string(), lawSchema), rules: z.array(ruleSchema) })
  .superRefine(({ laws, rules }, ctx) => {
    for (const message of [...rules.flatMap((rule) => contradictions(rule, laws)), ...clashes(rules)]) {
      ctx.addIssue({ code: 'custom', message });
    }
  });

/** One version of a statutory limit. `family` is its id without the trailing `o` of old versions. */
export type Rule = z.infer<typeof ruleSchema>;
export type Length = z.infer<typeof lengthSchema>;
export type LengthUnit = z.infer<typeof unit>;
export type Law = z.infer<typeof lawSchema>;

/** Every rule and law the product knows. */
export type RuleBook = {
  readonly asOf: Day;
  readonly laws: Readonly<Record<string, Law>>;
  readonly rules: readonly Rule[];
  /** The rule with this very id, in any case; undefined where there is none. */
  get(id: string): Rule | undefined;
  /** All versions of the family `id` belongs to, oldest first. */
  versions(id: string): readonly Rule[];
  /** The version in force on `day`, given the id of any version (`C01` and `C01o` alike). */
  at(id: string, day: Day): Rule | undefined;
};

function contradictions(rule: Rule, laws: Record<string, Law>): string[] {
  const found = rule.citations
    .filter(({ law }) => !Object.hasOwn(laws, law))
    .map(({ law }) => `${rule.id} cites ${law}, which is not among the laws`);
  if (rule.family !== familyOf(rule.id)) found.push(`${rule.id} is not of the family ${rule.family}`);
  if ((rule.validFrom ?? '0') > (rule.validTo ?? '9')) found.push(`${rule.id} ends before it begins`);
  const extension = rule.extension;
  if (
    extension !== null &&
    (extension.mode === 'open') !== (extension.value === null || extension.unit === null)
  ) {
    found.push(`${rule.id}: an extension has a length exactly when it is not open`);
  }
  return found;
}

function clashes(rules: readonly Rule[]): string[] {
  return rules.flatMap((a, i) =>
    rules.slice(i + 1).flatMap((b) => {
      if (a.id === b.id) return [`${a.id} is there twice`];
      const apart = (a.validTo ?? '9') < (b.validFrom ?? '0') || (b.validTo ?? '9') < (a.validFrom ?? '0');
      return a.family === b.family && !apart ? [`${a.id} and ${b.id} are in force on the same day`] : [];
    }),
  );
}

const familyOf = (id: string): string => id.replace(/o$/, '');

/** Whether a rule is in force on a day; both ends of its validity are in. */
export const inForce = (rule: Rule, on: Day): boolean =>
  (rule.validFrom === null || rule.validFrom <= on) && (rule.validTo === null || on <= rule.validTo);

/** A rule book from JSON; throws what is wrong with it: a book that contradicts itself must not start. */
export function parseRules(json: unknown): RuleBook {
  const read = bookSchema.safeParse(json);
  if (!read.success) throw new Error(`the rules cannot be used: ${z.prettifyError(read.error)}`);
  const { asOf, laws, rules } = read.data;
  const byId = new Map(rules.map((rule) => [rule.id.toUpperCase(), rule]));
  const get = (id: string): Rule | undefined => byId.get(id.toUpperCase());
  const families = Map.groupBy(rules, ({ family }) => family.toUpperCase());
  for (const family of families.values()) {
    family.sort((a, b) => ((a.validFrom ?? '0') < (b.validFrom ?? '0') ? -1 : 1));
  }
  const versions = (id: string): readonly Rule[] =>
    families.get(familyOf(get(id)?.id ?? id).toUpperCase()) ?? [];
  const at = (id: string, on: Day): Rule | undefined => versions(id).find((rule) => inForce(rule, on));
  return Object.freeze({ asOf, laws, rules, get, versions, at });
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
