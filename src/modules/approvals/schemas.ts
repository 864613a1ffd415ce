import { z } from 'zod';
import { column, fieldsOf, Flag, listWords, several, subjectColumns } from '../../db/list-schemas.ts';
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

/**
 * GET /api/approvals; `waiting=me`: what the caller may decide or give an opinion on; `proposer`: `me` or one of the
 * bureau's people; `overdue`: past the time the decision was due.
 */
export const ApprovalFilter = z.strictObject({
  ...listWords,
  state: several(ApprovalState).optional(),
  waiting: z.literal('me').optional(),
  proposer: z.union([z.literal('me'), z.uuid()]).optional(),
  matter: several(z.string().max(60)).optional(),
  subjectKind: z.string().max(40).optional(),
  subjectId: z.uuid().optional(),
  overdue: Flag.optional(),
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
  /** The head in whose place it was given. */
  unitFor: Person.nullable(),
  unitAt: z.string().nullable(),
  state: ApprovalState,
  opinion: z.string().nullable(),
  decidedBy: Person.nullable(),
  decidedFor: Person.nullable(),
  decidedAt: z.string().nullable(),
  afterTheFact: z.boolean(),
  dueAt: z.string().nullable(),
  isOverdue: z.boolean(),
  version: z.number(),
  allowedActions: z.array(AllowedAction),
});

/** The columns of the ledger. */
export const APPROVAL_COLUMNS = {
  title: column.name,
  matter: column.choice(z.string(), 'word.matter'),
  state: column.choice(ApprovalState, 'state.approval'),
  ...subjectColumns,
  proposedBy: column.people,
  proposedAt: column.at,
  decides: column.choice(Decides, 'word.decides'),
  dueAt: column.instant,
  isOverdue: column.yes,
  decidedAt: column.instant,
  opinion: column.text,
} as const;

/** A line of the ledger. */
export const ApprovalRow = ApprovalView.extend(fieldsOf(subjectColumns));

export type ApprovalState = z.infer<typeof ApprovalState>;
export type OpineInput = z.infer<typeof OpineBody>;
export type DecideInput = z.infer<typeof DecideBody>;
export type WithdrawInput = z.infer<typeof WithdrawBody>;
export type ApprovalQuery = z.infer<typeof ApprovalFilter>;
export type ApprovalView = z.infer<typeof ApprovalView>;
export type ApprovalRow = z.infer<typeof ApprovalRow>;
