import { addDays, type Day, daysBetween } from '../../shared/clock.ts';
import { conflict, type FieldError, unprocessable } from '../../shared/errors.ts';
import { yuanText } from '../../shared/money.ts';
import type { ActionOf, Flow } from '../../shared/workflow.ts';
import type { Purpose } from './schemas.ts';
import type { Due } from './surcharge.ts';

const CXGD = '《市场监督管理行政处罚程序规定》';
export const ARTICLES = {
  plan: `${CXGD}第七十四条；《行政处罚法》第六十六条第二款`,
  surcharge: `${CXGD}第七十五条；《行政处罚法》第七十二条第一款第一项、第七十三条第三款`,
  remit: '《行政强制法》第四十二条第二款',
  demand: `${CXGD}第七十六条第一款；《行政强制法》第五十四条`,
  court: `${CXGD}第七十六条；《行政强制法》第五十三条、第五十四条`,
  closing: `${CXGD}第七十七条`,
} as const;

/** 申请法院强制执行: what the court makes of it. */
export const COURT_FLOW = {
  applied: { accepted: 'accepted', refused: 'refused' },
  accepted: { enforced: 'enforced', ended: 'ended', refused: 'refused' },
  refused: {},
  enforced: {},
  ended: {},
} as const satisfies Flow<'applied' | 'accepted' | 'refused' | 'enforced' | 'ended'>;

export type CourtAction = ActionOf<typeof COURT_FLOW>;

/** What is owed and what came in, by purpose, in fen. */
export type Sums = Record<Purpose, { owed: number; paid: number; open: number }>;

/** 422 `payment.too_much`: nothing is taken that is not owed; `payment.too_early` before the decision. */
export function checkPayment(
  body: { purpose: Purpose; amountFen: number; paidOn: Day },
  { sums, decidedOn }: { sums: Sums; decidedOn: Day },
): void {
  const { open } = sums[body.purpose];
  const errors: FieldError[] = [];
  if (body.amountFen > open) {
    const params = { open: yuanText(String(open)) };
    errors.push({ field: 'amountFen', code: 'payment.too_much', params });
  }
  if (body.paidOn < decidedOn)
    errors.push({ field: 'paidOn', code: 'payment.too_early', params: { day: decidedOn } });
  if (errors.length > 0) throw unprocessable('payment.wrong', {}, errors);
}

/** What a plan is held against. */
export type PlanFacts = { fineFen: number; payBy: Day; today: Day; appliedOn: Day };

/**
 * New days for the whole fine: one after the other, the last later than the day of the decision; asked for and decided
 * while that has not passed (CXGD 74). 422 `plan.wrong`, each line named.
 */
export function checkPlan(
  instalments: readonly Due[],
  { fineFen, payBy, today, appliedOn }: PlanFacts,
): void {
  const errors: FieldError[] = [];
  instalments.forEach(({ dueOn }, i) => {
    const before = instalments[i - 1]?.dueOn;
    if (before !== undefined && dueOn <= before)
      errors.push({ field: `instalments.${i}.dueOn`, code: 'plan.days_order' });
    if (dueOn < today) errors.push({ field: `instalments.${i}.dueOn`, code: 'plan.day_past' });
  });
  const last = instalments.at(-1)!.dueOn;
  if (last <= payBy)
    errors.push({
      field: `instalments.${instalments.length - 1}.dueOn`,
      code: 'plan.not_later',
      params: { day: payBy },
    });
  const sum = instalments.reduce((total, { amountFen }) => total + amountFen, 0);
  if (sum !== fineFen) {
    const params = { sum: yuanText(String(sum)), fine: yuanText(String(fineFen)) };
    errors.push({ field: 'instalments', code: 'plan.not_the_fine', params });
  }
  if (appliedOn > today) errors.push({ field: 'appliedOn', code: 'field.future' });
  if (errors.length > 0) throw unprocessable('plan.wrong', { article: ARTICLES.plan }, errors);
}

/** 409 `plan.too_late` once the day to pay has passed, `plan.no_fine`, `plan.waiting`. */
export function requirePlannable(facts: {
  fineFen: number;
  payBy: Day | null;
  today: Day;
  isWaiting: boolean;
}): asserts facts is typeof facts & { payBy: Day } {
  const { fineFen, payBy, today, isWaiting } = facts;
  const article = ARTICLES.plan;
  if (fineFen === 0 || payBy === null) throw conflict('plan.no_fine', { article });
  if (today > payBy) throw conflict('plan.too_late', { day: payBy, article });
  if (isWaiting) throw conflict('plan.waiting');
}

type Stopped = { fromOn: Day; toOn: Day | null };

/** 409 `surcharge.stopped` while reconsideration or suit goes on. */
export function requireNotStopped(stops: readonly Stopped[]): void {
  if (stops.some(({ toOn }) => toOn === null)) throw conflict('surcharge.stopped');
}

/** The stop that goes on. 409 `surcharge.not_stopped`. */
export function requireStopped<S extends Stopped>(stops: readonly S[]): S {
  const open = stops.find(({ toOn }) => toOn === null);
  if (!open) throw conflict('surcharge.not_stopped');
  return open;
}

/** A stop begins after the service and after the one before. 422 `surcharge.stop_day`. */
export function checkStopDay(
  fromOn: Day,
  { servedOn, stops }: { servedOn: Day; stops: readonly Stopped[] },
): void {
  const last = stops.reduce<Day>(
    (latest, { toOn }) => (toOn !== null && toOn >= latest ? addDays(toOn, 1) : latest),
    servedOn,
  );
  if (fromOn >= last) return;
  const code = 'surcharge.stop_day';
  throw unprocessable(code, { day: last }, [{ field: 'fromOn', code, params: { day: last } }]);
}

/** 409 `surcharge.none`: there is nothing to remit, or the head has it before him. */
export function requireRemittable({ open, isWaiting }: { open: number; isWaiting: boolean }): void {
  if (isWaiting) throw conflict('surcharge.remission_waiting');
  if (open <= 0) throw conflict('surcharge.none', { article: ARTICLES.remit });
}

/** 422 `surcharge.remit_too_much` for more than is open. */
export function checkRemission(amountFen: number, open: number): void {
  if (amountFen <= open) return;
  const code = 'surcharge.remit_too_much';
  const params = { open: yuanText(String(open)) };
  throw unprocessable(code, params, [{ field: 'amountFen', code, params }]);
}

const totalOpen = (sums: Sums): number => sums.fine.open + sums.gains.open + sums.surcharge.open;

/** 409 `payment.still_open` while anything the decision or its delay costs is not paid. */
export function requireNothingOpen(sums: Sums): void {
  if (totalOpen(sums) === 0) return;
  const yuan = (fen: number): string => yuanText(String(fen));
  const { fine, gains, surcharge } = sums;
  throw conflict('payment.still_open', {
    fine: yuan(fine.open),
    gains: yuan(gains.open),
    surcharge: yuan(surcharge.open),
    article: ARTICLES.closing,
  });
}

export type DemandFacts = { sums: Sums; payBy: Day | null; lastDue: Day | null; today: Day };

/** A demand goes out once the day to pay has passed and something is open (ACL 54). 409 `demand.not_due`, `demand.nothing_open`. */
export function requireOverdue({ sums, payBy, lastDue, today }: DemandFacts): void {
  const article = ARTICLES.demand;
  if (totalOpen(sums) === 0) throw conflict('demand.nothing_open', { article });
  // What is deferred or paid in parts is demanded when its last day has passed (CXGD 76(2)).
  const due = lastDue ?? payBy;
  if (due === null || today <= due) throw conflict('demand.not_due', { day: due ?? '—', article });
}

/** The demand whose service is waited for. 409 `demand.none`, `demand.served`. */
export function requireUnservedDemand<D extends { servedOn: Day | null }>(last: D | undefined): D {
  if (!last) throw conflict('demand.none', { article: ARTICLES.demand });
  if (last.servedOn !== null) throw conflict('demand.served', { day: last.servedOn });
  return last;
}

/** The demand that reached the party. 409 `demand.not_served`. */
export function requireServedDemand<D extends { servedOn: Day | null }>(
  last: D | undefined,
): D & { servedOn: Day } {
  if (!last || last.servedOn === null) throw conflict('demand.not_served', { article: ARTICLES.demand });
  return last as D & { servedOn: Day };
}

/** What an application to the court depends on. */
export type CourtFacts = {
  sums: Sums;
  demand: { servedOn: Day | null } | undefined;
  /** The last days of reconsideration and suit. */
  remediesEndOn: Day | null;
  isStopped: boolean;
  /** The last day of F03. */
  graceEndsOn: Day | null;
  /** The last day of F04. */
  applyBy: Day | null;
  isOpen: boolean;
  today: Day;
};

/**
 * The party has neither asked nor sued nor paid, ten working days after the demand, and the three months are not over
 * (CXGD 76, ACL 53, 54). 409, each saying which is missing.
 */
export function requireCourtReady(facts: CourtFacts): void {
  const { sums, applyBy, today } = facts;
  const article = ARTICLES.court;
  if (facts.isOpen) throw conflict('court.applied');
  if (totalOpen(sums) === 0) throw conflict('demand.nothing_open', { article });
  requireRemediesOver(facts);
  requireDemanded(facts);
  if (applyBy !== null && today > applyBy) throw conflict('court.too_late', { day: applyBy, article });
}

const isOver = (endsOn: Day | null, today: Day): boolean => endsOn !== null && today > endsOn;

function requireRemediesOver({ isStopped, remediesEndOn, today }: CourtFacts): void {
  const article = ARTICLES.court;
  if (isStopped) throw conflict('court.remedy_open', { article });
  if (isOver(remediesEndOn, today)) return;
  throw conflict('court.remedies_not_over', { day: remediesEndOn ?? '—', article });
}

function requireDemanded({ demand, graceEndsOn, today }: CourtFacts): void {
  requireServedDemand(demand);
  if (isOver(graceEndsOn, today)) return;
  throw conflict('court.grace_not_over', { day: graceEndsOn ?? '—', article: ARTICLES.court });
}

/** The application that is before the court. 409 `court.none`. */
export function requireAtCourt<A extends { state: keyof typeof COURT_FLOW }>(applications: readonly A[]): A {
  const open = applications.find(({ state }) => state === 'applied' || state === 'accepted');
  if (!open) throw conflict('court.none', { article: ARTICLES.court });
  return open;
}

/** 409 `payment.all_paid`: nothing is taken that is not owed. */
export function requireSomethingOpen(sums: Sums): void {
  if (totalOpen(sums) === 0) throw conflict('payment.all_paid');
}

/** 409 `payment.none` where there is no payment to strike out. */
export function requireStrikable(payments: readonly { voidedAt: Date | null }[]): void {
  if (payments.every(({ voidedAt }) => voidedAt !== null)) throw conflict('payment.none');
}

/** The plan the party has not been told of. 409 `plan.none`. */
export function requireUntold<P extends { toldOn: Day | null }>(standing: P | undefined): P {
  if (!standing || standing.toldOn !== null) throw conflict('plan.none', { article: ARTICLES.plan });
  return standing;
}

/** How many days an extended day to pay lies after the one before. */
export const laterBy = (from: Day, to: Day): number => daysBetween(from, to);
