import { z } from 'zod';
import { DayText } from '../../shared/schemas.ts';

/** GET /api/audit; days are days in Shanghai, both included. */
export const AuditQuery = z.strictObject({
  cursor: z.string().max(200).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
  actorId: z.string().max(100).optional(),
  action: z.string().max(100).optional(),
  subjectKind: z.string().max(100).optional(),
  subjectId: z.string().max(100).optional(),
  from: DayText.optional(),
  to: DayText.optional(),
});

/** One line of the trail. */
export const AuditView = z.object({
  id: z.number(),
  at: z.string(),
  actorKind: z.string(),
  actorId: z.string(),
  actorName: z.string(),
  actorRoles: z.array(z.string()),
  action: z.string(),
  subjectKind: z.string(),
  subjectId: z.string(),
  detail: z.unknown(),
  requestId: z.string(),
});

/** GET /api/audit/verify */
export const VerifyQuery = z.strictObject({
  root: z
    .string()
    .regex(/^\s*[0-9a-fA-F]{64}\s*$/)
    .optional(),
});

/** What verification found. */
export const VerificationView = z.object({
  ok: z.boolean(),
  batches: z.number(),
  entries: z.number(),
  waiting: z.number(),
  lastRoot: z.string().nullable(),
  finding: z
    .object({
      kind: z.enum([
        'altered',
        'missing',
        'reordered',
        'unsealed',
        'batch_altered',
        'batch_missing',
        'root_unknown',
      ]),
      entryId: z.number().nullable(),
      batchId: z.number().nullable(),
    })
    .nullable(),
  sentence: z.string(),
});

export type AuditFilter = z.infer<typeof AuditQuery>;
export type AuditView = z.infer<typeof AuditView>;
