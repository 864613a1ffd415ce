import type { TxCtx } from '../../context.ts';
import { pastDay } from '../../shared/time-order.ts';
import { cancelClock } from '../deadlines/index.ts';
import type { RecordRow, RecordSpec } from '../records/index.ts';
import { followReceipt, impliedCompetentOn, type Receipt } from './follow-receipt.ts';
import { checkKeys } from './rules.ts';
import { TipChanges } from './schemas.ts';
import { historyForReader } from './silence.ts';
import { requireUnused } from './view.ts';
import type { TipRecord } from './store.ts';

/** Checks what was amended as if it were entered now; a corrected receipt moves all that hangs on it. */
async function followAmendment(tx: TxCtx, before: RecordRow, after: RecordRow): Promise<void> {
  const tip = after as unknown as TipRecord;
  checkKeys({ channel: tip.channel, category: tip.category });
  if (tip.boughtOn) pastDay(tip.boughtOn, tx.now, 'changes.boughtOn');
  // The source is given the day alone: why it was corrected, in whatever words, stays with the tip.
  await followReceipt({ ...tx, said: null }, before as unknown as TipRecord, tip);
}

/** 409 `tip.void_too_late` where a source was opened from it; else its clocks fall away and its numbers are free. */
async function beforeVoiding(tx: TxCtx, before: RecordRow): Promise<void> {
  const tip = before as unknown as TipRecord;
  requireUnused(tip);
  await cancelClock(tx, { rule: 'C01', subject: { kind: 'tip', id: tip.id }, reason: 'tip.void' });
  await tx.db.updateTable('tipNumbers').set({ voidedAt: tx.now }).where('tipId', '=', tip.id).execute();
}

/** How tips are amended, voided and assigned. */
export const TIP_RECORD: RecordSpec<typeof TipChanges> = {
  path: '/api/tips',
  kind: 'tip',
  table: 'tips',
  changes: TipChanges,
  closedStates: [
    'refused',
    'withdrawn',
    'forwarded',
    'settled',
    'terminated',
    'case_opened',
    'not_filed',
    'handed_over',
    'answered',
  ],
  implied: (before, changes) => impliedCompetentOn(before as unknown as Receipt, changes),
  onAmend: followAmendment,
  onVoid: beforeVoiding,
  forReader: historyForReader,
};
