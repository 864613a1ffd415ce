import { z } from 'zod';
import { DecisionKind } from '../cases/schemas.ts';
import { DayText, FenAmount, Line, MoneyView, Narrative, Reason } from '../../shared/schemas.ts';
import { ServeBody, ServiceView } from '../services/schemas.ts';

/** 处罚种类 besides money (APL 9). */
export const OtherPenalty = z.enum([
  'warning',
  'criticism',
  'suspend_licence',
  'downgrade',
  'revoke_licence',
  'revoke_business',
  'restrict_business',
  'stop_business',
  'close',
  'ban',
]);

/** The fine of one act, named by the violation that fines it. */
const FineLine = z.strictObject({
  violationId: z.uuid(),
  fineFen: FenAmount,
  /** Why it lies outside of the band of its tier. */
  reason: Narrative(2000).optional(),
});

const OtherLine = z.strictObject({ kind: OtherPenalty, text: Line(300) });

const common = {
  facts: Narrative(),
  evidence: Narrative(),
  basis: Narrative(5000),
  /** 自由裁量的事实和理由 */
  reasons: Narrative(5000),
  /** 重新告知: what has changed since the notice before. */
  changed: z
    .array(z.enum(['facts', 'basis', 'penalty']))
    .max(3)
    .default([]),
  changeReason: Narrative(2000).optional(),
};

const PenaltyBody = z.strictObject({
  ...common,
  kind: z.literal('penalty'),
  fines: z.array(FineLine).max(50).default([]),
  /** The laboratory reports it rests on (K24): asked for where there are any, though it be none of them. */
  reportIds: z.array(z.uuid()).max(50).optional(),
  gainsFen: FenAmount.default(0),
  /** 没收的非法财物 and its value. */
  goodsText: Narrative(2000).optional(),
  goodsFen: FenAmount.default(0),
  others: z.array(OtherLine).max(10).default([]),
  /** 责令改正 goes with every penalty (K29). */
  orderToCorrect: Narrative(2000).optional(),
  /** 列入严重违法失信名单 (K11) */
  isListed: z.boolean().default(false),
  listingConsent: Line(300).optional(),
  /** A court has fined the act already (K26). */
  afterCriminalFine: z.boolean().default(false),
});

const OtherBody = z.strictObject({
  ...common,
  kind: DecisionKind.exclude(['penalty']),
  /** 教育的内容 (CXGD 61): with every decision not to punish. */
  education: Narrative(2000).optional(),
  /** 移送的行政管理部门 */
  otherAgency: Line(200).optional(),
});

/** POST /api/cases/:id/proposals: the decision proposed to the head (CXGD 56), and every renewed one. */
export const ProposeBody = z.discriminatedUnion('kind', [PenaltyBody, OtherBody]);

/** POST /api/cases/:id/take-up-again */
export const TakeUpAgainBody = z.strictObject({ reason: Reason });

/** POST /api/cases/:id/statements (#38) */
export const DefendBody = z.strictObject({
  receivedOn: DayText,
  byWhom: Line(100),
  /** 委托代理人的权限 */
  authority: Line(300).optional(),
  place: Line(300).optional(),
  content: Narrative(),
});

/** POST /api/cases/:id/waive: the party says that it does without. */
export const WaiveBody = DefendBody.omit({ place: true });

/** POST /api/statements/:id/recheck (CXGD 58) */
export const RecheckBody = z.strictObject({
  adopted: z.enum(['all', 'part', 'none']),
  recheck: Narrative(5000),
});

/** POST /api/cases/:id/discussions (#42) */
export const DiscussBody = z.strictObject({
  about: z.enum(['penalty', 'extension']),
  heldOn: DayText,
  place: Line(200),
  chair: Line(50),
  recorder: Line(50),
  attendees: z
    .array(
      z.strictObject({
        userId: z.uuid().optional(),
        name: Line(50),
        post: Line(100),
        opinion: Narrative(5000),
      }),
    )
    .min(1)
    .max(30),
  observers: Line(500).optional(),
  record: Narrative(),
  conclusion: Narrative(5000),
});

/** POST /api/cases/:id/decide (#43): as the notice told it, or lighter. */
export const DecideBody = z.strictObject({
  /** Lower fines than the notice told, by violation. */
  fines: z.array(FineLine).max(50).optional(),
  gainsFen: FenAmount.optional(),
  /** 陈述、申辩、听证意见的采纳情况及理由 */
  treatment: Narrative(5000),
  /** 履行方式和期限 */
  performance: Narrative(2000),
  number: Line(60).optional(),
});

/** POST /api/cases/:id/decision/serve */
export const ServeDecisionBody = ServeBody.extend({
  /** 处罚信息将向社会公示: told in writing (K12). */
  toldOfPublicity: z.boolean().default(false),
});

/** POST /api/cases/:id/submit-to-city (K9) */
export const SubmitToCityBody = z.strictObject({ submittedTo: Line(200), reason: Reason });

/** POST /api/cases/:id/city-answer */
export const CityAnswerBody = z.discriminatedUnion('outcome', [
  z.strictObject({ outcome: z.literal('sent_back'), answeredOn: DayText, answer: Narrative(5000) }),
  DecideBody.extend({
    outcome: z.literal('decided'),
    answeredOn: DayText,
    answer: Narrative(5000),
    decider: Line(200),
  }),
]);

const FineView = z.object({
  violationId: z.string(),
  actNo: z.number(),
  fine: MoneyView,
  reason: z.string().nullable(),
});
const OtherView = z.object({ kind: z.string(), text: z.string() });

const money = {
  fines: z.array(FineView),
  fine: MoneyView,
  gains: MoneyView,
  goods: MoneyView,
  goodsText: z.string().nullable(),
  others: z.array(OtherView),
  orderToCorrect: z.string().nullable(),
  education: z.string().nullable(),
  otherAgency: z.string().nullable(),
  isListed: z.boolean(),
};

/** A proposal with its notice. */
export const ProposalView = z.object({
  id: z.uuid(),
  no: z.number(),
  state: z.enum(['proposed', 'approved', 'refused', 'withdrawn', 'replaced']),
  kind: DecisionKind,
  facts: z.string(),
  evidence: z.string(),
  basis: z.string(),
  reasons: z.string(),
  ...money,
  reportIds: z.array(z.uuid()),
  hearingGrounds: z.array(z.string()),
  needsCity: z.boolean(),
  changed: z.array(z.string()),
  changeReason: z.string().nullable(),
  approvalId: z.uuid().nullable(),
  approvedOn: z.string().nullable(),
  noticeNumber: z.string().nullable(),
  servedOn: z.string().nullable(),
  /** The last day to answer or ask for a hearing (P06). */
  windowEndsOn: z.string().nullable(),
  services: z.array(ServiceView),
});

export const StatementView = z.object({
  id: z.uuid(),
  proposalId: z.uuid(),
  kind: z.enum(['statement', 'waiver']),
  receivedOn: z.string(),
  byWhom: z.string(),
  authority: z.string().nullable(),
  content: z.string(),
  isLate: z.boolean(),
  adopted: z.string().nullable(),
  recheck: z.string().nullable(),
  recheckedOn: z.string().nullable(),
});

export const DiscussionView = z.object({
  id: z.uuid(),
  about: z.string(),
  heldOn: z.string(),
  place: z.string(),
  chair: z.string(),
  recorder: z.string(),
  attendees: z.array(z.object({ name: z.string(), post: z.string(), opinion: z.string() })),
  observers: z.string().nullable(),
  record: z.string(),
  conclusion: z.string(),
});

export const SubmissionView = z.object({
  submittedTo: z.string(),
  submittedOn: z.string(),
  reason: z.string(),
  outcome: z.string().nullable(),
  answeredOn: z.string().nullable(),
  answer: z.string().nullable(),
});

export const DecisionView = z.object({
  id: z.uuid(),
  kind: DecisionKind,
  state: z.enum(['standing', 'changed', 'revoked']),
  decidedBy: z.enum(['bureau', 'city']),
  decider: z.string().nullable(),
  decidedOn: z.string(),
  number: z.string().nullable(),
  ...money,
  treatment: z.string().nullable(),
  performance: z.string().nullable(),
  servedOn: z.string().nullable(),
  toldOfPublicity: z.boolean().nullable(),
  payBy: z.string().nullable(),
  services: z.array(ServiceView),
});

export type ProposeInput = z.infer<typeof ProposeBody>;
export type PenaltyInput = z.infer<typeof PenaltyBody>;
export type OtherInput = z.infer<typeof OtherBody>;
export type FineInput = z.infer<typeof FineLine>;
export type DefendInput = z.infer<typeof DefendBody>;
export type WaiveInput = z.infer<typeof WaiveBody>;
export type RecheckInput = z.infer<typeof RecheckBody>;
export type DiscussInput = z.infer<typeof DiscussBody>;
export type DecideInput = z.infer<typeof DecideBody>;
export type SubmitToCityInput = z.infer<typeof SubmitToCityBody>;
export type CityAnswerInput = z.infer<typeof CityAnswerBody>;
export type ProposalView = z.infer<typeof ProposalView>;
export type StatementView = z.infer<typeof StatementView>;
export type DiscussionView = z.infer<typeof DiscussionView>;
export type SubmissionView = z.infer<typeof SubmissionView>;
export type DecisionView = z.infer<typeof DecisionView>;
export type ServeDecisionInput = z.infer<typeof ServeDecisionBody>;
export type TakeUpAgainInput = z.infer<typeof TakeUpAgainBody>;
