import { conflict } from '../../shared/errors.ts';
import type { RecordSpec } from '../records/index.ts';
import { MeasureChanges } from './schemas.ts';

/** A measure is corrected, and voided, only before it is carried out: what was done stands on papers served. */
export const measureAmendment: RecordSpec = {
  path: '/api/measures',
  kind: 'measure',
  table: 'measures',
  changes: MeasureChanges,
  closedStates: ['refused', 'lifted', 'ended'],
  onAmend: async (_tx, before) => {
    if (before.state !== 'proposed') throw conflict('measure.already_decided');
  },
  onVoid: async (_tx, before) => {
    if (before.state !== 'proposed' && before.state !== 'approved') throw conflict('measure.already_decided');
  },
};
