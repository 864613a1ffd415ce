import { type Ctx, inTx, type TxCtx } from '../../context.ts';
import { dayOf } from '../../shared/clock.ts';
import { audit } from '../audit/index.ts';
import { meetClock } from '../deadlines/index.ts';
import type { Decision } from './file-case.ts';
import { askHead, lockDecided, lockForAct, moveCase } from './move-case.ts';
import type { CloseInput } from './procedure-schemas.ts';
import { caseView, isApprovalWaiting } from './queries.ts';
import { heldGoods } from './procedure-queries.ts';
import { CLOSING_GROUNDS, requireDisposalTold, requireNothingWaiting } from './rules.ts';
import type { CaseView } from './schemas.ts';

/**
 * Fills in the closing form (#53) and puts it before the head; the fifteen days are met by the form that is approved
 * (CXGD 77). 409 `case.approval_waiting`; 422 `case.disposal_needed` where goods were held.
 */
export async function closeCase(ctx: Ctx, id: string, body: CloseInput): Promise<CaseView> {
  return inTx(ctx, async (tx) => {
    const row = await lockForAct(tx, id, 'close');
    requireNothingWaiting(await isApprovalWaiting(tx, id, 'case.close'));
    requireDisposalTold(body, await heldGoods(tx.db, id));
    const approvalId = await askHead(tx, row, {
      matter: 'case.close',
      grounds: [`结案情形：${CLOSING_GROUNDS[row.closingGround!]}`, body.goodsDisposal, body.opinion]
        .filter((line) => line !== undefined)
        .join('\n'),
      detail: { ...body, proposedAt: tx.now.toISOString() },
    });
    const detail = { approvalId, ground: row.closingGround };
    await audit(tx, { action: 'case.close', subject: { kind: 'case', id }, detail });
    return caseView(tx, row);
  });
}

/** Approved, the case is closed that day; refused, the form is filled in again. */
export async function decideClosing(tx: TxCtx, decision: Decision): Promise<void> {
  const { caseId, approvalId, isApproved, decidedAt, detail } = decision;
  const row = await lockDecided(tx, caseId, { action: 'close', isApproved });
  const subject = { kind: 'case', id: caseId };
  if (!isApproved) return audit(tx, { action: 'case.closing_refused', subject, detail: { approvalId } });
  await meetClock(tx, { rule: 'P15', subject, at: new Date(String(detail['proposedAt'])) });
  const change = { closedOn: dayOf(decidedAt) };
  await moveCase(tx, row, 'close', { as: 'case.closing_approved', change, detail: { approvalId } });
}
