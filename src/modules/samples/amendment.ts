import { conflict } from '../../shared/errors.ts';
import { takeBack } from '../goods/index.ts';
import type { RecordSpec } from '../records/index.ts';
import { SampleChanges } from './schemas.ts';

/** A sample that was sent out is not voided. 409 `sample.already_sent`. */
export function requireNotSent({ state }: { state?: string | undefined }): void {
  if (state !== 'collected') throw conflict('sample.already_sent');
}

/** What the label says is corrected until the laboratory has reported; a voided one gives its goods back. */
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
  onVoid: async (tx, before) => {
    requireNotSent(before);
    const subject = { kind: 'sample', id: before.id };
    await takeBack(tx, { subject, of: 'sample.collect', cause: 'sample.void' });
  },
};
