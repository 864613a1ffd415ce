import type { Kysely } from 'kysely';
import { type Ctx, inTx, type TxCtx } from '../../context.ts';
import type { DB } from '../../db/schema.ts';
import { dayOf, yearOf } from '../../shared/clock.ts';
import { calendarOf } from './calendars.ts';
import type { CalendarAwaited } from './events.ts';
import type { AwaitedYear } from './schemas.ts';

/** The State Council's notice for the coming year is out by then, as a rule. */
const NOTICE_MONTH = 11;

/**
 * The years whose arrangement the bureau waits for: those its open clocks need, and from November on the coming one.
 * The administrator is shown them, and imports them.
 */
export async function awaitedYears(ctx: Ctx | TxCtx, bureauId: string): Promise<AwaitedYear[]> {
  const calendar = await calendarOf(ctx, bureauId);
  const waiting = await waitingClocks(ctx.db, bureauId);
  const today = dayOf(ctx.now);
  const coming = yearOf(today) + 1;
  if (Number(today.slice(5, 7)) >= NOTICE_MONTH && !waiting.some(({ year }) => year === coming))
    waiting.push({ year: coming, clocks: 0 });
  return waiting.filter(({ year }) => !calendar.isLoaded(year)).toSorted((a, b) => a.year - b.year);
}

async function waitingClocks(db: Kysely<DB>, bureauId: string): Promise<AwaitedYear[]> {
  const rows = await db
    .selectFrom('clocks')
    .select((eb) => ['awaitingYear', eb.fn.countAll<number>().as('clocks')])
    .where('bureauId', '=', bureauId)
    .where('awaitingYear', 'is not', null)
    .where('state', 'in', ['running', 'paused'])
    .groupBy('awaitingYear')
    .execute();
  return rows.map(({ awaitingYear, clocks }) => ({ year: awaitingYear!, clocks }));
}

/** Says every day from November on which bureaus have not yet loaded the coming year (`calendar.awaited`). */
export async function awaitCalendars(ctx: Ctx): Promise<void> {
  if (Number(dayOf(ctx.now).slice(5, 7)) < NOTICE_MONTH) return;
  const coming = yearOf(dayOf(ctx.now)) + 1;
  const bureaus = await ctx.db.selectFrom('bureaus').select('id').orderBy('id').execute();
  for (const { id: bureauId } of bureaus) {
    const awaited = (await awaitedYears(ctx, bureauId)).find(({ year }) => year === coming);
    if (!awaited) continue;
    const event: CalendarAwaited = { type: 'calendar.awaited', bureauId, ...awaited };
    await inTx(ctx, (tx) => tx.react(tx, event));
    ctx.log.warn(event, 'the calendar of the coming year is not loaded');
  }
}
