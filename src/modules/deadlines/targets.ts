import { addDays, addMillis, dayOf, instantAt, yearOf } from '../../shared/clock.ts';
import type { Day } from '../../shared/clock.ts';
import type { Calendar } from './calendar.ts';
import type { Rule } from './rule-data.ts';
import { computeDue, type Due, type DueInput } from './rules.ts';

/** When a clock runs out, as its row keeps it. All null while it is paused: nobody knows yet. */
export type DueColumns = {
  rawOn: Day | null;
  /** The instant, for limits in hours. */
  rawAt: Date | null;
  rolledOn: Day | null;
  /** The day the responsible side aims at. */
  targetOn: Day | null;
  awaitingYear: number | null;
  /** The last instant that counts; null while it is not known. */
  endsAt: Date | null;
};

/** A clock whose pause has no end yet. */
export const PAUSED: DueColumns = {
  rawOn: null,
  rawAt: null,
  rolledOn: null,
  targetOn: null,
  awaitingYear: null,
  endsAt: null,
};

/** Whether the limit binds somebody else: their right is accepted, their duty awaited, until the rolled day. */
export const bindsOthers = ({ side }: Pick<Rule, 'side'>): boolean => side !== 'bureau';

/**
 * Whether it ends on the day as counted: a bureau's own duties and powers, holiday or not. What others may or must do,
 * and what must have run before a next step, counts until the rolled day.
 */
export const endsOnRaw = ({ side, nature }: Pick<Rule, 'side' | 'nature'>): boolean =>
  side === 'bureau' && nature !== 'period';

/** Powers of coercion end when they end, holiday or not (ACL 25, FSLR 61). */
export const isCoercive = (rule: Rule): boolean => rule.domain === 'compulsion';

/**
 * The columns of a clock: counted, rolled, and aimed at. The bureau's own duties aim at the last working day on or
 * before the last day; what others may or must do counts until the rolled day; coercion never rolls.
 * Errors as `computeDue`.
 */
export function dueColumns(input: DueInput, calendar: Calendar): DueColumns {
  const due = computeDue(input, calendar);
  if (due.raw instanceof Date) {
    const day = dayOf(due.raw);
    return { rawOn: day, rawAt: due.raw, rolledOn: day, targetOn: day, awaitingYear: null, endsAt: due.raw };
  }
  const rawOn = due.raw;
  const rolledOn = due.rolled instanceof Date ? dayOf(due.rolled) : due.rolled;
  if (rawOn === null) return { ...PAUSED, awaitingYear: due.awaitingYear ?? null };
  const aimed = target(input.rule, { rawOn, rolledOn, due });
  return {
    rawOn,
    rawAt: null,
    rolledOn,
    targetOn: aimed,
    awaitingYear: due.awaitingYear ?? (aimed === null ? unloadedYear(rawOn, calendar) : null),
    endsAt: endOf(lastDay(input.rule, { rawOn, rolledOn })),
  };
}

type Known = { rawOn: Day; rolledOn: Day | null; due: Due };

function target(rule: Rule, { rawOn, rolledOn, due }: Known): Day | null {
  if (isCoercive(rule)) return rawOn;
  const aims = rule.relation === 'within' || rule.relation === 'at_least_before';
  if (!aims || bindsOthers(rule)) return rolledOn;
  return due.target instanceof Date ? dayOf(due.target) : due.target;
}

function unloadedYear(day: Day, calendar: Calendar): number {
  const found = calendar.workingDayOnOrBefore(day);
  return 'awaitingYear' in found ? found.awaitingYear : yearOf(day);
}

/** The last day that still counts; null while it is not known. */
export const lastDay = (rule: Rule, due: Pick<DueColumns, 'rawOn' | 'rolledOn'>): Day | null =>
  endsOnRaw(rule) ? due.rawOn : due.rolledOn;

/** The last instant of a day in Shanghai, as exact as instants are kept. */
const endOf = (day: Day | null): Date | null =>
  day === null ? null : addMillis(instantAt(addDays(day, 1), '00:00'), -1);

/** Whether the legal end has passed at `at`; null while it is not known. Missing one's own aim is not yet late. */
export const isPastEnd = ({ endsAt }: Pick<DueColumns, 'endsAt'>, at: Date): boolean | null =>
  endsAt === null ? null : at > endsAt;
