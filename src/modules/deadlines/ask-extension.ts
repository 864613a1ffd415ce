import { type Ctx, type DomainEvent, inTx, type TxCtx } from '../../context.ts';
import { conflict } from '../../shared/errors.ts';
import { type ApprovalDecided, proposeApproval } from '../approvals/index.ts';
import { audit } from '../audit/index.ts';
import { articleOf, lengthen, requireInTime } from './extend-clock.ts';
import { type Granted, nextExtension, requireBasis, requireNoOwnStep } from './extension-rules.ts';
import { requirePaper } from './papers.ts';
import { getClock } from './clock-detail.ts';
import { ruleById } from './rule-book.ts';
import type { ClockDetail, ExtendBody } from './schemas.ts';
import { type ClockRow, lockClock, partsOf } from './store.ts';

/**
 * Asks for more time on a limit that has no step of its own for it: a head decides (`approval.decided` moves the
 * clock), or where the law is content with an agreement with the laboratory its paper does. 404, 412; 409
 * `clock.own_step`, `approval.already_waiting` and, like 422, as `extendClock`; 422 `clock.paper_unknown`.
 */
export async function extendByHand(ctx: Ctx, id: string, body: ExtendBody): Promise<ClockDetail> {
  return inTx(ctx, async (tx) => {
    const clock = await lockClock(tx, id);
    const granted = await grantable(tx, clock, body.value);
    requireNoOwnStep(granted.terms);
    requireInTime(clock, tx.now);
    if (body.documentId) await requirePaper(tx, body.documentId);
    const basis = { isApproved: true, hasDocument: body.documentId !== undefined };
    requireBasis(granted.terms, basis, { rule: clock.ruleId, article: articleOf(clock) });
    const { reason, documentId } = body;
    const grounds = { reason, value: granted.value, ...(documentId ? { documentId } : {}) };
    const isOnPaper = granted.terms.approver === 'agreement';
    const approvalId = isOnPaper ? null : await ask(tx, clock, { granted, body });
    if (isOnPaper) await lengthen(tx, clock, grounds);
    const subject = { kind: clock.subjectKind, id: clock.subjectId };
    const detail = { clockId: id, rule: clock.ruleId, ...grounds, unit: granted.unit, approvalId };
    await audit(tx, { action: 'clock.extend', subject, detail });
    return getClock(tx, id);
  });
}

async function grantable(tx: TxCtx, clock: ClockRow, value: number | undefined): Promise<Granted> {
  if (clock.state !== 'running' && clock.state !== 'paused')
    throw conflict('clock.not_open', { rule: clock.ruleId });
  const { extensions } = (await partsOf(tx.db, [clock.id])).get(clock.id)!;
  return nextExtension(ruleById(clock.ruleId), extensions.length, { value, article: articleOf(clock) });
}

async function ask(
  tx: TxCtx,
  clock: ClockRow,
  { granted, body }: { granted: Granted; body: ExtendBody },
): Promise<string> {
  const rule = ruleById(clock.ruleId);
  const { id: approvalId } = await proposeApproval(tx, {
    matter: 'clock.extend',
    subject: { kind: clock.subjectKind, id: clock.subjectId },
    title: `延长期限：${rule.titleZh}（${rule.id}）`,
    grounds: body.reason,
    proposedBy: [tx.actor.id],
    decides: granted.terms.approver === 'collective' ? 'principal_head' : 'head',
  });
  const { value, unit } = granted;
  const { reason, documentId = null } = body;
  await tx.db
    .insertInto('clockExtensionRequests')
    .values({ approvalId, clockId: clock.id, value, unit, reason, documentId, createdAt: tx.now })
    .execute();
  return approvalId;
}

/** The head has decided on more time: approved, the clock gets it; refused, it runs on as it did. */
export async function onApprovalDecided(tx: TxCtx, event: DomainEvent): Promise<void> {
  const { matter, approvalId, decision, subject } = event as ApprovalDecided;
  if (matter !== 'clock.extend') return;
  const request = await tx.db
    .selectFrom('clockExtensionRequests')
    .selectAll()
    .where('approvalId', '=', approvalId)
    .executeTakeFirstOrThrow();
  const { clockId, value, reason, documentId } = request;
  if (decision === 'approved') {
    const clock = await lockClock({ ...tx, ifMatch: null }, clockId);
    await lengthen(tx, clock, { value, reason, approvalId, ...(documentId ? { documentId } : {}) });
  }
  const action = decision === 'approved' ? 'clock.extension_approved' : 'clock.extension_refused';
  await audit(tx, { action, subject, detail: { clockId, approvalId } });
}
