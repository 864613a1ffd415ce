import { type Ctx, inTx } from '../../context.ts';
import { conflict, notFound } from '../../shared/errors.ts';
import { pastDay } from '../../shared/time-order.ts';
import { moveCase } from '../cases/index.ts';
import { accountOf } from './account.ts';
import { paymentsOf } from './queries.ts';
import { checkPayment } from './rules.ts';
import type { PaymentsView, RecordPaymentInput } from './schemas.ts';
import { lineOf, lockPerforming } from './store.ts';

/** Enters what came in, by its receipt. 422 `payment.wrong`: more than is owed, or before the decision. */
export async function recordPayment(
  ctx: Ctx,
  caseId: string,
  body: RecordPaymentInput,
): Promise<PaymentsView> {
  return inTx(ctx, async (tx) => {
    const { row, decision } = await lockPerforming(tx, caseId, 'pay');
    pastDay(body.paidOn, tx.now, 'paidOn');
    const { sums } = await accountOf(tx, decision);
    checkPayment(body, { sums, decidedOn: decision.decidedOn });
    const line = { ...body, ...lineOf(tx, decision) };
    await tx.db.insertInto('payments').values(line).execute();
    const { amountFen, purpose, paidOn } = body;
    const detail = { paymentId: line.id, amountFen, purpose, paidOn };
    await moveCase(tx, row, 'pay', { as: 'payment.record', detail });
    return paymentsOf(tx, caseId);
  });
}

/** Takes back what was entered by mistake; the line stays, struck out. 404; 409 `payment.voided`. */
export async function voidPayment(
  ctx: Ctx,
  { id: caseId, paymentId }: { id: string; paymentId: string },
  body: { reason: string },
): Promise<PaymentsView> {
  return inTx(ctx, async (tx) => {
    const { row, decision } = await lockPerforming(tx, caseId, 'pay');
    const payment = await tx.db
      .selectFrom('payments')
      .select(['id', 'voidedAt', 'version', 'amountFen', 'purpose'])
      .where('id', '=', paymentId)
      .where('decisionId', '=', decision.id)
      .executeTakeFirst();
    if (!payment) throw notFound();
    if (payment.voidedAt !== null) throw conflict('payment.voided');
    await tx.db
      .updateTable('payments')
      .set({ voidedAt: tx.now, voidReason: body.reason, version: payment.version + 1 })
      .where('id', '=', paymentId)
      .execute();
    const { amountFen, purpose } = payment;
    const detail = { paymentId, amountFen, purpose, reason: body.reason };
    await moveCase(tx, row, 'pay', { as: 'payment.void', detail });
    return paymentsOf(tx, caseId);
  });
}
