import { type Ctx, inTx, type TxCtx } from '../../context.ts';
import { addDays, dayOf } from '../../shared/clock.ts';
import { audit } from '../audit/index.ts';
import { excludeTime, resumeClock } from '../deadlines/index.ts';
import type { Decision } from './file-case.ts';
import { askHead, lockDecided, lockForAct, moveCase } from './move-case.ts';
import { investigationFacts } from './procedure-queries.ts';
import type { SuspendInput } from './procedure-schemas.ts';
import { caseView } from './queries.ts';
import { PAUSE_GROUNDS, requireNothingWaiting } from './rules.ts';
import type { CaseView } from './schemas.ts';

/** Asks the head to suspend the investigation on a ground of CXGD 46. 409 `case.approval_waiting`. */
export async function suspendCase(ctx: Ctx, id: string, body: SuspendInput): Promise<CaseView> {
  return inTx(ctx, async (tx) => {
    const row = await lockForAct(tx, id, 'suspend');
    requireNothingWaiting((await investigationFacts(tx.db, id)).isWaiting);
    const approvalId = await askHead(tx, row, {
      matter: 'case.suspend',
      grounds: `${PAUSE_GROUNDS[body.ground]}：${body.reason}`,
      detail: { ...body },
    });
    const detail = { approvalId, ground: body.ground };
    await audit(tx, { action: 'case.suspend', subject: { kind: 'case', id }, detail });
    return caseView(tx, row);
  });
}

/** Approved, the case stands still from that day, and so does its limit (CXGD 64(2)); refused, nothing moves. */
export async function decideSuspension(tx: TxCtx, decision: Decision): Promise<void> {
  const { caseId, approvalId, isApproved, decidedAt, detail } = decision;
  const row = await lockDecided(tx, caseId, { action: 'suspend', isApproved });
  const subject = { kind: 'case', id: caseId };
  if (!isApproved) return audit(tx, { action: 'case.suspension_refused', subject, detail: { approvalId } });
  const { ground, reason } = detail as SuspendInput;
  const fromOn = dayOf(decidedAt);
  const pause = { ground, reason, approvalId, fromOn };
  await tx.db
    .insertInto('casePauses')
    .values({ ...pause, id: tx.newId(), bureauId: row.bureauId, caseId, createdAt: tx.now })
    .execute();
  await excludeTime(tx, {
    rule: 'P04',
    subject,
    from: fromOn,
    to: null,
    cause: 'suspension',
    ground: 'case.suspend',
  });
  await moveCase(tx, row, 'suspend', { as: 'case.suspension_approved', detail: pause });
}

/** What stood in the way is gone: the investigation goes on at once (CXGD 46(2)), and its limit runs again. */
export async function resumeCase(ctx: Ctx, id: string, { reason }: { reason: string }): Promise<CaseView> {
  return inTx(ctx, async (tx) => {
    const row = await lockForAct(tx, id, 'resume');
    requireNothingWaiting((await investigationFacts(tx.db, id)).isWaiting);
    await endPause(tx, id, reason);
    return caseView(tx, await moveCase(tx, row, 'resume', { as: 'case.resume', detail: { reason } }));
  });
}

/** Ends the pause of a suspended case: the day it resumes counts again. */
async function endPause(tx: TxCtx, caseId: string, resumeReason: string): Promise<void> {
  const { id, fromOn } = await tx.db
    .selectFrom('casePauses')
    .select(['id', 'fromOn'])
    .where('caseId', '=', caseId)
    .where('toOn', 'is', null)
    .executeTakeFirstOrThrow();
  const yesterday = addDays(dayOf(tx.now), -1);
  // Resumed on the very day: that one day stood still.
  const toOn = yesterday < fromOn ? fromOn : yesterday;
  await tx.db.updateTable('casePauses').set({ toOn, resumeReason }).where('id', '=', id).execute();
  await resumeClock(tx, { rule: 'P04', subject: { kind: 'case', id: caseId }, to: toOn });
}
