import type { Job } from '../context.ts';
import { auditJobs } from '../modules/audit/jobs.ts';
import { deadlineJobs } from '../modules/deadlines/jobs.ts';
import { documentJobs } from '../modules/documents/jobs.ts';
import { fileJobs } from '../modules/files/jobs.ts';
import { identityJobs } from '../modules/identity/jobs.ts';
import { notificationJobs } from '../modules/notifications/jobs.ts';
import { tipJobs } from '../modules/tips/jobs.ts';

/** Every job there is: name, timer, function. */
export const JOBS: readonly Job[] = [
  ...auditJobs,
  ...identityJobs,
  ...deadlineJobs,
  ...notificationJobs,
  ...documentJobs,
  ...tipJobs,
  ...fileJobs,
];
