import { z } from 'zod';
import {
  AllowedAction,
  DayText,
  FenAmount,
  Line,
  MoneyView,
  Narrative,
  Reason,
} from '../../shared/schemas.ts';
import { ClockView } from '../deadlines/schemas.ts';
import { ServiceView } from '../services/schemas.ts';

/** 罚款、没收违法所得、加处罚款 */
export const Purpose = z.enum(['fine', 'gains', 'surcharge']);
/** 缴款方式 (CXGD 72) */
export const PaymentWay = z.enum(['bank', 'electronic', 'on_the_spot', 'auction', 'court']);

const SomeFen = FenAmount.min(1);

/** POST /api/cases/:id/payments */
export const RecordPaymentBody = z.strictObject({
  paidOn: DayText,
  amountFen: SomeFen,
  purpose: Purpose,
  way: PaymentWay,
  /** 票据号 */
  receipt: Line(60),
});

/** POST /api/cases/:id/payments/:paymentId/void */
export const VoidPaymentBody = z.strictObject({ reason: Reason });

/** POST /api/cases/:id/payment-plans (#47): one line is a deferral, several are instalments. */
export const PlanPaymentBody = z.strictObject({
  appliedOn: DayText,
  reason: Reason,
  instalments: z
    .array(z.strictObject({ dueOn: DayText, amountFen: SomeFen }))
    .min(1)
    .max(60),
});

/** POST /api/cases/:id/payment-plans/told */
export const TellPlanBody = z.strictObject({ toldOn: DayText });

/** POST /api/cases/:id/surcharge/stop: the party has asked for reconsideration, or sues. */
export const StopSurchargeBody = z.strictObject({
  ground: z.enum(['reconsideration', 'suit']),
  body: Line(200),
  number: Line(60).optional(),
  fromOn: DayText,
});

/** POST /api/cases/:id/surcharge/resume: the last day of it. */
export const ResumeSurchargeBody = z.strictObject({ toOn: DayText });

/** POST /api/cases/:id/surcharge/remit (ACL 42) */
export const RemitSurchargeBody = z.strictObject({ amountFen: SomeFen, reason: Reason });

/** POST /api/cases/:id/demands (#48) */
export const MakeDemandBody = z.strictObject({
  /** 应当履行的义务、期限和方式 */
  duties: Narrative(5000),
  number: Line(60).optional(),
});

/** POST /api/cases/:id/demands/answer (ACL 36) */
export const AnswerDemandBody = z.strictObject({ answer: Narrative(5000) });

/** POST /api/cases/:id/court-application (#49) */
export const ApplyToCourtBody = z.strictObject({
  court: Line(200),
  requests: Narrative(5000),
  /** 行政机关负责人 (ACL 55(2)) */
  signedBy: Line(50),
});

/** POST /api/cases/:id/court-answer */
export const CourtAnswerBody = z.strictObject({
  outcome: z.enum(['accepted', 'refused', 'enforced', 'ended']),
  answeredOn: DayText,
  /** 裁定文书及其内容 */
  ruling: Narrative(2000),
});

/** POST /api/cases/:id/payments/finish: everything the decision says is done. */
export const FinishPaymentBody = z.strictObject({ performedOn: DayText });

const day = z.string().nullable();

/** One of the three sums. */
const SumView = z.object({ purpose: Purpose, owed: MoneyView, paid: MoneyView, open: MoneyView });

export const SurchargeView = z.object({
  asOf: z.string(),
  article: z.string(),
  runs: z.array(
    z.object({ from: z.string(), to: z.string(), days: z.number(), base: MoneyView, amount: MoneyView }),
  ),
  /** Before the cap. */
  sum: MoneyView,
  isCapped: z.boolean(),
  remitted: MoneyView,
  arithmetic: z.array(z.string()),
});

/** GET /api/cases/:id/payments: what is owed, what came in, and what is done where it does not. */
export const PaymentsView = z.object({
  caseId: z.uuid(),
  state: z.string(),
  decision: z.object({ id: z.uuid(), number: day, payBy: day }).nullable(),
  dues: z.array(z.object({ dueOn: z.string(), amount: MoneyView })),
  sums: z.array(SumView),
  surcharge: SurchargeView.nullable(),
  payments: z.array(
    z.object({
      id: z.uuid(),
      paidOn: z.string(),
      amount: MoneyView,
      purpose: Purpose,
      way: PaymentWay,
      receipt: z.string(),
      voidReason: day,
    }),
  ),
  plans: z.array(
    z.object({
      id: z.uuid(),
      state: z.enum(['proposed', 'approved', 'refused', 'replaced']),
      appliedOn: z.string(),
      reason: z.string(),
      instalments: z.array(z.object({ dueOn: z.string(), amount: MoneyView })),
      approvalId: z.uuid().nullable(),
      toldOn: day,
    }),
  ),
  stops: z.array(
    z.object({ ground: z.string(), body: z.string(), number: day, fromOn: z.string(), toOn: day }),
  ),
  demands: z.array(
    z.object({
      id: z.uuid(),
      madeOn: z.string(),
      duties: z.string(),
      number: day,
      servedOn: day,
      answer: day,
      services: z.array(ServiceView),
    }),
  ),
  applications: z.array(
    z.object({
      id: z.uuid(),
      state: z.enum(['applied', 'accepted', 'refused', 'enforced', 'ended']),
      appliedOn: z.string(),
      court: z.string(),
      requests: z.string(),
      signedBy: z.string(),
      surcharge: MoneyView,
      answeredOn: day,
      ruling: day,
    }),
  ),
  clocks: z.array(ClockView),
  allowedActions: z.array(AllowedAction),
});

export type Purpose = z.infer<typeof Purpose>;
export type RecordPaymentInput = z.infer<typeof RecordPaymentBody>;
export type PlanPaymentInput = z.infer<typeof PlanPaymentBody>;
export type StopSurchargeInput = z.infer<typeof StopSurchargeBody>;
export type RemitSurchargeInput = z.infer<typeof RemitSurchargeBody>;
export type MakeDemandInput = z.infer<typeof MakeDemandBody>;
export type ApplyToCourtInput = z.infer<typeof ApplyToCourtBody>;
export type CourtAnswerInput = z.infer<typeof CourtAnswerBody>;
export type PaymentsView = z.infer<typeof PaymentsView>;
