import { type Ctx, inTx } from '../../context.ts';
import { dayOf } from '../../shared/clock.ts';
import { audit } from '../audit/index.ts';
import { clocksOf, meetClock, startClock } from '../deadlines/index.ts';
import { getMediation, limitOf } from './queries.ts';
import { checkWritten, terminationGround } from './rules.ts';
import type { MediationView, SettleInput, TerminateInput } from './schemas.ts';
import { insertMediation, lockMediation, lockStep, moveMediation } from './store.ts';
import { closeTests } from './test-goods.ts';

/** Both agree on the outcome: C02 is met (Order 121 art. 24). 422 `mediation.written`, `mediation.record`. */
export async function settleMediation(ctx: Ctx, tipId: string, body: SettleInput): Promise<MediationView> {
  return inTx(ctx, async (tx) => {
    const step = await lockMediation(tx, tipId, 'settle');
    const settledOn = dayOf(tx.now);
    const { id: mediationId, mode } = step.mediation;
    checkWritten(body, mode, settledOn);
    const { amountFen, isWritten } = body;
    const unwritten = isWritten ? { unwrittenGround: null } : {};
    await moveMediation(tx, step, { ...body, ...unwritten, settledOn });
    await closeTests(tx, mediationId);
    const subject = { kind: 'tip', id: tipId };
    await meetClock(tx, { rule: 'C02', subject });
    const detail = { mediationId, amountFen, isWritten };
    await audit(tx, { action: 'mediation.settle', subject, detail });
    return getMediation(tx, tipId);
  });
}

/**
 * Ends it without a settlement, on a ground of the order in force today (Order 121 art. 23(1), Order 20 art. 21(1)), also
 * before anybody mediated: C02 is met, and both are to be told in seven working days (C03). 422
 * `mediation.termination_ground`, `mediation.limit_not_over`, `mediation.not_mediated`.
 */
export async function terminateMediation(
  ctx: Ctx,
  tipId: string,
  { ground: no, reasons }: TerminateInput,
): Promise<MediationView> {
  return inTx(ctx, async (tx) => {
    const { mediation, ...step } = await lockStep(tx, tipId, 'terminate');
    const terminatedOn = dayOf(tx.now);
    const subject = { kind: 'tip', id: tipId };
    const limitOn = limitOf(await clocksOf(tx.db, [subject], tx.now));
    const { article } = terminationGround(no, { isStarted: mediation !== undefined, limitOn }, terminatedOn);
    const ended = { terminatedOn, ground: no, reasons };
    if (mediation) {
      await moveMediation(tx, { ...step, mediation }, ended);
      await closeTests(tx, mediation.id);
    } else await insertMediation(tx, { ...step, mediation }, ended);
    await meetClock(tx, { rule: 'C02', subject });
    await startClock(tx, { rule: 'C03', subject, on: terminatedOn });
    await audit(tx, { action: 'mediation.terminate', subject, detail: { ground: no, article } });
    return getMediation(tx, tipId);
  });
}
