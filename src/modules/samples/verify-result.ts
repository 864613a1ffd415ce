import { type Ctx, inTx } from '../../context.ts';
import { checkVersion } from '../../db/version.ts';
import { next } from '../../shared/workflow.ts';
import { getSample } from './queries.ts';
import { requireReturnable, requireVerifiable, SAMPLE_FLOW } from './rules.ts';
import type { ReasonInput, SampleView } from './schemas.ts';
import { lockSample, moveSample, reportsOf, updateReport } from './store.ts';

/**
 * 审核: a second person of the laboratory confirms what was entered; never one who entered any version of it.
 * 404, 412; 409 `sample.nothing_to_verify`, `sample.verify_same_person`.
 */
export async function verifyResult(ctx: Ctx, id: string): Promise<SampleView> {
  return inTx(ctx, async (tx) => {
    const row = await lockSample(tx, id);
    checkVersion(tx, row);
    const state = next(SAMPLE_FLOW, row.state, 'verify_result');
    const report = requireVerifiable(await reportsOf(tx.db, id), tx.actor.id);
    await updateReport(tx, report, { state: 'verified', verifiedBy: tx.actor.id, verifiedAt: tx.now });
    const detail = { reportId: report.id, reportVersion: report.reportVersion };
    await moveSample(tx, row, { action: 'sample.verify_result', change: { state }, detail });
    return getSample(tx, id);
  });
}

/**
 * Sends an entered or verified report back with the reason: it stays as it is, and a new entry begins blank.
 * 404, 412; 409 `sample.nothing_to_return`.
 */
export async function returnResult(ctx: Ctx, id: string, { reason }: ReasonInput): Promise<SampleView> {
  return inTx(ctx, async (tx) => {
    const row = await lockSample(tx, id);
    checkVersion(tx, row);
    const state = next(SAMPLE_FLOW, row.state, 'return_result');
    const report = requireReturnable(await reportsOf(tx.db, id));
    await updateReport(tx, report, { state: 'returned', returnedReason: reason });
    const detail = { reportId: report.id, reportVersion: report.reportVersion, reason };
    await moveSample(tx, row, { action: 'sample.return_result', change: { state }, detail });
    return getSample(tx, id);
  });
}
