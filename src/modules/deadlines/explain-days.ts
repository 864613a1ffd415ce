import { type Locale, text } from '../../i18n/index.ts';
import { addDays } from '../../shared/clock.ts';
import type { Day } from '../../shared/clock.ts';
import type { Calendar } from './calendar.ts';
import type { Rule } from './rule-data.ts';
import { lengthOf } from './rules.ts';
import type { ClockExplanation } from './schemas.ts';
import { type ClockParts, type ClockRow, type ExclusionRow, extensionsOf } from './store.ts';

type DayLine = ClockExplanation['days'][number];
type Known = { clock: ClockRow; parts: ClockParts; rule: Rule; locale: Locale };

/** More days than these nobody follows by finger. */
const MOST_DAYS = 400;

/** Each day from the one after the trigger to the last; only for limits in days. */
export function countedDays({ clock, parts, rule, locale }: Known, calendar: Calendar): DayLine[] {
  const kept = {
    exclusions: parts.exclusions.filter(({ removedAt }) => removedAt === null),
    extensions: parts.extensions.filter(({ removedAt }) => removedAt === null),
  };
  const { unit } = lengthOf(rule, extensionsOf(clock, kept));
  if ((unit !== 'working_day' && unit !== 'day') || clock.rawOn === null) return [];
  const step = rule.relation === 'at_least_before' ? -1 : 1;
  const days: DayLine[] = [];
  let day = clock.triggeredOn;
  while (day !== clock.rawOn && days.length < MOST_DAYS) {
    day = addDays(day, step);
    days.push(dayLine(day, { exclusions: kept.exclusions, calendar, locale, isNatural: unit === 'day' }));
  }
  return days;
}

type DayContext = {
  exclusions: readonly ExclusionRow[];
  calendar: Calendar;
  locale: Locale;
  isNatural: boolean;
};

function dayLine(day: Day, { exclusions, calendar, locale, isNatural }: DayContext): DayLine {
  const told = dayText(day, calendar, locale);
  const out = exclusions.find(({ fromOn, toOn }) => fromOn <= day && (toOn === null || day <= toOn));
  if (out) {
    const line = text(locale, 'clock.day.excluded', { day: told, ground: text(locale, out.ground) });
    return { day, counted: false, kind: 'excluded', text: line };
  }
  if (isNatural) return { day, counted: true, kind: 'natural', text: told };
  const { kind } = calendar.dayKind(day);
  return { day, counted: kind === 'working' || kind === 'make_up', kind, text: told };
}

/** A day with what it is: working, off (and what for), made up for, or of a year that is not loaded. */
export function dayText(day: Day, calendar: Calendar, locale: Locale): string {
  const found = calendar.dayKind(day);
  return text(locale, `clock.day.${found.kind}`, { day, ...found });
}
