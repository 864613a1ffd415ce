import { conflict } from '../../shared/errors.ts';
import type { RecordSpec } from '../records/index.ts';
import { SampleChanges } from './schemas.ts';

/** What the label says is corrected until the laboratory has reported; a sample that was sent out is not voided. */
export const sampleAmendment: RecordSpec = {
  path: '/api/samples',
  kind: 'sample',
  table: 'samples',
  changes: SampleChanges,
  closedStates: ['rejected', 'notified'],
  onAmend: async (_tx, before) => {
    // The judgment of a report rests on what the label said when it was made.
    if (before.state === 'testing' || before.state === 'reported' || before.state === 'notified') {
      throw conflict('sample.under_test');
    }
  },
  onVoid: async (_tx, before) => {
    if (before.state !== 'collected') throw conflict('sample.already_sent');
  },
};
