import type { Ctx, Job } from '../../context.ts';
import { awaitCalendars } from './await-calendars.ts';
import { recalculateClocks } from './recalculate.ts';
import { escalate, remind } from './remind.ts';
import { runOut } from './run-out.ts';

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
  { name: 'calendar.await', schedule: '0 30 8 * * *', run: awaitCalendars },
  { name: 'clocks.watch', schedule: '40 */5 * * * *', run: watchClocks },
];
