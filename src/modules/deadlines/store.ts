import type { Kysely, Selectable } from 'kysely';
import type { TxCtx } from '../../context.ts';
import type { ClockExclusions, ClockExtensions, Clocks, DB } from '../../db/schema.ts';
import type { Calendar } from './calendar.ts';
import { ruleById, versionIds } from './rule-book.ts';
import type { Extension } from './rules.ts';
import { type DueColumns, dueColumns, PAUSED } from './targets.ts';

export type ClockRow = Selectable<Clocks>;
/** An extension with the name of who approved it, where an approval stands behind it. */
export type ExtensionRow = Selectable<ClockExtensions> & { approvedBy: string | null };
export type ClockParts = { exclusions: Selectable<ClockExclusions>[]; extensions: ExtensionRow[] };

/** Which clock is meant: a limit (any version of it) on a thing. */
export type ClockOn = { rule: string; subject: { kind: string; id: string } };

/** Why a clock changed, as its history keeps it. */
export type ClockChange = { change: string; detail: Record<string, unknown> };

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

/** The exclusions and extensions of clocks, by clock. */
export async function partsOf(db: Kysely<DB>, ids: readonly string[]): Promise<Map<string, ClockParts>> {
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

/** Extensions as the count takes them. */
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

const dueOf = ({ rawOn, rawAt, rolledOn, targetOn, awaitingYear }: Omit<DueColumns, 'endsAt'>) => ({
  rawOn,
  rawAt,
  rolledOn,
  targetOn,
  awaitingYear,
});

/**
 * Writes a clock's new end and its history; answers with the row as it now is. A clock never moves silently; a met one
 * stays met.
 */
export async function moveClock(
  tx: TxCtx,
  clock: ClockRow,
  to: {
    due: DueColumns;
    calendar: Calendar;
    set?: Partial<Pick<ClockRow, 'ruleId' | 'triggeredOn' | 'triggeredAt'>>;
  },
  { change, detail }: ClockChange,
): Promise<ClockRow> {
  const parts = await partsOf(tx.db, [clock.id]);
  const paused = parts.get(clock.id)?.exclusions.some(({ toOn }) => toOn === null) ?? false;
  const row = await tx.db
    .updateTable('clocks')
    .set({
      ...to.due,
      ...to.set,
      state: clock.state === 'met' ? 'met' : paused ? 'paused' : 'running',
      calendarVersion: to.calendar.version,
      version: clock.version + 1,
    })
    .where('id', '=', clock.id)
    .returningAll()
    .executeTakeFirstOrThrow();
  await appendHistory(tx, row, { change, detail: { ...detail, before: dueOf(clock), after: dueOf(row) } });
  return row;
}

/** Adds a line to a clock's history. */
export async function appendHistory(
  tx: TxCtx,
  clock: Pick<ClockRow, 'id' | 'rawOn' | 'rolledOn'>,
  { change, detail }: ClockChange,
): Promise<void> {
  await tx.db
    .insertInto('clockHistory')
    .values(historyRow(tx, clock, { change, detail }))
    .execute();
}

/** A line of history as it is inserted. */
export const historyRow = (
  tx: TxCtx,
  { id, rawOn, rolledOn }: Pick<ClockRow, 'id' | 'rawOn' | 'rolledOn'>,
  { change, detail }: ClockChange,
) => ({
  clockId: id,
  at: tx.now,
  actorId: tx.actor.id,
  change,
  rawOn,
  rolledOn,
  detail: JSON.stringify(detail),
});
