import { type Ctx, inTx, type Job } from '../../context.ts';
import { audit } from '../audit/index.ts';
import { calendarOf } from './calendars.ts';
import { bureausWithClocks, recalculate } from './recalculate.ts';
import { escalate, remind } from './remind.ts';
import { runOut } from './run-out.ts';

/**
 * Recounts clocks that an older calendar gave their end: a new version of the product may bring a year with it, and
 * a clock may have been started while another process imported one. Nothing to do on an ordinary day.
 */
export async function recalculateClocks(ctx: Ctx): Promise<void> {
  for (const bureauId of await bureausWithClocks(ctx.db)) {
    await inTx(ctx, async (tx) => {
      const calendar = await calendarOf(tx, bureauId);
      const moved = await recalculate(tx, { bureauId, calendar, reason: {} });
      if (moved.length === 0) return;
      await audit(tx, {
        action: 'clock.recalculate',
        subject: { kind: 'bureau', id: bureauId },
        detail: { calendarVersion: calendar.version, clocks: moved.map(({ clockId }) => clockId) },
        bureauId,
      });
    });
  }
}

/**
 * Says what time has done: which clocks have run out, which come near, which the head must know of. It looks at what
 * is true now and not at what happened since, so that it catches up after any downtime.
 */
export async function watchClocks(ctx: Ctx): Promise<void> {
  const counts = { ranOut: await runOut(ctx), reminded: await remind(ctx), escalated: await escalate(ctx) };
  if (Object.values(counts).some((count) => count > 0)) ctx.log.info(counts, 'clocks watched');
}

/** What deadlines do by the clock; the days turn at midnight, limits in hours at any minute. */
export const deadlineJobs: readonly Job[] = [
  { name: 'clocks.recalculate', schedule: '20 */5 * * * *', run: recalculateClocks },
  { name: 'clocks.watch', schedule: '40 */5 * * * *', run: watchClocks },
];
