import { type Locale, text } from '../../i18n/index.ts';
import { isDay } from '../../shared/clock.ts';
import { cmp, type Decimal, isDecimal, mul } from '../../shared/decimal.ts';
import { badRequest, notFound, unprocessable } from '../../shared/errors.ts';
import { yuanText } from '../../shared/money.ts';
import { type Fine, FINES, type FineVersion, findFine, type Gate, versionOn } from './book.ts';
import { fineRange } from './rules.ts';
import type { FineAnswer, FineLine, FineQuestion, Mark } from './schemas.ts';

/** Yuan as typed into exact fen. 400 `fine.bad_amount`. */
export function fenOf(yuan: string): Decimal {
  if (!/^\d/.test(yuan) || !isDecimal(yuan, { integerDigits: 11, fractionDigits: 6 })) {
    throw badRequest('fine.bad_amount', { value: yuan });
  }
  return mul(yuan, '100');
}

/** Exact fen as a number of yuan: at most 15 digits come out of 11 + 6 (a shorter tail where the head is long). */
export const yuanOf = (fen: Decimal): number => Number(mul(fen, '0.01'));

const orNull = (words: { zh: string; en: string } | null, locale: Locale): string | null =>
  words === null ? null : words[locale];

type Range = { min: Decimal; max: Decimal };

/** The range of a version for goods of `value`, null where it is not counted from them. 422 `fine.value_needed`. */
function rangeOf(version: FineVersion, value: Decimal | null, rule: string): Range | null {
  if (version.basis === 'flat') return { min: String(version.minFen), max: String(version.maxFen) };
  if (version.basis !== 'value') return null;
  if (value === null) throw unprocessable('fine.value_needed', { rule });
  return fineRange(version.tiers, value);
}

/** The steps of the sum as a person would write them down. */
export function arithmeticOf(version: FineVersion, value: Decimal | null, locale: Locale): string[] {
  const range = rangeOf(version, value, '');
  if (range === null) return [];
  const [min, max] = [yuanText(range.min), yuanText(range.max)];
  if (value === null || version.basis === 'flat') return [text(locale, 'fine.step_flat', { min, max })];
  const shown = yuanText(value);
  const last = fineRange(version.tiers, value).tier;
  const passed = version.tiers.flatMap((tier) =>
    'belowFen' in tier && cmp(value, String(tier.belowFen)) >= 0
      ? [text(locale, 'fine.step_not_below', { value: shown, limit: yuanText(String(tier.belowFen)) })]
      : [],
  );
  if ('belowFen' in last) {
    const limit = yuanText(String(last.belowFen));
    return [...passed, text(locale, 'fine.step_below', { value: shown, limit, min, max })];
  }
  const times = (key: string, factor: string, result: string): string =>
    text(locale, key, { value: shown, factor, result });
  return [
    ...passed,
    times('fine.step_min', last.multipleMin, min),
    times('fine.step_max', last.multipleMax, max),
  ];
}

const compare = (amount: Decimal, limit: Decimal): { reached: boolean; arithmetic: string } => {
  const reached = cmp(amount, limit) >= 0;
  return { reached, arithmetic: `${yuanText(amount)} ${reached ? '≥' : '<'} ${yuanText(limit)}` };
};

/** A gate's name where several share one number: `K7_person`, `K7_entity`. */
export const gateKey = ({ id, who }: Gate): string => (who === 'any' ? id : `${id}_${who}`);

/** The gates that bind a fine under `law`: K9 only fines under the FSL and its regulation. */
export const gatesOf = (law: string): Gate[] =>
  FINES.gates.filter(({ laws }) => laws === undefined || laws.includes(law));

/** What the top of the range reaches, and whether the value makes it serious (FSLR 67). */
function marksOf(fine: Fine, range: Range | null, value: Decimal | null, locale: Locale): Mark[] {
  const gates = range === null ? [] : gatesOf(fine.law);
  const marks = gates.map((gate) => ({
    id: gateKey(gate),
    title: gate.name[locale],
    article: gate.citation,
    ...compare(range!.max, String(gate.fineFen)),
  }));
  if (!fine.fslr67 || value === null) return marks;
  const { citation, valueFen } = FINES.serious;
  const title = text(locale, 'fine.serious_by_value');
  return [...marks, { id: 'FSLR67', title, article: citation, ...compare(value, String(valueFen)) }];
}

function whyNull(version: FineVersion, locale: Locale): string | null {
  if (version.basis === 'value' || version.basis === 'flat') return null;
  if (version.why !== null) return version.why[locale];
  const steps = version.steps.map(
    ({ when, what }) => `${when[locale]}${locale === 'zh' ? '' : ': '}${what[locale]}`,
  );
  return text(locale, 'fine.no_value_basis', { steps: steps.join(locale === 'zh' ? '；' : '; ') });
}

function asked({ rule, on }: FineQuestion): { fine: Fine; version: FineVersion } {
  const fine = findFine(rule);
  if (!fine) throw notFound('fine.unknown_rule', { rule, rules: FINES.fines.map(({ id }) => id) });
  if (on !== undefined && !isDay(on)) throw badRequest('date.invalid', { value: on });
  const version = versionOn(fine, on);
  if (!version) throw unprocessable('fine.not_in_force', { rule: fine.id, day: on });
  return { fine, version };
}

const fenOrNull = (fen: number | null): number | null => (fen === null ? null : yuanOf(String(fen)));

/**
 * The range of a fine for goods worth `value` yuan, without any case. 404 `fine.unknown_rule`; 400 `fine.bad_amount`;
 * 422 `fine.value_needed`, `fine.not_in_force`.
 */
export function fineAnswer(question: FineQuestion, locale: Locale): FineAnswer {
  const { fine, version } = asked(question);
  const value = question.value === undefined ? null : fenOf(question.value);
  const range = rangeOf(version, value, fine.id);
  return {
    rule: fine.id,
    min: range && yuanOf(range.min),
    max: range && yuanOf(range.max),
    value: value === null ? null : yuanOf(value),
    basis: version.basis,
    text: whyNull(version, locale),
    article: fine.citation,
    act: fine.act[locale],
    validFrom: version.validFrom,
    validTo: version.validTo,
    arithmetic: arithmeticOf(version, value, locale),
    steps: version.steps.map(({ when, what, minFen, maxFen }) => ({
      when: when[locale],
      what: what[locale],
      min: fenOrNull(minFen),
      max: fenOrNull(maxFen),
    })),
    onlyIf: orNull(fine.onlyIf, locale),
    confiscate: orNull(fine.confiscate, locale),
    also: orNull(fine.also, locale),
    serious: orNull(fine.serious, locale),
    jointLiability: fine.jointLiability,
    note: orNull(fine.note, locale),
    marks: marksOf(fine, range, value, locale),
  };
}

/** Every penalty article there is, in the order of the book. */
export const fineLines = (locale: Locale): FineLine[] =>
  FINES.fines.map((fine) => {
    const { basis, validFrom, validTo } = versionOn(fine)!;
    return { rule: fine.id, article: fine.citation, act: fine.act[locale], basis, validFrom, validTo };
  });

/** An answer as a person reads it on the command line. */
export function fineText(answer: FineAnswer, locale: Locale): string {
  const line = (key: string, words: string | null): string[] =>
    words === null ? [] : [text(locale, key, { words })];
  return [
    `${answer.rule} ${answer.article}`,
    answer.act,
    ...answer.arithmetic,
    ...line('fine.line_text', answer.text),
    ...line('fine.line_only_if', answer.onlyIf),
    ...line('fine.line_confiscate', answer.confiscate),
    ...line('fine.line_also', answer.also),
    ...line('fine.line_serious', answer.serious),
    ...line('fine.line_note', answer.note),
    ...answer.marks.map(({ title, arithmetic, article }) => `${title}：${arithmetic}（${article}）`),
  ].join('\n');
}
