import type { Ctx } from '../../context.ts';
import { type Locale, text } from '../../i18n/index.ts';
import { addDays, formatInstant } from '../../shared/clock.ts';
import type { Day } from '../../shared/clock.ts';
import type { Calendar } from './calendar.ts';
import { calendarOf } from './calendars.ts';
import { getClockRow } from './queries.ts';
import { citationText, type Rule } from './rule-data.ts';
import { BOOK, ruleById } from './rule-book.ts';
import { lengthOf } from './rules.ts';
import type { ClockExplanation } from './schemas.ts';
import { type ClockParts, type ClockRow, type ExtensionRow, extensionsOf, partsOf } from './store.ts';
import { bindsOthers, isCoercive } from './targets.ts';

type Known = { clock: ClockRow; parts: ClockParts; rule: Rule; locale: Locale };

/** Why a clock of the bureau ends when it ends: sentences, and each day counted or skipped with the reason. */
export async function explainClock(ctx: Ctx, id: string): Promise<ClockExplanation> {
  const clock = await getClockRow(ctx, id);
  const parts = (await partsOf(ctx.db, [id])).get(id)!;
  const known: Known = { clock, parts, rule: ruleById(clock.ruleId), locale: ctx.locale };
  const calendar = await calendarOf(ctx, clock.bureauId);
  return { id, sentences: sentences(known, calendar), days: countedDays(known, calendar) };
}

function sentences(known: Known, calendar: Calendar): string[] {
  const { clock, parts, rule, locale } = known;
  const say = (key: string, params: Record<string, unknown>): string =>
    text(locale, `clock.explain.${key}`, params);
  const length = lengthOf(rule, []);
  const at =
    clock.triggeredAt && length.unit === 'hour' ? formatInstant(clock.triggeredAt) : clock.triggeredOn;
  return [
    say('trigger', { at, event: eventText(clock.trigger, rule, locale) }),
    say('rule', {
      rule: rule.id,
      title: locale === 'zh' ? rule.titleZh : rule.titleEn,
      length: unitText(length.value, length.unit, locale),
      article: citationText(BOOK, { rule, on: clock.triggeredOn }, locale),
    }),
    ...parts.exclusions.map((x) =>
      say(x.toOn === null ? 'paused' : 'excluded', { from: x.fromOn, to: x.toOn, ground: x.ground }),
    ),
    ...parts.extensions.map((x) => extensionText(x, locale)),
    ...ends(known, calendar),
  ];
}

function extensionText({ value, unit, reason, approvedBy }: ExtensionRow, locale: Locale): string {
  const params = { length: unitText(value, unit, locale), reason: text(locale, reason), by: approvedBy };
  return text(locale, approvedBy === null ? 'clock.explain.extended' : 'clock.explain.extended_by', params);
}

function eventText(trigger: string, rule: Rule, locale: Locale): string {
  return (BOOK.events[trigger] ?? BOOK.events[rule.event])![locale];
}

const unitText = (value: number, unit: string, locale: Locale): string =>
  text(locale, `deadline.unit.${unit}`, { value });

function ends({ clock, rule, locale }: Known, calendar: Calendar): string[] {
  const say = (key: string, params: Record<string, unknown>): string =>
    text(locale, `clock.explain.${key}`, params);
  const lines: string[] = [];
  if (clock.rawAt) lines.push(say('raw', { raw: formatInstant(clock.rawAt) }));
  else if (clock.rawOn) lines.push(say('raw', { raw: clock.rawOn }));
  if (clock.rawOn && clock.rolledOn && clock.rawOn !== clock.rolledOn) {
    lines.push(say('rolled', { raw: dayText(clock.rawOn, calendar, locale), rolled: clock.rolledOn }));
  }
  if (clock.targetOn) lines.push(say(aim(rule), { target: clock.targetOn }));
  if (clock.awaitingYear) lines.push(say('awaiting', { year: clock.awaitingYear }));
  lines.push(say('calendar', { version: clock.calendarVersion }));
  return lines;
}

function aim(rule: Rule): string {
  if (isCoercive(rule)) return 'target_coercive';
  return bindsOthers(rule) ? 'target_other' : 'target_own';
}

const MOST_DAYS = 400;

/** Each day from the one after the trigger to the last; only for limits in days, which can be followed by finger. */
function countedDays({ clock, parts, rule, locale }: Known, calendar: Calendar): ClockExplanation['days'] {
  const { unit } = lengthOf(rule, extensionsOf(clock, parts));
  if ((unit !== 'working_day' && unit !== 'day') || clock.rawOn === null) return [];
  const backwards = rule.relation === 'at_least_before';
  const days: ClockExplanation['days'] = [];
  let day = clock.triggeredOn;
  while (day !== clock.rawOn && days.length < MOST_DAYS) {
    day = addDays(day, backwards ? -1 : 1);
    days.push(dayLine(day, { parts, calendar, locale, natural: unit === 'day' }));
  }
  return days;
}

type DayContext = { parts: ClockParts; calendar: Calendar; locale: Locale; natural: boolean };

function dayLine(
  day: Day,
  { parts, calendar, locale, natural }: DayContext,
): ClockExplanation['days'][number] {
  const out = parts.exclusions.find(({ fromOn, toOn }) => fromOn <= day && (toOn === null || day <= toOn));
  if (out) {
    return {
      day,
      counted: false,
      kind: 'excluded',
      text: text(locale, 'clock.day.excluded', { ground: out.ground }),
    };
  }
  if (natural) return { day, counted: true, kind: 'natural', text: dayText(day, calendar, locale) };
  const { kind } = calendar.dayKind(day);
  return {
    day,
    counted: kind === 'working' || kind === 'make_up',
    kind,
    text: dayText(day, calendar, locale),
  };
}

function dayText(day: Day, calendar: Calendar, locale: Locale): string {
  const found = calendar.dayKind(day);
  return text(locale, `clock.day.${found.kind}`, { day, ...found });
}
