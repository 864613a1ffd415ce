import { type Ctx, inTx } from '../../context.ts';
import type { Day } from '../../shared/clock.ts';
import { unprocessable } from '../../shared/errors.ts';
import { pastDay } from '../../shared/time-order.ts';
import { moveCase } from '../cases/index.ts';
import { accountOf } from './account.ts';
import { paymentsOf } from './queries.ts';
import { checkStopDay, requireNotStopped, requireStopped } from './rules.ts';
import type { PaymentsView, StopSurchargeInput } from './schemas.ts';
import { lineOf, lockPerforming } from './store.ts';

/** The party has asked for reconsideration or sues: the days of it cost nothing (APL 73(3)). 409 `surcharge.stopped`; 422. */
export async function stopSurcharge(
  ctx: Ctx,
  caseId: string,
  body: StopSurchargeInput,
): Promise<PaymentsView> {
  return inTx(ctx, async (tx) => {
    const { row, decision } = await lockPerforming(tx, caseId, 'stop_surcharge');
    pastDay(body.fromOn, tx.now, 'fromOn');
    const { stops } = await accountOf(tx, decision);
    requireNotStopped(stops);
    checkStopDay(body.fromOn, { servedOn: decision.servedOn!, stops });
    const line = { ...body, ...lineOf(tx, decision) };
    await tx.db.insertInto('surchargeStops').values(line).execute();
    const detail = { stopId: line.id, ground: body.ground, fromOn: body.fromOn };
    await moveCase(tx, row, 'stop_surcharge', { as: 'surcharge.stop', detail });
    return paymentsOf(tx, caseId);
  });
}

/** Reconsideration or suit is over, the penalty stands: the day after, it counts again. 409 `surcharge.not_stopped`; 422. */
export async function resumeSurcharge(ctx: Ctx, caseId: string, body: { toOn: Day }): Promise<PaymentsView> {
  return inTx(ctx, async (tx) => {
    const { row, decision } = await lockPerforming(tx, caseId, 'stop_surcharge');
    pastDay(body.toOn, tx.now, 'toOn');
    const stop = requireStopped((await accountOf(tx, decision)).stops);
    if (body.toOn < stop.fromOn) {
      const code = 'surcharge.stop_day';
      const params = { day: stop.fromOn };
      throw unprocessable(code, params, [{ field: 'toOn', code, params }]);
    }
    await tx.db.updateTable('surchargeStops').set(body).where('id', '=', stop.id).execute();
    const detail = { stopId: stop.id, ...body };
    await moveCase(tx, row, 'stop_surcharge', { as: 'surcharge.resume', detail });
    return paymentsOf(tx, caseId);
  });
}
