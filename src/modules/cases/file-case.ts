import type { TxCtx } from '../../context.ts';
import { dayOf } from '../../shared/clock.ts';
import { next } from '../../shared/workflow.ts';
import { audit } from '../audit/index.ts';
import { startClock } from '../deadlines/index.ts';
import { certifiedOfficers } from '../identity/index.ts';
import { requireLive } from '../records/index.ts';
import { concludeSource } from '../sources/index.ts';
import { takeCaseNumber } from './numbering.ts';
import { CASE_FLOW, requireSourceNotGone } from './rules.ts';
import { type CaseRow, lockCase, lockSourceOfCase, updateCase } from './store.ts';

/** A head's decision on a case. */
export type Decision = {
  approvalId: string;
  caseId: string;
  isApproved: boolean;
  decidedAt: Date;
  /** What was asked for, as the proposal kept it. */
  detail: Record<string, unknown>;
};

/**
 * What the head's decision on a filing proposal does, in the transaction of the decision. Approved: the case is filed
 * on that day, is numbered, the 90 days begin (P04, CXGD 64) and the source has opened a case (which meets R01).
 * Refused: the proposal is declined; the source stays in verification, where the officers decline it or try again.
 */
export async function decideFiling(tx: TxCtx, decision: Decision): Promise<void> {
  const row = await lockCase(tx, decision.caseId);
  requireLive(row);
  const action = decision.isApproved ? 'file' : 'decline';
  const state = next(CASE_FLOW, row.state, action);
  if (decision.isApproved) return fileCase(tx, row, decision);
  await updateCase(tx, row, { state });
  const detail = { approvalId: decision.approvalId };
  await audit(tx, { action: 'case.decline', subject: { kind: 'case', id: row.id }, detail });
}

/** A proposal that was taken back is not filed; nothing ran yet. */
export async function withdrawFiling(tx: TxCtx, caseId: string, approvalId: string): Promise<void> {
  const row = await lockCase(tx, caseId);
  await updateCase(tx, row, { state: next(CASE_FLOW, row.state, 'withdraw') });
  await audit(tx, { action: 'case.withdraw', subject: { kind: 'case', id: caseId }, detail: { approvalId } });
}

async function fileCase(tx: TxCtx, row: CaseRow, { approvalId, decidedAt }: Decision): Promise<void> {
  const filedOn = dayOf(decidedAt);
  await certifiedOfficers(tx, row.officerIds, filedOn);
  requireSourceNotGone(await lockSourceOfCase(tx, row.sourceId));
  const subject = { kind: 'case', id: row.id };
  await startClock(tx, { rule: 'P04', subject, trigger: 'case.file', on: filedOn });
  await concludeSource(tx, row.sourceId, 'case_opened');
  const number = await takeCaseNumber(tx, filedOn);
  await updateCase(tx, row, { state: 'investigating', filedOn, number });
  const detail = { approvalId, number, filedOn, sourceId: row.sourceId };
  await audit(tx, { action: 'case.file', subject, detail });
  await tx.react(tx, { type: 'case.filed', caseId: row.id, sourceId: row.sourceId, number, on: filedOn });
}
