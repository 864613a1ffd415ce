import { z } from 'zod';
import { PageQuery } from '../../db/page.ts';
import { AllowedAction, Narrative, Reason } from '../../shared/schemas.ts';

/** The states of a proposal. */
export const ApprovalState = z.enum(['proposed', 'approved', 'refused', 'withdrawn']);

/** Which rank decides: 部门负责人, or the principal head in person (K25). */
export const Decides = z.enum(['head', 'principal_head']);

/** POST /api/approvals/:id/opine */
export const OpineBody = z.strictObject({ opinion: Narrative(2000) });

/** POST /api/approvals/:id/decide */
export const DecideBody = z.strictObject({
  decision: z.enum(['approved', 'refused']),
  opinion: Narrative(2000),
});

/** POST /api/approvals/:id/withdraw */
export const WithdrawBody = z.strictObject({ reason: Reason });

/** GET /api/approvals; `waiting=me`: what the caller may decide or give an opinion on. */
export const ApprovalFilter = z.strictObject({
  ...PageQuery.shape,
  state: ApprovalState.optional(),
  waiting: z.literal('me').optional(),
  matter: z.string().max(60).optional(),
  subjectKind: z.string().max(40).optional(),
  subjectId: z.uuid().optional(),
});

const Person = z.object({ id: z.uuid(), name: z.string() });

/** A proposal with its opinions and its decision. */
export const ApprovalView = z.object({
  id: z.uuid(),
  matter: z.string(),
  subject: z.object({ kind: z.string(), id: z.uuid() }),
  title: z.string(),
  grounds: z.string(),
  proposedBy: z.array(Person),
  proposedAt: z.string(),
  decides: Decides,
  unitOpinion: z.string().nullable(),
  unitBy: Person.nullable(),
  unitAt: z.string().nullable(),
  state: ApprovalState,
  opinion: z.string().nullable(),
  decidedBy: Person.nullable(),
  decidedAt: z.string().nullable(),
  afterTheFact: z.boolean(),
  dueAt: z.string().nullable(),
  isOverdue: z.boolean(),
  version: z.number(),
  allowedActions: z.array(AllowedAction),
});

export type ApprovalState = z.infer<typeof ApprovalState>;
export type OpineInput = z.infer<typeof OpineBody>;
export type DecideInput = z.infer<typeof DecideBody>;
export type WithdrawInput = z.infer<typeof WithdrawBody>;
export type ApprovalQuery = z.infer<typeof ApprovalFilter>;
export type ApprovalView = z.infer<typeof ApprovalView>;
