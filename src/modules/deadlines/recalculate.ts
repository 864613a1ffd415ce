import type { Kysely } from 'kysely';
import type { TxCtx } from '../../context.ts';
import type { DB } from '../../db/schema.ts';
import type { Calendar } from './calendar.ts';
import { type ClockRow, moveClock, partsOf, recount } from './store.ts';
import type { DueColumns } from './targets.ts';

/** A clock whose end a calendar changed. */
export type Moved = {
  clockId: string;
  rule: string;
  subject: { kind: string; id: string };
  before: {
    rawOn: string | null;
    rolledOn: string | null;
    targetOn: string | null;
    awaitingYear: number | null;
  };
  after: {
    rawOn: string | null;
    rolledOn: string | null;
    targetOn: string | null;
    awaitingYear: number | null;
  };
};

const BATCH = 1000;

/**
 * Recounts the bureau's open clocks that an older calendar gave their end, and answers with those that moved; each
 * move is in its clock's history. Clocks that stay where they are only take on the version.
 */
export async function recalculate(
  tx: TxCtx,
  { bureauId, calendar, reason }: { bureauId: string; calendar: Calendar; reason: Record<string, unknown> },
): Promise<Moved[]> {
  const moved: Moved[] = [];
  for (;;) {
    const clocks = await lockOutdated(tx, bureauId, calendar);
    if (clocks.length === 0) return moved;
    moved.push(...(await recountBatch(tx, clocks, { calendar, reason })));
  }
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

async function recountBatch(
  tx: TxCtx,
  clocks: readonly ClockRow[],
  { calendar, reason }: { calendar: Calendar; reason: Record<string, unknown> },
): Promise<Moved[]> {
  const ids = clocks.map(({ id }) => id);
  const parts = await partsOf(tx.db, ids);
  const moved: Moved[] = [];
  for (const clock of clocks) {
    const due = recount(clock, parts.get(clock.id)!, calendar);
    if (same(clock, due)) continue;
    const detail = { ...reason, calendarBefore: clock.calendarVersion, calendarAfter: calendar.version };
    await moveClock(tx, clock, { due, calendar }, { change: 'calendar', detail });
    moved.push(movedOf(clock, due));
  }
  await tx.db
    .updateTable('clocks')
    .set({ calendarVersion: calendar.version })
    .where('id', 'in', ids)
    .execute();
  return moved;
}

const same = (clock: ClockRow, due: DueColumns): boolean =>
  clock.endsAt?.getTime() === due.endsAt?.getTime() &&
  clock.rawOn === due.rawOn &&
  clock.rawAt?.getTime() === due.rawAt?.getTime() &&
  clock.rolledOn === due.rolledOn &&
  clock.targetOn === due.targetOn &&
  clock.awaitingYear === due.awaitingYear;

const movedOf = (clock: ClockRow, due: DueColumns): Moved => ({
  clockId: clock.id,
  rule: clock.ruleId,
  subject: { kind: clock.subjectKind, id: clock.subjectId },
  before: pick(clock),
  after: pick(due),
});

const pick = ({ rawOn, rolledOn, targetOn, awaitingYear }: DueColumns) => ({
  rawOn,
  rolledOn,
  targetOn,
  awaitingYear,
});

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
