import type { TxCtx } from '../../context.ts';
import { pastDay } from '../../shared/time-order.ts';
import { cancelClock, moveTrigger } from '../deadlines/index.ts';
import type { RecordRow, RecordSpec } from '../records/index.ts';
import { checkFoundOn, limitOf, requireVoidable } from './rules.ts';
import { SourceChanges } from './schemas.ts';
import { isInUse, pendingApprovals, type SourceRecord } from './store.ts';

/** A corrected day of finding moves R01 and all that hangs on it. 422 `field.future`, `source.found_after_registered`. */
async function followAmendment(tx: TxCtx, before: RecordRow, after: RecordRow): Promise<void> {
  if (before['foundOn'] === after['foundOn']) return;
  const on = pastDay(String(after['foundOn']), tx.now, 'changes.foundOn');
  checkFoundOn(after as unknown as SourceRecord, 'changes.foundOn');
  await moveTrigger(tx, {
    rule: limitOf(after as unknown as SourceRecord),
    subject: { kind: 'source', id: before.id },
    on,
    reason: 'source.amend',
  });
}

/** Refused as `requireVoidable` says; else its clock falls away. */
async function beforeVoiding(tx: TxCtx, before: RecordRow): Promise<void> {
  const source = before as unknown as SourceRecord;
  const matters = (await pendingApprovals(tx.db, source.id)).map(({ matter }) => matter);
  requireVoidable({ ...source, inUse: await isInUse(tx.db, source.id) }, { matters });
  await cancelClock(tx, {
    rule: limitOf(source),
    subject: { kind: 'source', id: before.id },
    reason: 'source.void',
  });
}

/** How case sources are amended, voided and assigned. */
export const SOURCE_RECORD: RecordSpec<typeof SourceChanges> = {
  path: '/api/sources',
  kind: 'source',
  table: 'sources',
  changes: SourceChanges,
  closedStates: ['case_opened', 'declined', 'handed_over'],
  onAmend: followAmendment,
  onVoid: beforeVoiding,
};
