import type { DomainEvent, TxCtx } from '../../context.ts';
import type { ApprovalDecided, ApprovalWithdrawn } from '../approvals/index.ts';
import { decideClosing } from './close-case.ts';
import { decideExtension } from './extend-case.ts';
import { type Decision, decideFiling, withdrawFiling } from './file-case.ts';
import { decideSuspension } from './suspend-case.ts';
import { decideTermination } from './terminate-case.ts';

const MATTERS: Record<string, (tx: TxCtx, decision: Decision) => Promise<void>> = {
  'case.file': decideFiling,
  'case.extend': decideExtension,
  'case.suspend': decideSuspension,
  'case.terminate': decideTermination,
  'case.close': decideClosing,
};

/** Moves a case when the head has decided on it; other subjects and matters are not the cases' affair. */
export async function onApprovalDecided(tx: TxCtx, event: DomainEvent): Promise<void> {
  const { subject, matter, approvalId, decision, decidedAt, detail } = event as ApprovalDecided;
  if (subject.kind !== 'case') return;
  const isApproved = decision === 'approved';
  await MATTERS[matter]?.(tx, { approvalId, caseId: subject.id, isApproved, decidedAt, detail });
}

/** The officers have taken a filing proposal back: it is not filed, and may be proposed anew. */
export async function onApprovalWithdrawn(tx: TxCtx, event: DomainEvent): Promise<void> {
  const { subject, matter, approvalId } = event as ApprovalWithdrawn;
  if (subject.kind === 'case' && matter === 'case.file') await withdrawFiling(tx, subject.id, approvalId);
}
