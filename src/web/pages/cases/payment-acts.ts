import type { AnswerOf } from '../../api/types.ts';
import { type Act, act } from '../../components/act.ts';
import { word } from '../../components/format.ts';
import { PAYMENT_PURPOSES, PAYMENT_WAYS, COURT_OUTCOMES } from './case-words.ts';
import { InstalmentsBody } from './instalments-body.tsx';
import { pick } from './propose-penalty.ts';
import { SERVE_FIELDS } from './serve-fields.ts';

export type Account = AnswerOf<'/api/cases/{id}/payments'>;

const openFen = ({ sums }: Account, purpose: string): number =>
  Number(sums.find((one) => one.purpose === purpose)?.open.exactFen ?? 0);

/** The first sum that is open: what the next payment is most likely for. */
const firstOpen = (account: Account) =>
  account.sums.find(({ open }) => open.exactFen !== '0')?.purpose ?? 'fine';

const moneyActs = (account: Account): Record<string, Act> => ({
  'payment.record': act('/api/cases/{id}/payments', {
    fields: [
      {
        name: 'purpose',
        kind: 'choice',
        required: true,
        words: { prefix: 'word.paymentPurpose', values: PAYMENT_PURPOSES },
      },
      { name: 'amountFen', kind: 'yuan', required: true },
      { name: 'paidOn', kind: 'day', required: true },
      {
        name: 'way',
        kind: 'choice',
        required: true,
        label: 'field.paymentWay',
        initial: 'bank',
        words: { prefix: 'word.paymentWay', values: PAYMENT_WAYS },
      },
      { name: 'receipt', kind: 'line', required: true, wide: true },
    ],
    initial: () => ({ purpose: firstOpen(account), amountFen: openFen(account, firstOpen(account)) }),
  }),
  'payment.void': act('/api/cases/{id}/payments/{paymentId}/void', {
    danger: true,
    fields: [
      {
        name: 'paymentId' as never,
        kind: 'choice',
        required: true,
        wide: true,
        options: account.payments
          .filter(({ voidReason }) => voidReason === null)
          .map(({ id, paidOn, purpose, amount, receipt }) => ({
            value: id,
            label: `${paidOn} ${word('word.paymentPurpose', purpose)} ¥${amount.figures} ${receipt}`,
          })),
      },
      { name: 'reason', kind: 'text', required: true },
    ],
    path: ({ paymentId }) => ({ paymentId: String(paymentId) }),
    body: (values) => pick(values, ['reason']) as never,
  }),
  'payment.finish': act('/api/cases/{id}/payments/finish', {
    fields: [{ name: 'performedOn', kind: 'day', required: true }],
  }),
  'payment.plan': act('/api/cases/{id}/payment-plans', {
    fields: [
      { name: 'appliedOn', kind: 'day', required: true },
      { name: 'reason', kind: 'text', required: true, rows: 2 },
    ],
    Body: InstalmentsBody,
    initial: () => ({ instalments: [{ amountFen: openFen(account, 'fine') }] }),
  }),
  'payment.tell_plan': act('/api/cases/{id}/payment-plans/told', {
    fields: [{ name: 'toldOn', kind: 'day', required: true }],
  }),
});

const surchargeActs = (account: Account): Record<string, Act> => ({
  'surcharge.stop': act('/api/cases/{id}/surcharge/stop', {
    fields: [
      {
        name: 'ground',
        kind: 'choice',
        required: true,
        label: 'field.stopGround',
        words: { prefix: 'word.stopGround', values: ['reconsideration', 'suit'] },
      },
      { name: 'fromOn', kind: 'day', required: true },
      { name: 'body', kind: 'line', required: true, label: 'field.remedyBody' },
      { name: 'number', kind: 'line', label: 'field.remedyNumber' },
    ],
  }),
  'surcharge.resume': act('/api/cases/{id}/surcharge/resume', {
    fields: [{ name: 'toOn', kind: 'day', required: true, help: 'penalty.resumeHelp' }],
  }),
  'surcharge.remit': act('/api/cases/{id}/surcharge/remit', {
    fields: [
      { name: 'amountFen', kind: 'yuan', required: true },
      { name: 'reason', kind: 'text', required: true },
    ],
    initial: () => ({ amountFen: openFen(account, 'surcharge') }),
  }),
});

const courtActs: Record<string, Act> = {
  'demand.make': act('/api/cases/{id}/demands', {
    fields: [
      { name: 'duties', kind: 'text', required: true },
      { name: 'number', kind: 'line', label: 'field.paperNumber' },
    ],
  }),
  'demand.serve': act('/api/cases/{id}/demands/serve', { fields: SERVE_FIELDS }),
  'demand.answer': act('/api/cases/{id}/demands/answer', {
    fields: [{ name: 'answer', kind: 'text', required: true, label: 'field.demandAnswer' }],
  }),
  'court.apply': act('/api/cases/{id}/court-application', {
    fields: [
      { name: 'court', kind: 'line', required: true },
      { name: 'signedBy', kind: 'line', required: true },
      { name: 'requests', kind: 'text', required: true },
    ],
  }),
  'court.answer': act('/api/cases/{id}/court-answer', {
    fields: [
      {
        name: 'outcome',
        kind: 'choice',
        required: true,
        label: 'field.courtOutcome',
        words: { prefix: 'word.courtOutcome', values: COURT_OUTCOMES },
      },
      { name: 'answeredOn', kind: 'day', required: true, label: 'field.courtAnsweredOn' },
      { name: 'ruling', kind: 'text', required: true },
    ],
  }),
};

/** What may be done about the money of a decision. */
export const paymentActs = (account: Account): Record<string, Act> => ({
  ...moneyActs(account),
  ...surchargeActs(account),
  ...courtActs,
});

/** Possible beside the next step. */
export const PAYMENT_BESIDE: readonly string[] = [
  'payment.void',
  'payment.plan',
  'surcharge.stop',
  'surcharge.remit',
  'demand.answer',
];
