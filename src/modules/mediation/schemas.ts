import { z } from 'zod';
import { AllowedAction, DayText, FenAmount, InstantText, Line, Narrative } from '../../shared/schemas.ts';
import { TellWay, TipState } from '../tips/schemas.ts';

const Side = z.enum(['complainant', 'respondent']);
const Mode = z.enum(['on_site', 'remote']);
const ChosenBy = z.enum(['agreed', 'appointed']);
const TestKind = z.enum(['testing', 'appraisal']);
const UnwrittenGround = z.enum(['performed', 'waived']);
const Mediators = z.array(Line(100)).max(5);

/** POST /api/tips/:id/mediation/start: both have agreed, on which day each (Order 121 art. 18, 20). */
export const StartBody = z.strictObject({
  complainantAgreedOn: DayText.optional(),
  respondentAgreedOn: DayText.optional(),
  mode: Mode,
  /** Of a meeting on site: when, where. */
  meetAt: InstantText.optional(),
  place: Line(300).optional(),
  mediators: Mediators.min(1),
  contactPhone: Line(50).optional(),
});

/** POST /api/tips/:id/mediation/delegate: to a consumer association or another lawful mediation body (art. 19). */
export const DelegateBody = StartBody.extend({
  delegatedTo: Line(200),
  /** Who of theirs mediates, where it is known already. */
  mediators: Mediators.default([]),
});

/** POST /api/tips/:id/mediation/suspend: a party asks that a mediator stand aside (art. 21(2)). */
export const SuspendBody = z.strictObject({ askedBy: Side, mediator: Line(100), reason: Narrative(2000) });

/** POST /api/tips/:id/mediation/resume: the bureau has decided on it; who mediates from now on, where one stood aside. */
export const ResumeBody = z.strictObject({
  recused: z.boolean(),
  decision: Narrative(2000),
  mediators: Mediators.min(1).optional(),
});

/** POST /api/tips/:id/mediation/start-testing: time that is not counted (art. 22). */
export const StartTestingBody = z.strictObject({
  kind: TestKind,
  institution: Line(200),
  chosenBy: ChosenBy,
  tested: Line(500),
  costShare: Narrative(500),
  fromOn: DayText.optional(),
});

/** POST /api/tips/:id/mediation/end-testing */
export const EndTestingBody = z.strictObject({ result: Narrative(2000), toOn: DayText.optional() });

/** POST /api/tips/:id/mediation/report-clue: opens a case source, which must not say who complained (art. 27). */
export const ReportClueBody = z.strictObject({
  content: Narrative(),
  foundOn: DayText.optional(),
  handlingOpinion: Narrative(5000).optional(),
});

/** POST /api/tips/:id/mediation/settle: what was agreed; written, unless performed at once or waived (art. 24). */
export const SettleBody = z.strictObject({
  amountFen: FenAmount.max(10_000_000_000_000),
  agreement: Narrative(5000),
  isWritten: z.boolean(),
  unwrittenGround: UnwrittenGround.optional(),
  /** 调解记录, where nothing was written. */
  record: Narrative(20_000).optional(),
});

/** POST /api/tips/:id/mediation/terminate: the number of the ground in the order in force that day (art. 23). */
export const TerminateBody = z.strictObject({ ground: z.int().min(1).max(20), reasons: Narrative(5000) });

/** POST /api/tips/:id/mediation/tell */
export const TellBody = z.strictObject({
  about: z.enum(['meeting', 'mediation_end']),
  whom: z.enum(['complainant', 'respondent', 'both']),
  way: TellWay,
  toldAt: InstantText.optional(),
  content: Narrative(5000),
  failedReason: Line(500).optional(),
});

/** What may be corrected of a mediation. */
export const MediationChanges = z
  .strictObject({
    meetAt: InstantText,
    place: Line(300),
    contactPhone: Line(50),
    agreement: Narrative(5000),
    reasons: Narrative(5000),
  })
  .partial();

const Challenge = z.object({
  id: z.uuid(),
  askedBy: Side,
  mediator: z.string(),
  reason: z.string(),
  suspendedOn: z.string(),
  decidedOn: z.string().nullable(),
  recused: z.boolean().nullable(),
  decision: z.string().nullable(),
});

const Test = z.object({
  id: z.uuid(),
  kind: TestKind,
  institution: z.string(),
  chosenBy: ChosenBy,
  tested: z.string(),
  costShare: z.string(),
  fromOn: z.string(),
  toOn: z.string().nullable(),
  result: z.string().nullable(),
});

const Mediation = z.object({
  id: z.uuid(),
  startedOn: z.string().nullable(),
  complainantAgreedOn: z.string().nullable(),
  respondentAgreedOn: z.string().nullable(),
  mode: Mode.nullable(),
  meetAt: z.string().nullable(),
  place: z.string().nullable(),
  mediators: z.array(z.string()),
  contactPhone: z.string().nullable(),
  delegatedTo: z.string().nullable(),
  settledOn: z.string().nullable(),
  amountFen: z.number().nullable(),
  agreement: z.string().nullable(),
  isWritten: z.boolean().nullable(),
  unwrittenGround: UnwrittenGround.nullable(),
  record: z.string().nullable(),
  terminatedOn: z.string().nullable(),
  reasons: z.string().nullable(),
  /** The ground in words, its article, and the other routes (CPL 39). */
  termination: z
    .object({ ground: z.number(), text: z.string(), article: z.string(), otherRoutes: z.string() })
    .nullable(),
  version: z.number(),
  challenges: z.array(Challenge),
  tests: z.array(Test),
  allowedActions: z.array(AllowedAction),
});

/** GET /api/tips/:id/mediation: `version` is the tip's, for every act but the corrections. */
export const MediationView = z.object({
  tipId: z.uuid(),
  state: TipState,
  version: z.number(),
  mediation: Mediation.nullable(),
  /** The grounds in force today. */
  terminationGrounds: z.object({
    article: z.string(),
    grounds: z.array(z.object({ no: z.number(), text: z.string() })),
  }),
  allowedActions: z.array(AllowedAction),
});

export type StartInput = z.infer<typeof StartBody>;
export type DelegateInput = z.infer<typeof DelegateBody>;
export type SuspendInput = z.infer<typeof SuspendBody>;
export type ResumeInput = z.infer<typeof ResumeBody>;
export type StartTestingInput = z.infer<typeof StartTestingBody>;
export type EndTestingInput = z.infer<typeof EndTestingBody>;
export type ReportClueInput = z.infer<typeof ReportClueBody>;
export type SettleInput = z.infer<typeof SettleBody>;
export type TerminateInput = z.infer<typeof TerminateBody>;
export type TellInput = z.infer<typeof TellBody>;
export type MediationView = z.infer<typeof MediationView>;
