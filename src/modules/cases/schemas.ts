import { z } from 'zod';
import { AllowedAction, DayText, InstantText, Line, Narrative } from '../../shared/schemas.ts';
import {
  assigneeColumns,
  clockWords,
  column,
  dueColumns,
  fieldsOf,
  matterFields,
  several,
  timeColumns,
} from '../../db/list-schemas.ts';
import { ClockView } from '../deadlines/schemas.ts';
import { PartyRef } from '../parties/schemas.ts';
import { ProcedureView } from './procedure-schemas.ts';

export * from './procedure-schemas.ts';

/** The states of a penalty case, in the order of the procedure. */
export const CaseState = z.enum([
  'proposed',
  'investigating',
  'suspended',
  'in_review',
  'proposed_decision',
  'notified',
  'hearing',
  'heard',
  'rechecked',
  'submitted_to_city',
  'decided',
  'performing',
  'closing',
  'closed',
  'archived',
  'declined',
]);
export type CaseState = z.infer<typeof CaseState>;

/** POST /api/cases: the filing form (#7) up to the head's decision. */
export const ProposeCaseBody = z.strictObject({
  sourceId: z.uuid(),
  /** Where it is left out: the party of the source. */
  party: PartyRef.optional(),
  /** 案件名称 */
  title: Line(200),
  /** 案由 */
  cause: Line(200),
  facts: Narrative(),
  basis: Narrative(2000),
  /** Why this bureau is competent (K28). */
  jurisdictionBasis: Narrative(2000),
  officerIds: z.array(z.uuid()).min(1).max(10),
});
export type ProposeCaseInput = z.infer<typeof ProposeCaseBody>;

/** What of a case may be amended. */
export const CaseChanges = z
  .strictObject({
    title: Line(200),
    cause: Line(200),
    facts: Narrative(),
    basis: Narrative(2000),
    jurisdictionBasis: Narrative(2000),
    partyId: z.uuid(),
    officerIds: z.array(z.uuid()).min(1).max(10),
  })
  .partial();

/** POST /api/cases/:id/extend: asks for the 30 days more of P04. */
export const ExtendCaseBody = z.strictObject({ reason: Narrative(2000) });
export type ExtendCaseInput = z.infer<typeof ExtendCaseBody>;

/** GET /api/cases */
export const CaseFilter = z.strictObject({
  ...clockWords,
  state: several(CaseState).optional(),
  sourceId: z.uuid().optional(),
  officerId: z.uuid().optional(),
  filedFrom: DayText.optional(),
  filedTo: DayText.optional(),
});
export type CaseQuery = z.infer<typeof CaseFilter>;

export const CASE_COLUMNS = {
  number: column.text,
  title: column.name,
  cause: column.name,
  state: column.choice(CaseState, 'state.case'),
  partyName: column.text,
  sourceNumber: column.text,
  officers: column.people,
  proposedAt: column.at,
  filedOn: column.day,
  ...assigneeColumns,
  ...dueColumns,
  ...timeColumns,
} as const;

/** A case in a list. */
export const CaseListItem = z.object({
  ...matterFields,
  ...fieldsOf(CASE_COLUMNS),
  sourceId: z.uuid(),
});
export type CaseListItem = z.infer<typeof CaseListItem>;

const OfficerView = z.object({ id: z.uuid(), name: z.string(), certificateNumber: z.string().nullable() });

/** A case as a use case answers it. */
export const CaseView = CaseListItem.pick({
  id: true,
  number: true,
  title: true,
  cause: true,
  state: true,
  sourceId: true,
  proposedAt: true,
  filedOn: true,
  assignedUnitId: true,
  assignedUserIds: true,
  version: true,
}).extend({
  party: z.object({ id: z.uuid(), name: z.string() }).nullable(),
  officers: z.array(OfficerView),
  voidedAt: InstantText.nullable(),
  facts: z.string(),
  basis: z.string(),
  jurisdictionBasis: z.string(),
  approvalId: z.uuid().nullable(),
  voidReason: z.string().nullable(),
  createdAt: InstantText,
  procedure: ProcedureView,
  allowedActions: z.array(AllowedAction),
});
export type CaseView = z.infer<typeof CaseView>;

const Part = z.object({ id: z.uuid(), kind: z.string(), state: z.string(), title: z.string() });

/** An approval asked for, as a case shows it. */
const ApprovalLine = z.object({
  id: z.uuid(),
  matter: z.string(),
  state: z.string(),
  title: z.string(),
  subject: z.object({ kind: z.string(), id: z.uuid() }),
  proposedAt: InstantText,
  decidedAt: InstantText.nullable(),
  opinion: z.string().nullable(),
  afterTheFact: z.boolean(),
});

/** GET /api/cases/:id: the case with all that hangs on it. */
export const CaseDetail = CaseView.extend({
  source: z.object({
    id: z.uuid(),
    number: z.string(),
    state: z.string(),
    origin: z.string(),
    foundOn: z.string(),
  }),
  /** What its seizures ask for: released, or decided on before the case's own limit. */
  alarms: z.array(
    z.object({
      code: z.enum(['case.seizure_expired', 'case.seizure_ends_first']),
      reason: z.string(),
      article: z.string(),
      subject: z.object({ kind: z.string(), id: z.uuid() }),
      day: z.string().nullable(),
    }),
  ),
  clocks: z.array(ClockView),
  approvals: z.array(ApprovalLine),
  documents: z.array(
    z.object({
      id: z.uuid(),
      kind: z.string(),
      number: z.string().nullable(),
      state: z.string(),
      issuedOn: z.string().nullable(),
      subject: z.object({ kind: z.string(), id: z.uuid() }),
    }),
  ),
  operations: z.array(Part),
  inspections: z.array(Part),
  samples: z.array(Part),
  measures: z.array(Part),
  clueNotices: z.array(Part),
  transfers: z.array(Part),
});
export type CaseDetail = z.infer<typeof CaseDetail>;
