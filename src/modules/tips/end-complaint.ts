import { type Ctx, inTx } from '../../context.ts';
import { dayOf } from '../../shared/clock.ts';
import { unprocessable } from '../../shared/errors.ts';
import { pastDay } from '../../shared/time-order.ts';
import { audit } from '../audit/index.ts';
import { cancelClock } from '../deadlines/index.ts';
import { nextState } from './rules.ts';
import type { ForwardInput, TipView, WithdrawInput } from './schemas.ts';
import { getTip } from './queries.ts';
import { lockForAct, updateTip } from './store.ts';
import { keepTold } from './tell-reporter.ts';

/**
 * The complainant takes his complaint back before it is accepted: nothing is left to decide, and C01 falls away. After
 * acceptance it ends the mediation instead (Order 121 art. 23(1)(1)). 422 `field.future`, `tip.withdrawn_before_received`.
 */
export async function withdrawTip(ctx: Ctx, id: string, body: WithdrawInput): Promise<TipView> {
  return inTx(ctx, async (tx) => {
    const tip = await lockForAct(tx, id);
    const state = nextState(tip, 'withdraw');
    const decidedOn = pastDay(body.withdrawnOn ?? dayOf(tx.now), tx.now, 'withdrawnOn');
    if (decidedOn < dayOf(tip.receivedAt)) {
      const code = 'tip.withdrawn_before_received';
      throw unprocessable(code, {}, [{ field: 'withdrawnOn', code }]);
    }
    const subject = { kind: 'tip', id };
    await updateTip(tx, tip, { state, decidedOn, endReason: body.reason });
    await cancelClock(tx, { rule: 'C01', subject, reason: 'tip.withdraw' });
    await audit(tx, { action: 'tip.withdraw', subject, detail: { on: decidedOn } });
    return getTip(tx, id);
  });
}

/**
 * Passes a complaint on to the bureau that has the power to handle it (Order 121 art. 41, Order 20 art. 37): its limit
 * runs there, not here. 422 `tip.report_by_past`.
 */
export async function forwardTip(
  ctx: Ctx,
  id: string,
  { forwardedTo, reason, reportBy, told }: ForwardInput,
): Promise<TipView> {
  return inTx(ctx, async (tx) => {
    const tip = await lockForAct(tx, id);
    const state = nextState(tip, 'forward');
    const decidedOn = dayOf(tx.now);
    if (reportBy !== undefined && reportBy < decidedOn) {
      const code = 'tip.report_by_past';
      throw unprocessable(code, {}, [{ field: 'reportBy', code }]);
    }
    const subject = { kind: 'tip', id };
    const ended = { state, decidedOn, forwardedTo, endReason: reason, reportBy: reportBy ?? null };
    await updateTip(tx, tip, ended);
    await cancelClock(tx, { rule: 'C01', subject, reason: 'tip.forward' });
    if (told) await keepTold(tx, tip, { about: 'hand_over', ...told });
    await audit(tx, {
      action: 'tip.forward',
      subject,
      detail: { on: decidedOn, reportBy: reportBy ?? null },
    });
    return getTip(tx, id);
  });
}
