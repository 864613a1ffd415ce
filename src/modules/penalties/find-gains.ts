import { type Ctx, inTx, type TxCtx } from '../../context.ts';
import { dayOf } from '../../shared/clock.ts';
import { proposeApproval } from '../approvals/index.ts';
import { audit } from '../audit/index.ts';
import { type CaseRow, proposers } from '../cases/index.ts';
import { gainsOf } from './assess.ts';
import { penaltyTrack } from './queries.ts';
import { checkGains, GAINS_ARTICLES, needsPrincipal, requireNoGainsWaiting } from './rules.ts';
import type { FindGainsInput } from './schemas.ts';
import { gainsFinding, type GainsRow, lockForFacts, lockGains, salesOf } from './store.ts';
import type { PenaltyView } from './view-schemas.ts';

/**
 * Finds the illegal gains of a case (Order 118 from 2026-03-20; the receipts before): each finding replaces the one
 * before. Where they cannot be counted the principal head must agree in person first (K25, WFSD 14). 409
 * `penalty.facts_closed`, `gains.waiting`; 422 `gains.not_in_force`, `gains.not_proven`, `gains.nothing_to_deduct`.
 */
export async function findGains(ctx: Ctx, caseId: string, body: FindGainsInput): Promise<PenaltyView> {
  return inTx(ctx, async (tx) => {
    const row = await lockForFacts(tx, caseId);
    checkGains(body.method, body, dayOf(tx.now));
    const before = await gainsFinding(tx.db, caseId);
    requireNoGainsWaiting(before);
    const id = await insertFinding(tx, row, body, before);
    const detail = { findingId: id, method: body.method };
    await audit(tx, { action: 'gains.find', subject: { kind: 'case', id: caseId }, detail });
    return penaltyTrack(tx, caseId);
  });
}

async function insertFinding(
  tx: TxCtx,
  row: CaseRow,
  body: FindGainsInput,
  before: GainsRow | undefined,
): Promise<string> {
  const sales = await salesOf(tx.db, row.id);
  const receiptsFen = body.receiptsFen ?? sales.reduce((total, sale) => total + sale.amountFen, 0);
  const refundedFen = sales.reduce((total, sale) => total + sale.refundedFen, 0);
  const { method, deductions, proofDueOn, reason } = body;
  const waits = needsPrincipal(method);
  const id = tx.newId();
  const approvalId = waits ? await askPrincipal(tx, row, { method, reason }) : null;
  await replace(tx, before);
  await tx.db
    .insertInto('gainsFindings')
    .values({
      id,
      bureauId: row.bureauId,
      caseId: row.id,
      state: waits ? 'waiting' : 'standing',
      method,
      foundOn: dayOf(tx.now),
      receiptsFen,
      refundedFen,
      deductions: JSON.stringify(deductions),
      proofDueOn,
      ...gainsOf({ method, receiptsFen, refundedFen, deductions }),
      reason,
      approvalId,
      createdBy: tx.actor.id,
      createdAt: tx.now,
    })
    .execute();
  return id;
}

async function replace(tx: TxCtx, before: GainsRow | undefined): Promise<void> {
  if (!before) return;
  await tx.db.updateTable('gainsFindings').set({ state: 'replaced' }).where('id', '=', before.id).execute();
}

const WORDS = { not_calculable: '违法所得数额无法查清', partly: '违法所得仅部分能够确定' } as const;

async function askPrincipal(
  tx: TxCtx,
  row: CaseRow,
  { method, reason }: { method: FindGainsInput['method']; reason: string },
): Promise<string> {
  const words = method === 'partly' ? WORDS.partly : WORDS.not_calculable;
  const { id } = await proposeApproval(tx, {
    matter: 'gains.not_calculable',
    subject: { kind: 'case', id: row.id },
    title: row.title,
    grounds: `${words}：${reason}\n依据：${GAINS_ARTICLES[method]}`,
    proposedBy: proposers(tx, row.officerIds),
    decides: 'principal_head',
  });
  return id;
}

/** What the principal head's word does: agreed, the finding stands; refused or taken back, it does not. */
export async function decideGains(
  tx: TxCtx,
  { caseId, approvalId, isApproved }: { caseId: string; approvalId: string; isApproved: boolean },
): Promise<void> {
  const { id } = await tx.db
    .selectFrom('gainsFindings')
    .select('id')
    .where('approvalId', '=', approvalId)
    .executeTakeFirstOrThrow();
  const row = await lockGains(tx, id);
  const state = isApproved ? 'standing' : 'refused';
  await tx.db.updateTable('gainsFindings').set({ state }).where('id', '=', row.id).execute();
  const action = isApproved ? 'gains.agree' : 'gains.refuse';
  await audit(tx, { action, subject: { kind: 'case', id: caseId }, detail: { findingId: id, approvalId } });
}
