import { sql } from 'kysely';
import type { Ctx, Job } from '../../context.ts';

const AT_ONCE = 1000;
const KEPT_DAYS = 90;

/** Removes what was read long ago: 90 days, or as many as the bureau's settings say (`notificationDays`). */
export async function forgetRead(ctx: Ctx): Promise<void> {
  const bureaus = await ctx.db.selectFrom('bureaus').select(['id', 'settings']).orderBy('id').execute();
  for (const { id, settings } of bureaus) {
    const { notificationDays = KEPT_DAYS } = (settings ?? {}) as { notificationDays?: number };
    const before = new Date(ctx.now.getTime() - notificationDays * 86_400_000);
    while ((await forgetSome(ctx, id, before)) === AT_ONCE);
  }
}

async function forgetSome(ctx: Ctx, bureauId: string, before: Date): Promise<number> {
  const { numAffectedRows } = await sql`
    delete from notifications where id in (
      select id from notifications where bureau_id = ${bureauId} and read_at < ${before} limit ${AT_ONCE})`.execute(
    ctx.db,
  );
  return Number(numAffectedRows);
}

/** What notifications do by the clock. */
export const notificationJobs: readonly Job[] = [
  { name: 'notifications.forget_read', schedule: '0 40 3 * * *', run: forgetRead },
];
