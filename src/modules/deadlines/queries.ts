import { z } from 'zod';
import type { Ctx, TxCtx } from '../../context.ts';
import type { Page } from '../../db/page.ts';
import { badRequest, notFound } from '../../shared/errors.ts';
import type { CalendarDay } from './calendar.ts';
import { awaitedYears } from './await-calendars.ts';
import { baseYears, calendarOf } from './calendars.ts';
import { clockView, type CountedClock, countedClocks } from './clocks-of.ts';
import type { CalendarList, ClockFilter, ClockView } from './schemas.ts';

const Cursor = z.tuple([z.iso.date().nullable(), z.uuid()]);
type Position = z.infer<typeof Cursor>;

function decode(cursor: string): Position {
  try {
    return Cursor.parse(JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8')));
  } catch {
    throw badRequest('request.bad_cursor', {}, [{ field: 'cursor', code: 'field.format' }]);
  }
}

const encode = (position: Position): string =>
  Buffer.from(JSON.stringify(position), 'utf8').toString('base64url');

function filtered(ctx: Ctx, { state, subjectKind, dueBefore }: ClockFilter) {
  let query = countedClocks(ctx.db).where('bureauId', '=', ctx.actor.bureauId).where('state', '=', state);
  if (subjectKind) query = query.where('subjectKind', '=', subjectKind);
  if (dueBefore) query = query.where('targetOn', '<=', dueBefore);
  return query;
}

/** The bureau's clocks, soonest target first; those whose end is not known come last. Paged by (target, id). */
export async function listClocks(ctx: Ctx, filter: ClockFilter): Promise<Page<ClockView>> {
  const after = filter.cursor ? decode(filter.cursor) : null;
  const wanted = filter.limit + 1;
  const rows = after?.[0] === null ? [] : await dated(ctx, filter, { after, wanted });
  if (rows.length < wanted && !filter.dueBefore) {
    const undated = after?.[0] === null ? after[1] : null;
    rows.push(...(await withoutDate(ctx, filter, { undated, wanted: wanted - rows.length })));
  }
  const items = rows.slice(0, filter.limit);
  const last = items.at(-1);
  const next = rows.length > filter.limit && last ? encode([last.targetOn, last.id]) : null;
  return { items: items.map((row) => clockView(row, ctx.now)), next };
}

function dated(
  ctx: Ctx,
  filter: ClockFilter,
  { after, wanted }: { after: Position | null; wanted: number },
): Promise<CountedClock[]> {
  let query = filtered(ctx, filter).where('targetOn', 'is not', null);
  if (after) {
    const [day, id] = after;
    query = query.where((eb) => eb(eb.refTuple('targetOn', 'id'), '>', eb.tuple(day, id)));
  }
  return query.orderBy('targetOn').orderBy('id').limit(wanted).execute();
}

function withoutDate(
  ctx: Ctx,
  filter: ClockFilter,
  { undated, wanted }: { undated: string | null; wanted: number },
): Promise<CountedClock[]> {
  let query = filtered(ctx, filter).where('targetOn', 'is', null);
  if (undated) query = query.where('id', '>', undated);
  return query.orderBy('id').limit(wanted).execute();
}

/** One clock of the bureau; 404 for another's. */
export async function getClockRow(ctx: Ctx | TxCtx, id: string): Promise<CountedClock> {
  const row = await countedClocks(ctx.db)
    .where('id', '=', id)
    .where('bureauId', '=', ctx.actor.bureauId)
    .executeTakeFirst();
  if (!row) throw notFound();
  return row;
}

/** Every year the bureau's calendar rests on: the product's, the national imports, its own; with all revisions. */
export async function listCalendars(ctx: Ctx): Promise<CalendarList> {
  const imported = await ctx.db
    .selectFrom('calendarYears')
    .select(['id', 'bureauId', 'year', 'kind', 'revision', 'source', 'days'])
    .where((eb) => eb.or([eb('bureauId', 'is', null), eb('bureauId', '=', ctx.actor.bureauId)]))
    .orderBy('year')
    .orderBy('revision')
    .execute();
  const shipped = baseYears().map(({ year, papers, days }) => ({
    id: null,
    year,
    kind: 'year' as const,
    scope: 'product' as const,
    revision: 1,
    source: papers.join(' '),
    days,
  }));
  const rows = imported.map(({ bureauId, days, ...row }) => ({
    ...row,
    scope: bureauId === null ? ('national' as const) : ('bureau' as const),
    days: days as CalendarDay[],
  }));
  const { version } = await calendarOf(ctx, ctx.actor.bureauId);
  const awaiting = ctx.actor.bureauId === null ? [] : await awaitedYears(ctx, ctx.actor.bureauId);
  return { version, awaiting, items: [...shipped, ...rows] };
}
