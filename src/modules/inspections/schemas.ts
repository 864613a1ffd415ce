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
import { AllowedAction, InstantText, Line, Narrative } from '../../shared/schemas.ts';
import { InspectionState, OfficerIds, PersonView, ScenePerson } from './people-schemas.ts';

export * from './operation-schemas.ts';
export * from './people-schemas.ts';

/** Where it takes place. */
const InspectionKind = z.enum(['on_site', 'online']);

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
  ...clockWords,
  ...originWords,
  state: several(InspectionState).optional(),
  kind: several(InspectionKind).optional(),
  operationId: z.uuid().optional(),
});
export type InspectionQuery = z.infer<typeof InspectionFilter>;

const text = z.string().nullable();
const instant = InstantText.nullable();
const id = z.uuid().nullable();

export const INSPECTION_COLUMNS = {
  kind: column.choice(InspectionKind, 'word.inspectionKind'),
  state: column.choice(InspectionState, 'state.inspection'),
  subjectMatter: column.name,
  partyName: column.text,
  place: column.name,
  operationTitle: column.text,
  ...originColumns,
  startedAt: column.instant,
  endedAt: column.instant,
  ...assigneeColumns,
  ...dueColumns,
  ...timeColumns,
} as const;

/** An inspection in a list. */
export const InspectionListItem = z.object({
  ...matterFields,
  ...originFields,
  ...fieldsOf(INSPECTION_COLUMNS),
  operationId: id,
  isDwelling: z.boolean(),
});
export type InspectionListItem = z.infer<typeof InspectionListItem>;

/** Something done in the course of an inspection. */
const Done = z.object({ id: z.uuid(), kind: z.string(), state: z.string(), name: z.string() });

/** A sentence of the law the officers on the scene must have before their eyes. */
const Reminder = z.object({ gate: z.string(), article: z.string(), reason: z.string() });

/** One inspection: the fields of form #9, in its order. */
export const InspectionView = InspectionListItem.pick({
  id: true,
  kind: true,
  state: true,
  subjectMatter: true,
  place: true,
  isDwelling: true,
  operationId: true,
  sourceId: true,
  caseId: true,
  partyId: true,
  partyName: true,
  operationTitle: true,
  sourceNumber: true,
  caseNumber: true,
  unitName: true,
  assignees: true,
  startedAt: true,
  endedAt: true,
  assignedUnitId: true,
  assignedUserIds: true,
  version: true,
}).extend({
  voidedAt: instant,
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
  /** Measures and samples of this inspection. */
  measures: z.array(Done),
  samples: z.array(Done),
  reminders: z.array(Reminder),
  allowedActions: z.array(AllowedAction),
});
export type InspectionView = z.infer<typeof InspectionView>;
