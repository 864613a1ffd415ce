import { type Act, act } from '../../components/act.ts';
import type { Field } from '../../components/fields.ts';
import { recordActs } from '../../components/record-acts.ts';
import { EncloseBody } from './enclose-body.tsx';

/** The light way: what is known goes to the police, nothing moves by it. */
export const draftClueNotice = act('/api/clue-notices', {
  fields: [
    { name: 'recipient', kind: 'line', required: true, autoFocus: true, wide: true },
    { name: 'content', kind: 'text', required: true, rows: 6, help: 'tip.contentHelp' },
  ],
  body: (values, { id }) => ({ ...values, sourceId: id }) as never,
});

const acknowledged = [
  { name: 'acknowledgedBy', kind: 'line', required: true, autoFocus: true },
  { name: 'acknowledgedAt', kind: 'instant' },
] as const satisfies Field[];

/** What may be done with a clue notice. */
export const clueNoticeActs: Record<string, Act> = {
  submit: act('/api/clue-notices/{id}/submit'),
  send: act('/api/clue-notices/{id}/send', {
    fields: [{ name: 'sentAt', kind: 'instant', help: 'referral.nowHelp' }],
  }),
  acknowledge: act('/api/clue-notices/{id}/acknowledge', { fields: acknowledged }),
  conclude: act('/api/clue-notices/{id}/conclude', {
    fields: [
      {
        name: 'result',
        kind: 'choice',
        required: true,
        words: { prefix: 'word.clueResult', values: ['joined', 'not_taken'] },
      },
      { name: 'outcome', kind: 'text', required: true },
    ],
  }),
  ...recordActs('/api/clue-notices', [
    { name: 'recipient', kind: 'line' },
    { name: 'content', kind: 'text' },
    { name: 'acknowledgedBy', kind: 'line' },
    { name: 'outcome', kind: 'text' },
  ]),
};

/** Asks the principal head to transfer a case to the police. */
export const proposeTransfer = act('/api/transfers', {
  fields: [
    { name: 'suspectedCrime', kind: 'line', required: true, autoFocus: true, wide: true },
    { name: 'recipient', kind: 'line', required: true },
    { name: 'procuratorate', kind: 'line', required: true },
    { name: 'groupIds', kind: 'users', required: true },
    { name: 'reportReceivedAt', kind: 'instant', required: true },
    { name: 'facts', kind: 'text', required: true, rows: 6 },
  ],
  body: (values, { id }) => ({ ...values, caseId: id }) as never,
});

/** What may be done with a transfer. */
export const transferActs: Record<string, Act> = {
  enclose: act('/api/transfers/{id}/enclosures', {
    Body: EncloseBody,
    body: ({ what, ...values }) => {
      const [kind, id] = ((what ?? '') as string).split(':');
      return { ...values, ...(kind === 'attachment' ? { attachmentId: id } : { documentId: id }) } as never;
    },
  }),
  deliver: act('/api/transfers/{id}/deliver', {
    fields: [
      { name: 'deliveredTo', kind: 'line', required: true, autoFocus: true },
      { name: 'deliveredAt', kind: 'instant', help: 'referral.nowHelp' },
      { name: 'procuratorateCopiedAt', kind: 'instant' },
    ],
  }),
  copy_to_procuratorate: act('/api/transfers/{id}/copy-to-procuratorate', {
    fields: [{ name: 'copiedAt', kind: 'instant', help: 'referral.nowHelp' }],
  }),
  acknowledge: act('/api/transfers/{id}/acknowledge', { fields: acknowledged }),
  police_decision: act('/api/transfers/{id}/police-decision', {
    fields: [
      {
        name: 'decision',
        kind: 'choice',
        required: true,
        words: { prefix: 'word.policeDecision', values: ['filed', 'declined'] },
      },
      { name: 'on', kind: 'day', required: true, label: 'field.decisionOn' },
      { name: 'number', kind: 'line', required: true, label: 'field.decisionNumber' },
      { name: 'note', kind: 'text' },
    ],
  }),
  ...recordActs('/api/transfers', [
    { name: 'procuratorate', kind: 'line' },
    { name: 'reportReceivedAt', kind: 'instant' },
    { name: 'deliveredTo', kind: 'line' },
    { name: 'acknowledgedBy', kind: 'line' },
    { name: 'acknowledgedAt', kind: 'instant' },
    { name: 'decisionNumber', kind: 'line' },
    { name: 'decisionNote', kind: 'text' },
  ]),
};
