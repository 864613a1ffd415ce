import { z } from 'zod';
import { column, fieldsOf, listWords, several, subjectColumns } from '../../db/list-schemas.ts';

/** GET /api/audit; days are days in Shanghai, both included; `q`: part of an act or of who did it. */
export const AuditQuery = z.strictObject({
  ...listWords,
  actorId: z.string().max(100).optional(),
  action: several(z.string().max(100)).optional(),
  subjectKind: z.string().max(100).optional(),
  subjectId: z.string().max(100).optional(),
});

export const AUDIT_COLUMNS = {
  at: column.at,
  actorName: column.name,
  actorRoles: column.keys('list.role'),
  action: column.choice(z.string(), 'action'),
  subjectKind: column.choice(z.string(), 'kind'),
  ...subjectColumns,
  actorKind: column.choice(z.string(), 'word.actorKind'),
  actorId: column.name,
  subjectId: column.name,
  requestId: column.name,
} as const;

/** One line of the trail. */
export const AuditView = z.object({ id: z.number(), ...fieldsOf(AUDIT_COLUMNS), detail: z.unknown() });

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
