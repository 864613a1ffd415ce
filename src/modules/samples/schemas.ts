import { z } from 'zod';
import {
  assigneeColumns,
  clockWords,
  column,
  dueColumns,
  fieldsOf,
  matterFields,
  originColumns,
  originFields,
  originWords,
  several,
  timeColumns,
} from '../../db/list-schemas.ts';
import {
  AllowedAction,
  DayText,
  FenAmount,
  InstantText,
  Line,
  Narrative,
  Quantity,
} from '../../shared/schemas.ts';
import { ReportView, SpeciesKey } from './report-schemas.ts';

export const SampleState = z.enum([
  'planned',
  'collected',
  'dispatched',
  'received',
  'rejected',
  'testing',
  'reported',
  'notified',
]);

const SampleKind = z.enum(['enforcement', 'plan']);

const Portion = z.strictObject({
  kind: z.enum(['test', 'backup']),
  quantity: Quantity,
  sealNumber: Line(60),
});

const FromGoods = z.strictObject({
  itemId: z.uuid(),
  quantity: Quantity,
  from: z.enum(['scene', 'store', 'keeper', 'site']).default('scene'),
});

const Method = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('prescribed'), standard: Line() }),
  z.strictObject({ kind: z.literal('other'), description: Narrative(1000) }),
]);

// The label and the taking, in the order of form #29.
const label = {
  productName: Line(),
  brand: Line().optional(),
  spec: Line().optional(),
  batchNo: Line(100).optional(),
  madeOn: Line(100).optional(),
  shelfLife: Line(100).optional(),
  producer: Line().optional(),
  producerAddress: Line(300).optional(),
  standard: Line().optional(),
  labelPrice: Line(100).optional(),
  labelStorage: Line().optional(),
  licenceNo: Line(60).optional(),
  grade: Line(60).optional(),
  packaging: Line().optional(),
  declaredSpecies: z.array(SpeciesKey).max(10).default([]),
  labelNote: Narrative(2000).optional(),
};

/** POST /api/samples: the taking of a sample, form #29. Quantities are exact decimals in `unit`. */
export const CollectSampleBody = z.strictObject({
  kind: z.literal('enforcement').default('enforcement'),
  sourceId: z.uuid().optional(),
  caseId: z.uuid().optional(),
  inspectionId: z.uuid().optional(),
  partyId: z.uuid().optional(),
  ...label,
  place: Line(300),
  sampledAt: InstantText,
  matter: Narrative(1000),
  method: Method,
  process: Narrative(5000),
  commissioned: Line().optional(),
  baseQuantity: Quantity.optional(),
  unit: Line(20),
  portions: z.array(Portion).min(1).max(50),
  paidFen: FenAmount.optional(),
  storageConditions: Line(300),
  sealState: Line(300),
  boughtOnline: z.boolean().default(false),
  onlineRecord: Narrative(5000).optional(),
  officerIds: z.array(z.uuid()).min(1).max(20),
  partyPresent: Line(300).optional(),
  witnessName: Line(100).optional(),
  remark: Narrative(1000).optional(),
  items: z.array(FromGoods).max(100).default([]),
});

/** What POST /api/samples/:id/amend may change: what the label says. */
export const SampleChanges = z.strictObject({
  productName: label.productName.optional(),
  brand: Line().nullable().optional(),
  spec: Line().nullable().optional(),
  batchNo: Line(100).nullable().optional(),
  madeOn: Line(100).nullable().optional(),
  shelfLife: Line(100).nullable().optional(),
  producer: Line().nullable().optional(),
  producerAddress: Line(300).nullable().optional(),
  standard: Line().nullable().optional(),
  labelNote: Narrative(2000).nullable().optional(),
  remark: Narrative(1000).nullable().optional(),
  declaredSpecies: z.array(SpeciesKey).max(10).optional(),
});

/** POST /api/samples/:id/dispatch, form #30: what is asked of whom, by which day. */
export const DispatchBody = z.strictObject({
  laboratoryId: z.uuid(),
  testRequest: Narrative(5000),
  dueOn: DayText,
  sealIntact: z.boolean().default(true),
  condition: Line(300).optional(),
});

/** POST /api/samples/:id/receive */
export const ReceiveBody = z.strictObject({
  sealIntact: z.boolean(),
  quantity: Quantity,
  temperature: Line(60).optional(),
  condition: Line(300),
  note: Narrative(2000).optional(),
});

/** POST /api/samples/:id/reject and …/return-result */
export const ReasonBody = z.strictObject({ reason: Narrative(2000) });

/** POST /api/samples/:id/take-back: what the laboratory rejected is with the bureau again; without the time: now. */
export const TakeBackBody = z.strictObject({
  takenBackAt: InstantText.optional(),
  sealIntact: z.boolean(),
  condition: Line(300),
});

/** POST /api/samples/:id/notify: the day the party was told (K16). */
export const NotifyBody = z.strictObject({ notifiedOn: DayText });

/** GET /api/samples */
export const SampleFilter = z.strictObject({
  ...clockWords,
  ...originWords,
  state: several(SampleState).optional(),
  kind: several(SampleKind).optional(),
  laboratoryId: z.uuid().optional(),
});

const PortionView = z.object({
  id: z.uuid(),
  code: z.string(),
  kind: z.enum(['test', 'backup']),
  quantity: z.string(),
  unit: z.string(),
  sealNumber: z.string().nullable(),
  holder: z.string(),
});

const CustodyView = z.object({
  at: z.string(),
  portion: z.string().nullable(),
  from: z.string(),
  to: z.string(),
  sealIntact: z.boolean(),
  condition: z.string().nullable(),
});

const text = z.string().nullable();

export const SAMPLE_COLUMNS = {
  number: column.name,
  kind: column.choice(SampleKind, 'word.sampleKind'),
  state: column.choice(SampleState, 'state.sample'),
  productName: column.name,
  partyName: column.text,
  batchNo: column.text,
  sampledAt: column.at,
  laboratoryName: column.text,
  ...originColumns,
  ...assigneeColumns,
  /** The day form #30 asks the report for, or where a clock ends before it, that. */
  ...dueColumns,
  ...timeColumns,
} as const;

/** A line of the list. A laboratory sees neither case nor party, nor who handles it. */
export const SampleListItem = z.object({
  ...matterFields,
  ...originFields,
  ...fieldsOf(SAMPLE_COLUMNS),
  overdue: z.boolean(),
  laboratoryId: z.uuid().nullable(),
});

/** A sample with its portions, its custody and what the laboratory reported. */
export const SampleView = SampleListItem.pick({
  id: true,
  number: true,
  kind: true,
  state: true,
  productName: true,
  sampledAt: true,
  sourceId: true,
  caseId: true,
  partyId: true,
  laboratoryId: true,
  laboratoryName: true,
  batchNo: true,
  version: true,
  overdue: true,
}).extend({
  dueOn: text,
  inspectionId: z.uuid().nullable(),
  brand: text,
  spec: text,
  madeOn: text,
  shelfLife: text,
  producer: text,
  producerAddress: text,
  standard: text,
  labelPrice: text,
  labelStorage: text,
  licenceNo: text,
  grade: text,
  packaging: text,
  declaredSpecies: z.array(z.string()),
  labelNote: text,
  place: text,
  matter: text,
  method: text,
  methodStandard: text,
  process: text,
  commissioned: text,
  baseQuantity: text,
  sampleQuantity: z.string(),
  backupQuantity: text,
  unit: z.string(),
  paidFen: z.number().nullable(),
  storageConditions: text,
  sealState: text,
  boughtOnline: z.boolean(),
  onlineRecord: text,
  officerIds: z.array(z.uuid()).nullable(),
  partyPresent: text,
  witnessName: text,
  remark: text,
  testRequest: text,
  dispatchedAt: text,
  receivedAt: text,
  receivedQuantity: text,
  receivedTemperature: text,
  receiptNote: text,
  rejectionReason: text,
  rejectedAt: text,
  takenBackAt: text,
  notifiedOn: text,
  voidedAt: text,
  portions: z.array(PortionView),
  custody: z.array(CustodyView),
  reports: z.array(ReportView),
  allowedActions: z.array(AllowedAction),
});

export type SampleState = z.infer<typeof SampleState>;
export type CollectSampleInput = z.infer<typeof CollectSampleBody>;
export type DispatchInput = z.infer<typeof DispatchBody>;
export type ReceiveInput = z.infer<typeof ReceiveBody>;
export type ReasonInput = z.infer<typeof ReasonBody>;
export type TakeBackInput = z.infer<typeof TakeBackBody>;
export type NotifyInput = z.infer<typeof NotifyBody>;
export type SampleQuery = z.infer<typeof SampleFilter>;
export type SampleListItem = z.infer<typeof SampleListItem>;
export type SampleView = z.infer<typeof SampleView>;
