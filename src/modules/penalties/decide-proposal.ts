import type { TxCtx } from '../../context.ts';
import { dayOf } from '../../shared/clock.ts';
import { audit } from '../audit/index.ts';
import { type CaseRow, lockCase, lockDecided, moveCase } from '../cases/index.ts';
import { makeDecision } from './make-decision.ts';
import type { Decided } from './on-approval.ts';
import { endWindow } from './record-statement.ts';
import { proposalOf, standingProposal, updateProposal } from './track-store.ts';

type Kind = 'approve_notice' | 'approve_other';

/** Where the head's word leads from: the first notice, a renewed one, or another outcome, straight or after a notice. */
function actionOf(state: CaseRow['state'], kind: Kind) {
  const isFirst = state === 'proposed_decision';
  if (kind === 'approve_notice') return isFirst ? 'approve_penalty' : 'renotify';
  return isFirst ? 'approve_other' : 'decide';
}

/** What the head's word on a proposed penalty does: approved, the party is to be told; refused, nothing moves. */
export const decideNotice = (tx: TxCtx, decided: Decided): Promise<void> =>
  decideProposal(tx, decided, 'approve_notice');

/** What the head's word on another outcome does: approved, it is the decision (CXGD 56, 60). */
export const decideOther = (tx: TxCtx, decided: Decided): Promise<void> =>
  decideProposal(tx, decided, 'approve_other');

async function decideProposal(tx: TxCtx, decided: Decided, kind: Kind): Promise<void> {
  const { caseId, approvalId, isApproved, decidedAt } = decided;
  const { state } = await lockCase(tx, caseId);
  const action = actionOf(state, kind);
  const row = await lockDecided(tx, caseId, { action, isApproved });
  const proposal = await proposalOf(tx, approvalId);
  if (!isApproved) {
    await updateProposal(tx, proposal.id, { state: decided.isWithdrawn ? 'withdrawn' : 'refused' });
    const detail = { proposalId: proposal.id, approvalId };
    return audit(tx, { action: 'penalty.refuse', subject: { kind: 'case', id: caseId }, detail });
  }
  const on = dayOf(decidedAt);
  await replaceStanding(tx, caseId);
  await updateProposal(tx, proposal.id, { state: 'approved', approvedOn: on });
  if (kind === 'approve_other') {
    await makeDecision(tx, row, proposal, {
      action,
      as: 'penalty.decide_other',
      on,
      decidedBy: 'bureau',
      approvalId,
    });
    return;
  }
  const detail = { proposalId: proposal.id, approvalId, no: proposal.no };
  await moveCase(tx, row, action, { as: 'penalty.approve', detail });
}

/** A new notice takes the place of the one before, whose time to answer no longer runs. */
async function replaceStanding(tx: TxCtx, caseId: string): Promise<void> {
  const standing = await standingProposal(tx.db, caseId);
  if (!standing) return;
  await endWindow(tx, caseId, 'penalty.renotify');
  await updateProposal(tx, standing.id, { state: 'replaced' });
}
