import { type Ctx, inTx, type TxCtx } from '../../context.ts';
import type { Day } from '../../shared/clock.ts';
import { conflict } from '../../shared/errors.ts';
import { yuanText } from '../../shared/money.ts';
import { pastDay } from '../../shared/time-order.ts';
import { audit } from '../audit/index.ts';
import { askHead, lockDecided, moveCase } from '../cases/index.ts';
import { clocksOf, extendClock, moveTrigger } from '../deadlines/index.ts';
import { accountOf, lastDueOf } from './account.ts';
import type { Asked } from './on-approval.ts';
import { paymentsOf } from './queries.ts';
import { checkPlan, laterBy, requirePlannable, requireUntold } from './rules.ts';
import type { PaymentsView, PlanPaymentInput } from './schemas.ts';
import { instalmentsOf, lineOf, lockPerforming, type PlanRow } from './store.ts';

/** Puts the party's request to pay later or in parts before the head (#47, CXGD 74). 409 `plan.…`; 422 `plan.wrong`. */
export async function planPayment(ctx: Ctx, caseId: string, body: PlanPaymentInput): Promise<PaymentsView> {
  return inTx(ctx, async (tx) => {
    const { row, decision } = await lockPerforming(tx, caseId, 'defer');
    const account = await accountOf(tx, decision);
    const { plans, today } = account;
    const facts = {
      fineFen: decision.fineFen,
      payBy: lastDueOf(account),
      today,
      isWaiting: plans.some(({ state }) => state === 'proposed'),
    };
    requirePlannable(facts);
    checkPlan(body.instalments, { ...facts, appliedOn: body.appliedOn });
    const approvalId = await askHead(tx, row, { matter: 'payment.plan', grounds: groundsOf(body) });
    const line = { ...lineOf(tx, decision), state: 'proposed' as const, approvalId, ...body };
    await tx.db
      .insertInto('paymentPlans')
      .values({ ...line, instalments: JSON.stringify(body.instalments) })
      .execute();
    const detail = { planId: line.id, approvalId, appliedOn: body.appliedOn };
    await moveCase(tx, row, 'defer', { as: 'payment.plan', detail });
    return paymentsOf(tx, caseId);
  });
}

const groundsOf = ({ appliedOn, reason, instalments }: PlanPaymentInput): string =>
  [
    `当事人于${appliedOn}书面申请${instalments.length === 1 ? '延期' : '分期'}缴纳罚款：${reason}`,
    ...instalments.map(({ dueOn, amountFen }) => `${dueOn}前缴纳${yuanText(String(amountFen))}元`),
  ].join('\n');

/** The head's word: the fine falls due on the new days, and the court may be asked three months after the last (CXGD 76(2)). */
export async function decidePlan(tx: TxCtx, { caseId, approvalId, isApproved }: Asked): Promise<void> {
  await lockDecided(tx, caseId, { action: 'defer', isApproved });
  const subject = { kind: 'case', id: caseId };
  const detail = { approvalId };
  const plan = await planOf(tx, approvalId);
  if (!isApproved) {
    await setState(tx, 'refused').where('id', '=', plan.id).execute();
    return audit(tx, { action: 'payment.plan_refused', subject, detail });
  }
  await standIn(tx, plan);
  await followPlan(tx, plan, approvalId);
  await audit(tx, { action: 'payment.plan_approved', subject, detail: { ...detail, planId: plan.id } });
}

const planOf = (tx: TxCtx, approvalId: string): Promise<PlanRow> =>
  tx.db.selectFrom('paymentPlans').selectAll().where('approvalId', '=', approvalId).executeTakeFirstOrThrow();

const setState = (tx: TxCtx, state: PlanRow['state']) => tx.db.updateTable('paymentPlans').set({ state });

/** The plan takes the place of the one before. */
async function standIn(tx: TxCtx, { id, decisionId }: PlanRow): Promise<void> {
  await setState(tx, 'replaced')
    .where('decisionId', '=', decisionId)
    .where('state', '=', 'approved')
    .execute();
  await setState(tx, 'approved').where('id', '=', id).execute();
}

async function followPlan(tx: TxCtx, plan: PlanRow, approvalId: string): Promise<void> {
  const subject = { kind: 'decision', id: plan.decisionId };
  const last = instalmentsOf(plan).at(-1)!.dueOn;
  const clocks = await clocksOf(tx.db, [subject], tx.now);
  const endOf = (rule: string) => clocks.find((one) => one.rule === rule && one.state !== 'cancelled');
  const due = endOf('F01');
  if (!due?.rawOn) throw conflict('plan.no_fine');
  const reason = 'payment.plan';
  await extendClock(tx, { rule: 'F01', subject, reason, approvalId, value: laterBy(due.rawOn, last) });
  const suit = endOf('F06')?.rolledOn ?? null;
  const from: Day = suit !== null && suit > last ? suit : last;
  await moveTrigger(tx, { rule: 'F04', subject, on: from, reason });
}

/** The day on which the party was told of the new days in writing (CXGD 74). 409 `plan.none`. */
export async function tellPlan(ctx: Ctx, caseId: string, body: { toldOn: Day }): Promise<PaymentsView> {
  return inTx(ctx, async (tx) => {
    const { row, decision } = await lockPerforming(tx, caseId, 'defer');
    pastDay(body.toldOn, tx.now, 'toldOn');
    const plan = requireUntold((await accountOf(tx, decision)).standing);
    await tx.db.updateTable('paymentPlans').set(body).where('id', '=', plan.id).execute();
    await moveCase(tx, row, 'defer', { as: 'payment.tell_plan', detail: { planId: plan.id, ...body } });
    return paymentsOf(tx, caseId);
  });
}
