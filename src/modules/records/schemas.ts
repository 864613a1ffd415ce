import { z } from 'zod';
import { PageQuery } from '../../db/page.ts';
import { Reason } from '../../shared/schemas.ts';

/** POST …/:id/void */
export const VoidBody = z.strictObject({ reason: Reason });

/** POST …/:id/assign */
export const AssignBody = z.strictObject({
  kind: z.enum(['assign', 'take_over', 'send_back']),
  unitId: z.uuid().nullable().optional(),
  userIds: z.array(z.uuid()).max(20).default([]),
  reason: Reason.optional(),
});

/** What an amendment, a voiding or an assignment answers: read the record again for the rest. */
export const RecordView = z.object({
  id: z.uuid(),
  version: z.number(),
  voidedAt: z.string().nullable(),
  assignedUnitId: z.uuid().nullable(),
  assignedUserIds: z.array(z.uuid()),
});

/** GET …/:id/history */
export const HistoryQuery = PageQuery;

/** One line of a record's history. */
export const HistoryView = z.object({
  at: z.string(),
  source: z.enum(['correction', 'assignment', 'audit']),
  /** amend, void, assign, take_over, send_back, or the action of the trail. */
  action: z.string(),
  actorId: z.string(),
  actorName: z.string().nullable(),
  detail: z.record(z.string(), z.unknown()),
});

export type AssignInput = z.infer<typeof AssignBody>;
export type RecordView = z.infer<typeof RecordView>;
export type HistoryView = z.infer<typeof HistoryView>;
