import { type Ctx, inTx } from '../../context.ts';
import { checkVersion } from '../../db/version.ts';
import { notBefore, pastInstant } from '../../shared/time-order.ts';
import { next } from '../../shared/workflow.ts';
import { audit } from '../audit/index.ts';
import { approvalOf, approvedAt, clueNoticeView } from './queries.ts';
import { CLUE_NOTICE_FLOW, requireApproved } from './rules.ts';
import type {
  AcknowledgeInput,
  ClueNoticeView,
  ConcludeClueNoticeInput,
  SendClueNoticeInput,
} from './schemas.ts';
import { lockClueNotice, updateClueNotice } from './store.ts';

/** Sends an approved clue notice. 409 `clue_notice.not_approved`; 422 `date.before_start` before its approval. */
export async function sendClueNotice(
  ctx: Ctx,
  id: string,
  body: SendClueNoticeInput,
): Promise<ClueNoticeView> {
  return inTx(ctx, async (tx) => {
    const row = await lockClueNotice(tx, id);
    checkVersion(tx, row);
    const state = next(CLUE_NOTICE_FLOW, row.state, 'send');
    requireApproved(await approvalOf(tx.db, row.approvalId));
    const sentAt = body.sentAt ? pastInstant(body.sentAt, tx.now, 'sentAt') : tx.now;
    notBefore(sentAt, (await approvedAt(tx.db, row.approvalId)) ?? row.createdAt, 'sentAt');
    const updated = await updateClueNotice(tx, row, { state, sentAt });
    const detail = { recipient: row.recipient, sentAt: sentAt.toISOString() };
    await audit(tx, { action: 'clue_notice.send', subject: { kind: 'clue_notice', id }, detail });
    return clueNoticeView(tx, updated);
  });
}

/** The police confirm that they have it. */
export async function acknowledgeClueNotice(
  ctx: Ctx,
  id: string,
  body: AcknowledgeInput,
): Promise<ClueNoticeView> {
  return inTx(ctx, async (tx) => {
    const row = await lockClueNotice(tx, id);
    checkVersion(tx, row);
    const state = next(CLUE_NOTICE_FLOW, row.state, 'acknowledge');
    const { acknowledgedBy } = body;
    const at = body.acknowledgedAt;
    const acknowledgedAt = at ? pastInstant(at, tx.now, 'acknowledgedAt') : tx.now;
    notBefore(acknowledgedAt, row.sentAt ?? acknowledgedAt, 'acknowledgedAt');
    const updated = await updateClueNotice(tx, row, { state, acknowledgedAt, acknowledgedBy });
    const detail = { acknowledgedBy };
    await audit(tx, { action: 'clue_notice.acknowledge', subject: { kind: 'clue_notice', id }, detail });
    return clueNoticeView(tx, updated);
  });
}

/** The police join in, or do not take it up. The bureau's own limits ran on all the while. */
export async function concludeClueNotice(
  ctx: Ctx,
  id: string,
  { result, outcome }: ConcludeClueNoticeInput,
): Promise<ClueNoticeView> {
  return inTx(ctx, async (tx) => {
    const row = await lockClueNotice(tx, id);
    checkVersion(tx, row);
    const state = next(CLUE_NOTICE_FLOW, row.state, result === 'joined' ? 'join' : 'not_take');
    const updated = await updateClueNotice(tx, row, { state, outcome });
    const detail = { result, outcome };
    await audit(tx, { action: 'clue_notice.conclude', subject: { kind: 'clue_notice', id }, detail });
    return clueNoticeView(tx, updated);
  });
}
