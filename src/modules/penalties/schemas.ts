import { z } from 'zod';
import { DayText, FenAmount, Line, Narrative, Quantity, Reason } from '../../shared/schemas.ts';

/** 裁量: no penalty, reduced below the range, lighter, normal or heavier within it. */
export const TIERS = ['exempt', 'reduced', 'lighter', 'normal', 'heavier'] as const;
export const Tier = z.enum(TIERS);

const Key = z.string().regex(/^[a-z][a-z0-9_]{1,39}$/);
const optional = <T extends z.ZodType>(type: T) => type.nullable().optional();

const violation = {
  /** Which act it is: norms broken by one act share its number. */
  actNo: z.int().min(1).max(50),
  /** 违反的条款 */
  breached: Line(300),
  /** 处罚依据: an id of GET /api/fines */
  fineRule: z.string().min(1).max(20),
  facts: Narrative(),
  actFrom: DayText,
  actTo: DayText,
  harmedLife: z.boolean(),
  valueFen: optional(FenAmount),
  valueBasis: optional(Narrative(2000)),
  incomeFen: optional(FenAmount),
  discretion: Tier,
  factors: z.array(Key).max(20),
  discretionReason: optional(Narrative(5000)),
  serious: z.array(Key).max(10),
  seriousReason: optional(Narrative(5000)),
};

/** POST /api/cases/:id/violations */
export const RecordViolationBody = z.strictObject({
  ...violation,
  actNo: violation.actNo.default(1),
  harmedLife: violation.harmedLife.default(false),
  discretion: Tier.default('normal'),
  factors: violation.factors.default([]),
  serious: violation.serious.default([]),
});

/** What of a violation may be amended. */
export const ViolationChanges = z.strictObject(violation).partial();

const sale = {
  what: Line(200),
  soldFrom: DayText,
  soldTo: DayText,
  quantity: optional(Quantity),
  unit: optional(Line(20)),
  /** 销售金额 */
  amountFen: FenAmount.min(1),
  /** Of it already paid back to the buyers. */
  refundedFen: FenAmount,
  /** By which evidence it is known. */
  evidence: Narrative(2000),
};

/** POST /api/cases/:id/sales */
export const RecordSaleBody = z.strictObject({ ...sale, refundedFen: sale.refundedFen.default(0) });

/** What of a sale may be amended. */
export const SaleChanges = z.strictObject(sale).partial();

export const DeductionKind = z.enum(['materials', 'goods', 'tax', 'other']);

const Deduction = z.strictObject({
  kind: DeductionKind,
  amountFen: FenAmount.min(1),
  evidence: Narrative(2000),
  /** The day the party proved it; without proof nothing is taken off (WFSD 6). */
  provenOn: DayText.nullable(),
  accepted: z.boolean(),
  reason: Narrative(2000),
});

export const GainsMethod = z.enum(['deducting', 'whole', 'partly', 'not_calculable', 'not_separate']);

/** POST /api/cases/:id/gains */
export const FindGainsBody = z.strictObject({
  method: GainsMethod,
  /** Where it is left out: the sum of the recorded sales. */
  receiptsFen: FenAmount.optional(),
  deductions: z.array(Deduction).max(50).default([]),
  proofDueOn: DayText.nullable().default(null),
  reason: Reason,
});

export type Tier = z.infer<typeof Tier>;
export type ViolationInput = z.infer<typeof RecordViolationBody>;
export type SaleInput = z.infer<typeof RecordSaleBody>;
export type DeductionInput = z.infer<typeof Deduction>;
export type FindGainsInput = z.infer<typeof FindGainsBody>;
