import { type Ctx, inTx } from '../../context.ts';
import { checkVersion } from '../../db/version.ts';
import { next } from '../../shared/workflow.ts';
import { getSample } from './queries.ts';
import { SAMPLE_FLOW } from './rules.ts';
import type { ReasonInput, ReceiveInput, SampleView } from './schemas.ts';
import { handOver, lockSample, moveSample, portionsOf } from './store.ts';

/**
 * The laboratory takes the sample in: seals, quantity, temperature, condition. A broken seal does not hinder the test,
 * but what comes of it is a clue only (K24). 404 for another laboratory's sample, 409 out of turn, 412.
 */
export async function receiveSample(ctx: Ctx, id: string, body: ReceiveInput): Promise<SampleView> {
  return inTx(ctx, async (tx) => {
    const row = await lockSample(tx, id);
    checkVersion(tx, row);
    const state = next(SAMPLE_FLOW, row.state, 'receive');
    const { sealIntact, quantity, temperature = null, condition, note = null } = body;
    const portions = await portionsOf(tx.db, id);
    await handOver(tx, portions, { to: portions[0]!.holder, at: tx.now, sealIntact, condition });
    const change = { receivedAt: tx.now, receivedQuantity: quantity, receivedTemperature: temperature };
    await moveSample(tx, row, {
      action: 'sample.receive',
      change: { ...change, state, receiptNote: note },
      detail: { sealIntact, quantity, temperature, condition },
    });
    return getSample(tx, id);
  });
}

/** The laboratory does not take the sample, and says why. 404, 409 out of turn, 412. */
export async function rejectSample(ctx: Ctx, id: string, { reason }: ReasonInput): Promise<SampleView> {
  return inTx(ctx, async (tx) => {
    const row = await lockSample(tx, id);
    checkVersion(tx, row);
    const state = next(SAMPLE_FLOW, row.state, 'reject');
    await moveSample(tx, row, {
      action: 'sample.reject',
      change: { state, rejectionReason: reason, rejectedAt: tx.now },
      detail: { reason },
    });
    return getSample(tx, id);
  });
}
