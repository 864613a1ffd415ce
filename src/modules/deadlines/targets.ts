import { dayOf, yearOf } from '../../shared/clock.ts';
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
};

/** A clock whose pause has no end yet. */
export const PAUSED: DueColumns = {
  rawOn: null,
  rawAt: null,
  rolledOn: null,
  targetOn: null,
  awaitingYear: null,
};

// Everybody who is not the bureau, its people or its units: parties, reporters, laboratories, police, procuratorate.
const OTHERS =
  /^(party|complainant|reporter|(food |system )?operator|food producer|inspected party|PI handler|police|procuratorate|(first |retest )?lab)\b/;

/** Whether the limit binds somebody else: their right is accepted, their duty awaited, until the rolled day. */
export const bindsOthers = (rule: Rule): boolean => OTHERS.test(rule.actor);

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
    return { rawOn: day, rawAt: due.raw, rolledOn: day, targetOn: day, awaitingYear: null };
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

/** Whether the legal end has passed at `at`; null while it is not known. Missing one's own aim is not yet late. */
export function isPastEnd(
  rule: Rule,
  due: Pick<DueColumns, 'rawOn' | 'rawAt' | 'rolledOn'>,
  at: Date,
): boolean | null {
  if (due.rawAt) return at > due.rawAt;
  const last = lastDay(rule, due);
  return last === null ? null : dayOf(at) > last;
}

/** The last day that still counts: the rolled one, for coercion the counted one; null while not known. */
export const lastDay = (rule: Rule, due: Pick<DueColumns, 'rawOn' | 'rolledOn'>): Day | null =>
  isCoercive(rule) ? due.rawOn : due.rolledOn;
