import { type RawBuilder, sql } from 'kysely';
import type { Ctx, TxCtx } from '../../context.ts';
import { type Asked, asked, times, type Words } from '../../db/list.ts';
import type { Urgency } from '../../db/list-schemas.ts';
import { addDays, type Day, dayOf, daysBetween } from '../../shared/clock.ts';
import type { Calendar } from './calendar.ts';
import { calendarOf } from './calendars.ts';
import { ruleById } from './rule-book.ts';

type Reader = Ctx | TxCtx;

/**
 * The open clocks of a row of a list in one: the next that ends, and whether any is past its end. A day set by hand
 * has no rule.
 */
export type NextClock = { ruleId: string | null; targetOn: Day | null; isOverdue: boolean };

/** What a list shows of it (`dueColumns` of list-schemas.ts). */
export type Due = {
  dueOn: Day | null;
  dueRule: string | null;
  dueTitle: string | null;
  daysLeft: number | null;
  workingDaysLeft: number | null;
  urgency: Urgency | null;
};

/** Whether the clock `k` is past its legal end. */
export const pastEnd = (now: Date): RawBuilder<boolean> =>
  sql<boolean>`(k.state = 'running' and k.ends_at < ${now})`;

const openClocks = (kind: string, id: string) =>
  sql`clocks k where k.subject_kind = ${kind} and k.subject_id = ${sql.ref(id)} and k.state in ('running', 'paused')`;

/** The open clocks of the thing of a row, for its list. */
export const nextClock = ({ now }: Reader, kind: string, id: string): RawBuilder<NextClock | null> =>
  sql<NextClock | null>`(
    select json_build_object('ruleId', (array_agg(k.rule_id order by k.target_on, k.id))[1],
      'targetOn', min(k.target_on), 'isOverdue', coalesce(bool_or(${pastEnd(now)}), false))
    from ${openClocks(kind, id)} having count(*) > 0)`;

/** Whether an open clock of the thing of a row is past its end, or none is. */
export const overdue = ({ now }: Reader, { kind, id }: { kind: string; id: string }, is: boolean) =>
  sql<boolean>`${is ? sql`` : sql`not `}exists (select from ${openClocks(kind, id)} and ${pastEnd(now)})`;

/** A list of things that clocks run on. */
export type ClockedList = Asked & { kind: string };

/** The rows the words ask for, as one condition; of the words of every list and `overdue`. */
export function askedOf(
  ctx: Ctx,
  list: ClockedList,
  words: Words & { overdue?: boolean | undefined },
): RawBuilder<boolean> {
  const rows = asked(ctx, list, words);
  if (words.overdue === undefined) return rows;
  const late = overdue(ctx, { kind: list.kind, id: `${list.table}.id` }, words.overdue);
  return sql<boolean>`(${rows} and ${late})`;
}

/** Within how many working days an end is near. */
export const SOON = 2;

// The number of each working day since the first loaded year; a year that is missing begins a new run.
const ordinals = new WeakMap<Calendar, ReadonlyMap<Day, { run: number; ordinal: number }>>();

function ordinalsOf(calendar: Calendar) {
  const known = ordinals.get(calendar);
  if (known) return known;
  const days = new Map<Day, { run: number; ordinal: number }>();
  let [run, ordinal, before] = [0, 0, 0];
  for (const year of calendar.years) {
    if (year !== before + 1) run += 1;
    before = year;
    for (let day = `${year}-01-01`; day <= `${year}-12-31`; day = addDays(day, 1)) {
      if (calendar.isWorkingDay(day)) ordinal += 1;
      days.set(day, { run, ordinal });
    }
  }
  ordinals.set(calendar, days);
  return days;
}

/**
 * Working days after `today` up to and with `target`; negative once it has passed, null where the calendar of the
 * years between is not loaded.
 */
export function workingDaysLeft(calendar: Calendar, today: Day, target: Day): number | null {
  const days = ordinalsOf(calendar);
  const [from, to] = [days.get(today), days.get(target)];
  return from && to && from.run === to.run ? to.ordinal - from.ordinal : null;
}

/** How near an end is. One whose day is not known yet is not near. */
export function urgencyOf(isOverdue: boolean, workingDays: number | null): Urgency {
  if (isOverdue) return 'overdue';
  return workingDays !== null && workingDays <= SOON ? 'soon' : 'later';
}

/** Where no clock is open, or none is shown. */
export const NOTHING_DUE: Due = {
  dueOn: null,
  dueRule: null,
  dueTitle: null,
  daysLeft: null,
  workingDaysLeft: null,
  urgency: null,
};

type Listed = { clock: NextClock | null; updatedAt: Date; createdAt: Date };

/** Rows of a list as they travel: what is due by the bureau's calendar, instants as text. */
export async function dueRows<R extends Listed>(ctx: Reader, rows: readonly R[]) {
  const calendar = await calendarOf(ctx, ctx.actor.bureauId);
  return rows.map(({ clock, ...row }) => ({
    ...row,
    ...dueOf(ctx, calendar, clock),
    ...times(row),
  }));
}

function dueOf(ctx: Reader, calendar: Calendar, clock: NextClock | null): Due {
  if (clock === null) return NOTHING_DUE;
  const today = dayOf(ctx.now);
  const { dueRule, dueTitle } = limitOf(ctx, clock.ruleId);
  const dueOn = clock.targetOn;
  const working = dueOn === null ? null : workingDaysLeft(calendar, today, dueOn);
  return {
    dueOn,
    dueRule,
    dueTitle,
    daysLeft: dueOn === null ? null : daysBetween(today, dueOn),
    workingDaysLeft: working,
    urgency: urgencyOf(clock.isOverdue, working),
  };
}

function limitOf({ locale }: Reader, ruleId: string | null): Pick<Due, 'dueRule' | 'dueTitle'> {
  if (ruleId === null) return { dueRule: null, dueTitle: null };
  const { id, titleZh, titleEn } = ruleById(ruleId);
  return { dueRule: id, dueTitle: locale === 'zh' ? titleZh : titleEn };
}
