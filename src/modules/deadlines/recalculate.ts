import { type Kysely, sql } from 'kysely';
import { type Ctx, inTx, type TxCtx } from '../../context.ts';
import type { DB } from '../../db/schema.ts';
import { audit } from '../audit/index.ts';
import type { Calendar } from './calendar.ts';
import { calendarFrom, type CalendarRow, calendarRows, currentOf } from './calendars.ts';
import { isSame } from './plan-moves.ts';
import { type ClockRow, moveMany, type Move, partsOf, recount } from './store.ts';

/** A transaction holds no more clocks than it can count in a moment. */
const BATCH = 200;

/**
 * Recounts the open clocks that another calendar gave their end: after an import, after a new version of the product,
 * and those that were started while another process imported. Each move is in its clock's history with the import
 * that caused it; a clock that stays where it is only takes on the version. Nothing to do on an ordinary day.
 */
export async function recalculateClocks(ctx: Ctx): Promise<void> {
  const rows = await calendarRows(ctx.db);
  for (const bureauId of await bureausWithClocks(ctx.db)) {
    const versions = versionsOf(rows, bureauId);
    while ((await inTx(ctx, (tx) => recalculateBatch(tx, bureauId, versions))) === BATCH);
  }
}

/** The calendar of a bureau, and the one it was before the newest import. */
type Versions = { calendar: Calendar; newest: CalendarRow | null; beforeIt: string | null };

function versionsOf(rows: readonly CalendarRow[], bureauId: string): Versions {
  const own = rows.filter((row) => row.bureauId === null || row.bureauId === bureauId);
  const newest = own.at(-1) ?? null;
  const calendar = calendarFrom(currentOf(own), bureauId);
  const beforeIt = newest ? calendarFrom(currentOf(own.slice(0, -1)), bureauId).version : null;
  return { calendar, newest, beforeIt };
}

async function recalculateBatch(
  tx: TxCtx,
  bureauId: string,
  { calendar, newest, beforeIt }: Versions,
): Promise<number> {
  const clocks = await lockOutdated(tx, bureauId, calendar);
  const parts = await partsOf(
    tx.db,
    clocks.map(({ id }) => id),
  );
  const moves: Move[] = [];
  for (const clock of clocks) {
    const due = recount(clock, parts.get(clock.id)!, calendar);
    if (isSame(clock, due)) continue;
    const detail = { calendarBefore: clock.calendarVersion, calendarAfter: calendar.version };
    // Only what the newest import alone has changed is put down to it.
    const cause = newest !== null && clock.calendarVersion === beforeIt ? newest : null;
    const note = cause
      ? { detail: { ...detail, year: cause.year, revision: cause.revision }, calendarYearId: cause.id }
      : { detail };
    moves.push({ clock, due, note: { change: 'calendar', ...note } });
  }
  await moveMany(tx, moves, calendar);
  await takeVersion(tx, clocks, calendar);
  if (moves.length > 0) {
    await audit(tx, {
      action: 'clock.recalculate',
      subject: { kind: 'bureau', id: bureauId },
      detail: { calendarVersion: calendar.version, clocks: moves.map(({ clock }) => clock.id) },
      bureauId,
    });
  }
  return clocks.length;
}

function lockOutdated(tx: TxCtx, bureauId: string, calendar: Calendar): Promise<ClockRow[]> {
  return tx.db
    .selectFrom('clocks')
    .selectAll()
    .where('bureauId', '=', bureauId)
    .where('state', 'in', ['running', 'paused'])
    .where('calendarVersion', '!=', calendar.version)
    .orderBy('id')
    .limit(BATCH)
    .forUpdate()
    .execute();
}

async function takeVersion(tx: TxCtx, clocks: readonly ClockRow[], { version }: Calendar): Promise<void> {
  if (clocks.length === 0) return;
  await tx.db
    .updateTable('clocks')
    .set({ calendarVersion: version })
    .where(sql<boolean>`id = any(${clocks.map(({ id }) => id)}::uuid[])`)
    .execute();
}

/** The bureaus that have open clocks. */
export async function bureausWithClocks(db: Kysely<DB>): Promise<string[]> {
  const rows = await db
    .selectFrom('clocks')
    .select('bureauId')
    .distinct()
    .where('state', 'in', ['running', 'paused'])
    .orderBy('bureauId')
    .execute();
  return rows.map(({ bureauId }) => bureauId);
}
