import type { RecordRow, RecordSpec } from '../records/index.ts';
import { isWaiting } from './queries.ts';
import { type Asked, requireSameRequest, requireVoidable } from './rules.ts';
import { MeasureChanges, type MeasureState } from './schemas.ts';

const askedOf = (row: RecordRow): Asked => ({
  state: row.state as MeasureState,
  approvalId: row.approvalId as string | null,
  suspectedAct: row.suspectedAct as string,
  reason: row.reason as string,
});

/**
 * A measure is corrected with its history; what the head decides on stays as he was asked. It is voided only while
 * nothing was done: what was done is lifted.
 */
export const measureAmendment: RecordSpec = {
  path: '/api/measures',
  kind: 'measure',
  table: 'measures',
  changes: MeasureChanges,
  closedStates: ['refused', 'lifted', 'ended'],
  onAmend: async (_tx, before, after) => requireSameRequest(askedOf(before), askedOf(after)),
  onVoid: async (tx, { id, state }) =>
    requireVoidable({
      state: state as MeasureState,
      isWaiting: await isWaiting(tx.db, id, 'measure.impose'),
    }),
};
