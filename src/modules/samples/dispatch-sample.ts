import { type Ctx, inTx } from '../../context.ts';
import { checkVersion } from '../../db/version.ts';
import { dayOf } from '../../shared/clock.ts';
import { unprocessable } from '../../shared/errors.ts';
import { next } from '../../shared/workflow.ts';
import { getSample } from './queries.ts';
import { SAMPLE_FLOW } from './rules.ts';
import type { DispatchInput, SampleView } from './schemas.ts';
import { handOver, lockSample, moveSample, portionsOf } from './store.ts';

/**
 * Sends the portions to a laboratory with the commission of form #30: what is asked, by which day. That day is the
 * only clock an enforcement sample has (CYJY 28(2)). 404, 412; 409 out of turn; 422 `laboratory.unknown`,
 * `sample.due_in_past`.
 */
export async function dispatchSample(ctx: Ctx, id: string, body: DispatchInput): Promise<SampleView> {
  return inTx(ctx, async (tx) => {
    const row = await lockSample(tx, id);
    checkVersion(tx, row);
    const state = next(SAMPLE_FLOW, row.state, 'dispatch');
    const { laboratoryId, testRequest, dueOn, sealIntact, condition = null } = body;
    if (dueOn < dayOf(tx.now)) {
      throw unprocessable('sample.due_in_past', {}, [{ field: 'dueOn', code: 'sample.due_in_past' }]);
    }
    const laboratory = await tx.db
      .selectFrom('laboratories')
      .select('name')
      .where('id', '=', laboratoryId)
      .executeTakeFirst();
    if (!laboratory) {
      throw unprocessable('laboratory.unknown', {}, [{ field: 'laboratoryId', code: 'laboratory.unknown' }]);
    }
    const portions = await portionsOf(tx.db, id);
    await handOver(tx, portions, { to: laboratory.name, at: tx.now, sealIntact, condition });
    await moveSample(tx, row, {
      action: 'sample.dispatch',
      change: { state, laboratoryId, testRequest, dueOn, dispatchedAt: tx.now },
      detail: { laboratoryId, dueOn },
    });
    return getSample(tx, id);
  });
}
