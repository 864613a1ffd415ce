import type { DomainEvent, TxCtx } from '../../context.ts';
import type { ApprovalDecided, ApprovalWithdrawn } from '../approvals/index.ts';
import { decideDecision } from './decide-penalty.ts';
import { decideNotice, decideOther } from './decide-proposal.ts';
import { decideGains } from './find-gains.ts';

/** What a head's decision on a matter of the penalty track brings. */
export type Decided = {
  caseId: string;
  approvalId: string;
  isApproved: boolean;
  /** Taken back by the proposers, not decided at all. */
  isWithdrawn: boolean;
  decidedAt: Date;
  /** What was asked for, as the proposal kept it. */
  detail: Record<string, unknown>;
};

const MATTERS: Record<string, (tx: TxCtx, decided: Decided) => Promise<void>> = {
  'gains.not_calculable': decideGains,
  'penalty.approve_notice': decideNotice,
  'penalty.approve_other': decideOther,
  'penalty.decide': decideDecision,
};

/** Moves the penalty track when a head has decided; other subjects and matters are not its affair. */
export async function onApprovalDecided(tx: TxCtx, event: DomainEvent): Promise<void> {
  const { subject, matter, approvalId, decision, decidedAt, detail } = event as ApprovalDecided;
  if (subject.kind !== 'case') return;
  const isApproved = decision === 'approved';
  const decided = { caseId: subject.id, approvalId, isApproved, isWithdrawn: false, decidedAt, detail };
  await MATTERS[matter]?.(tx, decided);
}

/** A proposal taken back is one that was not agreed to. */
export async function onApprovalWithdrawn(tx: TxCtx, event: DomainEvent): Promise<void> {
  const { subject, matter, approvalId } = event as ApprovalWithdrawn;
  if (subject.kind !== 'case') return;
  const undecided = { isApproved: false, isWithdrawn: true, decidedAt: tx.now, detail: {} };
  await MATTERS[matter]?.(tx, { caseId: subject.id, approvalId, ...undecided });
}
