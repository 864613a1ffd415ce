import { type Ctx, inTx } from '../../context.ts';
import { checkVersion } from '../../db/version.ts';
import { dayOf } from '../../shared/clock.ts';
import { unprocessable } from '../../shared/errors.ts';
import { pastDay } from '../../shared/time-order.ts';
import { next } from '../../shared/workflow.ts';
import { getSample } from './queries.ts';
import { freezeMarks } from './report-marks.ts';
import { newest, requireReportable, SAMPLE_FLOW } from './rules.ts';
import type { NotifyInput, SampleView } from './schemas.ts';
import { lockSample, moveSample, reportsOf, updateReport } from './store.ts';

/**
 * 批准: the laboratory issues its report, and from here it is never edited: its marks and what it lacks (K24) stand on
 * it as of now. By another than whoever entered any version. 404, 412; 409 `sample.not_verified`, `sample.verify_same_person`.
 */
export async function reportSample(ctx: Ctx, id: string): Promise<SampleView> {
  return inTx(ctx, async (tx) => {
    const row = await lockSample(tx, id);
    checkVersion(tx, row);
    const state = next(SAMPLE_FLOW, row.state, 'report');
    const report = requireReportable(await reportsOf(tx.db, id), tx.actor.id);
    const { shortcomings, ...marks } = await freezeMarks(tx, row, report);
    const signed = { state: 'reported', reportedBy: tx.actor.id, reportedAt: tx.now } as const;
    await updateReport(tx, report, { ...signed, ...marks, shortcomings });
    const { id: reportId, reportVersion, number } = report;
    const detail = {
      reportId,
      reportVersion,
      number,
      marks,
      shortcomings: JSON.parse(shortcomings) as unknown,
    };
    await moveSample(tx, row, { action: 'sample.report', change: { state }, detail });
    return getSample(tx, id);
  });
}

const TOLD = '《市场监督管理行政处罚程序规定》第三十二条第一款';

/**
 * Records the day the party was told the result (K16). 404, 412; 409 out of turn; 422 `date.in_future`,
 * `sample.told_before_report`.
 */
export async function notifyResult(ctx: Ctx, id: string, { notifiedOn }: NotifyInput): Promise<SampleView> {
  return inTx(ctx, async (tx) => {
    const row = await lockSample(tx, id);
    checkVersion(tx, row);
    const state = next(SAMPLE_FLOW, row.state, 'notify');
    pastDay(notifiedOn, tx.now, 'notifiedOn');
    const { reportedAt } = newest(await reportsOf(tx.db, id));
    const code = 'sample.told_before_report';
    if (reportedAt && notifiedOn < dayOf(reportedAt)) {
      throw unprocessable(code, { gate: 'K16', article: TOLD }, [{ field: 'notifiedOn', code }]);
    }
    await moveSample(tx, row, {
      action: 'sample.notify',
      change: { state, notifiedOn },
      detail: { notifiedOn },
    });
    return getSample(tx, id);
  });
}
