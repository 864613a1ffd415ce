import type { DomainEvent, TxCtx } from '../../context.ts';
import type { ApprovalDecided, ApprovalWithdrawn } from '../approvals/index.ts';
import { decidePlan } from './plan-payment.ts';
import { decideRemission } from './remit-surcharge.ts';

/** What a head was asked about the carrying out of a decision, and what he said. */
export type Asked = {
  caseId: string;
  approvalId: string;
  isApproved: boolean;
  detail: Record<string, unknown>;
};

const MATTERS: Record<string, (tx: TxCtx, asked: Asked) => Promise<void>> = {
  'payment.plan': decidePlan,
  'surcharge.remit': decideRemission,
};

/** Moves the account of a decision when a head has decided; other subjects and matters are not its affair. */
export async function onApprovalDecided(tx: TxCtx, event: DomainEvent): Promise<void> {
  const { subject, matter, approvalId, decision, detail } = event as ApprovalDecided;
  if (subject.kind !== 'case') return;
  await MATTERS[matter]?.(tx, {
    caseId: subject.id,
    approvalId,
    isApproved: decision === 'approved',
    detail,
  });
}

/** What the proposers took back was not agreed to. */
export async function onApprovalWithdrawn(tx: TxCtx, event: DomainEvent): Promise<void> {
  const { subject, matter, approvalId } = event as ApprovalWithdrawn;
  if (subject.kind !== 'case') return;
  await MATTERS[matter]?.(tx, { caseId: subject.id, approvalId, isApproved: false, detail: {} });
}
