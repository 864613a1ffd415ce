import { badRequest } from './errors.ts';

/** A calendar day in Asia/Shanghai, `YYYY-MM-DD`. Days compare with `<` as text. */
export type Day = string;

// Legal days are Beijing days. The offset is fixed: the summer time of 1986–1991 predates every rule we count.
const OFFSET_MS = 8 * 3_600_000;
const DAY_MS = 86_400_000;

const DAY_SHAPE = /^\d{4}-\d{2}-\d{2}$/;
const TIME_SHAPE = /^([01]\d|2[0-3]):[0-5]\d(:[0-5]\d)?$/;
const INSTANT_SHAPE =
  /^(\d{4}-\d{2}-\d{2})T([01]\d|2[0-3]):[0-5]\d(:[0-5]\d(\.\d{1,6})?)?(Z|[+-](0\d|1[0-4]):[0-5]\d)$/;

/** The one place that turns milliseconds since 1970 into a day. RangeError outside the years 1 to 9999. */
function dayFromMillis(millis: number): Day {
  const date = new Date(millis);
  const year = date.getUTCFullYear();
  if (!(year >= 1 && year <= 9999)) throw new RangeError('a day outside the years 1 to 9999');
  return date.toISOString().slice(0, 10);
}

const millisOf = (day: Day): number => Date.parse(`${parseDay(day)}T00:00:00Z`);

/** True for a real day of the years 1 to 9999 written `YYYY-MM-DD`. */
export function isDay(text: string): boolean {
  if (!DAY_SHAPE.test(text) || text.startsWith('0000')) return false;
  const millis = Date.parse(`${text}T00:00:00Z`);
  // Date.parse rolls 02-30 over to March in some engines: compare with what went in.
  return !Number.isNaN(millis) && new Date(millis).toISOString().startsWith(text);
}

/** `text` as a day; badRequest `date.invalid` with `{ value }` for anything but a real `YYYY-MM-DD`. */
export function parseDay(text: string): Day {
  if (!isDay(text)) throw badRequest('date.invalid', { value: text });
  return text;
}

/** The day in Shanghai on which `instant` falls. */
export const dayOf = (instant: Date): Day => dayFromMillis(instant.getTime() + OFFSET_MS);

/** The time of day in Shanghai, `HH:mm`. */
export const timeOf = (instant: Date): string =>
  new Date(instant.getTime() + OFFSET_MS).toISOString().slice(11, 16);

/** The day `days` after `day` (before it when negative); a whole number, else RangeError. */
export function addDays(day: Day, days: number): Day {
  if (!Number.isSafeInteger(days)) throw new RangeError('days must be a whole number');
  return dayFromMillis(millisOf(day) + days * DAY_MS);
}

/** The corresponding day `months` later; where that month has none, its last day (Civil Code 202). */
export function addMonths(day: Day, months: number): Day {
  if (!Number.isSafeInteger(months)) throw new RangeError('months must be a whole number');
  const [year = 0, month = 0, date = 0] = parseDay(day).split('-').map(Number);
  const index = year * 12 + (month - 1) + months;
  const targetYear = Math.floor(index / 12);
  const targetMonth = index - targetYear * 12;
  if (targetYear < 1 || targetYear > 9999) throw new RangeError('a day outside the years 1 to 9999');
  const monthEnd = new Date(0);
  // Not Date.UTC: it reads the years 0 to 99 as 1900 to 1999.
  monthEnd.setUTCFullYear(targetYear, targetMonth + 1, 0);
  const target = Math.min(date, monthEnd.getUTCDate());
  monthEnd.setUTCDate(target);
  return dayFromMillis(monthEnd.getTime());
}

/** How many days from `from` to `to`: 0 for the same day, negative when `to` is earlier. */
export const daysBetween = (from: Day, to: Day): number => (millisOf(to) - millisOf(from)) / DAY_MS;

/** The instant `millis` later; earlier when negative. */
export const addMillis = (instant: Date, millis: number): Date => new Date(instant.getTime() + millis);

/** ISO 8601 weekday: Monday 1 … Sunday 7. */
export const weekday = (day: Day): number => new Date(millisOf(day)).getUTCDay() || 7;

/** Saturday or Sunday, whatever the working calendar says. */
export const isWeekend = (day: Day): boolean => weekday(day) >= 6;

/** The calendar year of a day. */
export const yearOf = (day: Day): number => Number(day.slice(0, 4));

/** The instant at which the clocks of Shanghai show `time` (`HH:mm` or `HH:mm:ss`) on `day`. badRequest `time.invalid`. */
export function instantAt(day: Day, time: string): Date {
  if (!TIME_SHAPE.test(time)) throw badRequest('time.invalid', { value: time });
  return new Date(Date.parse(`${parseDay(day)}T${time}Z`) - OFFSET_MS);
}

/** An ISO 8601 instant with an offset (`Z`, `+08:00`); badRequest `instant.invalid` for a bare date or no offset. */
export function parseInstant(text: string): Date {
  const day = INSTANT_SHAPE.exec(text)?.[1];
  if (day === undefined || !isDay(day)) throw badRequest('instant.invalid', { value: text });
  return new Date(text);
}

/** ISO 8601 with the Shanghai offset: `2024-03-07T09:30:00+08:00`; milliseconds only when there are any. */
export function formatInstant(instant: Date): string {
  const local = new Date(instant.getTime() + OFFSET_MS).toISOString().slice(0, -1);
  return `${local.replace(/\.000$/, '')}+08:00`;
}

/** The same of an instant that may be missing. */
export const formatInstantOrNull = (instant: Date | null | undefined): string | null =>
  instant ? formatInstant(instant) : null;

/** `2024年3月7日`, the full Arabic form of GB/T 9704. */
export function formatDayZh(day: Day): string {
  const [year, month, date] = parseDay(day).split('-').map(Number);
  return `${year}年${month}月${date}日`;
}

/** `2024年3月7日9时30分` in Shanghai time; minutes keep both digits (`9时05分`). */
export function formatInstantZh(instant: Date): string {
  const [hour, minute] = timeOf(instant).split(':');
  return `${formatDayZh(dayOf(instant))}${Number(hour)}时${minute}分`;
}
