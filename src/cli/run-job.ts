import { JOBS } from '../jobs/list.ts';
import { runJob } from '../jobs/runner.ts';
import { type Command, UsageError } from './command.ts';
import { withDeps } from './with-deps.ts';

/** Runs one job now, under the same lock as its timer. */
export const runJobCommand: Command = {
  usage: 'run-job <name>',
  summary: '立即执行一项后台任务 run one job now',
  run: async ([name]) => {
    const job = JOBS.find((candidate) => candidate.name === name);
    if (!job) throw new UsageError(`任务 jobs: ${JOBS.map((candidate) => candidate.name).join(', ')}`);
    const ran = await withDeps('run-job', ({ deps }) => runJob(deps, job));
    console.log(ran ? `${job.name}: 完成 done` : `${job.name}: 另一进程正在执行 another process is at it`);
    return 0;
  },
};
