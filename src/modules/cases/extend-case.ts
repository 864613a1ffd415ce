import { type Ctx, inTx, type TxCtx } from '../../context.ts';
import { checkVersion } from '../../db/version.ts';
import { next } from '../../shared/workflow.ts';
import { proposeApproval } from '../approvals/index.ts';
import { audit } from '../audit/index.ts';
import { extendClock } from '../deadlines/index.ts';
import { requireLive } from '../records/index.ts';
import type { Decision } from './file-case.ts';
import { proposers } from './propose-case.ts';
import { caseClock } from './case-actions.ts';
import { approvalGrounds, caseView, isApprovalWaiting } from './queries.ts';
import { CASE_FLOW, requireExtendable } from './rules.ts';
import type { CaseView, ExtendCaseInput } from './schemas.ts';
import { lockCase, lockOpenCase, updateCase } from './store.ts';

/** Asks the head for the 30 days more that P04 allows once (CXGD 64(1)); refused once the 90 days are over. */
export async function extendCase(ctx: Ctx, id: string, body: ExtendCaseInput): Promise<CaseView> {
  return inTx(ctx, async (tx) => {
    const row = await lockOpenCase(tx, id);
    checkVersion(tx, row);
    next(CASE_FLOW, row.state, 'extend');
    requireExtendable(await caseClock(tx, id), await isApprovalWaiting(tx, id, 'case.extend'));
    const approval = await proposeApproval(tx, {
      matter: 'case.extend',
      subject: { kind: 'case', id },
      title: row.title,
      grounds: body.reason,
      proposedBy: proposers(tx, row.officerIds),
      decides: 'head',
    });
    const updated = await updateCase(tx, row, {});
    const detail = { approvalId: approval.id, reason: body.reason };
    await audit(tx, { action: 'case.extend', subject: { kind: 'case', id }, detail });
    return caseView(tx, updated);
  });
}

/** What the head's decision on an extension does: approved, the clock gets its 30 days; refused, nothing moves. */
export async function decideExtension(tx: TxCtx, decision: Decision): Promise<void> {
  const row = await lockCase(tx, decision.caseId);
  requireLive(row);
  const { approvalId, isApproved } = decision;
  if (isApproved) {
    next(CASE_FLOW, row.state, 'extend');
    const subject = { kind: 'case', id: row.id };
    const reason = await approvalGrounds(tx, approvalId);
    await extendClock(tx, { rule: 'P04', subject, reason, approvalId });
  }
  await updateCase(tx, row, {});
  const action = isApproved ? 'case.extension_approved' : 'case.extension_refused';
  await audit(tx, { action, subject: { kind: 'case', id: row.id }, detail: { approvalId } });
}
