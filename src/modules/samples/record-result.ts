import { type Ctx, inTx, type TxCtx } from '../../context.ts';
import { checkVersion } from '../../db/version.ts';
import { dayOf } from '../../shared/clock.ts';
import { unprocessable } from '../../shared/errors.ts';
import { pastDay } from '../../shared/time-order.ts';
import { next } from '../../shared/workflow.ts';
import { bandsOf, judgeLabel, type SpeciesResult } from './label-judgment.ts';
import { getSample } from './queries.ts';
import type { LabelJudgment, RecordResultInput, Species } from './report-schemas.ts';
import { type ReadItem, readItems } from './result-items.ts';
import { requireRoomForResult, SAMPLE_FLOW } from './rules.ts';
import type { SampleView } from './schemas.ts';
import { insertResults, lockSample, moveSample, reportsOf, type SampleRow } from './store.ts';

/**
 * Enters a report of the laboratory: each item as printed and as read, with the label set beside what was found. A
 * second entry is possible only after the first was sent back, and begins blank; both are kept. 404, 412;
 * 409 out of turn, `sample.result_waiting`, `sample.report_number_taken`; 422 `sample.results_wrong` with the fields
 * `items.<n>.…`, `sample.tested_days`.
 */
export async function recordResult(ctx: Ctx, id: string, body: RecordResultInput): Promise<SampleView> {
  return inTx(ctx, async (tx) => {
    const row = await lockSample(tx, id);
    checkVersion(tx, row);
    const state = next(SAMPLE_FLOW, row.state, 'record_result');
    const reports = await reportsOf(tx.db, id);
    requireRoomForResult(reports);
    checkTestedDays(tx, row, body);
    const items = readItems(body.items);
    const { items: _, ...report } = body;
    const reportId = tx.newId();
    const reportVersion = reports.length + 1;
    await tx.db
      .insertInto('laboratoryReports')
      .values({
        id: reportId,
        bureauId: row.bureauId,
        sampleId: id,
        laboratoryId: row.laboratoryId!,
        reportVersion,
        state: 'entered',
        ...report,
        labelJudgment: JSON.stringify(await judge(tx, row, items)),
        enteredBy: tx.actor.id,
        enteredAt: tx.now,
        createdAt: tx.now,
      })
      .execute();
    await insertResults(tx, reportId, items);
    const detail = { reportId, reportVersion, number: body.number, items: items.length };
    await moveSample(tx, row, { action: 'sample.record_result', change: { state }, detail });
    return getSample(tx, id);
  });
}

function checkTestedDays(
  tx: TxCtx,
  { receivedAt }: SampleRow,
  { testedFrom, testedTo }: RecordResultInput,
): void {
  const received = receivedAt ? dayOf(receivedAt) : undefined;
  if (testedTo !== undefined) pastDay(testedTo, tx.now, 'testedTo');
  if (testedFrom === undefined) return;
  const early = received !== undefined && testedFrom < received;
  const reversed = testedFrom > (testedTo ?? dayOf(tx.now));
  if (early || reversed) {
    throw unprocessable('sample.tested_days', {}, [{ field: 'testedFrom', code: 'sample.tested_days' }]);
  }
}

async function judge(tx: TxCtx, sample: SampleRow, items: readonly ReadItem[]): Promise<LabelJudgment> {
  const { settings } = await tx.db
    .selectFrom('bureaus')
    .select('settings')
    .where('id', '=', sample.bureauId)
    .executeTakeFirstOrThrow();
  // Only SPECIES of the body's schema are ever stored.
  return judgeLabel(sample.declaredSpecies as Species[], items.map(speciesResult), bandsOf(settings));
}

const speciesResult = (item: ReadItem): SpeciesResult => ({
  species: item.species ?? null,
  printed: item.printed,
  operator: item.operator,
  value: item.value,
  unit: item.unit,
  detected: item.detected,
  lod: item.lod ?? null,
  uncertainty: item.uncertainty ?? null,
  coverageFactor: item.coverageFactor ?? null,
  shareBasis: item.shareBasis ?? null,
});
