/**
 * A second way to count, written to be obvious and not to be fast: it looks at every day and every minute, knows
 * nothing of the product's own arithmetic, and holds the calendar as plain lists of days off and days worked.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const FOLDER = join(import.meta.dirname, '../../src/data/calendar');
const off = new Set<string>();
const worked = new Set<string>();
const years = new Set<number>();
for (const name of readdirSync(FOLDER)) {
  const { year, days } = JSON.parse(readFileSync(join(FOLDER, name), 'utf8')) as {
    year: number;
    days: { date: string; isOffDay: boolean }[];
  };
  years.add(year);
  for (const { date, isOffDay } of days) (isOffDay ? off : worked).add(date);
}

const at = (day: string): Date => new Date(`${day}T12:00:00Z`);
const text = (date: Date): string => date.toISOString().slice(0, 10);

/** The next day, or the one before. */
export function step(day: string, by: 1 | -1): string {
  const date = at(day);
  date.setUTCDate(date.getUTCDate() + by);
  return text(date);
}

/** Whether people work; throws in a year nobody has announced. */
export function works(day: string): boolean {
  if (!years.has(Number(day.slice(0, 4)))) throw new Error('not announced');
  if (off.has(day)) return false;
  if (worked.has(day)) return true;
  const weekday = at(day).getUTCDay();
  return weekday !== 0 && weekday !== 6;
}

/** What has happened to a limit, in any order. */
export type Facts = {
  from: string;
  value: number;
  unit: 'working_day' | 'day' | 'month' | 'year';
  backwards: boolean;
  pauses: readonly { from: string; to: string }[];
  extensions: readonly number[];
};

function corresponding(day: string, months: number): string {
  const [y, m, d] = day.split('-').map(Number) as [number, number, number];
  const year = y + Math.floor((m - 1 + months) / 12);
  const month = (((m - 1 + months) % 12) + 12) % 12;
  const longest = new Date(Date.UTC(year, month + 1, 0)).getUTCDate();
  return text(new Date(Date.UTC(year, month, Math.min(d, longest), 12)));
}

const between = (from: string, end: string, by: 1 | -1): number => {
  let days = 0;
  for (let day = from; day !== end; day = step(day, by)) days += 1;
  return days;
};

/** The last day as counted; undefined where a year is not announced. */
export function lastDayOf({ from, value, unit, backwards, pauses, extensions }: Facts): string | undefined {
  const by = backwards ? -1 : 1;
  const whole = extensions.reduce((sum, more) => sum + more, value);
  const stands = (day: string): boolean => pauses.some((pause) => pause.from <= day && day <= pause.to);
  const months = unit === 'month' ? 1 : unit === 'year' ? 12 : 0;
  let left = months > 0 ? between(from, corresponding(from, by * whole * months), by) : whole;
  try {
    let day = from;
    while (left > 0) {
      day = step(day, by);
      if (stands(day)) continue;
      if (unit !== 'working_day' || works(day)) left -= 1;
    }
    return day;
  } catch {
    return undefined;
  }
}

/** The first day from `day` on which people work; undefined where that is not announced. */
export function rolledFrom(day: string, backwards: boolean): string | undefined {
  try {
    let found = day;
    while (!works(found)) found = step(found, backwards ? -1 : 1);
    return found;
  } catch {
    return undefined;
  }
}
