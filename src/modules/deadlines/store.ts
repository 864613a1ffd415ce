import { type Kysely, type Selectable, sql } from 'kysely';
import type { TxCtx } from '../../context.ts';
import type { ClockExclusions, ClockExtensions, Clocks, DB } from '../../db/schema.ts';
import { checkVersion } from '../../db/version.ts';
import { notFound } from '../../shared/errors.ts';
import type { Calendar } from './calendar.ts';
import { calendarOf } from './calendars.ts';
import type { ClockMoved } from './events.ts';
import { ruleById, versionIds } from './rule-book.ts';
import type { Extension } from './rules.ts';
import { type DueColumns, dueColumns, lastDay, PAUSED } from './targets.ts';

export type ClockRow = Selectable<Clocks>;
/** An extension with the name of who approved it, where an approval stands behind it. */
export type ExtensionRow = Selectable<ClockExtensions> & { approvedBy: string | null };
export type ExclusionRow = Selectable<ClockExclusions>;
export type ClockParts = { exclusions: ExclusionRow[]; extensions: ExtensionRow[] };

/** Which clock is meant: a limit (any version of it) on a thing. */
export type ClockOn = { rule: string; subject: { kind: string; id: string } };

/** Why a clock changed, as its history keeps it. */
export type ClockChange = { change: string; detail: Record<string, unknown>; calendarYearId?: string };

const OPEN = ['running', 'paused'] as const;

/** The open clocks of a limit on a thing, locked, oldest first. */
export const lockOpenClocks = (tx: TxCtx, which: ClockOn): Promise<ClockRow[]> => lockClocks(tx, which, OPEN);

/** The clocks of a limit on a thing that hold, open or met, locked, oldest first. */
export const lockStandingClocks = (tx: TxCtx, which: ClockOn): Promise<ClockRow[]> =>
  lockClocks(tx, which, [...OPEN, 'met']);

async function lockClocks(
  tx: TxCtx,
  { rule, subject }: ClockOn,
  states: readonly ClockRow['state'][],
): Promise<ClockRow[]> {
  return tx.db
    .selectFrom('clocks')
    .selectAll()
    .where('subjectKind', '=', subject.kind)
    .where('subjectId', '=', subject.id)
    .where('ruleId', 'in', versionIds(rule))
    .where('state', 'in', states)
    .orderBy('id')
    .forUpdate()
    .execute();
}

/** Holds a clock of the actor's bureau, for an act by hand: 404, 412. */
export async function lockClock(tx: TxCtx, id: string): Promise<ClockRow> {
  const clock = await tx.db
    .selectFrom('clocks')
    .selectAll()
    .where('id', '=', id)
    .where('bureauId', '=', tx.actor.bureauId)
    .forUpdate()
    .executeTakeFirst();
  if (!clock) throw notFound();
  checkVersion(tx, clock);
  return clock;
}

/** The exclusions and extensions that were ever entered on clocks, by clock; those taken back among them. */
export async function allPartsOf(db: Kysely<DB>, ids: readonly string[]): Promise<Map<string, ClockParts>> {
  const parts = new Map<string, ClockParts>(ids.map((id) => [id, { exclusions: [], extensions: [] }]));
  if (ids.length === 0) return parts;
  const exclusions = await db
    .selectFrom('clockExclusions')
    .selectAll()
    .where('clockId', 'in', ids)
    .orderBy('fromOn')
    .orderBy('id')
    .execute();
  const extensions = await db
    .selectFrom('clockExtensions')
    .leftJoin('approvals', 'approvals.id', 'clockExtensions.approvalId')
    .leftJoin('users', 'users.id', 'approvals.decidedBy')
    .selectAll('clockExtensions')
    .select('users.name as approvedBy')
    .where('clockId', 'in', ids)
    .orderBy('clockExtensions.id')
    .execute();
  for (const row of exclusions) parts.get(row.clockId)?.exclusions.push(row);
  for (const row of extensions) parts.get(row.clockId)?.extensions.push(row);
  return parts;
}

const isKept = ({ removedAt }: { removedAt: Date | null }): boolean => removedAt === null;

/** The exclusions and extensions that count, by clock. */
export async function partsOf(db: Kysely<DB>, ids: readonly string[]): Promise<Map<string, ClockParts>> {
  const all = await allPartsOf(db, ids);
  for (const parts of all.values()) {
    parts.exclusions = parts.exclusions.filter(isKept);
    parts.extensions = parts.extensions.filter(isKept);
  }
  return all;
}

/** Extensions as the count takes them: one that stands in the place of the length itself comes first. */
export function extensionsOf(clock: Pick<ClockRow, 'ruleId'>, { extensions }: ClockParts): Extension[] {
  const mode = ruleById(clock.ruleId).extension?.mode === 'replace' ? 'replace' : 'add';
  return extensions.map(({ value, unit }) => ({ mode, value, unit: unit as Extension['unit'] }));
}

/** When a clock runs out by `calendar`, from its trigger, exclusions and extensions alone. */
export function recount(
  clock: Pick<ClockRow, 'ruleId' | 'triggeredOn' | 'triggeredAt'>,
  parts: ClockParts,
  calendar: Calendar,
): DueColumns {
  const ranges = parts.exclusions.map(({ fromOn, toOn }) => ({ from: fromOn, to: toOn }));
  const closed = ranges.filter((range): range is { from: string; to: string } => range.to !== null);
  if (closed.length < ranges.length) return PAUSED;
  const rule = ruleById(clock.ruleId);
  const from = rule.duration?.unit === 'hour' && clock.triggeredAt ? clock.triggeredAt : clock.triggeredOn;
  return dueColumns({ rule, from, excludes: closed, extendBy: extensionsOf(clock, parts) }, calendar);
}

/** What may be corrected about where a clock begins. */
type Start = Partial<Pick<ClockRow, 'ruleId' | 'triggeredOn' | 'triggeredAt'>>;

/** Counts a locked clock anew, from what is written of it now, and moves it there. */
export async function recountClock(
  tx: TxCtx,
  clock: ClockRow,
  note: ClockChange,
  set: Start = {},
): Promise<ClockRow> {
  const parts = (await partsOf(tx.db, [clock.id])).get(clock.id)!;
  const calendar = await calendarOf(tx, clock.bureauId);
  const due = recount({ ...clock, ...set }, parts, calendar);
  return moveClock(tx, clock, { due, calendar, set }, note);
}

const dueOf = ({ rawOn, rawAt, rolledOn, targetOn, awaitingYear }: Omit<DueColumns, 'endsAt'>) => ({
  rawOn,
  rawAt,
  rolledOn,
  targetOn,
  awaitingYear,
});

const isPaused = ({ rawOn, awaitingYear }: DueColumns): boolean => rawOn === null && awaitingYear === null;

/** What was said about a clock before it moved, as far as it still holds. */
function marks(tx: TxCtx, clock: ClockRow, due: DueColumns) {
  const isLate = clock.overdueAt !== null && due.endsAt !== null && due.endsAt < tx.now;
  return {
    overdueAt: isLate ? clock.overdueAt : null,
    escalated: isLate ? clock.escalated : null,
    reminded: due.targetOn === clock.targetOn ? clock.reminded : null,
  };
}

function movedEvent(clock: ClockRow, due: Omit<DueColumns, 'endsAt'>, change: string): ClockMoved {
  return {
    type: 'clock.moved',
    clockId: clock.id,
    bureauId: clock.bureauId,
    rule: clock.ruleId,
    subject: { kind: clock.subjectKind, id: clock.subjectId },
    change,
    lastOn: lastDay(ruleById(clock.ruleId), due),
  };
}

/**
 * Writes a clock's new end and its history, and says so (`clock.moved`); answers with the row as it now is. A clock
 * never moves silently; a met one stays met.
 */
export async function moveClock(
  tx: TxCtx,
  clock: ClockRow,
  { due, calendar, set }: { due: DueColumns; calendar: Calendar; set?: Start },
  { change, detail, calendarYearId }: ClockChange,
): Promise<ClockRow> {
  const row = await tx.db
    .updateTable('clocks')
    .set({
      ...due,
      ...set,
      ...marks(tx, clock, due),
      state: clock.state === 'met' ? 'met' : isPaused(due) ? 'paused' : 'running',
      calendarVersion: calendar.version,
      version: clock.version + 1,
    })
    .where('id', '=', clock.id)
    .returningAll()
    .executeTakeFirstOrThrow();
  const moved = { before: dueOf(clock), after: dueOf(row) };
  await appendHistory(tx, row, {
    change,
    detail: { ...detail, ...moved },
    ...(calendarYearId && { calendarYearId }),
  });
  await tx.react(tx, movedEvent(clock, row, change));
  return row;
}

/** A clock, where it goes, and why. */
export type Move = { clock: ClockRow; due: DueColumns; note: ClockChange };

/** Moves many clocks by one statement, as `moveClock` moves one; their calendar is `calendar` from now on. */
export async function moveMany(tx: TxCtx, moves: readonly Move[], calendar: Calendar): Promise<void> {
  if (moves.length === 0) return;
  const rows = moves.map(({ clock, due }) => ({
    id: clock.id,
    ...due,
    ...marks(tx, clock, due),
    state: isPaused(due) ? 'paused' : 'running',
  }));
  await sql`
    update clocks set raw_on = m."rawOn", raw_at = m."rawAt", rolled_on = m."rolledOn", target_on = m."targetOn",
      awaiting_year = m."awaitingYear", ends_at = m."endsAt", overdue_at = m."overdueAt", escalated = m.escalated,
      reminded = m.reminded, state = m.state, calendar_version = ${calendar.version}, version = clocks.version + 1
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as m (id uuid, "rawOn" date, "rawAt" timestamptz,
      "rolledOn" date, "targetOn" date, "awaitingYear" integer, "endsAt" timestamptz, "overdueAt" timestamptz,
      escalated integer, reminded integer, state text)
    where clocks.id = m.id`.execute(tx.db);
  const told = moves.map(({ clock, due, note }) => ({
    row: { ...clock, ...due },
    note: { ...note, detail: { ...note.detail, before: dueOf(clock), after: dueOf(due) } },
  }));
  await tx.db
    .insertInto('clockHistory')
    .values(told.map(({ row, note }) => historyRow(tx, row, note)))
    .execute();
  for (const { clock, due, note } of moves) await tx.react(tx, movedEvent(clock, due, note.change));
}

/** Adds a line to a clock's history. */
export async function appendHistory(
  tx: TxCtx,
  clock: Pick<ClockRow, 'id' | 'rawOn' | 'rolledOn'>,
  note: ClockChange,
): Promise<void> {
  await tx.db
    .insertInto('clockHistory')
    .values(historyRow(tx, clock, note))
    .execute();
}

/** A line of history as it is inserted. */
export const historyRow = (
  tx: TxCtx,
  { id, rawOn, rolledOn }: Pick<ClockRow, 'id' | 'rawOn' | 'rolledOn'>,
  { change, detail, calendarYearId }: ClockChange,
) => ({
  clockId: id,
  at: tx.now,
  actorId: tx.actor.id,
  change,
  rawOn,
  rolledOn,
  detail: JSON.stringify(detail),
  calendarYearId: calendarYearId ?? null,
});
