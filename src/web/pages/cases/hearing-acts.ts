import { type Act, act } from '../../components/act.ts';
import type { Field } from '../../components/fields.ts';
import { HEARING_ENDS } from './case-words.ts';
import { SERVE_FIELDS } from './serve-fields.ts';

const appointed = [
  { name: 'heldAt', kind: 'instant', required: true },
  { name: 'place', kind: 'line', required: true, label: 'field.hearingPlace' },
] as const satisfies Field[];

/** The hearing, from the request to the report. */
export const hearingActs: Record<string, Act> = {
  'hearing.request': act('/api/cases/{id}/hearing/request', {
    fields: [
      { name: 'requestedOn', kind: 'day', required: true },
      { name: 'requestedBy', kind: 'line', required: true },
      { name: 'request', kind: 'text', required: true },
    ],
  }),
  'hearing.appoint': act('/api/cases/{id}/hearing/appoint', {
    fields: [
      { name: 'hostId', kind: 'user', required: true },
      { name: 'recorderId', kind: 'user', required: true },
      { name: 'memberIds', kind: 'users', wide: true },
      { name: 'interpreter', kind: 'line' },
      { name: 'reason', kind: 'text', help: 'penalty.recusalHelp' },
    ],
  }),
  'hearing.hand_file': act('/api/cases/{id}/hearing/hand-file', {
    fields: [{ name: 'handedOn', kind: 'day', required: true }],
  }),
  'hearing.schedule': act('/api/cases/{id}/hearing/schedule', {
    fields: [
      ...appointed,
      { name: 'isPublic', kind: 'yes', initial: true },
      { name: 'closedReason', kind: 'text', required: true, when: ({ isPublic }) => isPublic === false },
    ],
  }),
  'hearing.serve_notice': act('/api/cases/{id}/hearing/serve-notice', { fields: SERVE_FIELDS }),
  'hearing.announce': act('/api/cases/{id}/hearing/announce', {
    fields: [{ name: 'announcedOn', kind: 'day', required: true }],
  }),
  'hearing.adjourn': act('/api/cases/{id}/hearing/adjourn', {
    fields: [...appointed, { name: 'reason', kind: 'text', required: true }],
  }),
  'hearing.end': act('/api/cases/{id}/hearing/end', {
    fields: [
      { name: 'endedAt', kind: 'instant', required: true },
      { name: 'participants', kind: 'text', required: true },
      { name: 'record', kind: 'text', required: true, rows: 8, label: 'field.hearingRecord' },
    ],
  }),
  'hearing.terminate': act('/api/cases/{id}/hearing/terminate', {
    fields: [
      {
        name: 'ground',
        kind: 'choice',
        required: true,
        wide: true,
        words: { prefix: 'word.hearingEnd', values: HEARING_ENDS },
      },
      { name: 'reason', kind: 'text', required: true },
    ],
  }),
  'hearing.report': act('/api/cases/{id}/hearing/report', {
    fields: [
      { name: 'report', kind: 'text', required: true, rows: 8, label: 'field.hearingReport' },
      { name: 'opinion', kind: 'text', required: true, label: 'field.hearingOpinion' },
    ],
  }),
};
