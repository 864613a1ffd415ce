import type { Ctx, Job } from '../../context.ts';
import { forgetOldFailures } from './lockout.ts';

const KEY_LIVES_MS = 48 * 3_600_000;
// Far past every configured limit: the limits themselves are checked at each request.
const SESSION_GONE_MS = 7 * 24 * 3_600_000;

/** Removes sessions nobody can use, failures that no longer count, and Idempotency-Keys after 48 hours. */
export async function tidy(ctx: Ctx): Promise<void> {
  const ticks = Math.round(performance.timeOrigin + performance.now());
  await ctx.db.transaction().execute(async (db) => {
    await db
      .deleteFrom('sessions')
      .where('startedTick', '<', ticks - SESSION_GONE_MS)
      .execute();
    await forgetOldFailures(db, ticks);
    const before = new Date(ctx.now.getTime() - KEY_LIVES_MS);
    await db.deleteFrom('idempotencyKeys').where('createdAt', '<', before).execute();
  });
}

/** What identity does by the clock. */
export const identityJobs: readonly Job[] = [{ name: 'identity.tidy', schedule: '0 17 * * * *', run: tidy }];
