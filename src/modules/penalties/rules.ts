import type { Day } from '../../shared/clock.ts';
import { addMonths } from '../../shared/clock.ts';
import { conflict, type FieldError, unprocessable } from '../../shared/errors.ts';
import type { CaseState } from '../cases/schemas.ts';
import { findFine, versionOn } from '../fines/index.ts';
import type { GainsMethod } from './assess.ts';

// While others judge the file it does not change under their eyes, and a decision is not rewritten.
const FACTS_OPEN: readonly CaseState[] = [
  'investigating',
  'proposed_decision',
  'notified',
  'heard',
  'rechecked',
];

/** 409 `penalty.facts_closed` where the facts of a case may not be entered now (under review, suspended, decided). */
export function requireFactsOpen({ state }: { state: CaseState }): void {
  if (!FACTS_OPEN.includes(state)) throw conflict('penalty.facts_closed', { state });
}

/** What of a violation the rules look at. */
export type ViolationFacts = {
  fineRule: string;
  actFrom: Day;
  actTo: Day;
  valueFen?: number | null | undefined;
  valueBasis?: string | null | undefined;
};

/**
 * A violation names an article that was in force when the act ended, days in their order and not to come, and a basis
 * where it has a value of its own. 422 `violation.wrong`, each field named.
 */
export function checkViolation(facts: ViolationFacts, today: Day): void {
  const errors: FieldError[] = [];
  const fine = findFine(facts.fineRule);
  if (!fine) errors.push({ field: 'fineRule', code: 'violation.unknown_fine' });
  if (fine && !versionOn(fine, facts.actTo))
    errors.push({ field: 'fineRule', code: 'violation.fine_not_in_force' });
  if (facts.actTo < facts.actFrom) errors.push({ field: 'actTo', code: 'violation.days_reversed' });
  if (facts.actTo > today) errors.push({ field: 'actTo', code: 'field.future' });
  const hasValue = facts.valueFen !== null && facts.valueFen !== undefined;
  if (hasValue !== Boolean(facts.valueBasis))
    errors.push({ field: 'valueBasis', code: 'violation.value_basis' });
  if (errors.length > 0) throw unprocessable('violation.wrong', {}, errors);
}

/** What of a sale the rules look at. */
export type SaleFacts = { soldFrom: Day; soldTo: Day; amountFen: number; refundedFen: number };

/** 422 `sale.wrong` for days out of order or to come, or more paid back than was taken. */
export function checkSale({ soldFrom, soldTo, amountFen, refundedFen }: SaleFacts, today: Day): void {
  const errors: FieldError[] = [];
  if (soldTo < soldFrom) errors.push({ field: 'soldTo', code: 'violation.days_reversed' });
  if (soldTo > today) errors.push({ field: 'soldTo', code: 'field.future' });
  if (refundedFen > amountFen) errors.push({ field: 'refundedFen', code: 'sale.refund_too_large' });
  if (errors.length > 0) throw unprocessable('sale.wrong', {}, errors);
}

/** Order 118 is in force from this day. */
export const WFSD_FROM: Day = '2026-03-20';

const WFSD = '《市场监督管理行政处罚案件违法所得认定办法》';
const GAINS = {
  deducting: `${WFSD}第五条、第六条、第十条`,
  proof: `${WFSD}第六条`,
  notCalculable: `${WFSD}第十四条`,
  before: '《行政处罚法》第二十八条第二款',
};

/** The article each way of counting rests on. */
export const GAINS_ARTICLES: Record<GainsMethod, string> = {
  deducting: GAINS.deducting,
  whole: `${WFSD}第九条`,
  partly: GAINS.notCalculable,
  not_calculable: GAINS.notCalculable,
  not_separate: `${WFSD}第十三条`,
};

/** What the party wants taken off, as an officer has judged it. */
export type ClaimedDeduction = { provenOn: Day | null; accepted: boolean };

/**
 * The ways of counting of Order 118 are open from 2026-03-20; before that the receipts are the gains (APL 28). A cost is
 * taken off only where the party proved it, in the time it was given. 422 `gains.not_in_force`, `gains.not_proven`.
 */
export function checkGains(
  method: GainsMethod,
  { deductions, proofDueOn }: { deductions: readonly ClaimedDeduction[]; proofDueOn: Day | null },
  today: Day,
): void {
  const hasAccepted = deductions.some(({ accepted }) => accepted);
  if (today < WFSD_FROM && (method !== 'whole' || deductions.length > 0)) {
    throw unprocessable('gains.not_in_force', { day: WFSD_FROM, article: GAINS.before });
  }
  if (hasAccepted && method !== 'deducting' && method !== 'partly') {
    throw unprocessable('gains.nothing_to_deduct', { article: GAINS_ARTICLES[method] });
  }
  const errors = deductions.flatMap(({ provenOn, accepted }, i) => {
    if (!accepted) return [];
    const isLate = provenOn !== null && proofDueOn !== null && provenOn > proofDueOn;
    if (provenOn !== null && provenOn <= today && !isLate) return [];
    return [{ field: `deductions.${i}.provenOn`, code: isLate ? 'gains.proven_late' : 'gains.not_proven' }];
  });
  if (errors.length > 0) throw unprocessable('gains.not_proven', { article: GAINS.proof }, errors);
}

/** Whether the principal head must agree in person (K25, WFSD 14(3)). */
export const needsPrincipal = (method: GainsMethod): boolean =>
  method === 'not_calculable' || method === 'partly';

/** 追诉时效: two years from the end of the act, five where life or health was harmed (APL 36). */
export type Limitation = { years: 2 | 5; endsOn: Day; isOver: boolean };

/** The limitation of an act found on a day. */
export function limitationOf(actTo: Day, harmedLife: boolean, foundOn: Day): Limitation {
  const years = harmedLife ? 5 : 2;
  const endsOn = addMonths(actTo, years * 12);
  return { years, endsOn, isOver: foundOn > endsOn };
}

/** Who is fined, for the hearing thresholds: a sole trader is a person with a shop name. */
export const isPerson = (partyKind: string): boolean => partyKind !== 'company';

/** 409 `gains.waiting` while the principal head has the last finding before him (K25). */
export function requireNoGainsWaiting(gains: { state: string } | null | undefined): void {
  if (gains?.state === 'waiting')
    throw conflict('gains.waiting', { gate: 'K25', article: GAINS.notCalculable });
}
