import { sql } from 'kysely';
import { type Ctx, inTx, type TxCtx } from '../../context.ts';
import { addDays, dayOf, daysBetween } from '../../shared/clock.ts';
import { bureauSettings } from './clock-settings.ts';
import type { ClockDueSoon, ClockEscalated } from './events.ts';
import { notesOf } from './notes.ts';
import { BOOK } from './rule-book.ts';
import type { ClockRow } from './store.ts';

const BATCH = 200;

/** What the bureau itself must do, or loses: of the others' limits it learns when they have run out. */
const OWN = BOOK.rules
  .filter(({ side, nature }) => side === 'bureau' && nature !== 'period')
  .map(({ id }) => id);

/** A target lies at most a long holiday before the end: what is older has run out and is told as such. */
const OLDEST_DAYS = 30;

/** Tells of the clocks that come near the day aimed at, at each of the bureau's distances once. Answers how many. */
export async function remind(ctx: Ctx): Promise<number> {
  let told = 0;
  for (const { bureauId, settings } of await bureauSettings(ctx.db)) {
    if (settings.reminders.length === 0) continue;
    told += await inBatches(ctx, (tx) => remindBatch(tx, bureauId, settings.reminders));
  }
  return told;
}

/** Tells the head of what is long past its end, at each of the bureau's distances once. Answers how many. */
export async function escalate(ctx: Ctx): Promise<number> {
  let told = 0;
  for (const { bureauId, settings } of await bureauSettings(ctx.db)) {
    if (settings.escalations.length === 0) continue;
    told += await inBatches(ctx, (tx) => escalateBatch(tx, bureauId, settings.escalations));
  }
  return told;
}

async function inBatches(ctx: Ctx, batch: (tx: TxCtx) => Promise<number>): Promise<number> {
  for (let told = 0; ;) {
    const count = await inTx(ctx, batch);
    told += count;
    if (count < BATCH) return told;
  }
}

/** The nearest of the distances that is reached; it is told once, the farther ones before it no more. */
async function remindBatch(tx: TxCtx, bureauId: string, distances: readonly number[]): Promise<number> {
  const today = dayOf(tx.now);
  const distance = sql<number>`(select min(d) from unnest(${[...distances]}::int[]) d where d >= target_on - ${today}::date)`;
  const near = await tx.db
    .selectFrom('clocks')
    .selectAll()
    .select(distance.as('distance'))
    .where('bureauId', '=', bureauId)
    .where('state', '=', 'running')
    .where('targetOn', '>=', addDays(today, -OLDEST_DAYS))
    .where('targetOn', '<=', addDays(today, Math.max(...distances)))
    .where('overdueAt', 'is', null)
    .where('ruleId', 'in', OWN)
    .where(sql<boolean>`(reminded is null or reminded > ${distance})`)
    .orderBy('targetOn')
    .orderBy('id')
    .limit(BATCH)
    .forUpdate()
    .skipLocked()
    .execute();
  await mark(tx, 'reminded', near);
  const event: ClockDueSoon = {
    type: 'clock.due_soon',
    clocks: (await notesOf(tx, near)).map((note) => ({
      ...note,
      daysLeft: daysBetween(today, note.targetOn!),
    })),
  };
  if (near.length > 0) await tx.react(tx, event);
  return near.length;
}

async function escalateBatch(tx: TxCtx, bureauId: string, distances: readonly number[]): Promise<number> {
  const today = dayOf(tx.now);
  const over = sql<number>`(${today}::date - (ends_at at time zone 'Asia/Shanghai')::date)`;
  const distance = sql<number>`(select max(d) from unnest(${[...distances]}::int[]) d where d <= ${over})`;
  const late = await tx.db
    .selectFrom('clocks')
    .selectAll()
    .select([distance.as('distance'), over.as('over')])
    .where('bureauId', '=', bureauId)
    .where('state', '=', 'running')
    .where('overdueAt', 'is not', null)
    .where('ruleId', 'in', OWN)
    .where(sql<boolean>`coalesce(escalated, -1) < ${distance}`)
    .orderBy('endsAt')
    .orderBy('id')
    .limit(BATCH)
    .forUpdate()
    .skipLocked()
    .execute();
  await mark(tx, 'escalated', late);
  const event: ClockEscalated = {
    type: 'clock.escalated',
    clocks: (await notesOf(tx, late)).map((note, i) => ({ ...note, daysOver: late[i]!.over })),
  };
  if (late.length > 0) await tx.react(tx, event);
  return late.length;
}

/** Keeps at which distance it was told: no change of the clock itself. */
async function mark(
  tx: TxCtx,
  column: 'reminded' | 'escalated',
  clocks: readonly (ClockRow & { distance: number })[],
): Promise<void> {
  for (const [distance, own] of Map.groupBy(clocks, (clock) => clock.distance)) {
    await tx.db
      .updateTable('clocks')
      .set({ [column]: distance })
      .where(sql<boolean>`id = any(${own.map(({ id }) => id)}::uuid[])`)
      .execute();
  }
}
