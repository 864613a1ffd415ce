import { type Act, act } from '../../components/act.ts';

/** What may be done with a proposal. */
export const approvalActs: Record<string, Act> = {
  opine: act('/api/approvals/{id}/opine', {
    fields: [{ name: 'opinion', kind: 'text', required: true, autoFocus: true }],
  }),
  decide: act('/api/approvals/{id}/decide', {
    fields: [
      {
        name: 'decision',
        kind: 'choice',
        required: true,
        initial: 'approved',
        words: { prefix: 'word.decision', values: ['approved', 'refused'] },
      },
      { name: 'opinion', kind: 'text', required: true, autoFocus: true },
    ],
    initial: () => ({ decision: 'approved' }),
  }),
  withdraw: act('/api/approvals/{id}/withdraw', {
    fields: [{ name: 'reason', kind: 'text', required: true }],
  }),
};
