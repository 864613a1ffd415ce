import { z } from 'zod';
import { PageQuery } from '../../db/page.ts';
import { AllowedAction, DayText, InstantText, Line, Narrative, Reason } from '../../shared/schemas.ts';

/** The states of one inspection. */
export const InspectionState = z.enum(['planned', 'under_way', 'ended']);
export type InspectionState = z.infer<typeof InspectionState>;

/** The states of a joint operation. */
export const OperationState = z.enum(['planned', 'under_way', 'ended', 'called_off']);
export type OperationState = z.infer<typeof OperationState>;

const extra = { organisation: Line(200).optional(), role: Line(100).optional() };

/** Somebody of the police: name and badge, and whose officer it is. */
export const PolicePerson = z.strictObject({
  side: z.literal('police'),
  name: Line(100),
  /** 警号 */
  credential: Line(50),
  organisation: Line(200),
  role: Line(100).optional(),
});

/** Somebody on the scene who is no officer of the bureau. */
export const ScenePerson = z.discriminatedUnion('side', [
  PolicePerson,
  z.strictObject({ side: z.literal('party'), name: Line(100), credential: Line(50).optional(), ...extra }),
  z.strictObject({ side: z.literal('witness'), name: Line(100), credential: Line(50).optional(), ...extra }),
]);
export type ScenePerson = z.infer<typeof ScenePerson>;

const OfficerIds = z.array(z.uuid()).max(50);

/** POST /api/inspections */
export const PlanInspectionBody = z.strictObject({
  kind: z.enum(['on_site', 'online']).default('on_site'),
  /** 依法就……进行现场检查 */
  subjectMatter: Line(500),
  place: Line(500),
  /** Goods kept in a dwelling: K20. */
  isDwelling: z.boolean().default(false),
  operationId: z.uuid().optional(),
  sourceId: z.uuid().optional(),
  caseId: z.uuid().optional(),
  partyId: z.uuid().optional(),
});
export type PlanInspectionInput = z.infer<typeof PlanInspectionBody>;

const PartyPresent = z.enum(['present', 'absent']);

/** POST /api/inspections/:id/start; without `startedAt`: now. */
export const StartInspectionBody = z.strictObject({
  startedAt: InstantText.optional(),
  officerIds: OfficerIds.min(1),
  /** 通知当事人到场情况 */
  partyNotified: Narrative(2000),
  partyPresent: PartyPresent,
  people: z.array(ScenePerson).max(50).default([]),
});
export type StartInspectionInput = z.infer<typeof StartInspectionBody>;

/** The fields of form #9 that are written while it goes on, and may be corrected afterwards. */
const recorded = {
  partyId: z.uuid(),
  partyNotified: Narrative(2000),
  partyPresent: PartyPresent,
  /** Officers' papers shown: the answer. */
  idsShownAnswer: Narrative(2000),
  /** Rights told and recusal asked about: the answer. */
  rightsToldAnswer: Narrative(2000),
  /** Whether the party applied for the recusal of an inspector. */
  recusalAsked: z.boolean(),
  findings: Narrative(),
  /** Reasons, basis, rights and remedies of a coercive measure, told on the spot. */
  measuresTold: Narrative(),
  partyStatement: Narrative(),
};

/** POST /api/inspections/:id/record: any of the fields of form #9; people are added to those already named. */
export const RecordInspectionBody = z
  .strictObject({ ...recorded, officerIds: OfficerIds, people: z.array(ScenePerson).max(50) })
  .partial()
  .refine((body) => Object.keys(body).length > 0, { params: { code: 'field.required' } });
export type RecordInspectionInput = z.infer<typeof RecordInspectionBody>;

/** POST /api/inspections/:id/end; without `endedAt`: now. */
export const EndInspectionBody = z.strictObject({
  endedAt: InstantText.optional(),
  /** 以上是本次现场检查的情况记录，请核对……: the answer. */
  closingAnswer: Narrative(2000).optional(),
  partyRefusedToSign: z.boolean().default(false),
  /** Why nobody of the party signed, or how the witness came to it. */
  refusalNote: Narrative(2000).optional(),
});
export type EndInspectionInput = z.infer<typeof EndInspectionBody>;

/** What of an inspection may be corrected; the answers and findings also after its end. */
export const InspectionChanges = z
  .strictObject({
    ...recorded,
    subjectMatter: Line(500),
    place: Line(500),
    isDwelling: z.boolean(),
    startedAt: InstantText,
    endedAt: InstantText,
    closingAnswer: Narrative(2000),
    partyRefusedToSign: z.boolean(),
    refusalNote: Narrative(2000),
  })
  .partial();

/** GET /api/inspections */
export const InspectionFilter = z.strictObject({
  ...PageQuery.shape,
  state: InspectionState.optional(),
  caseId: z.uuid().optional(),
  sourceId: z.uuid().optional(),
  operationId: z.uuid().optional(),
});
export type InspectionQuery = z.infer<typeof InspectionFilter>;

const PersonView = z.object({
  side: z.enum(['bureau', 'police', 'party', 'witness']),
  userId: z.uuid().nullable(),
  name: z.string(),
  credential: z.string().nullable(),
  organisation: z.string().nullable(),
  role: z.string().nullable(),
});
export type PersonView = z.infer<typeof PersonView>;

const text = z.string().nullable();
const instant = InstantText.nullable();
const id = z.uuid().nullable();

const assigned = { assignedUnitId: id, assignedUserIds: z.array(z.uuid()), voidedAt: instant };

/** An inspection in a list. */
export const InspectionListItem = z.object({
  id: z.uuid(),
  kind: z.enum(['on_site', 'online']),
  state: InspectionState,
  subjectMatter: z.string(),
  place: z.string(),
  isDwelling: z.boolean(),
  operationId: id,
  sourceId: id,
  caseId: id,
  partyId: id,
  startedAt: instant,
  endedAt: instant,
  ...assigned,
  version: z.int(),
});
export type InspectionListItem = z.infer<typeof InspectionListItem>;

/** A sentence of the law the officers on the scene must have before their eyes. */
const Reminder = z.object({ gate: z.string(), article: z.string(), reason: z.string() });

/** One inspection: the fields of form #9, in its order. */
export const InspectionView = InspectionListItem.extend({
  people: z.array(PersonView),
  partyNotified: text,
  partyPresent: PartyPresent.nullable(),
  idsShownAnswer: text,
  rightsToldAnswer: text,
  recusalAsked: z.boolean().nullable(),
  findings: text,
  measuresTold: text,
  partyStatement: text,
  closingAnswer: text,
  partyRefusedToSign: z.boolean().nullable(),
  refusalNote: text,
  voidReason: text,
  createdAt: InstantText,
  reminders: z.array(Reminder),
  allowedActions: z.array(AllowedAction),
});
export type InspectionView = z.infer<typeof InspectionView>;

const Site = z.strictObject({
  name: Line(200),
  address: Line(500),
  isDwelling: z.boolean().default(false),
});
export type Site = z.infer<typeof Site>;

/** POST /api/operations */
export const PlanOperationBody = z.strictObject({
  title: Line(200),
  plannedOn: DayText,
  plan: Narrative(),
  sites: z.array(Site).min(1).max(50),
  /** The other authority, e.g. 新都区公安分局. */
  partner: Line(200),
  officerIds: OfficerIds.min(1),
  police: z
    .array(PolicePerson.omit({ side: true }))
    .max(100)
    .default([]),
  sourceId: z.uuid().optional(),
  caseId: z.uuid().optional(),
});
export type PlanOperationInput = z.infer<typeof PlanOperationBody>;

/** POST /api/operations/:id/start */
export const StartOperationBody = z.strictObject({ startedAt: InstantText.optional() });
export type StartOperationInput = z.infer<typeof StartOperationBody>;

const Side = z.enum(['bureau', 'police', 'both']);

/** POST /api/operations/:id/log: one line of the log, never edited. */
export const LogOperationBody = z.strictObject({
  at: InstantText.optional(),
  side: Side,
  entry: Narrative(5000),
});
export type LogOperationInput = z.infer<typeof LogOperationBody>;

/** POST /api/operations/:id/end */
export const EndOperationBody = z.strictObject({
  endedAt: InstantText.optional(),
  outcome: Narrative(),
  /** What each side took, in words; the items themselves stand in the inventories. */
  bureauTook: Narrative(),
  policeTook: Narrative(),
});
export type EndOperationInput = z.infer<typeof EndOperationBody>;

/** POST /api/operations/:id/call-off */
export const CallOffOperationBody = z.strictObject({ reason: Reason });
export type CallOffOperationInput = z.infer<typeof CallOffOperationBody>;

/** What of a joint operation may be corrected; lines of its log never. */
export const OperationChanges = z
  .strictObject({
    title: Line(200),
    plannedOn: DayText,
    plan: Narrative(),
    sites: z.array(Site).min(1).max(50),
    partner: Line(200),
    outcome: Narrative(),
    bureauTook: Narrative(),
    policeTook: Narrative(),
  })
  .partial();

/** GET /api/operations */
export const OperationFilter = z.strictObject({
  ...PageQuery.shape,
  state: OperationState.optional(),
  caseId: z.uuid().optional(),
  sourceId: z.uuid().optional(),
});
export type OperationQuery = z.infer<typeof OperationFilter>;

/** A joint operation in a list. */
export const OperationListItem = z.object({
  id: z.uuid(),
  title: z.string(),
  state: OperationState,
  partner: z.string(),
  plannedOn: z.string(),
  sourceId: id,
  caseId: id,
  startedAt: instant,
  endedAt: instant,
  ...assigned,
  version: z.int(),
});
export type OperationListItem = z.infer<typeof OperationListItem>;

const LogEntry = z.object({
  id: z.uuid(),
  at: InstantText,
  side: Side,
  entry: z.string(),
  actorId: z.string(),
});

/** A joint operation with its people of both sides, its log and its inspections. */
export const OperationView = OperationListItem.extend({
  plan: z.string(),
  sites: z.array(z.object({ name: z.string(), address: z.string(), isDwelling: z.boolean() })),
  people: z.array(PersonView),
  log: z.array(LogEntry),
  inspections: z.array(
    z.object({ id: z.uuid(), state: InspectionState, subjectMatter: z.string(), place: z.string() }),
  ),
  outcome: text,
  bureauTook: text,
  policeTook: text,
  calledOffReason: text,
  voidReason: text,
  createdAt: InstantText,
  allowedActions: z.array(AllowedAction),
});
export type OperationView = z.infer<typeof OperationView>;
