import { sql } from 'kysely';
import { type Ctx, inTx, type TxCtx } from '../../context.ts';
import { badRequest } from '../../shared/errors.ts';
import { audit } from '../audit/index.ts';
import { parseCalendarYear } from './calendar-data.ts';
import {
  baseYears,
  calendarFrom,
  type CalendarRow,
  calendarRows,
  currentOf,
  forgetCalendars,
} from './calendars.ts';
import { NAMED, planMoves, type Planned } from './plan-moves.ts';
import { bureausWithClocks, recalculateClocks } from './recalculate.ts';
import type { CalendarPreview, ImportedCalendar } from './schemas.ts';

type Kind = 'year' | 'overlay';
type Parsed = { kind: Kind; source: string; year: ReturnType<typeof parseCalendarYear> };

/** Which open clocks an import would move, before it is made. Writes nothing. 400 `calendar.invalid`. */
export async function previewCalendar(ctx: Ctx, json: unknown): Promise<CalendarPreview> {
  const parsed = parse(json);
  const rows = await calendarRows(ctx.db);
  const { bureauId } = ctx.actor;
  const added = [...rows, { ...asRow(parsed, bureauId, nextRevision(rows, parsed, bureauId)), id: '' }];
  const { count, named } = await plan(ctx, rows, added);
  const { kind, year } = parsed;
  const { version } = calendarFrom(currentOf(added), bureauId);
  return { year: year.year, kind, calendarVersion: version, movedCount: count, moved: named };
}

/**
 * Loads a year of the working-day calendar from JSON in the shape of the project's own data, with two keys more:
 * `kind` (`year`, or `overlay` for days laid over a loaded year) and `source`. It counts for the actor's bureau, or
 * for all where the actor has none. Answers with the open clocks it moves; those that waited for the year get their
 * end. To be moved, some at a time, by `recalculateClocks`. 400 `calendar.invalid`.
 */
export async function loadCalendar(ctx: Ctx, json: unknown): Promise<ImportedCalendar> {
  const parsed = parse(json);
  const imported = await inTx(ctx, async (tx) => {
    // Two revisions of one year at the same moment: the second counts on from the first.
    await sql`select pg_advisory_xact_lock(hashtext('calendar_years'))`.execute(tx.db);
    const { bureauId } = tx.actor;
    const before = await calendarRows(tx.db);
    const row = { ...asRow(parsed, bureauId, nextRevision(before, parsed, bureauId)), id: tx.newId() };
    await insertYear(tx, row, parsed.source);
    const after = [...before, row];
    const { count, named } = await plan(tx, before, after);
    const { id, year, kind, revision } = row;
    await audit(tx, {
      action: 'calendar.import',
      subject: { kind: 'calendar', id },
      detail: { year, kind, revision, source: parsed.source, movedClocks: count },
    });
    const { version } = calendarFrom(currentOf(after), bureauId);
    return { id, year, kind, revision, calendarVersion: version, movedCount: count, moved: named };
  });
  forgetCalendars(ctx);
  return imported;
}

/**
 * Loads a year and lets its clocks be moved behind the answer, each with its trace; a job goes on where that breaks
 * off. Errors as `loadCalendar`.
 */
export async function importCalendar(ctx: Ctx, json: unknown): Promise<ImportedCalendar> {
  const imported = await loadCalendar(ctx, json);
  ctx.afterCommit(recalculateClocks);
  return imported;
}

/** What changing from one set of rows to another moves, in the actor's bureau or in all. */
async function plan(
  { db, actor }: Pick<Ctx | TxCtx, 'db' | 'actor'>,
  before: readonly CalendarRow[],
  after: readonly CalendarRow[],
): Promise<Planned> {
  const all: Planned = { count: 0, named: [] };
  const bureaus = actor.bureauId === null ? await bureausWithClocks(db) : [actor.bureauId];
  for (const bureauId of bureaus) {
    const calendars = [before, after].map((rows) => calendarFrom(currentOf(rows), bureauId));
    const { count, named } = await planMoves(db, {
      bureauId,
      before: calendars[0]!,
      after: calendars[1]!,
    });
    all.count += count;
    all.named.push(...named.slice(0, NAMED - all.named.length));
  }
  return all;
}

function parse(json: unknown): Parsed {
  if (typeof json !== 'object' || json === null)
    throw badRequest('calendar.invalid', { detail: 'not an object' });
  const { kind = 'year', source = 'import', ...rest } = json as Record<string, unknown>;
  if (kind !== 'year' && kind !== 'overlay') throw badRequest('calendar.invalid', { detail: 'kind' });
  if (typeof source !== 'string') throw badRequest('calendar.invalid', { detail: 'source' });
  return { kind, source, year: parseCalendarYear(rest) };
}

const asRow = (
  { kind, year }: Parsed,
  bureauId: string | null,
  revision: number,
): Omit<CalendarRow, 'id'> => ({
  bureauId,
  year: year.year,
  kind,
  revision,
  days: year.days,
});

/** Revisions of a year count on, for a bureau as for all; the year that comes with the product is the first. */
function nextRevision(rows: readonly CalendarRow[], { year }: Parsed, bureauId: string | null): number {
  const shipped = baseYears().some((known) => known.year === year.year) ? 1 : 0;
  const own = rows.filter((row) => row.bureauId === bureauId && row.year === year.year);
  return Math.max(shipped, ...own.map(({ revision }) => revision)) + 1;
}

async function insertYear(tx: TxCtx, { days, ...row }: CalendarRow, source: string): Promise<void> {
  await tx.db
    .insertInto('calendarYears')
    .values({ ...row, source, days: JSON.stringify(days), createdBy: tx.actor.id, createdAt: tx.now })
    .execute();
}
