import type { Job } from '../../context.ts';
import { sealAudit } from './seal-audit.ts';

/** What the trail needs by the clock: a root about every second. */
export const auditJobs: readonly Job[] = [
  {
    name: 'audit.seal',
    schedule: '* * * * * *',
    run: async (ctx) => {
      await sealAudit(ctx);
    },
  },
];
