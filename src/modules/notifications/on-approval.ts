import type { DomainEvent, TxCtx } from '../../context.ts';
import {
  type ApprovalDecided,
  type ApprovalProposed,
  type ApprovalWithdrawn,
  whoMayAct,
} from '../approvals/index.ts';
import { notify, settle } from './notify.ts';

const topicOf = (approvalId: string): string => `approval:${approvalId}`;

/** Whoever may decide, and the heads of the unit it comes from, hear that it waits for them. */
export async function onApprovalProposed(tx: TxCtx, event: DomainEvent): Promise<void> {
  const { approvalId, bureauId, matter, subject } = event as ApprovalProposed;
  const params = { approvalId, matter };
  const to = await whoMayAct(tx, event as ApprovalProposed);
  const topic = topicOf(approvalId);
  await notify(tx, bureauId, [{ kind: 'approval.waiting', params, to, subject, topic, event: '' }]);
}

/** The proposers hear what was decided; it waits for nobody any more. */
export async function onApprovalDecided(tx: TxCtx, event: DomainEvent): Promise<void> {
  const { approvalId, bureauId, matter, subject, decision, proposedBy } = event as ApprovalDecided;
  const topic = topicOf(approvalId);
  await settle(tx, [topic], ['approval.waiting']);
  const params = { approvalId, matter, decision };
  await notify(tx, bureauId, [
    { kind: 'approval.decided', params, to: proposedBy, subject, topic, event: '' },
  ]);
}

/** What was taken back waits for nobody. */
export async function onApprovalWithdrawn(tx: TxCtx, event: DomainEvent): Promise<void> {
  await settle(tx, [topicOf((event as ApprovalWithdrawn).approvalId)], ['approval.waiting']);
}
