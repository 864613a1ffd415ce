import type { Ctx } from '../../context.ts';
import { type Locale, text } from '../../i18n/index.ts';
import { formatInstant } from '../../shared/clock.ts';
import type { Calendar } from './calendar.ts';
import { calendarOf } from './calendars.ts';
import { countedDays, dayText } from './explain-days.ts';
import { getClockRow } from './queries.ts';
import { citationText, type Rule } from './rule-data.ts';
import { BOOK, ruleById } from './rule-book.ts';
import { lengthOf } from './rules.ts';
import type { ClockExplanation } from './schemas.ts';
import { allPartsOf, type ClockParts, type ClockRow, type ExclusionRow, type ExtensionRow } from './store.ts';
import { endsOnRaw, isCoercive, isPastEnd, lastDay } from './targets.ts';

type Papers = ReadonlyMap<string, string>;
type Known = { clock: ClockRow; parts: ClockParts; rule: Rule; papers: Papers; locale: Locale; now: Date };

/** Why a clock of the bureau ends when it ends: sentences, and each day counted or skipped with the reason. */
export async function explainClock(ctx: Ctx, id: string): Promise<ClockExplanation> {
  const clock = await getClockRow(ctx, id);
  const parts = (await allPartsOf(ctx.db, [id])).get(id)!;
  const papers = await paperNumbers(ctx, parts);
  const known: Known = {
    clock,
    parts,
    rule: ruleById(clock.ruleId),
    papers,
    locale: ctx.locale,
    now: ctx.now,
  };
  const calendar = await calendarOf(ctx, clock.bureauId);
  return { id, sentences: sentences(known, calendar), days: countedDays(known, calendar) };
}

/** The numbers of the papers that exclusions and extensions rest on, by their ids. */
async function paperNumbers(ctx: Ctx, { exclusions, extensions }: ClockParts): Promise<Papers> {
  const ids = [
    ...exclusions.flatMap(({ documentId, resumeDocumentId }) => [documentId, resumeDocumentId]),
    ...extensions.map(({ documentId }) => documentId),
  ].filter((id) => id !== null);
  if (ids.length === 0) return new Map();
  const rows = await ctx.db
    .selectFrom('documents')
    .select(['id', 'kind', 'number'])
    .where('id', 'in', ids)
    .where('bureauId', '=', ctx.actor.bureauId)
    .execute();
  return new Map(rows.map(({ id, kind, number }) => [id, number ?? kind]));
}

type Say = (key: string, params?: Record<string, unknown>) => string;

const sayer =
  (locale: Locale): Say =>
  (key, params = {}) =>
    text(locale, `clock.explain.${key}`, params);

function sentences(known: Known, calendar: Calendar): string[] {
  const { parts, locale } = known;
  const say = sayer(locale);
  return [
    ...beginning(known, say),
    ...parts.exclusions.flatMap((x) => [exclusionText(x, known, say), ...takenBack(x, say)]),
    ...parts.extensions.flatMap((x) => [extensionText(x, known, say), ...takenBack(x, say)]),
    ...ends(known, calendar, say),
    ...standing(known, say),
  ];
}

function beginning({ clock, rule, locale }: Known, say: Say): string[] {
  const length = lengthOf(rule, []);
  const at =
    clock.triggeredAt && length.unit === 'hour' ? formatInstant(clock.triggeredAt) : clock.triggeredOn;
  const event = (BOOK.events[clock.trigger] ?? BOOK.events[rule.event])![locale];
  const began = say('trigger', { at, event });
  return [
    clock.restartOf === null ? began : `${began}${say('restarted')}`,
    say('rule', {
      rule: rule.id,
      title: locale === 'zh' ? rule.titleZh : rule.titleEn,
      length: unitText(length.value, length.unit, locale),
      article: citationText(BOOK, { rule, on: clock.triggeredOn }, locale),
    }),
  ];
}

function exclusionText(row: ExclusionRow, { papers, locale }: Known, say: Say): string {
  const { fromOn: from, toOn: to, ground, cause } = row;
  const told = say(to === null ? 'paused' : 'excluded', {
    from,
    to,
    ground: text(locale, ground),
    cause: text(locale, `clock.cause.${cause}`),
  });
  return told + restsOn([row.documentId, row.resumeDocumentId], papers, say);
}

function extensionText(row: ExtensionRow, { papers, locale, rule }: Known, say: Say): string {
  const { value, unit, reason, approvedBy } = row;
  const params = { length: unitText(value, unit, locale), reason: text(locale, reason), by: approvedBy };
  const key = rule.extension?.mode === 'replace' ? 'replaced' : 'extended';
  const by = approvedBy === null ? '' : say('approved_by', params);
  return say(key, params) + by + restsOn([row.documentId], papers, say);
}

function restsOn(ids: readonly (string | null)[], papers: Papers, say: Say): string {
  const numbers = ids.flatMap((id) => (id === null ? [] : (papers.get(id) ?? [])));
  return numbers.length === 0 ? '' : say('rests_on', { papers: numbers });
}

const takenBack = (
  { removedAt, removeReason }: Pick<ExclusionRow, 'removedAt' | 'removeReason'>,
  say: Say,
): string[] =>
  removedAt === null ? [] : [say('taken_back', { at: formatInstant(removedAt), reason: removeReason })];

const unitText = (value: number, unit: string, locale: Locale): string =>
  text(locale, `deadline.unit.${unit}`, { value });

function ends({ clock, rule, locale }: Known, calendar: Calendar, say: Say): string[] {
  const lines: string[] = [];
  if (clock.rawAt) lines.push(say('raw', { raw: formatInstant(clock.rawAt) }));
  else if (clock.rawOn) lines.push(say('raw', { raw: clock.rawOn }));
  if (clock.rawOn && clock.rolledOn && clock.rawOn !== clock.rolledOn) {
    const raw = dayText(clock.rawOn, calendar, locale);
    lines.push(say(endsOnRaw(rule) ? 'not_rolled' : 'rolled', { raw, rolled: clock.rolledOn }));
  }
  if (clock.targetOn) lines.push(say(aim(rule), { target: clock.targetOn }));
  if (clock.awaitingYear) lines.push(say('awaiting', { year: clock.awaitingYear }));
  lines.push(say('calendar', { version: clock.calendarVersion }));
  return lines;
}

function aim(rule: Rule): string {
  if (isCoercive(rule) && rule.nature === 'power') return 'target_coercive';
  if (rule.nature === 'period') return 'target_period';
  return rule.side === 'bureau' ? 'target_own' : 'target_other';
}

/** How it stands: done, fallen away, or past its end. */
function standing({ clock, rule, now }: Known, say: Say): string[] {
  const last = lastDay(rule, clock);
  const { state, metAt, cancelReason } = clock;
  if (state === 'cancelled') return [say('cancelled', { reason: cancelReason })];
  if (state === 'met') {
    const key = isPastEnd(clock, metAt!) === true && rule.nature !== 'period' ? 'met_late' : 'met';
    return [say(key, { at: formatInstant(metAt!), last })];
  }
  return isPastEnd(clock, now) === true ? [say(`over_${rule.nature}`, { last })] : [];
}
