import { type Ctx, inTx, type TxCtx } from '../../context.ts';
import { dayOf } from '../../shared/clock.ts';
import { yuanText } from '../../shared/money.ts';
import { audit } from '../audit/index.ts';
import { askHead, lockDecided, lockForAct } from '../cases/index.ts';
import { clueOnlyNote } from '../sources/index.ts';
import { trackedCase } from './assessment.ts';
import { checkNotHeavier, requireOwnPower, requireReady } from './decide-rules.ts';
import { makeDecision } from './make-decision.ts';
import type { Decided } from './on-approval.ts';
import type { DecideInput } from './proposal-schemas.ts';
import { penaltyTrack } from './queries.ts';
import { decideFacts, isCitys } from './track-queries.ts';
import { discussionsOf, finesIn, type ProposalRow } from './track-store.ts';
import type { PenaltyView } from './view-schemas.ts';

/**
 * Puts the decision of the penalty before the head (#43), as the notice told it or lighter. 409 with the gate that is not
 * passed (K5, K8, K9, K10); 422 K6 `penalty.heavier_than_told`.
 */
export async function decidePenalty(ctx: Ctx, caseId: string, body: DecideInput): Promise<PenaltyView> {
  return inTx(ctx, async (tx) => {
    const row = await lockForAct(tx, caseId, 'decide');
    const { proposal } = await ready(tx, caseId);
    checkNotHeavier(body, { ...proposal, fines: finesIn(proposal) });
    const approvalId = await askHead(tx, row, {
      matter: 'penalty.decide',
      grounds:
        [
          `拟罚款：${yuanText(String(proposal.fineFen))}元`,
          `依据：${proposal.basis}`,
          `陈述、申辩、听证意见及采纳情况：${body.treatment}`,
        ].join('\n') + (await clueOnlyNote(tx, row.sourceId)),
      detail: { ...body, proposalId: proposal.id },
    });
    const detail = { approvalId, proposalId: proposal.id };
    await audit(tx, { action: 'penalty.decide', subject: { kind: 'case', id: caseId }, detail });
    return penaltyTrack(tx, caseId);
  });
}

/** The notice of a case that may be decided by the bureau itself now. 409. */
async function ready(
  tx: TxCtx,
  caseId: string,
): Promise<{ proposal: ProposalRow; discussionId: string | null }> {
  const track = await trackedCase(tx, caseId);
  const facts = await decideFacts(tx, track);
  requireReady(facts);
  requireOwnPower(isCitys(facts.notice, track.areaCode));
  return { proposal: facts.proposal!, discussionId: await discussionOf(tx, caseId, facts.proposal!.id) };
}

/** The last discussion of a notice, where there was one. */
export async function discussionOf(tx: TxCtx, caseId: string, proposalId: string): Promise<string | null> {
  const discussions = await discussionsOf(tx.db, caseId);
  return discussions.findLast((one) => one.proposalId === proposalId)?.id ?? null;
}

/** What the head's word does: approved, the decision is made that day, if everything still holds; refused, it is not. */
export async function decideDecision(tx: TxCtx, decided: Decided): Promise<void> {
  const { caseId, approvalId, isApproved, decidedAt, detail } = decided;
  const row = await lockDecided(tx, caseId, { action: 'decide', isApproved });
  const subject = { kind: 'case', id: caseId };
  if (!isApproved) return audit(tx, { action: 'penalty.decision_refused', subject, detail: { approvalId } });
  // The approval is decided already: what waits no longer waits.
  const { proposal, discussionId } = await ready(tx, caseId);
  await makeDecision(tx, row, proposal, {
    action: 'decide',
    as: 'penalty.decision_approved',
    on: dayOf(decidedAt),
    decidedBy: 'bureau',
    approvalId,
    discussionId,
    body: detail as DecideInput,
  });
}
