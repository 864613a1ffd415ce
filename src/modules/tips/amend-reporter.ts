import { type Ctx, inTx, type TxCtx } from '../../context.ts';
import { dayOf } from '../../shared/clock.ts';
import { audit } from '../audit/index.ts';
import { getTip } from './queries.ts';
import { checkComplaint, checkedReporter } from './rules.ts';
import type { AmendReporterInput, TipView } from './schemas.ts';
import { lockForAct, reporterRow, type TipRecord, updateTip } from './store.ts';

/**
 * Corrects who reported: a new sealed record takes the place of the old one, which stays; both halves of a split
 * letter follow. The trace says that it happened, never what was changed, and the reason is sealed with the rest.
 */
export async function amendReporter(ctx: Ctx, id: string, body: AmendReporterInput): Promise<TipView> {
  return inTx(ctx, async (tx) => {
    const tip = await lockForAct(tx, id);
    const today = dayOf(tx.now);
    if (tip.kind === 'complaint') {
      checkComplaint(
        { reporter: body.reporter, respondent: { address: tip.respondentAddress }, demand: tip.demand },
        today,
      );
    }
    const reporter = { ...checkedReporter(body.reporter, today), amendedBecause: body.reason };
    const row = reporterRow(tx, reporter, body.reporter.anonymous);
    await tx.db.insertInto('reporters').values(row).execute();
    const reporterId = row.id;
    await updateTip(tx, tip, { reporterId });
    await followOtherHalf(tx, tip, reporterId);
    const detail = { before: tip.reporterId, after: reporterId };
    await audit(tx, { action: 'tip.amend_reporter', subject: { kind: 'tip', id }, detail });
    return getTip(tx, id);
  });
}

async function followOtherHalf(tx: TxCtx, tip: TipRecord, reporterId: string): Promise<void> {
  if (tip.reporterId === null) return;
  await tx.db
    .updateTable('tips')
    .set((eb) => ({ reporterId, version: eb('version', '+', 1) }))
    .where('reporterId', '=', tip.reporterId)
    .where('bureauId', '=', tip.bureauId)
    .execute();
}
