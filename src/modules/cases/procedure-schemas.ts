import { z } from 'zod';
import { DayText, Line, Narrative, Reason } from '../../shared/schemas.ts';

/** 处理决定 (CXGD 60): six kinds. */
export const DecisionKind = z.enum([
  'penalty',
  'no_penalty',
  'not_made_out',
  'other_agency',
  'judicial_organ',
  'other',
]);

/** 应当法制审核的情形 (CXGD 50(1)); that a hearing was held comes of itself. */
export const LegalGround = z.enum(['public_interest', 'complex', 'by_law']);

/** POST /api/cases/:id/conclude: 调查终结报告 (#35). */
export const ConcludeBody = z.strictObject({
  /** 案件来源、调查经过及采取行政强制措施的情况 */
  course: Narrative(),
  facts: Narrative(),
  evidence: Narrative(),
  nature: Narrative(5000),
  discretion: Narrative(5000),
  /** 处理意见及依据 */
  handling: Narrative(5000),
  suggested: DecisionKind,
  legalGrounds: z.array(LegalGround).max(3).default([]),
});

/** POST /api/cases/:id/review, /legal-review (#36) */
export const ReviewBody = z.strictObject({
  opinion: z.enum(['agree', 'correct', 'supplement']),
  comment: Narrative(5000),
});

export const LegalReviewBody = ReviewBody.extend({
  /** 初次从事法制审核: then the legal qualification is named (CXGD 51). */
  isFirstTime: z.boolean().default(false),
  qualification: Line(100).optional(),
});

/** POST /api/cases/:id/refer-to-legal */
export const ReferToLegalBody = z.strictObject({
  grounds: z.array(LegalGround).min(1).max(3),
  reason: Reason,
});

/** 中止调查的情形 (CXGD 46) */
export const PauseGround = z.enum([
  'other_ruling',
  'legal_question',
  'force_majeure',
  'party_missing',
  'other',
]);

/** POST /api/cases/:id/suspend */
export const SuspendBody = z.strictObject({ ground: PauseGround, reason: Reason });

/** POST /api/cases/:id/resume */
export const ResumeBody = z.strictObject({ reason: Reason });

/** 终止调查的情形 (CXGD 47) */
export const TerminationGround = z.enum(['person_dead', 'entity_ended', 'other']);

/** POST /api/cases/:id/terminate */
export const TerminateBody = z.strictObject({ ground: TerminationGround, reason: Reason });

/** 结案情形 (#53): eight. */
export const ClosingGround = z.enum([
  'performed',
  'court_ended',
  'terminated',
  'no_penalty',
  'not_made_out',
  'other_agency',
  'judicial_organ',
  'other',
]);

/** POST /api/cases/:id/close (#53) */
export const CloseBody = z.strictObject({
  /** 行政处罚决定的执行方式 */
  execution: z.enum(['voluntary', 'enforced', 'other']).nullable().default(null),
  /** 罚没财物处置情况 */
  goodsDisposal: Narrative(5000).optional(),
  opinion: Narrative(2000),
});

/** 保管期限 */
export const Retention = z.enum(['permanent', 'years_30', 'years_10']);

/** POST /api/cases/:id/reopen */
export const ReopenBody = z.strictObject({
  ground: z.enum(['returned', 'decision_revoked', 'decision_changed']),
  reason: Reason,
  /** The day of the paper that returns, revokes or changes. */
  on: DayText,
});

/** 案件调查终结报告 */
export const ReportView = z.object({
  id: z.uuid(),
  roundNo: z.number(),
  course: z.string(),
  facts: z.string(),
  evidence: z.string(),
  nature: z.string(),
  discretion: z.string(),
  handling: z.string(),
  suggested: DecisionKind,
  reportedOn: z.string(),
});

export const ReviewView = z.object({
  id: z.uuid(),
  stage: z.enum(['report', 'hearing']),
  kind: z.enum(['case', 'legal']),
  receivedOn: z.string(),
  returnedOn: z.string().nullable(),
  reviewer: z.string().nullable(),
  opinion: z.string().nullable(),
  comment: z.string().nullable(),
  qualification: z.string().nullable(),
});

export const PauseView = z.object({
  ground: PauseGround,
  reason: z.string(),
  fromOn: z.string(),
  toOn: z.string().nullable(),
  resumeReason: z.string().nullable(),
});

/** What the procedure has brought so far; the penalty track has its own view. */
export const ProcedureView = z.object({
  legalGrounds: z.array(z.string()),
  reports: z.array(ReportView),
  reviews: z.array(ReviewView),
  pauses: z.array(PauseView),
  decisionKind: DecisionKind.nullable(),
  decidedOn: z.string().nullable(),
  closingGround: ClosingGround.nullable(),
  closingOn: z.string().nullable(),
  closedOn: z.string().nullable(),
  archivedOn: z.string().nullable(),
  archiveNumber: z.string().nullable(),
  retention: Retention.nullable(),
});

export type DecisionKind = z.infer<typeof DecisionKind>;
export type ConcludeInput = z.infer<typeof ConcludeBody>;
export type ReviewInput = z.infer<typeof ReviewBody>;
export type LegalReviewInput = z.infer<typeof LegalReviewBody>;
export type ReferToLegalInput = z.infer<typeof ReferToLegalBody>;
export type SuspendInput = z.infer<typeof SuspendBody>;
export type TerminateInput = z.infer<typeof TerminateBody>;
export type ClosingGround = z.infer<typeof ClosingGround>;
export type CloseInput = z.infer<typeof CloseBody>;
export type ReopenInput = z.infer<typeof ReopenBody>;
export type ProcedureView = z.infer<typeof ProcedureView>;
