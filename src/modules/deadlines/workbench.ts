import { type RawBuilder, sql } from 'kysely';
import { z } from 'zod';
import type { Ctx } from '../../context.ts';
import type { Urgency } from '../../db/list-schemas.ts';
import { ownBureau } from '../../db/scope.ts';
import { labelOf, type SubjectLabel } from '../../db/subjects.ts';
import { addDays, type Day, dayOf, daysBetween } from '../../shared/clock.ts';
import { badRequest } from '../../shared/errors.ts';
import type { Calendar } from './calendar.ts';
import { calendarOf } from './calendars.ts';
import { SOON, workingDaysLeft } from './due.ts';
import { mainAction } from './main-action.ts';
import { BOOK, ruleById } from './rule-book.ts';
import { citationText } from './rule-data.ts';
import { lastDay } from './targets.ts';
import type { UnitCounts, What, Workbench, WorkbenchFilter, WorkbenchRow } from './workbench-schemas.ts';
import { NO_DAY, thingsOf } from './workbench-things.ts';

const Cursor = z.tuple([z.union([z.iso.date(), z.literal(NO_DAY)]), z.string().max(20), z.uuid()]);
type Position = z.infer<typeof Cursor>;

function decode(cursor: string): Position {
  try {
    return Cursor.parse(JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8')));
  } catch {
    throw badRequest('request.bad_cursor', {}, [{ field: 'cursor', code: 'field.format' }]);
  }
}

type Clock = { ruleId: string; triggeredOn: Day; rawOn: Day | null; rolledOn: Day | null; isPaused: boolean };

type Found = {
  what: What;
  id: string;
  kind: string;
  subjectId: string;
  dueOn: string;
  urgency: Urgency;
  detail: string | null;
  label: SubjectLabel | null;
  reportState: string | null;
  clock: Clock | null;
};

type Counts = Workbench['counts'];
type Line = { counts: Counts } & (Found | { what: null });

/** The last day that is near: two working days from today; today, where the calendar does not reach that far. */
function lastSoonDay(calendar: Calendar, today: Day): Day {
  let day = today;
  for (let next = addDays(day, 1); (workingDaysLeft(calendar, today, next) ?? SOON + 1) <= SOON;) {
    day = next;
    next = addDays(day, 1);
  }
  return day;
}

const classOf = (soonOn: Day): RawBuilder<Urgency> => sql<Urgency>`case
  when is_late then 'overdue' when due_on <= ${soonOn}::date then 'soon' else 'later' end`;

const counted = sql`json_build_object(
  'overdue', count(*) filter (where urgency = 'overdue'),
  'soon', count(*) filter (where urgency = 'soon'),
  'later', count(*) filter (where urgency = 'later'))`;

// One statement: what waits, how much of it there is in all, and of the page what the rows are called.
async function pageOfThings(
  ctx: Ctx,
  things: RawBuilder<unknown>,
  { soonOn, after, limit }: { soonOn: Day; after: Position | null; limit: number },
): Promise<Line[]> {
  const position = after
    ? sql`where (due_on, what, id) > (${after[0]}::date, ${after[1]}, ${after[2]}::uuid)`
    : sql``;
  const { rows } = await sql<Line>`
    with raw (what, id, kind, subject_id, due_on, is_late, detail) as (${things}),
    things as (select *, ${classOf(soonOn)} as urgency from raw),
    shown as (select * from things ${position} order by due_on, what, id limit ${limit + 1})
    select (select ${counted} from things) as counts, t.what, t.id, t.kind, t.subject_id, t.due_on::text as due_on,
      t.urgency, t.detail, ${labelOf(ctx.actor, 't.kind', sql.ref('t.subjectId'))} as label,
      case when t.what = 'result' then (select r.state from laboratory_reports r where r.id = t.id) end as report_state,
      case when t.what = 'clock' then (
        select json_build_object('ruleId', k.rule_id, 'triggeredOn', k.triggered_on, 'rawOn', k.raw_on,
          'rolledOn', k.rolled_on, 'isPaused', k.state = 'paused') from clocks k where k.id = t.id) end as clock
    from (select 1) one left join shown t on true
    order by t.due_on, t.what, t.id`.execute(ctx.db);
  return rows;
}

const isFound = (line: Line): line is Found & { counts: Counts } => line.what !== null;

const NO_LIMIT = {
  rule: null,
  ruleTitle: null,
  article: null,
  side: null,
  rawOn: null,
  rolledOn: null,
  lastOn: null,
};

function limitOf(ctx: Ctx, clock: Clock | null) {
  if (clock === null) return NO_LIMIT;
  const rule = ruleById(clock.ruleId);
  return {
    rule: rule.id,
    ruleTitle: ctx.locale === 'zh' ? rule.titleZh : rule.titleEn,
    article: citationText(BOOK, { rule, on: clock.triggeredOn }, ctx.locale),
    side: rule.side,
    rawOn: clock.rawOn,
    rolledOn: clock.rolledOn,
    lastOn: lastDay(rule, clock),
  };
}

/** In which state of what the next act is looked for. */
function stageOf({ what, kind, label, reportState }: Found) {
  if (what === 'result') return { kind: 'report', variant: null, state: reportState };
  if (what === 'approval') return { kind: 'approval', variant: null, state: 'proposed' };
  if (what === 'draft') return { kind: 'document', variant: null, state: 'draft' };
  return { kind, variant: label?.variant ?? null, state: label?.state ?? null };
}

const UNNAMED = { number: null, title: null, state: null };

const daysTo = (calendar: Calendar, today: Day, targetOn: Day | null) => ({
  targetOn,
  daysLeft: targetOn === null ? null : daysBetween(today, targetOn),
  workingDaysLeft: targetOn === null ? null : workingDaysLeft(calendar, today, targetOn),
});

function rowOf(ctx: Ctx, calendar: Calendar, found: Found): WorkbenchRow {
  const { number, title, state } = found.label ?? UNNAMED;
  return {
    what: found.what,
    id: found.id,
    subject: { kind: found.kind, id: found.subjectId },
    number,
    title,
    state,
    detail: found.detail,
    nextAction: mainAction(stageOf(found), ctx.actor.permissions),
    ...limitOf(ctx, found.clock),
    isPaused: found.clock?.isPaused ?? false,
    ...daysTo(calendar, dayOf(ctx.now), found.dueOn === NO_DAY ? null : found.dueOn),
    urgency: found.urgency,
  };
}

const NOTHING: Workbench = { items: [], next: null, counts: { overdue: 0, soon: 0, later: 0 } };

/** What waits for the caller, by the day aimed at; of a laboratory's people, their own house's samples. */
export async function getWorkbench(ctx: Ctx, filter: WorkbenchFilter): Promise<Workbench> {
  const things = thingsOf(ctx, filter);
  if (things === null) return NOTHING;
  const calendar = await calendarOf(ctx, ctx.actor.bureauId);
  const soonOn = lastSoonDay(calendar, dayOf(ctx.now));
  const after = filter.cursor === undefined ? null : decode(filter.cursor);
  const lines = await pageOfThings(ctx, things, { soonOn, after, limit: filter.limit });
  const found = lines.filter(isFound);
  const shown = found.slice(0, filter.limit);
  const last = shown.at(-1);
  const next = found.length > filter.limit && last ? [last.dueOn, last.what, last.id] : null;
  return {
    items: shown.map((line) => rowOf(ctx, calendar, line)),
    next: next && Buffer.from(JSON.stringify(next), 'utf8').toString('base64url'),
    counts: lines[0]!.counts,
  };
}

/** How much each unit has before it, and how much nobody has. */
export async function countByUnit(ctx: Ctx): Promise<UnitCounts> {
  const calendar = await calendarOf(ctx, ctx.actor.bureauId);
  const soonOn = lastSoonDay(calendar, dayOf(ctx.now));
  const late = sql`coalesce(k.state = 'running' and k.ends_at < ${ctx.now}, false)`;
  const { rows } = await sql<UnitCounts['items'][number]>`
    select c.unit_id, u.name as unit_name, c.overdue, c.soon, c.later
    from (
      select k.assigned_unit_id as unit_id, count(*) filter (where ${late}) as overdue,
        count(*) filter (where not ${late} and k.target_on <= ${soonOn}::date) as soon,
        count(*) filter (where not ${late} and (k.target_on is null or k.target_on > ${soonOn}::date)) as later
      from clocks k where k.bureau_id = ${ownBureau(ctx.actor)} and k.state in ('running', 'paused') group by 1) c
    left join units u on u.id = c.unit_id
    order by u.name nulls last`.execute(ctx.db);
  return { items: rows };
}
