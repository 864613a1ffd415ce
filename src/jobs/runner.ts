import cron from 'node-cron';
import { sql } from 'kysely';
import type { Job } from '../context.ts';
import { contextOf, type Deps, systemActor } from '../deps.ts';

/**
 * Runs `job` once, unless another instance is at it: elected by an advisory lock that the connection holds.
 * Answers whether it ran; a failure is thrown.
 */
export async function runJob(deps: Deps, job: Job): Promise<boolean> {
  return deps.db.connection().execute(async (connection) => {
    const lock = sql<{ got: boolean }>`select pg_try_advisory_lock(hashtext(${`job:${job.name}`})) as got`;
    const { rows } = await lock.execute(connection);
    if (!rows[0]?.got) return false;
    try {
      await job.run(contextOf(deps, systemActor(`job:${job.name}`), `job:${job.name}`));
      return true;
    } finally {
      await sql`select pg_advisory_unlock(hashtext(${`job:${job.name}`}))`.execute(connection);
    }
  });
}

/** Starts the timers of `jobs`; the answer stops them and waits for those under way. */
export function startJobs(deps: Deps, jobs: readonly Job[]): () => Promise<void> {
  const running = new Set<Promise<unknown>>();
  const tasks = jobs.map((job) =>
    cron.schedule(
      job.schedule,
      () => {
        const run = runJob(deps, job)
          .catch((error: unknown) => deps.log.error({ err: error, job: job.name }, 'job failed'))
          .finally(() => running.delete(run));
        running.add(run);
        return run;
      },
      { timezone: 'Asia/Shanghai', noOverlap: true, name: job.name },
    ),
  );
  return async () => {
    for (const task of tasks) await task.destroy();
    await Promise.all(running);
  };
}
