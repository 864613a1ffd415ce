import type { DomainEvent, TxCtx } from '../../context.ts';
import type { ApprovalDecided, ApprovalWithdrawn } from '../approvals/index.ts';
import { decideGains } from './find-gains.ts';

/** What a head's decision on a matter of the penalty track does. */
type Decided = { caseId: string; approvalId: string; isApproved: boolean; decidedAt: Date };

const MATTERS: Record<string, (tx: TxCtx, decided: Decided) => Promise<void>> = {
  'gains.not_calculable': decideGains,
};

/** Moves the penalty track when a head has decided; other subjects and matters are not its affair. */
export async function onApprovalDecided(tx: TxCtx, event: DomainEvent): Promise<void> {
  const { subject, matter, approvalId, decision, decidedAt } = event as ApprovalDecided;
  if (subject.kind !== 'case') return;
  const isApproved = decision === 'approved';
  await MATTERS[matter]?.(tx, { caseId: subject.id, approvalId, isApproved, decidedAt });
}

/** A proposal taken back is one that was not agreed to. */
export async function onApprovalWithdrawn(tx: TxCtx, event: DomainEvent): Promise<void> {
  const { subject, matter, approvalId } = event as ApprovalWithdrawn;
  if (subject.kind !== 'case') return;
  await MATTERS[matter]?.(tx, { caseId: subject.id, approvalId, isApproved: false, decidedAt: tx.now });
}
