import t from 'tap';
import type { Ctx, Job } from '../../src/context.ts';
import { runJob, startJobs } from '../../src/jobs/runner.ts';
import { JOBS } from '../../src/jobs/list.ts';
import { testApp } from '../app.ts';

/** A job that is under way until it is let go. */
function slowJob(name: string, schedule = '0 0 0 1 1 *') {
  const begun = Promise.withResolvers<Ctx>();
  const end = Promise.withResolvers<void>();
  let runs = 0;
  const job: Job = {
    name,
    schedule,
    run: async (ctx) => {
      runs += 1;
      begun.resolve(ctx);
      await end.promise;
    },
  };
  return { job, begun: begun.promise, letGo: () => end.resolve(), runs: () => runs };
}

t.test('a job', async (t) => {
  const { deps, logged } = await testApp(t, { LOG_LEVEL: 'info' });

  t.test('runs in one process at a time, under its own name, by the one clock', async (t) => {
    const { job, begun, letGo, runs } = slowJob('test.slow');
    const first = runJob(deps, job);
    const ctx = await begun;
    t.match(ctx.actor, { kind: 'system', id: 'system:job:test.slow', bureauId: null });
    t.equal(ctx.now.getTime(), deps.now().getTime());
    t.equal(await runJob(deps, job), false, 'another is at it');
    const other = slowJob('test.other');
    other.letGo();
    t.equal(await runJob(deps, other.job), true, 'a job of another name is not held up');
    letGo();
    t.equal(await first, true);
    t.equal(runs(), 1);
    t.equal(await runJob(deps, job), true, 'and it can run again');
  });

  t.test('that fails says so and can run again', async (t) => {
    let fails = true;
    const job: Job = {
      name: 'test.failing',
      schedule: '0 0 0 1 1 *',
      run: async () => {
        if (fails) throw new Error('no luck');
      },
    };
    await t.rejects(runJob(deps, job), { message: 'no luck' });
    fails = false;
    t.equal(await runJob(deps, job), true);
  });

  t.test('on its timer: stopping waits for what is under way, and a failure is logged', async (t) => {
    const slow = slowJob('test.timer', '* * * * * *');
    const failed = Promise.withResolvers<void>();
    const failing: Job = {
      name: 'test.timer_failing',
      schedule: '* * * * * *',
      run: async () => {
        failed.resolve();
        throw new Error('no luck on time');
      },
    };
    const stop = startJobs(deps, [slow.job, failing]);
    await Promise.all([slow.begun, failed.promise]);
    let stopped = false;
    const end = stop().then(() => (stopped = true));
    t.equal(await runJob(deps, { ...slow.job, name: 'test.between', run: async () => undefined }), true);
    t.equal(stopped, false, 'not before it is done');
    slow.letGo();
    await end;
    t.equal(slow.runs(), 1);
    const line = logged.find((entry) => entry.includes('test.timer_failing'));
    t.match(line, /job failed/);
    t.match(line, /no luck on time/);
  });
});

t.test('the list: one name each, one timer each', async (t) => {
  t.equal(new Set(JOBS.map(({ name }) => name)).size, JOBS.length);
  for (const { name, schedule } of JOBS) {
    t.match(name, /^[a-z]+\.[a-z_]+$/);
    t.equal(schedule.split(' ').length, 6, name);
  }
});
