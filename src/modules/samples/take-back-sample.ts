import { type Ctx, inTx } from '../../context.ts';
import { ownBureau } from '../../db/scope.ts';
import { checkVersion } from '../../db/version.ts';
import { notBefore, pastInstant } from '../../shared/time-order.ts';
import { next } from '../../shared/workflow.ts';
import { takeBack } from '../goods/index.ts';
import { getSample } from './queries.ts';
import { requireStillAway, SAMPLE_FLOW } from './rules.ts';
import type { SampleView, TakeBackInput } from './schemas.ts';
import { handOver, lockSample, moveSample, portionsOf } from './store.ts';

/**
 * What a laboratory rejected is back with the bureau: its portions with who took them over, what they were taken of
 * where it was before, by entries of their own. Until then the ledger has it with the laboratory. 404, 412; 409 out of
 * turn, `sample.taken_back_already`; 422 `field.future`, `date.before_start`.
 */
export async function takeBackSample(ctx: Ctx, id: string, body: TakeBackInput): Promise<SampleView> {
  return inTx(ctx, async (tx) => {
    ownBureau(tx.actor);
    const row = await lockSample(tx, id);
    checkVersion(tx, row);
    const state = next(SAMPLE_FLOW, row.state, 'take_back');
    requireStillAway(row);
    const { sealIntact, condition } = body;
    const at = body.takenBackAt ? pastInstant(body.takenBackAt, tx.now, 'takenBackAt') : tx.now;
    notBefore(at, row.rejectedAt ?? row.dispatchedAt ?? at, 'takenBackAt');
    await handOver(tx, await portionsOf(tx.db, id), { to: tx.actor.name, at, sealIntact, condition });
    const subject = { kind: 'sample', id };
    await takeBack(tx, { subject, of: 'sample.collect', cause: 'sample.take_back', at });
    await moveSample(tx, row, {
      action: 'sample.take_back',
      change: { state, takenBackAt: at },
      detail: { sealIntact, condition },
    });
    return getSample(tx, id);
  });
}
