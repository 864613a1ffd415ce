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
import { AllowedAction, DayText, InstantText, Line, Narrative, Reason } from '../../shared/schemas.ts';
import { InspectionState, OfficerIds, PersonView, PolicePerson } from './people-schemas.ts';

const text = z.string().nullable();

/** The states of a joint operation. */
export const OperationState = z.enum(['planned', 'under_way', 'ended', 'called_off']);
export type OperationState = z.infer<typeof OperationState>;

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
  ...clockWords,
  ...originWords,
  state: several(OperationState).optional(),
});
export type OperationQuery = z.infer<typeof OperationFilter>;

export const OPERATION_COLUMNS = {
  title: column.name,
  state: column.choice(OperationState, 'state.operation'),
  partner: column.name,
  partyName: column.text,
  plannedOn: column.on,
  ...originColumns,
  startedAt: column.instant,
  endedAt: column.instant,
  ...assigneeColumns,
  ...dueColumns,
  ...timeColumns,
} as const;

/** A joint operation in a list. */
export const OperationListItem = z.object({
  ...matterFields,
  ...originFields,
  ...fieldsOf(OPERATION_COLUMNS),
});
export type OperationListItem = z.infer<typeof OperationListItem>;

const LogEntry = z.object({
  id: z.uuid(),
  at: InstantText,
  side: Side,
  entry: z.string(),
  actorId: z.string(),
  actorName: text,
});

/** A joint operation with its people of both sides, its log and its inspections. */
export const OperationView = OperationListItem.pick({
  id: true,
  title: true,
  state: true,
  partner: true,
  plannedOn: true,
  sourceId: true,
  caseId: true,
  partyName: true,
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
  voidedAt: InstantText.nullable(),
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
