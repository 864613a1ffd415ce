import { text } from '../../i18n/index.ts';
import type { Locale } from '../../i18n/index.ts';
import { dayOf, formatInstant, isDay, parseInstant } from '../../shared/clock.ts';
import type { Day } from '../../shared/clock.ts';
import { AppError } from '../../shared/errors.ts';
import { loadCalendarYears } from './calendar-data.ts';
import { makeCalendar } from './calendar.ts';
import type { Calendar } from './calendar.ts';
import { citationText, inForce, loadRules } from './rule-data.ts';
import type { Rule, RuleBook } from './rule-data.ts';
import { computeDue, lengthOf } from './rules.ts';
import type { DayRange, Due, Extension } from './rules.ts';

/** What a limit is computed with when no database is open: the rules and the calendar that come with the product. */
export type DeadlineDesk = { book: RuleBook; calendar: Calendar };

export const loadDeadlineDesk = (): DeadlineDesk => ({
  book: loadRules(),
  calendar: makeCalendar(loadCalendarYears()),
});

/** A question as typed: `from` a day or an instant with offset, each `exclude` written `a..b`, both ends in. */
export type DeadlineQuestion = { rule: string; from: string; exclude?: readonly string[]; extend?: boolean };

/** Days as `YYYY-MM-DD`, instants with offset; `rolled` null where its calendar year is not loaded. */
export type DeadlineJson = {
  rule: string;
  raw: string;
  rolled: string | null;
  counted: Day[];
  article: string;
};

type Answered = { ok: true; json: DeadlineJson; rule: Rule; from: string; due: Due; extendBy: Extension[] };
type Refused = { ok: false; code: string; params: Record<string, unknown> };

/** The computed limit, or why there is none: the key of a sentence (`deadline.*`) and what fills its blanks. */
export type DeadlineAnswer = Answered | Refused;

const refuse = (code: string, params: Record<string, unknown> = {}): AppError =>
  new AppError(422, `deadline.${code}`, params);

/**
 * Answers one question; opens nothing, guesses nothing. Refused are: an unknown rule, one without a length, one not in
 * force on the day of `from` (naming the one that is), hours from a bare day, an extension that is open or that there
 * is none of, working days in a year not loaded, and anything that cannot be read.
 */
export function deadlineAnswer(question: DeadlineQuestion, desk: DeadlineDesk): DeadlineAnswer {
  try {
    return answered(question, desk);
  } catch (error) {
    if (error instanceof AppError) return { ok: false, code: error.code, params: error.params };
    // The clock refuses days beyond the year 9999.
    if (error instanceof RangeError) return { ok: false, code: 'deadline.too_far', params: {} };
    throw error;
  }
}

function answered(question: DeadlineQuestion, { book, calendar }: DeadlineDesk): Answered {
  const rule = namedRule(question.rule, book);
  const from = start(question.from);
  const extendBy = question.extend === true ? [statutoryExtension(rule)] : [];
  lengthOf(rule, extendBy);
  const on = from instanceof Date ? dayOf(from) : from;
  requireInForce(rule, on, book);
  const excludes = (question.exclude ?? []).map(range);
  const due = computeDue({ rule, from, excludes, extendBy }, calendar);
  if (due.raw === null) throw refuse('awaiting_year', { rule: rule.id, year: due.awaitingYear });
  const json: DeadlineJson = {
    rule: rule.id,
    raw: moment(due.raw),
    rolled: due.rolled === null ? null : moment(due.rolled),
    counted: due.counted.map(({ day }) => day),
    article: citationText(book, { rule, on }, 'zh'),
  };
  return { ok: true, json, rule, from: moment(from), due, extendBy };
}

function namedRule(id: string, book: RuleBook): Rule {
  const rule = book.get(id);
  if (rule !== undefined) return rule;
  const versions = book.versions(id).map((version) => version.id);
  throw versions.length === 0
    ? refuse('unknown_rule', { rule: id })
    : refuse('unknown_version', { rule: id, versions });
}

function start(value: string): Day | Date {
  if (isDay(value)) return value;
  try {
    return parseInstant(value);
  } catch {
    throw refuse('bad_from', { value });
  }
}

function range(value: string): DayRange {
  const [from = '', to = '', more] = value.split('..');
  if (more !== undefined || !isDay(from) || !isDay(to)) throw refuse('bad_exclude', { value });
  return { from, to };
}

/** The whole extension the law allows. Refused where there is none or its length is not fixed. */
function statutoryExtension(rule: Rule): Extension {
  const { extension } = rule;
  if (extension === null) throw refuse('no_extension', { rule: rule.id });
  const { mode, value, unit, approver, condition } = extension;
  if (mode === 'open' || value === null || unit === null) {
    throw refuse('open_extension', { rule: rule.id, approver, condition });
  }
  return { mode, value, unit };
}

function requireInForce(rule: Rule, day: Day, book: RuleBook): void {
  if (inForce(rule, day)) return;
  const other = book.at(rule.id, day);
  const params = { rule: rule.id, day, validFrom: rule.validFrom, validTo: rule.validTo };
  throw other === undefined
    ? refuse('never_in_force', params)
    : refuse('not_in_force', { ...params, inForce: other.id });
}

const moment = (value: Day | Date): string => (value instanceof Date ? formatInstant(value) : value);

function validity(params: Record<string, unknown>, locale: Locale): string {
  if (params['validTo'] === null) return text(locale, 'deadline.since', params);
  return text(locale, params['validFrom'] === null ? 'deadline.until' : 'deadline.between', params);
}

/** An answer as a person reads it: the sentence of a refusal, or the limit with its length, days and articles. */
export function deadlineText(answer: DeadlineAnswer, desk: DeadlineDesk, locale: Locale): string {
  if (!answer.ok) {
    const dated = 'validTo' in answer.params ? { validity: validity(answer.params, locale) } : {};
    return text(locale, answer.code, { ...answer.params, ...dated });
  }
  const { rule, json, due, from } = answer;
  const length = lengthOf(rule, answer.extendBy);
  const title = locale === 'zh' ? rule.titleZh : rule.titleEn;
  const lines = [
    text(locale, 'deadline.result', {
      rule: rule.id,
      title,
      from,
      length: text(locale, `deadline.unit.${length.unit}`, { value: length.value }),
    }),
    due.rolled === null
      ? text(locale, 'deadline.result_awaiting', { raw: json.raw, year: due.awaitingYear })
      : text(locale, 'deadline.result_due', { raw: json.raw, rolled: json.rolled }),
  ];
  if (due.counted.length > 0) lines.push(countedLine(due, locale));
  const article = citationText(desk.book, { rule, on: from.slice(0, 10) }, locale);
  lines.push(text(locale, 'deadline.result_article', { article }));
  return lines.join('\n');
}

function countedLine({ counted }: Due, locale: Locale): string {
  const days = counted.map(({ day, makeUp }) =>
    makeUp === true ? text(locale, 'deadline.make_up', { day }) : day,
  );
  const listed = days.join(locale === 'zh' ? '、' : ', ');
  return text(locale, 'deadline.result_counted', { count: days.length, days: listed });
}
