import { z } from 'zod';
import {
  assigneeColumns,
  clockWords,
  column,
  dueColumns,
  fieldsOf,
  matterFields,
  Named,
  originColumns,
  originFields,
  originWords,
  several,
  timeColumns,
} from '../../db/list-schemas.ts';
import {
  AllowedAction,
  DayText,
  InstantText,
  Line,
  Narrative,
  Quantity,
  Reason,
} from '../../shared/schemas.ts';
import { ClockView } from '../deadlines/schemas.ts';
import { Lifting, Return } from './lifting-schemas.ts';
import { LaboratoryReportNote } from '../sources/schemas.ts';

/** The states of a measure. `expired` is never stored: it is seen when it is read. */
export const MeasureState = z.enum([
  'proposed',
  'approved',
  'refused',
  'in_force',
  'lifted',
  'expired',
  'ended',
]);

/** What a measure is; registered preservation (APL 56) is another procedure. */
export const MeasureKind = z.enum(['sealing', 'seizure']);

const AnyKind = z.enum(['preservation', 'sealing', 'seizure']);

/** The legal basis of a line (K19). */
export const Basis = z.enum(['FSL110_4', 'FSL110_5', 'TBGD15_2', 'TBGD15_3', 'PQL18']);

const MeasureItem = z.strictObject({
  itemId: z.uuid(),
  basis: Basis,
  /** How much of it; all that is at the scene where it is not said. */
  quantity: Quantity.optional(),
});

/** POST /api/measures */
export const ProposeMeasureBody = z.strictObject({
  kind: MeasureKind,
  sourceId: z.uuid().optional(),
  caseId: z.uuid().optional(),
  inspectionId: z.uuid().optional(),
  partyId: z.uuid().optional(),
  suspectedAct: Narrative(2000),
  reason: Narrative(5000),
  isUrgent: z.boolean().default(false),
  place: Line(300),
  officerIds: z.array(z.uuid()).min(1).max(20),
  items: z.array(MeasureItem).max(500).default([]),
});

/** POST /api/measures/:id/items: further lines, before it is carried out. */
export const AddItemsBody = z.strictObject({ items: z.array(MeasureItem).min(1).max(500) });

const Seal = z.strictObject({
  number: Line(60),
  place: Line(200),
  /** Without it: when the measure was carried out, or now. */
  appliedAt: InstantText.optional(),
  remark: Line(300).optional(),
});

/** POST /api/measures/:id/execute and …/execute-urgent: how it was carried out (ACL 18). */
export const ExecuteBody = z.strictObject({
  inspectionId: z.uuid().optional(),
  executedAt: InstantText.optional(),
  officerIds: z.array(z.uuid()).min(1).max(20).optional(),
  partyPresent: z.boolean(),
  witnessName: Line(100).optional(),
  rightsTold: z.boolean(),
  keepingPlace: Line(300).optional(),
  keepingConditions: Line(300),
  keeper: Line(200).optional(),
  dwellingHandover: Narrative(2000).optional(),
  seals: z.array(Seal).max(500).default([]),
});

/**
 * POST /api/measures/urgent: proposed and carried out on the spot in one call, the head asked afterwards (ACL 19). A
 * list of more than 500 lines is proposed as urgent, filled by batches, and carried out by …/execute-urgent.
 */
export const UrgentBody = z.strictObject({
  ...ProposeMeasureBody.omit({ isUrgent: true }).shape,
  execution: ExecuteBody.omit({ officerIds: true }),
});

/** POST /api/measures/:id/seals */
export const SealsBody = z.strictObject({ seals: z.array(Seal).min(1).max(500) });

/** POST /api/measures/:id/extend */
export const ExtendBody = z.strictObject({ reason: Reason });

/** What POST /api/measures/:id/amend may change, before it is carried out. */
export const MeasureChanges = z.strictObject({
  suspectedAct: Narrative(2000).optional(),
  reason: Narrative(5000).optional(),
  place: Line(300).optional(),
  keepingPlace: Line(300).optional(),
  keepingConditions: Line(300).optional(),
});

/** GET /api/measures */
export const MeasureFilter = z.strictObject({
  ...clockWords,
  ...originWords,
  state: several(MeasureState).optional(),
  kind: several(AnyKind).optional(),
  endsBefore: DayText.optional(),
});

const text = z.string().nullable();

/** What every look at a measure begins with. `expired`: its last day has passed and it still holds something (ACL 28). */
const measure = {
  id: z.uuid(),
  kind: AnyKind,
  state: MeasureState,
  partyId: z.uuid(),
  partyName: z.string(),
  place: z.string(),
  ...originFields,
  isUrgent: z.boolean(),
  executedAt: text,
  endsOn: text,
  expired: z.boolean(),
  items: z.number(),
  holding: z.number(),
  version: z.number(),
};
const Measure = z.object(measure);
export type Measure = z.infer<typeof Measure>;

export const MEASURE_COLUMNS = {
  /** Of its decision, once that is issued. */
  number: column.text,
  kind: column.choice(AnyKind, 'word.measureKind'),
  state: column.choice(MeasureState, 'state.measure'),
  partyName: column.text,
  place: column.name,
  executedAt: column.instant,
  /** The last day of its power. */
  endsOn: column.day,
  expired: column.yes,
  items: column.number,
  holding: column.number,
  ...originColumns,
  ...assigneeColumns,
  ...dueColumns,
  ...timeColumns,
} as const;

/** A line of the list of measures. */
export const MeasureListItem = z.object({ ...matterFields, ...fieldsOf(MEASURE_COLUMNS), ...measure });

/** One of the four papers a measure stands on. */
export const MeasurePaper = z.object({
  form: z.enum(['#8', '#9', '#21', '#24']),
  kind: z.string(),
  documentId: z.uuid().nullable(),
  number: text,
  state: z.enum(['missing', 'issuing', 'issued']),
  article: z.string(),
});

const SealView = z.object({
  number: z.string(),
  place: z.string(),
  state: z.enum(['intact', 'broken', 'removed']),
  appliedAt: z.string(),
  remark: text,
});

const Request = z.object({
  id: z.uuid(),
  matter: z.string(),
  state: z.string(),
  afterTheFact: z.boolean(),
  proposedAt: z.string(),
  dueAt: text,
  decidedAt: text,
  opinion: text,
});

const Total = z.object({ unit: text, items: z.number(), quantity: text });

const Alarm = z.object({ code: z.string(), reason: z.string(), gate: text, article: z.string() });

/** A measure with its papers, its clocks and what is wrong with it. */
export const MeasureView = Measure.extend({
  inspectionId: z.uuid().nullable(),
  suspectedAct: z.string(),
  reason: z.string(),
  approvalId: z.uuid().nullable(),
  officerIds: z.array(z.uuid()),
  keepingPlace: text,
  keepingConditions: text,
  keeper: text,
  partyPresent: z.boolean().nullable(),
  witnessName: text,
  dwellingHandover: text,
  rightsTold: z.boolean().nullable(),
  periodDays: z.number().nullable(),
  extendedOn: text,
  extensionReason: text,
  endedAt: text,
  /** Of its decision, once that is issued. */
  number: text,
  officers: z.array(Named),
  ...fieldsOf({ ...originColumns, ...assigneeColumns }),
  assignedUnitId: z.uuid().nullable(),
  assignedUserIds: z.array(z.uuid()),
  voidedAt: text,
  voidReason: text,
  seals: z.array(SealView),
  clocks: z.array(ClockView),
  /** The list summed up, unit by unit. */
  totals: z.array(Total),
  approvals: z.array(Request),
  liftings: z.array(Lifting),
  returns: z.array(Return),
  /** How many lines are let go and still in the house. */
  toReturn: z.number(),
  /** What the judgment of the goods may lean on, and which of it is a clue only (K24). */
  laboratoryReports: z.array(LaboratoryReportNote),
  papers: z.array(MeasurePaper),
  missing: z.array(MeasurePaper.pick({ form: true, kind: true, article: true })),
  /** Approved, carried out, and all four papers issued (ACL 18, 24). */
  lawful: z.boolean(),
  /** Its last day has passed and it still holds something (ACL 28(1)(4), CXGD 42). */
  mustRelease: z.boolean(),
  alarms: z.array(Alarm),
  allowedActions: z.array(AllowedAction),
});

/** On which bases a category may be taken, the usual one first; none where it may not (K19). */
export const BasesView = z.object({
  items: z.array(z.object({ category: z.string(), bases: z.array(Basis) })),
});

export type MeasureState = z.infer<typeof MeasureState>;
export type MeasureKind = z.infer<typeof MeasureKind>;
export type Basis = z.infer<typeof Basis>;
export type MeasureItem = z.infer<typeof MeasureItem>;
export type ProposeMeasureInput = z.infer<typeof ProposeMeasureBody>;
export type AddItemsInput = z.infer<typeof AddItemsBody>;
export type ExecuteInput = z.infer<typeof ExecuteBody>;
export type UrgentInput = z.infer<typeof UrgentBody>;
export type SealsInput = z.infer<typeof SealsBody>;
export type ExtendInput = z.infer<typeof ExtendBody>;
export type MeasureQuery = z.infer<typeof MeasureFilter>;
export type MeasureListItem = z.infer<typeof MeasureListItem>;
export type MeasurePaper = z.infer<typeof MeasurePaper>;
export type MeasureView = z.infer<typeof MeasureView>;
