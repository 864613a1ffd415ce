import type { DomainEvent, TxCtx } from '../../context.ts';
import type { ApprovalDecided, ApprovalWithdrawn } from '../approvals/index.ts';
import { decideExtension } from './extend-case.ts';
import { decideFiling, withdrawFiling } from './file-case.ts';

/** Moves a case when the head has decided on it; other subjects and matters are not the cases' affair. */
export async function onApprovalDecided(tx: TxCtx, event: DomainEvent): Promise<void> {
  const { subject, matter, approvalId, decision, decidedAt } = event as ApprovalDecided;
  if (subject.kind !== 'case') return;
  const decided = { approvalId, caseId: subject.id, isApproved: decision === 'approved', decidedAt };
  if (matter === 'case.file') await decideFiling(tx, decided);
  if (matter === 'case.extend') await decideExtension(tx, decided);
}

/** The officers have taken a filing proposal back: it is not filed, and may be proposed anew. */
export async function onApprovalWithdrawn(tx: TxCtx, event: DomainEvent): Promise<void> {
  const { subject, matter, approvalId } = event as ApprovalWithdrawn;
  if (subject.kind === 'case' && matter === 'case.file') await withdrawFiling(tx, subject.id, approvalId);
}
