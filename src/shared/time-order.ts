import { dayOf, formatInstant, parseInstant, type Day } from './clock.ts';
import { unprocessable } from './errors.ts';

/** The instant of an act that has happened: 422 `field.future` where it lies after `now`, naming `field`. */
export function pastInstant(text: string, now: Date, field: string): Date {
  const instant = parseInstant(text);
  if (instant > now) throw unprocessable('field.future', {}, [{ field, code: 'field.future' }]);
  return instant;
}

/** As `pastInstant`, for a day: today is not the future. */
export function pastDay(day: Day, now: Date, field: string): Day {
  if (day > dayOf(now)) throw unprocessable('field.future', {}, [{ field, code: 'field.future' }]);
  return day;
}

/** 422 `date.before_start` where `instant` lies before `start`, naming `field`. */
export function notBefore(instant: Date, start: Date, field: string): void {
  const params = { after: formatInstant(start) };
  if (instant < start)
    throw unprocessable('date.before_start', params, [{ field, code: 'date.before_start', params }]);
}
