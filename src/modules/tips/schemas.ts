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
import { AllowedAction, DayText, FenAmount, InstantText, Line, Narrative } from '../../shared/schemas.ts';
import { ClockView } from '../deadlines/schemas.ts';
import { PartyRef } from '../parties/schemas.ts';
import { IdentityRequestView, TellWay } from './act-schemas.ts';
import { LinkBody } from './desk-schemas.ts';
import { ReporterInput } from './reporter-schemas.ts';

export * from './act-schemas.ts';
export * from './desk-schemas.ts';
export * from './reporter-schemas.ts';

/** 投诉 wants redress, 举报 wants enforcement, 咨询 an answer. */
export const TipKind = z.enum(['complaint', 'report', 'enquiry']);

export const TipState = z.enum([
  'received',
  'awaiting_identity',
  'accepted',
  'refused',
  'withdrawn',
  'forwarded',
  'mediating',
  'suspended',
  'settled',
  'terminated',
  'verifying',
  'case_opened',
  'not_filed',
  'handed_over',
  'answered',
]);

const optional = <T extends z.ZodType>(type: T) => type.nullable().optional();

/** A key of one of the lists in `data/intake.json`. */
const Key = z.string().regex(/^[a-z0-9_]{1,40}$/);

/** 被投诉人、被举报人: as told; `party` where the officer knows or enters who it is. */
export const RespondentInput = z.strictObject({
  name: Line(200),
  address: optional(Line(300)),
  phone: optional(Line(50)),
  party: PartyRef.optional(),
});

/** The number another system gave the same matter. */
export const OutsideNumberInput = z.strictObject({
  system: Key,
  number: Line(100),
  theirState: optional(Line(100)),
  answeredOn: optional(DayText),
});

// A hundred thousand million yuan: above any dispute.
const Amount = FenAmount.max(10_000_000_000_000);

const fields = {
  narrative: Narrative(),
  /** 投诉请求 */
  demand: optional(Narrative(5000)),
  category: optional(Key),
  productName: optional(Line(200)),
  brand: optional(Line(100)),
  batchNo: optional(Line(100)),
  boughtOn: optional(DayText),
  boughtAt: optional(Line(300)),
  platform: optional(Line(200)),
  orderNo: optional(Line(100)),
  amountFen: optional(Amount),
  /** 是否同意公示投诉信息 */
  consentPublish: optional(z.boolean()),
  /** 是否同意委托调解 */
  consentDelegate: optional(z.boolean()),
};

/** POST /api/tips */
export const RegisterTipBody = z.strictObject({
  kind: TipKind,
  channel: Key,
  /** When the intake desk got it; now, where it is left out. */
  receivedAt: InstantText.optional(),
  /** The day the bureau with handling power got it: the clock runs from here; the day received, where left out. */
  competentOn: DayText.optional(),
  outsideNumbers: z.array(OutsideNumberInput).max(10).default([]),
  reporter: ReporterInput.optional(),
  respondent: RespondentInput,
  /** Tips it repeats, belongs to, or only looks like. */
  links: z.array(LinkBody).max(20).default([]),
  ...fields,
});

/** What may be amended; the reporter's own data has its own way (POST …/reporter). */
export const TipChanges = z
  .strictObject({
    ...fields,
    channel: Key,
    receivedAt: InstantText,
    competentOn: DayText,
    respondentName: Line(200),
    respondentAddress: optional(Line(300)),
    respondentPhone: optional(Line(50)),
  })
  .partial();

/** POST /api/tips/:id/split: the second tip of a letter that is both (art. 9). */
export const SplitBody = z.strictObject({
  /** What of the letter belongs to the second tip; the whole, where left out. */
  narrative: Narrative().optional(),
  demand: Narrative(5000).optional(),
  category: Key.optional(),
  amountFen: Amount.optional(),
});

/** POST /api/tips/:id/open-source: what is passed on must not say who reported. */
export const OpenSourceBody = z.strictObject({
  content: Narrative().optional(),
  handlingOpinion: Narrative(5000).optional(),
});

/** POST /api/tips/:id/outside-numbers/:numberId: their state, and the day it was answered there. */
export const OutsideNumberChanges = z.strictObject({
  theirState: optional(Line(100)),
  answeredOn: optional(DayText),
});

/** POST /api/tips/:id/told */
export const TellReporterBody = z.strictObject({
  about: z.enum(['acceptance', 'refusal', 'filing_decision', 'result', 'answer', 'hand_over', 'other']),
  way: TellWay,
  toldAt: InstantText.optional(),
  content: Narrative(5000),
  /** Where it did not arrive: then the duty is not met. */
  failedReason: Line(500).optional(),
});

/** GET /api/tips; `q` is part of the number, the respondent, the product; for who may know who reported, of the narrative too. */
export const TipFilter = z.strictObject({
  ...clockWords,
  kind: several(TipKind).optional(),
  state: several(TipState).optional(),
  channel: several(Key).optional(),
  category: several(Key).optional(),
  /** A number another system gave it. */
  outsideNumber: z.string().trim().min(1).max(100).optional(),
});

const OutsideNumberView = z.object({
  id: z.uuid(),
  system: z.string(),
  number: z.string(),
  theirState: z.string().nullable(),
  answeredOn: z.string().nullable(),
});

const OutsideNumbers = z.array(z.object({ system: z.string(), number: z.string() }));

/** The columns an officer knows from 12315. */
export const TIP_COLUMNS = {
  number: column.name,
  kind: column.choice(TipKind, 'word.tipKind'),
  state: column.choice(TipState, 'state.tip'),
  receivedAt: column.at,
  channel: column.choice(z.string(), 'list.channel'),
  /** As told; `partyName`: as identified. */
  respondentName: column.name,
  partyName: column.text,
  productName: column.text,
  category: column.choice(z.string().nullable(), 'list.category'),
  amountFen: column.fen,
  outsideNumbers: column.named(OutsideNumbers),
  /** The beginning of the narrative. */
  summary: column.name,
  competentOn: column.on,
  ...assigneeColumns,
  ...dueColumns,
  ...timeColumns,
} as const;

export const TipRow = z.object({ ...matterFields, ...fieldsOf(TIP_COLUMNS) });

const LinkSeen = z.enum(['repeat', 'repeated_by', 'new_facts', 'supplemented_by', 'related', 'different']);

const LinkedTip = z.object({ id: z.uuid(), number: z.string(), kind: TipKind, state: TipState });

/** A refusal as the complainant must be told it. */
const Refusal = z.object({
  ground: z.number(),
  text: z.string(),
  article: z.string(),
  reasons: z.string(),
  /** CPL 39 */
  otherRoutes: z.string(),
});

/** A tip. Of the reporter it says only whether there is one: who it is, see GET …/reporter. */
export const TipView = TipRow.pick({
  id: true,
  number: true,
  kind: true,
  state: true,
  channel: true,
  receivedAt: true,
  competentOn: true,
  respondentName: true,
  partyId: true,
  productName: true,
  category: true,
  amountFen: true,
  assignedUnitId: true,
  assignedUserIds: true,
}).extend({
  respondentAddress: z.string().nullable(),
  respondentPhone: z.string().nullable(),
  narrative: z.string(),
  demand: z.string().nullable(),
  brand: z.string().nullable(),
  batchNo: z.string().nullable(),
  boughtOn: z.string().nullable(),
  boughtAt: z.string().nullable(),
  platform: z.string().nullable(),
  orderNo: z.string().nullable(),
  consentPublish: z.boolean().nullable(),
  consentDelegate: z.boolean().nullable(),
  reporter: z.enum(['none', 'anonymous', 'named']),
  refusal: Refusal.nullable(),
  identityRequests: z.array(IdentityRequestView),
  /** 分送 to whom, with the day by which it is to say what came of it; why it ended here. */
  forwardedTo: z.string().nullable(),
  reportBy: z.string().nullable(),
  endReason: z.string().nullable(),
  decidedOn: z.string().nullable(),
  outsideNumbers: z.array(OutsideNumberView),
  splitFrom: LinkedTip.nullable(),
  splitInto: LinkedTip.nullable(),
  links: z.array(LinkedTip.extend({ relation: LinkSeen })),
  sources: z.array(z.object({ id: z.uuid(), number: z.string(), state: z.string() })),
  told: z.array(
    z.object({
      id: z.uuid(),
      about: z.string(),
      whom: z.string(),
      way: z.string(),
      toldAt: z.string(),
      arrived: z.boolean(),
    }),
  ),
  voidedAt: z.string().nullable(),
  voidReason: z.string().nullable(),
  createdBy: z.string(),
  createdAt: z.string(),
  version: z.number(),
  clocks: z.array(ClockView),
  allowedActions: z.array(AllowedAction),
});

export const TipPage = pageOf(TipRow);

export type TipKind = z.infer<typeof TipKind>;
export type TipState = z.infer<typeof TipState>;
export type OutsideNumberInput = z.infer<typeof OutsideNumberInput>;
export type RegisterTipInput = z.infer<typeof RegisterTipBody>;
export type SplitInput = z.infer<typeof SplitBody>;
export type OpenSourceInput = z.infer<typeof OpenSourceBody>;
export type OutsideNumberChanges = z.infer<typeof OutsideNumberChanges>;
export type TellReporterInput = z.infer<typeof TellReporterBody>;
export type TipQuery = z.infer<typeof TipFilter>;
export type TipRow = z.infer<typeof TipRow>;
export type TipView = z.infer<typeof TipView>;
