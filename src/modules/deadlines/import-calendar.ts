import { sql } from 'kysely';
import { type Ctx, inTx, type TxCtx } from '../../context.ts';
import { badRequest } from '../../shared/errors.ts';
import { audit } from '../audit/index.ts';
import { parseCalendarYear } from './calendar-data.ts';
import { baseYears, calendarFrom, currentRows, forgetCalendars } from './calendars.ts';
import { bureausWithClocks, type Moved, recalculate } from './recalculate.ts';
import type { ImportedCalendar } from './schemas.ts';

type Kind = 'year' | 'overlay';

/**
 * Loads a year of the working-day calendar from JSON in the shape of the project's own data, with two keys more:
 * `kind` (`year`, or `overlay` for days laid over a loaded year) and `source`. It counts for the actor's bureau, or
 * for all where the actor has none. Open clocks are recounted in the same transaction: those that waited for the
 * year get their end, those a revision moves are moved, and all of them are listed. 400 `calendar.invalid`.
 */
export async function importCalendar(ctx: Ctx, json: unknown): Promise<ImportedCalendar> {
  const { kind, source, year } = parse(json);
  const result = await inTx(ctx, async (tx) => {
    const bureauId = tx.actor.bureauId;
    const { id, revision } = await insertYear(tx, { kind, source, year });
    const rows = await currentRows(tx.db);
    const moved: Moved[] = [];
    const reason = { calendarYearId: id, year: year.year, revision };
    for (const bureau of bureauId === null ? await bureausWithClocks(tx.db) : [bureauId]) {
      moved.push(
        ...(await recalculate(tx, { bureauId: bureau, calendar: calendarFrom(rows, bureau), reason })),
      );
    }
    await audit(tx, {
      action: 'calendar.import',
      subject: { kind: 'calendar', id },
      detail: { year: year.year, kind, revision, source, movedClocks: moved.length },
    });
    const { version } = calendarFrom(rows, bureauId);
    return { id, year: year.year, kind, revision, calendarVersion: version, moved };
  });
  forgetCalendars(ctx);
  return result;
}

type Parsed = { kind: Kind; source: string; year: ReturnType<typeof parseCalendarYear> };

function parse(json: unknown): Parsed {
  if (typeof json !== 'object' || json === null)
    throw badRequest('calendar.invalid', { detail: 'not an object' });
  const { kind = 'year', source = 'import', ...rest } = json as Record<string, unknown>;
  if (kind !== 'year' && kind !== 'overlay') throw badRequest('calendar.invalid', { detail: 'kind' });
  if (typeof source !== 'string') throw badRequest('calendar.invalid', { detail: 'source' });
  return { kind, source, year: parseCalendarYear(rest) };
}

async function insertYear(
  tx: TxCtx,
  { kind, source, year }: Parsed,
): Promise<{ id: string; revision: number }> {
  const bureauId = tx.actor.bureauId;
  // Two revisions of one year at the same moment: the second counts on from the first.
  await sql`select pg_advisory_xact_lock(hashtext('calendar_years'))`.execute(tx.db);
  const { last } = await tx.db
    .selectFrom('calendarYears')
    .select((eb) => eb.fn.max('revision').as('last'))
    .where('bureauId', 'is not distinct from', bureauId)
    .where('year', '=', year.year)
    .executeTakeFirstOrThrow();
  const shipped = baseYears().some((known) => known.year === year.year) ? 1 : 0;
  const id = tx.newId();
  const revision = (last ?? shipped) + 1;
  const days = JSON.stringify(year.days);
  await tx.db
    .insertInto('calendarYears')
    .values({
      id,
      bureauId,
      year: year.year,
      kind,
      revision,
      source,
      days,
      createdBy: tx.actor.id,
      createdAt: tx.now,
    })
    .execute();
  return { id, revision };
}
