import { type Ctx, inTx, type TxCtx } from '../../context.ts';
import { dayOf } from '../../shared/clock.ts';
import { audit } from '../audit/index.ts';
import { cancelClock } from '../deadlines/index.ts';
import type { Decision } from './file-case.ts';
import { askHead, enterClosing, lockDecided, lockForAct } from './move-case.ts';
import { investigationFacts } from './procedure-queries.ts';
import type { TerminateInput } from './procedure-schemas.ts';
import { caseView } from './queries.ts';
import { requireNothingWaiting, TERMINATION_GROUNDS } from './rules.ts';
import type { CaseView } from './schemas.ts';

/** Asks the head to give the investigation up: nobody is left to answer for it (CXGD 47). 409 `case.approval_waiting`. */
export async function terminateCase(ctx: Ctx, id: string, body: TerminateInput): Promise<CaseView> {
  return inTx(ctx, async (tx) => {
    const row = await lockForAct(tx, id, 'terminate');
    requireNothingWaiting((await investigationFacts(tx.db, id)).isWaiting);
    const approvalId = await askHead(tx, row, {
      matter: 'case.terminate',
      grounds: `${TERMINATION_GROUNDS[body.ground]}：${body.reason}`,
      detail: { ...body },
    });
    const detail = { approvalId, ground: body.ground };
    await audit(tx, { action: 'case.terminate', subject: { kind: 'case', id }, detail });
    return caseView(tx, row);
  });
}

/** Approved, the case goes to its closing and its limit falls away; refused, nothing moves. */
export async function decideTermination(tx: TxCtx, decision: Decision): Promise<void> {
  const { caseId, approvalId, isApproved, decidedAt, detail } = decision;
  const row = await lockDecided(tx, caseId, { action: 'terminate', isApproved });
  const subject = { kind: 'case', id: caseId };
  if (!isApproved) return audit(tx, { action: 'case.termination_refused', subject, detail: { approvalId } });
  await cancelClock(tx, { rule: 'P04', subject, reason: 'case.terminate' });
  await enterClosing(tx, row, 'terminate', {
    ground: 'terminated',
    on: dayOf(decidedAt),
    as: 'case.termination_approved',
    detail: { approvalId, ...detail },
  });
}
