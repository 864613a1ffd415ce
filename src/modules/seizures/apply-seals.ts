import { type Ctx, inTx } from '../../context.ts';
import { checkVersion } from '../../db/version.ts';
import { next } from '../../shared/workflow.ts';
import { getMeasure } from './queries.ts';
import { MEASURE_FLOW } from './rules.ts';
import type { MeasureView, SealsInput } from './schemas.ts';
import { insertSeals, lockMeasure, moveMeasure } from './store.ts';

/**
 * Enters further seals of a measure in force (CXGD 41(2)). 404, 412; 409 out of turn, `measure.seal_number_taken`.
 */
export async function applySeals(ctx: Ctx, id: string, { seals }: SealsInput): Promise<MeasureView> {
  return inTx(ctx, async (tx) => {
    const row = await lockMeasure(tx, id);
    checkVersion(tx, row);
    next(MEASURE_FLOW, row.state, 'seal');
    await insertSeals(tx, row, seals, { from: row.executedAt ?? tx.now, at: tx.now });
    const numbers = seals.map(({ number }) => number);
    await moveMeasure(tx, row, { action: 'measure.seal', change: {}, detail: { numbers } });
    return getMeasure(tx, id);
  });
}
