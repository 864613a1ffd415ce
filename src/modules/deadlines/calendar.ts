import { createHash } from 'node:crypto';
import { addDays, isWeekend, yearOf } from '../../shared/clock.ts';
import type { Day } from '../../shared/clock.ts';

/** A day that differs from its weekday: off though Monday to Friday, or worked though a weekend. */
export type CalendarDay = { date: Day; name: string; isOffDay: boolean };

/** The State Council's arrangement for one year; its first days may lie in the December before. */
export type CalendarYear = { year: number; papers: string[]; days: CalendarDay[] };

export type DayKind =
  | { kind: 'working' | 'weekend' }
  | { kind: 'make_up' | 'holiday'; name: string }
  | { kind: 'not_loaded'; year: number };

/** A working day, or the year that must be loaded before it can be told. */
export type FoundDay = { day: Day } | { awaitingYear: number };

/** A working-day calendar: a value, never changed once made. */
export type Calendar = {
  /** Loaded years and a hash of every day in them: equal versions give equal answers. */
  readonly version: string;
  readonly years: readonly number[];
  isLoaded(year: number): boolean;
  dayKind(day: Day): DayKind;
  /** `undefined` where the year of the day is not loaded: nothing is guessed. */
  isWorkingDay(day: Day): boolean | undefined;
  /** The first working day after `day`. */
  nextWorkingDay(day: Day): FoundDay;
  /** The last working day before `day`. */
  previousWorkingDay(day: Day): FoundDay;
  workingDayOnOrAfter(day: Day): FoundDay;
  workingDayOnOrBefore(day: Day): FoundDay;
};

function versionOf(years: readonly number[], special: ReadonlyMap<Day, CalendarDay>): string {
  const days = [...special.values()].map(
    ({ date, name, isOffDay }) => `${date} ${isOffDay ? 'off' : 'on'} ${name}`,
  );
  const hash = createHash('sha256')
    .update([...years, ...days.toSorted()].join('\n'))
    .digest('hex')
    .slice(0, 12);
  return `${years.length === 0 ? 'none' : `${years[0]}-${years.at(-1)}`}/${hash}`;
}

function specialDays(
  years: readonly CalendarYear[],
  overlays: readonly CalendarDay[],
): Map<Day, CalendarDay> {
  const special = new Map<Day, CalendarDay>();
  for (const { days } of years.toSorted((a, b) => a.year - b.year))
    for (const day of days) special.set(day.date, day);
  for (const day of overlays) special.set(day.date, day);
  return special;
}

function kindOf(day: Day, special: CalendarDay | undefined): DayKind {
  if (special === undefined) return { kind: isWeekend(day) ? 'weekend' : 'working' };
  if (special.isOffDay) return { kind: 'holiday', name: special.name };
  return isWeekend(day) ? { kind: 'make_up', name: special.name } : { kind: 'working' };
}

/**
 * A calendar over the loaded `years`, with `overlays` (local holidays, emergency duty) laid on top.
 * An overlay never loads a year. RangeError when a year is given twice.
 */
export function makeCalendar(
  years: readonly CalendarYear[],
  overlays: readonly CalendarDay[] = [],
): Calendar {
  const loaded = new Set(years.map(({ year }) => year));
  if (loaded.size !== years.length) throw new RangeError('a year of the calendar is given twice');
  const special = specialDays(years, overlays);

  const dayKind = (day: Day): DayKind =>
    loaded.has(yearOf(day)) ? kindOf(day, special.get(day)) : { kind: 'not_loaded', year: yearOf(day) };
  const isWorkingDay = (day: Day): boolean | undefined => {
    const { kind } = dayKind(day);
    return kind === 'not_loaded' ? undefined : kind === 'working' || kind === 'make_up';
  };
  const search = (from: Day, step: 1 | -1): FoundDay => {
    let day = from;
    let working = isWorkingDay(day);
    while (working === false) {
      day = addDays(day, step);
      working = isWorkingDay(day);
    }
    return working === undefined ? { awaitingYear: yearOf(day) } : { day };
  };
  const ordered = [...loaded].toSorted((a, b) => a - b);
  return Object.freeze({
    version: versionOf(ordered, special),
    years: ordered,
    isLoaded: (year: number) => loaded.has(year),
    dayKind,
    isWorkingDay,
    nextWorkingDay: (day: Day) => search(addDays(day, 1), 1),
    previousWorkingDay: (day: Day) => search(addDays(day, -1), -1),
    workingDayOnOrAfter: (day: Day) => search(day, 1),
    workingDayOnOrBefore: (day: Day) => search(day, -1),
  });
}
