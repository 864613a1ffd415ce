import type { TxCtx } from '../../context.ts';
import { dayOf } from '../../shared/clock.ts';
import { conflict, unprocessable } from '../../shared/errors.ts';
import { notBefore } from '../../shared/time-order.ts';
import { cancelClock, moveTrigger } from '../deadlines/index.ts';
import type { RecordRow, RecordSpec } from '../records/index.ts';
import { requireClueNoticeVoidable, requireTransferVoidable } from './rules.ts';
import { ClueNoticeChanges, TransferChanges } from './schemas.ts';
import { isWaiting } from './transfer-queries.ts';
import type { ClueNoticeRow, TransferRow } from './store.ts';

const same = (before: RecordRow, after: RecordRow, names: readonly string[]): boolean =>
  names.every((name) => JSON.stringify(before[name]) === JSON.stringify(after[name]));

/** What the head saw is what is sent: a changed draft must be approved anew, and what was sent is not changed. */
async function checkClueNotice(tx: TxCtx, before: RecordRow, after: RecordRow): Promise<void> {
  const invents = (['acknowledgedBy', 'outcome'] as const).some(
    (name) => before[name] === null && after[name] !== null,
  );
  if (invents) throw conflict('clue_notice.not_so_far', { state: before.state });
  if (same(before, after, ['recipient', 'content'])) return;
  const notice = before as unknown as ClueNoticeRow;
  if (notice.state !== 'drafted') throw conflict('clue_notice.sent_already', { state: notice.state });
  if (await isWaiting(tx.db, notice.approvalId))
    throw conflict('clue_notice.already_submitted', { approval: 'proposed' });
  await tx.db.updateTable('clueNotices').set({ approvalId: null }).where('id', '=', notice.id).execute();
}

async function checkClueNoticeVoid(tx: TxCtx, before: RecordRow): Promise<void> {
  const notice = before as unknown as ClueNoticeRow;
  requireClueNoticeVoidable(notice, await isWaiting(tx.db, notice.approvalId));
}

/** Amend, void, assign and history of clue notices. */
export const clueNoticeAmendment: RecordSpec = {
  path: '/api/clue-notices',
  kind: 'clue_notice',
  table: 'clueNotices',
  changes: ClueNoticeChanges,
  closedStates: ['joined', 'not_taken'],
  onAmend: checkClueNotice,
  onVoid: checkClueNoticeVoid,
};

/** A corrected time moves the clock that counts from it, and keeps its place in the order of events. */
async function checkTransfer(tx: TxCtx, before: RecordRow, after: RecordRow): Promise<void> {
  const [was, is] = [before as unknown as TransferRow, after as unknown as TransferRow];
  requireReached(was, is);
  checkOrder(tx, is);
  const subject = { kind: 'transfer', id: is.id };
  const reason = 'transfer.amend';
  if (!same(before, after, ['reportReceivedAt'])) {
    await moveTrigger(tx, { rule: 'T01', subject, on: dayOf(is.reportReceivedAt), reason });
  }
  if (is.acknowledgedAt !== null && !same(before, after, ['acknowledgedAt'])) {
    await moveTrigger(tx, { rule: 'T04', subject, on: dayOf(is.acknowledgedAt), reason });
  }
}

const REACHED = [
  'deliveredTo',
  'acknowledgedAt',
  'acknowledgedBy',
  'decisionNumber',
  'decisionNote',
] as const;

/** 409 where a correction fills in what has not happened yet. */
function requireReached(was: TransferRow, is: TransferRow): void {
  // A note may be missing beside a filing: it is then added, not invented.
  const early = REACHED.find(
    (name) =>
      was[name] === null && is[name] !== null && !(name === 'decisionNote' && was.decisionOn !== null),
  );
  if (early !== undefined) throw conflict('transfer.not_so_far', { state: was.state });
}

function checkOrder(tx: TxCtx, is: TransferRow): void {
  const times = [
    ['reportReceivedAt', is.reportReceivedAt],
    ['approvedAt', is.approvedAt],
    ['deliveredAt', is.deliveredAt],
    ['acknowledgedAt', is.acknowledgedAt],
  ] as const;
  let last: Date | null = null;
  for (const [field, at] of times) {
    if (at === null) continue;
    if (at > tx.now) throw unprocessable('field.future', {}, [{ field, code: 'field.future' }]);
    if (last !== null) notBefore(at, last, field);
    last = at;
  }
}

/** Before the delivery it may be struck out, its clocks with it; what the police have is no mistake of typing. */
async function checkTransferVoid(tx: TxCtx, before: RecordRow): Promise<void> {
  const transfer = before as unknown as TransferRow;
  requireTransferVoidable(transfer, await isWaiting(tx.db, transfer.approvalId));
  const subject = { kind: 'transfer', id: transfer.id };
  await cancelClock(tx, { rule: 'T01', subject, reason: 'transfer.void' });
  await cancelClock(tx, { rule: 'T02', subject, reason: 'transfer.void' });
}

/** Amend, void, assign and history of transfers. */
export const transferAmendment: RecordSpec = {
  path: '/api/transfers',
  kind: 'transfer',
  table: 'transfers',
  changes: TransferChanges,
  closedStates: ['refused', 'declined', 'returned'],
  onAmend: checkTransfer,
  onVoid: checkTransferVoid,
};
