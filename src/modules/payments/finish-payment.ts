import { type Ctx, inTx, type TxCtx } from '../../context.ts';
import { type Day, instantAt } from '../../shared/clock.ts';
import { unprocessable } from '../../shared/errors.ts';
import { pastDay } from '../../shared/time-order.ts';
import { enterClosing } from '../cases/index.ts';
import { cancelClock, meetClock } from '../deadlines/index.ts';
import { accountOf, type Account } from './account.ts';
import { paymentsOf } from './queries.ts';
import { requireNothingOpen } from './rules.ts';
import type { PaymentsView } from './schemas.ts';
import { lockPerforming } from './store.ts';

/** Everything is paid and done: the file goes to its closing (CXGD 77(1)). 409 `payment.still_open`; 422. */
export async function finishPayment(
  ctx: Ctx,
  caseId: string,
  body: { performedOn: Day },
): Promise<PaymentsView> {
  return inTx(ctx, async (tx) => {
    const { row, decision } = await lockPerforming(tx, caseId, 'perform');
    const on = pastDay(body.performedOn, tx.now, 'performedOn');
    const account = await accountOf(tx, decision);
    requireNothingOpen(account.sums);
    checkPerformedOn(on, account);
    await endAccount(tx, account);
    const detail = { decisionId: decision.id, performedOn: on };
    await enterClosing(tx, row, 'perform', { ground: 'performed', on, as: 'payment.finish', detail });
    return paymentsOf(tx, caseId);
  });
}

const paidDays = ({ payments }: Account, purposes: readonly string[]): Day[] =>
  payments
    .filter(({ voidedAt, purpose }) => voidedAt === null && purposes.includes(purpose))
    .map(({ paidOn }) => paidOn)
    .toSorted();

/** 422 `payment.performed_early` before the last payment, or before the service. */
function checkPerformedOn(on: Day, account: Account): void {
  const last = paidDays(account, ['fine', 'gains', 'surcharge']).at(-1) ?? account.decision.servedOn!;
  if (on >= last) return;
  const code = 'payment.performed_early';
  throw unprocessable(code, { day: last }, [{ field: 'performedOn', code, params: { day: last } }]);
}

/** What of the limits is left when nothing is open: the day of payment is kept, the rest falls away. */
export async function endAccount(tx: TxCtx, account: Account): Promise<void> {
  const subject = { kind: 'decision', id: account.decision.id };
  const paidOn = paidDays(account, ['fine', 'gains']).at(-1);
  if (paidOn) await meetClock(tx, { rule: 'F01', subject, at: instantAt(paidOn, '12:00') });
  const reason = 'payment.finish';
  await cancelClock(tx, { rule: 'F01', subject, reason });
  await cancelClock(tx, { rule: 'F04', subject, reason });
  for (const { id } of account.demands)
    await cancelClock(tx, { rule: 'F03', subject: { kind: 'demand', id }, reason });
}
