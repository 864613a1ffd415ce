import {
  addDays,
  addMillis,
  addMonths,
  dayOf,
  daysBetween,
  instantAt,
  parseDay,
} from '../../shared/clock.ts';
import type { Day } from '../../shared/clock.ts';
import { badRequest, unprocessable } from '../../shared/errors.ts';
import type { Calendar, FoundDay } from './calendar.ts';
import type { Length, Rule } from './rule-data.ts';

/** Days that do not count, both ends in. */
export type DayRange = { from: Day; to: Day };

/** What lengthens a limit: more of the same unit, or another length in its place. */
export type Extension = Length & { mode: 'add' | 'replace' };

/** A day that was counted; `makeUp`: a weekend worked by order of the State Council. */
export type CountedDay = { day: Day; makeUp?: true };

/**
 * When something is due. Limits in hours give instants, all others days.
 * `raw`: as counted. `rolled`: the first working day on or after it (for "at least n before": the last on or before);
 * raw itself where the rule does not roll. `target`: the last working day on or before raw, at which a bureau aims.
 * What needs a year that is not loaded is null, and `awaitingYear` names the year.
 */
export type Due = {
  raw: Day | Date | null;
  rolled: Day | Date | null;
  target: Day | Date | null;
  counted: CountedDay[];
  awaitingYear?: number;
};

export type DueInput = {
  rule: Rule;
  /** The triggering event, itself not counted: a day, or an instant (needed for hours). */
  from: Day | Date;
  excludes?: readonly DayRange[];
  extendBy?: readonly Extension[];
};

const HOUR_MS = 3_600_000;

type Step = 1 | -1;
type Count = { from: Day; value: number; step: Step; excludes: readonly DayRange[] };
type Counted = { raw: Day; counted: CountedDay[] } | { awaitingYear: number };

/**
 * The due day of a rule (CXGD 80, TSJB2026 45, Civil Code 201–203; rules of coercion never roll, FSLR 61, ACL 25).
 * unprocessable `deadline.no_length` (the rule says "promptly") or `deadline.instant_needed` (hours from a bare day);
 * badRequest `deadline.exclude_reversed`; RangeError for an extension in another unit or a day beyond the year 9999.
 */
export function computeDue(input: DueInput, calendar: Calendar): Due {
  const { rule, from } = input;
  const { value, unit } = lengthOf(rule, input.extendBy ?? []);
  const step: Step = rule.relation === 'at_least_before' ? -1 : 1;
  const excludes = checkedRanges(input.excludes ?? []);
  if (unit === 'hour') {
    if (!(from instanceof Date)) throw unprocessable('deadline.instant_needed', { rule: rule.id });
    const at = countHours({ from, hours: value, step, excludes });
    return { raw: at, rolled: at, target: at, counted: [] };
  }
  const count: Count = { from: from instanceof Date ? dayOf(from) : parseDay(from), value, step, excludes };
  if (unit === 'working_day') return settle(countWorkingDays(count, calendar), rule, calendar);
  if (unit === 'day') return settle(countDays(count), rule, calendar);
  return settle(countMonths(count, unit === 'year' ? 12 : 1), rule, calendar);
}

/** The length of a rule with its extensions. Errors as `computeDue`. */
export function lengthOf(rule: Rule, extendBy: readonly Extension[]): Length {
  if (rule.duration === null) throw unprocessable('deadline.no_length', { rule: rule.id });
  const { unit } = rule.duration;
  return extendBy.reduce((length, extension) => {
    if (extension.unit !== unit) throw new RangeError(`${rule.id} runs in ${unit}, not in ${extension.unit}`);
    if (!Number.isSafeInteger(extension.value) || extension.value < 1)
      throw new RangeError('an extension adds time');
    return { unit, value: extension.mode === 'add' ? length.value + extension.value : extension.value };
  }, rule.duration);
}

function checkedRanges(ranges: readonly DayRange[]): readonly DayRange[] {
  for (const { from, to } of ranges) {
    if (parseDay(from) > parseDay(to)) throw badRequest('deadline.exclude_reversed', { from, to });
  }
  return ranges;
}

/** The first day from `day` on (in the direction of `step`) that is in no excluded range; whole ranges are jumped. */
function skipExcluded(day: Day, { step, excludes }: Pick<Count, 'step' | 'excludes'>): Day {
  const inWay = excludes.find(({ from, to }) => from <= day && day <= to);
  if (inWay === undefined) return day;
  return skipExcluded(addDays(step === 1 ? inWay.to : inWay.from, step), { step, excludes });
}

function countDays(count: Count): Counted {
  const counted: CountedDay[] = [];
  let day = count.from;
  while (counted.length < count.value) {
    day = skipExcluded(addDays(day, count.step), count);
    counted.push({ day });
  }
  return { raw: day, counted };
}

function countWorkingDays(count: Count, calendar: Calendar): Counted {
  const counted: CountedDay[] = [];
  let day = count.from;
  while (counted.length < count.value) {
    day = skipExcluded(addDays(day, count.step), count);
    const kind = calendar.dayKind(day);
    if (kind.kind === 'not_loaded') return { awaitingYear: kind.year };
    if (kind.kind === 'working') counted.push({ day });
    if (kind.kind === 'make_up') counted.push({ day, makeUp: true });
  }
  return { raw: day, counted };
}

/** The corresponding day, moved on by one day for every excluded day on the way to it. */
function countMonths(count: Count, months: number): Counted {
  const end = addMonths(count.from, count.step * count.value * months);
  return countDays({ ...count, value: Math.abs(daysBetween(count.from, end)) });
}

type HourCount = { from: Date; hours: number; step: Step; excludes: readonly DayRange[] };

/** Hours run from the event through nights and holidays; an excluded day stops them from midnight to midnight. */
function countHours({ from, hours, step, excludes }: HourCount): Date {
  let at = from;
  let left = hours * HOUR_MS;
  for (;;) {
    // What runs backwards from midnight is in the day before.
    const day = dayOf(step === 1 ? at : addMillis(at, -1));
    const edge = instantAt(step === 1 ? addDays(day, 1) : day, '00:00');
    if (skipExcluded(day, { step, excludes }) === day) {
      const span = Math.abs(edge.getTime() - at.getTime());
      if (span >= left) return addMillis(at, step * left);
      left -= span;
    }
    at = edge;
  }
}

function settle(count: Counted, rule: Rule, calendar: Calendar): Due {
  if ('awaitingYear' in count) {
    return { raw: null, rolled: null, target: null, counted: [], awaitingYear: count.awaitingYear };
  }
  const { raw, counted } = count;
  const before = calendar.workingDayOnOrBefore(raw);
  const rolled = rolledDay(raw, rule, calendar);
  const due: Due = { raw, rolled: dayOrNull(rolled), target: dayOrNull(before), counted };
  if ('awaitingYear' in rolled) due.awaitingYear = rolled.awaitingYear;
  return due;
}

function rolledDay(raw: Day, rule: Rule, calendar: Calendar): FoundDay {
  if (rule.rollover === 'none') return { day: raw };
  return rule.relation === 'at_least_before'
    ? calendar.workingDayOnOrBefore(raw)
    : calendar.workingDayOnOrAfter(raw);
}

const dayOrNull = (found: FoundDay): Day | null => ('day' in found ? found.day : null);
