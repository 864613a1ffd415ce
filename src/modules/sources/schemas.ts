import { z } from 'zod';
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
import { pageOf } from '../../db/page.ts';
import { AllowedAction, DayText, Line, Narrative } from '../../shared/schemas.ts';
import { ClockView } from '../deadlines/schemas.ts';
import { PartyRef } from '../parties/schemas.ts';

/** Where a clue comes from; the form's five boxes are fewer (see paper-data.ts). */
export const SourceOrigin = z.enum([
  'inspection',
  'tip',
  'plan_sample',
  'hand_over',
  'assignment',
  'platform',
  'media',
  'mediation',
  'other',
]);

export const SourceState = z.enum(['registered', 'verifying', 'case_opened', 'declined', 'handed_over']);

/** How the verification of a source ended. */
export const SourceOutcome = z.enum(['case_opened', 'declined', 'handed_over']);

/** CXGD 20 */
export const DeclineGround = z.enum(['minor_corrected', 'first_minor_corrected', 'no_fault', 'other_by_law']);

/** CXGD 18(2): what takes days out of the fifteen. */
export const ExclusionGround = z.enum(['testing', 'inspection', 'quarantine', 'appraisal', 'identification']);

const optional = <T extends z.ZodType>(type: T) => type.nullable().optional();

const fields = {
  partyAddress: optional(Line(300)),
  partyPhone: optional(Line(50)),
  /** Who gave the clue, where it is not a tip: inspector, contact of the sending department, medium. */
  providerName: optional(Line(100)),
  providerOrganisation: optional(Line(200)),
  providerContact: optional(Line(200)),
  content: Narrative(),
  handlingOpinion: optional(Narrative(5000)),
};

/** POST /api/sources: any origin but a tip, which opens its source itself. */
export const RegisterSourceBody = z
  .strictObject({
    origin: SourceOrigin,
    /** 发现线索、收到材料之日: R01 runs from here */
    foundOn: DayText,
    party: PartyRef.optional(),
    /** Needed where no party is named. */
    partyName: Line(200).optional(),
    ...fields,
  })
  .refine((body) => body.party !== undefined || body.partyName !== undefined, {
    path: ['partyName'],
    params: { code: 'field.required' },
  });

/** What may be amended. */
export const SourceChanges = z.strictObject({ ...fields, partyName: Line(200), foundOn: DayText }).partial();

/** POST /api/sources/:id/verify: who verifies; at least two certified officers (K1). */
export const VerifyBody = z.strictObject({ verifierIds: z.array(z.uuid()).min(1).max(10) });

/** POST /api/sources/:id/verification */
export const RecordVerificationBody = z.strictObject({
  verification: Narrative(),
  handlingOpinion: Narrative(5000).optional(),
});

/** POST /api/sources/:id/extend: asks the head for fifteen working days more. */
export const ExtendBody = z.strictObject({ grounds: Narrative(2000) });

/** POST /api/sources/:id/decline: asks the head not to file. */
export const DeclineBody = z.strictObject({ ground: DeclineGround, reasons: Narrative(5000) });

/** POST /api/sources/:id/hand-over */
export const HandOverBody = z.strictObject({ agency: Line(200), reasons: Narrative(5000) });

/** POST /api/sources/:id/exclusions: days that do not count, both ends in. */
export const ExclusionBody = z.strictObject({
  from: DayText,
  to: DayText,
  ground: ExclusionGround,
  documentId: z.uuid().optional(),
});

/** GET /api/sources */
export const SourceFilter = z.strictObject({
  ...clockWords,
  state: several(SourceState).optional(),
  origin: several(SourceOrigin).optional(),
  tipId: z.uuid().optional(),
});

export const SOURCE_COLUMNS = {
  number: column.name,
  origin: column.choice(SourceOrigin, 'word.origin'),
  state: column.choice(SourceState, 'state.source'),
  foundOn: column.on,
  /** As entered with the source. */
  partyName: column.name,
  tipNumber: column.text,
  /** The beginning of what the clue says. */
  summary: column.name,
  ...assigneeColumns,
  ...dueColumns,
  ...timeColumns,
} as const;

/** What a report lacks to carry a decision or a referral (K24). */
export const Shortcoming = z.object({
  code: z.string(),
  reason: z.string(),
  gate: z.string(),
  article: z.string(),
});

/** A report a laboratory issued in the matter. `clueOnly`: it carries neither a decision nor a referral (K24). */
export const LaboratoryReportNote = z.object({
  id: z.uuid(),
  number: z.string(),
  sampleId: z.uuid(),
  sampleNumber: z.string(),
  laboratoryName: z.string(),
  reportedAt: z.string().nullable(),
  clueOnly: z.boolean(),
  shortcomings: z.array(Shortcoming),
});

/** A row of a list. */
export const SourceRow = z.object({
  ...matterFields,
  ...fieldsOf(SOURCE_COLUMNS),
  tipId: z.uuid().nullable(),
});

/** A case source. Of a tip it says the number: who reported stands in the tip alone. */
export const SourceView = SourceRow.pick({
  id: true,
  number: true,
  origin: true,
  state: true,
  foundOn: true,
  partyId: true,
  partyName: true,
  tipId: true,
  tipNumber: true,
  assignedUnitId: true,
  assignedUserIds: true,
  version: true,
  createdAt: true,
}).extend({
  partyAddress: z.string().nullable(),
  partyPhone: z.string().nullable(),
  providerName: z.string().nullable(),
  providerOrganisation: z.string().nullable(),
  providerContact: z.string().nullable(),
  content: z.string(),
  verifiers: z.array(z.object({ id: z.uuid(), name: z.string() })),
  verification: z.string().nullable(),
  handlingOpinion: z.string().nullable(),
  declineGround: DeclineGround.nullable(),
  handedTo: z.string().nullable(),
  voidedAt: z.string().nullable(),
  voidReason: z.string().nullable(),
  createdBy: z.string(),
  laboratoryReports: z.array(LaboratoryReportNote),
  clocks: z.array(ClockView),
  pendingApprovals: z.array(z.object({ id: z.uuid(), matter: z.string() })),
  allowedActions: z.array(AllowedAction),
});

export const SourcePage = pageOf(SourceRow);

export type SourceState = z.infer<typeof SourceState>;
export type SourceOrigin = z.infer<typeof SourceOrigin>;
export type SourceOutcome = z.infer<typeof SourceOutcome>;
export type DeclineGround = z.infer<typeof DeclineGround>;
export type RegisterSourceInput = z.infer<typeof RegisterSourceBody>;
export type SourceChanges = z.infer<typeof SourceChanges>;
export type VerifyInput = z.infer<typeof VerifyBody>;
export type RecordVerificationInput = z.infer<typeof RecordVerificationBody>;
export type ExtendInput = z.infer<typeof ExtendBody>;
export type DeclineInput = z.infer<typeof DeclineBody>;
export type HandOverInput = z.infer<typeof HandOverBody>;
export type ExclusionInput = z.infer<typeof ExclusionBody>;
export type SourceQuery = z.infer<typeof SourceFilter>;
export type SourceRow = z.infer<typeof SourceRow>;
export type SourceView = z.infer<typeof SourceView>;
export type Shortcoming = z.infer<typeof Shortcoming>;
export type LaboratoryReportNote = z.infer<typeof LaboratoryReportNote>;
