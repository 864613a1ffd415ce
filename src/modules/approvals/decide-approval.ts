import { type Ctx, inTx } from '../../context.ts';
import { checkVersion } from '../../db/version.ts';
import { audit } from '../audit/index.ts';
import type { ApprovalDecided, ApprovalWithdrawn } from './propose-approval.ts';
import { checkDecide, checkOpine, checkWithdraw } from './rules.ts';
import type { ApprovalView, DecideInput, OpineInput, WithdrawInput } from './schemas.ts';
import { lockApproval, updateApproval } from './store.ts';
import { viewsOf } from './view.ts';

/** The unit head's opinion, before the head decides. */
export async function opineApproval(ctx: Ctx, id: string, body: OpineInput): Promise<ApprovalView> {
  return inTx(ctx, async (tx) => {
    const row = await lockApproval(tx, id);
    checkVersion(tx, row);
    const unitFor = checkOpine(row, tx.actor);
    const change = { unitOpinion: body.opinion, unitBy: tx.actor.id, unitFor, unitAt: tx.now };
    const updated = await updateApproval(tx, row, change);
    const detail = unitFor ? { inPlaceOf: unitFor } : {};
    await audit(tx, { action: 'approval.opine', subject: { kind: 'approval', id }, detail });
    return (await viewsOf(tx, [updated]))[0]!;
  });
}

/**
 * The head's decision. Whatever waits for it moves in the same transaction (`approval.decided`): where that is
 * refused, the decision is not made either.
 */
export async function decideApproval(ctx: Ctx, id: string, body: DecideInput): Promise<ApprovalView> {
  return inTx(ctx, async (tx) => {
    const row = await lockApproval(tx, id);
    checkVersion(tx, row);
    const decidedFor = checkDecide(row, tx.actor, body.decision === 'approved' ? 'approve' : 'refuse');
    const { decision, opinion } = body;
    const change = { state: decision, opinion, decidedBy: tx.actor.id, decidedFor, decidedAt: tx.now };
    const updated = await updateApproval(tx, row, change);
    const { matter } = row;
    const subject = { kind: row.subjectKind, id: row.subjectId };
    const event: ApprovalDecided = {
      type: 'approval.decided',
      approvalId: id,
      bureauId: row.bureauId,
      matter,
      subject,
      decision,
      proposedBy: row.proposedBy,
      decidedBy: tx.actor.id,
      decidedAt: tx.now,
      detail: row.detail as Record<string, unknown>,
    };
    await tx.react(tx, event);
    const detail = { decision, matter, of: subject, ...(decidedFor && { inPlaceOf: decidedFor }) };
    await audit(tx, { action: 'approval.decide', subject: { kind: 'approval', id }, detail });
    return (await viewsOf(tx, [updated]))[0]!;
  });
}

/** The proposers take it back before it is decided; whatever waits for it is told (`approval.withdrawn`). */
export async function withdrawApproval(ctx: Ctx, id: string, body: WithdrawInput): Promise<ApprovalView> {
  return inTx(ctx, async (tx) => {
    const row = await lockApproval(tx, id);
    checkVersion(tx, row);
    checkWithdraw(row, tx.actor);
    const updated = await updateApproval(tx, row, { state: 'withdrawn' });
    const { matter } = row;
    const subject = { kind: row.subjectKind, id: row.subjectId };
    const event: ApprovalWithdrawn = { type: 'approval.withdrawn', approvalId: id, matter, subject };
    await tx.react(tx, event);
    const detail = { matter, of: subject, reason: body.reason };
    await audit(tx, { action: 'approval.withdraw', subject: { kind: 'approval', id }, detail });
    return (await viewsOf(tx, [updated]))[0]!;
  });
}
