import { addDays } from '../../shared/clock.ts';
import type { Day } from '../../shared/clock.ts';
import type { Calendar } from './calendar.ts';

/** The first and the last day on which two calendars differ about who works. */
export type ChangedSpan = { from: Day; to: Day };

/** Where two calendars differ; null where they count alike. A year that only one has loaded differs on each of its days. */
export function changedSpan(before: Calendar, after: Calendar): ChangedSpan | null {
  const years = [...new Set([...before.years, ...after.years])].toSorted((a, b) => a - b);
  let from: Day | null = null;
  let to = '';
  for (const year of years) {
    const last = `${year}-12-31`;
    for (let day = `${year}-01-01`; day <= last; day = addDays(day, 1)) {
      if (before.isWorkingDay(day) === after.isWorkingDay(day)) continue;
      from ??= day;
      to = day;
    }
  }
  return from === null ? null : { from, to };
}
