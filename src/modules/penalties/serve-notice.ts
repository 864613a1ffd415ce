import { type Ctx, inTx, type TxCtx } from '../../context.ts';
import type { Day } from '../../shared/clock.ts';
import { type CaseRow, lockForAct, moveCase } from '../cases/index.ts';
import { excludeTime, startClock } from '../deadlines/index.ts';
import { recordService } from '../services/index.ts';
import type { ServeInput } from '../services/schemas.ts';
import { requireNotServed } from './decide-rules.ts';
import { partyNameOf } from './assessment.ts';
import { penaltyTrack } from './queries.ts';
import { standingProposal, updateProposal } from './track-store.ts';
import type { PenaltyView } from './view-schemas.ts';

/**
 * Serves the notice of the proposed penalty (#37): from that day the party has five working days to answer, and where a
 * hearing is offered to ask for it (P06). 409 K5 `penalty.no_notice`, `penalty.notice_served`; 422 `service.…`.
 */
export async function serveNotice(ctx: Ctx, caseId: string, body: ServeInput): Promise<PenaltyView> {
  return inTx(ctx, async (tx) => {
    const row = await lockForAct(tx, caseId, 'serve_notice');
    const proposal = await standingProposal(tx.db, caseId);
    requireNotServed(proposal);
    const subject = { kind: 'penalty_proposal', id: proposal!.id };
    const done = await recordService(
      tx,
      {
        subject,
        paperTitle: '行政处罚告知书',
        recipient: await partyNameOf(tx, row),
        madeOn: proposal!.approvedOn!,
      },
      body,
    );
    if (done.servedOn !== null) {
      const noticeNumber = body.paperNumber ?? proposal!.noticeNumber;
      await updateProposal(tx, proposal!.id, { servedOn: done.servedOn, noticeNumber });
      await startClock(tx, { rule: 'P06', subject, trigger: 'penalty.serve_notice', on: done.servedOn });
      await excludeNotice(tx, row, done);
    }
    const detail = { proposalId: proposal!.id, serviceId: done.id, way: body.way, servedOn: done.servedOn };
    await moveCase(tx, row, 'serve_notice', { as: 'penalty.serve_notice', detail });
    return penaltyTrack(tx, caseId);
  });
}

/** The time of a public notice does not count in the limit of the case (CXGD 64(2)). */
export async function excludeNotice(
  tx: TxCtx,
  row: CaseRow,
  { postedOn, servedOn }: { postedOn: Day | null; servedOn: Day | null },
): Promise<void> {
  if (postedOn === null || servedOn === null) return;
  const subject = { kind: 'case', id: row.id };
  await excludeTime(tx, {
    rule: 'P04',
    subject,
    from: postedOn,
    to: servedOn,
    cause: 'public_notice',
    ground: 'service.public_notice',
  });
}
