import { z } from 'zod';
import { AllowedAction, MoneyView } from '../../shared/schemas.ts';
import { ClockView } from '../deadlines/schemas.ts';
import { Mark } from '../fines/schemas.ts';
import { LaboratoryReportNote } from '../sources/schemas.ts';
import {
  DecisionView,
  DiscussionView,
  ProposalView,
  StatementView,
  SubmissionView,
} from './proposal-schemas.ts';
import { GainsMethod, Tier } from './schemas.ts';

const RangeView = z.object({ min: MoneyView, max: MoneyView });

/** What one version of an article says of the fine. */
const LawView = z.object({
  on: z.string(),
  validFrom: z.string(),
  range: RangeView.nullable(),
  arithmetic: z.array(z.string()),
});

const Ground = z.object({ key: z.string(), text: z.string(), article: z.string() });

/** One breached norm of one act, with both laws and the one that applies (APL 37). */
export const ViolationView = z.object({
  id: z.uuid(),
  actNo: z.number(),
  breached: z.string(),
  fineRule: z.string(),
  article: z.string(),
  act: z.string(),
  facts: z.string(),
  actFrom: z.string(),
  actTo: z.string(),
  harmedLife: z.boolean(),
  value: MoneyView,
  valueBasis: z.string().nullable(),
  incomeFen: z.number().nullable(),
  discretion: z.object({
    tier: Tier,
    name: z.string(),
    factors: z.array(Ground),
    reason: z.string().nullable(),
  }),
  serious: z.object({
    circumstances: z.array(Ground),
    reason: z.string().nullable(),
    /** What it opens besides the heavier fine. */
    consequence: z.string().nullable(),
  }),
  laws: z.object({
    atAct: LawView.nullable(),
    atDecision: LawView.nullable(),
    applied: z.enum(['act', 'decision']),
    differ: z.boolean(),
    article: z.string(),
  }),
  onlyIf: z.string().nullable(),
  confiscate: z.string().nullable(),
  /** 追诉时效 */
  limitation: z.object({ years: z.number(), endsOn: z.string(), foundOn: z.string(), isOver: z.boolean() }),
  version: z.number(),
});

/** One act: fined once, by the article that fines it highest (APL 29). */
export const ActView = z.object({
  actNo: z.number(),
  violationIds: z.array(z.uuid()),
  chosenId: z.uuid(),
  article: z.string(),
  range: RangeView.nullable(),
  band: RangeView.nullable(),
  tier: Tier,
});

export const SaleView = z.object({
  id: z.uuid(),
  what: z.string(),
  soldFrom: z.string(),
  soldTo: z.string(),
  quantity: z.string().nullable(),
  unit: z.string().nullable(),
  amount: MoneyView,
  refunded: MoneyView,
  evidence: z.string(),
  version: z.number(),
});

export const GainsView = z.object({
  id: z.uuid(),
  state: z.enum(['standing', 'waiting']),
  method: GainsMethod,
  article: z.string(),
  foundOn: z.string(),
  receipts: MoneyView,
  deductions: z.array(
    z.object({
      kind: z.string(),
      amountFen: z.number(),
      evidence: z.string(),
      provenOn: z.string().nullable(),
      accepted: z.boolean(),
      reason: z.string(),
    }),
  ),
  proofDueOn: z.string().nullable(),
  gains: MoneyView,
  refunded: MoneyView,
  forfeit: MoneyView,
  arithmetic: z.array(z.string()),
  reason: z.string(),
  approvalId: z.uuid().nullable(),
});

/** GET /api/cases/:id/penalty: what the case is punished for and how far, with every sum; it decides nothing. */
export const PenaltyView = z.object({
  caseId: z.uuid(),
  state: z.string(),
  party: z.object({ id: z.uuid(), name: z.string(), kind: z.string() }).nullable(),
  value: z.object({
    unsold: MoneyView,
    sold: MoneyView,
    total: MoneyView,
    unpriced: z.number(),
    article: z.string(),
  }),
  sales: z.array(SaleView),
  gains: GainsView.nullable(),
  violations: z.array(ViolationView),
  acts: z.array(ActView),
  /** All acts together: the range of the law, and what discretion leaves of it. */
  total: z.object({ range: RangeView, band: RangeView }),
  bands: z.object({ lighterTo: z.string(), heavierFrom: z.string(), article: z.string() }),
  /** K7, K9, FSLR 67 and the filing standards, each as it is reached. */
  marks: z.array(Mark),
  /** Penalties of the same party in the year before: three lead to a stop or a revocation (FSL 134). */
  earlierPenalties: z.number(),
  note: z.string(),
  /** What laboratories reported in the matter, and which of it carries no decision (K24). */
  laboratoryReports: z.array(LaboratoryReportNote),
  proposals: z.array(ProposalView),
  statements: z.array(StatementView),
  discussions: z.array(DiscussionView),
  submissions: z.array(SubmissionView),
  decisions: z.array(DecisionView),
  clocks: z.array(ClockView),
  allowedActions: z.array(AllowedAction),
});

export type ViolationView = z.infer<typeof ViolationView>;
export type ActView = z.infer<typeof ActView>;
export type SaleView = z.infer<typeof SaleView>;
export type GainsView = z.infer<typeof GainsView>;
export type PenaltyView = z.infer<typeof PenaltyView>;

/** GET /api/discretion-factors */
export const FactorList = z.object({
  tiers: z.array(z.object({ tier: Tier, name: z.string() })),
  factors: z.array(Ground.extend({ tiers: z.array(Tier), must: z.boolean() })),
  serious: z.array(Ground),
});

export type FactorList = z.infer<typeof FactorList>;
