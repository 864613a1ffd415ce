import type { DomainEvent, TxCtx } from '../../context.ts';
import { dayOf } from '../../shared/clock.ts';
import { next } from '../../shared/workflow.ts';
import type { ApprovalDecided, ApprovalWithdrawn } from '../approvals/index.ts';
import { audit } from '../audit/index.ts';
import { cancelClock, meetClock, startClock } from '../deadlines/index.ts';
import { TRANSFER_FLOW } from './rules.ts';
import { lockTransfer, updateTransfer } from './store.ts';

/**
 * The principal head has decided on a transfer: T01 is met. Approved, the 24 hours to hand it to the police (T02)
 * begin at that very instant; refused, the reasons stand in the approval (Order 310 art. 5(2)).
 */
export async function onApprovalDecided(tx: TxCtx, event: DomainEvent): Promise<void> {
  const { subject, matter, approvalId, decision, decidedAt } = event as ApprovalDecided;
  if (subject.kind !== 'transfer' || matter !== 'transfer.approve') return;
  const row = await lockTransfer(tx, subject.id);
  const isApproved = decision === 'approved';
  const state = next(TRANSFER_FLOW, row.state, isApproved ? 'approve' : 'refuse');
  await meetClock(tx, { rule: 'T01', subject, at: decidedAt });
  if (isApproved) {
    const on = dayOf(decidedAt);
    await startClock(tx, { rule: 'T02', subject, trigger: 'transfer.approve', on, at: decidedAt });
  }
  await updateTransfer(tx, row, { state, approvedAt: isApproved ? decidedAt : null });
  const action = isApproved ? 'transfer.approve' : 'transfer.refuse';
  await audit(tx, { action, subject, detail: { approvalId, caseId: row.caseId } });
}

/** The task group has taken its report back before it was decided: no clock runs on. */
export async function onApprovalWithdrawn(tx: TxCtx, event: DomainEvent): Promise<void> {
  const { subject, matter, approvalId } = event as ApprovalWithdrawn;
  if (subject.kind !== 'transfer' || matter !== 'transfer.approve') return;
  const row = await lockTransfer(tx, subject.id);
  const state = next(TRANSFER_FLOW, row.state, 'withdraw');
  await cancelClock(tx, { rule: 'T01', subject, reason: 'transfer.withdraw' });
  await updateTransfer(tx, row, { state });
  await audit(tx, { action: 'transfer.withdraw', subject, detail: { approvalId, caseId: row.caseId } });
}
