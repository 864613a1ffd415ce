import type { AnswerOf } from '../../api/types.ts';
import { type Act, act } from '../../components/act.ts';
import type { Field } from '../../components/fields.ts';
import { recordActs } from '../../components/record-acts.ts';
import { GAINS_METHODS } from './case-words.ts';
import { AttendeesBody, DecisionBody } from './decision-bodies.tsx';
import { DeductionsBody, ViolationBody } from './fact-bodies.tsx';
import { type Track, typedFines } from './fine-rows.tsx';
import { noticeOf, pick, propose } from './propose-penalty.ts';
import { SERVE_FIELDS } from './serve-fields.ts';

type Case = AnswerOf<'/api/cases/{id}'>;
type Values = Record<string, unknown>;

const sale = [
  { name: 'what', kind: 'line', label: 'field.soldWhat', wide: true },
  { name: 'soldFrom', kind: 'day' },
  { name: 'soldTo', kind: 'day' },
  { name: 'quantity', kind: 'quantity' },
  { name: 'unit', kind: 'line' },
  { name: 'amountFen', kind: 'yuan', label: 'field.soldAmount' },
  { name: 'refundedFen', kind: 'yuan' },
  { name: 'evidence', kind: 'text', rows: 2 },
] as const satisfies Field[];

/** Corrections of what was entered. */
export const violationActs: Record<string, Act> = (({ amend, void: strike }) => ({
  amend: { ...amend!, Body: ViolationBody },
  void: strike!,
}))(recordActs('/api/violations', [], false));

export const saleActs = recordActs('/api/sales', sale, false);

/** What is entered of the facts: what was breached, what was sold, what was gained by it. */
export const factActs: Record<string, Act> = {
  'violation.record': act('/api/cases/{id}/violations', {
    Body: ViolationBody,
    initial: () => ({ actNo: 1, discretion: 'normal' }),
  }),
  'sale.record': act('/api/cases/{id}/sales', {
    fields: sale.map((field) => ({
      ...field,
      required: !['quantity', 'unit', 'refundedFen'].includes(field.name),
    })),
  }),
  'gains.find': act('/api/cases/{id}/gains', {
    fields: [
      {
        name: 'method',
        kind: 'choice',
        required: true,
        label: 'field.gainsMethod',
        wide: true,
        words: { prefix: 'word.gainsMethod', values: GAINS_METHODS },
      },
      { name: 'receiptsFen', kind: 'yuan', help: 'penalty.receiptsHelp' },
      { name: 'proofDueOn', kind: 'day' },
      { name: 'reason', kind: 'text', required: true },
    ],
    Body: DeductionsBody,
  }),
};

const said = [
  { name: 'receivedOn', kind: 'day', required: true },
  { name: 'byWhom', kind: 'line', required: true },
  { name: 'authority', kind: 'line' },
  { name: 'content', kind: 'text', required: true, label: 'field.said', rows: 5 },
] as const satisfies Field[];

/** From the notice to what the party says. */
const noticeActs = (track: Track, found: Case): Record<string, Act> => {
  const open = track.statements.filter(({ kind }) => kind === 'statement');
  return {
    'penalty.propose': propose(track, found),
    'penalty.take_up_again': act('/api/cases/{id}/take-up-again', {
      fields: [{ name: 'reason', kind: 'text', required: true }],
    }),
    'penalty.serve_notice': act('/api/cases/{id}/notice/serve', { fields: SERVE_FIELDS }),
    'penalty.defend': act('/api/cases/{id}/statements', {
      fields: [...said, { name: 'place', kind: 'line', label: 'field.statementPlace' }],
    }),
    'penalty.waive': act('/api/cases/{id}/waive', { fields: said }),
    'penalty.lapse': act('/api/cases/{id}/lapse'),
    'penalty.recheck': act('/api/cases/{id}/statements/{statementId}/recheck', {
      fields: [
        {
          name: 'statementId' as never,
          kind: 'choice',
          required: true,
          wide: true,
          options: open.map(({ id, receivedOn, byWhom }) => ({
            value: id,
            label: `${receivedOn} ${byWhom}`,
          })),
        },
        {
          name: 'adopted',
          kind: 'choice',
          required: true,
          words: { prefix: 'word.adopted', values: ['all', 'part', 'none'] },
        },
        { name: 'recheck', kind: 'text', required: true, rows: 5 },
      ],
      initial: () => ({ statementId: open.find(({ adopted }) => adopted === null)?.id }),
      path: ({ statementId }) => ({ statementId: String(statementId) }),
      body: (values) => pick(values, ['adopted', 'recheck']) as never,
    }),
  };
};

const decided = [
  { name: 'treatment', kind: 'text', required: true, help: 'penalty.treatmentHelp' },
  { name: 'performance', kind: 'text', required: true, rows: 2 },
  { name: 'number', kind: 'line', label: 'field.penaltyNumber' },
] as const satisfies Field[];

/** What the paper says of paying (CXGD 72), for the officer to fit to the case. */
const PERFORMANCE = '自收到本行政处罚决定书之日起十五日内，将罚没款缴至指定的银行或者通过电子支付系统缴纳。';

/** What a decision begins with: the notice, as it was told. */
const decisionStart = (track: Track): Values => {
  const notice = noticeOf(track);
  return {
    performance: PERFORMANCE,
    gainsFen: notice && Number(notice.gains.exactFen),
    fines: notice?.fines.map(({ violationId, fine }) => ({ violationId, fineFen: Number(fine.exactFen) })),
  };
};

const withFines = (values: Values) => ({ ...values, fines: typedFines(values) }) as never;

const isDecided = ({ outcome }: Values): boolean => outcome === 'decided';

/** From the heads' discussion to the decision in the party's hands. */
const decisionActs = (track: Track): Record<string, Act> => ({
  'discussion.record': act('/api/cases/{id}/discussions', {
    fields: [
      {
        name: 'about',
        kind: 'choice',
        required: true,
        initial: 'penalty',
        words: { prefix: 'word.discussed', values: ['penalty', 'extension'] },
      },
      { name: 'heldOn', kind: 'day', required: true },
      { name: 'place', kind: 'line', required: true, label: 'field.discussionPlace' },
      { name: 'chair', kind: 'line', required: true },
      { name: 'recorder', kind: 'line', required: true },
      { name: 'observers', kind: 'line' },
      { name: 'record', kind: 'text', required: true, rows: 6 },
      { name: 'conclusion', kind: 'text', required: true, label: 'field.discussionConclusion' },
    ],
    Body: AttendeesBody,
    initial: () => ({ attendees: [{}, {}] }),
  }),
  'penalty.decide': act('/api/cases/{id}/decide', {
    fields: decided,
    Body: DecisionBody,
    initial: () => decisionStart(track),
    body: withFines,
  }),
  'penalty.submit_to_city': act('/api/cases/{id}/submit-to-city', {
    fields: [
      { name: 'submittedTo', kind: 'line', required: true, wide: true },
      { name: 'reason', kind: 'text', required: true },
    ],
  }),
  'penalty.city_answer': act('/api/cases/{id}/city-answer', {
    fields: [
      {
        name: 'outcome',
        kind: 'choice',
        required: true,
        label: 'field.cityOutcome',
        words: { prefix: 'word.cityOutcome', values: ['decided', 'sent_back'] },
      },
      { name: 'answeredOn', kind: 'day', required: true },
      { name: 'answer', kind: 'text', required: true },
      { name: 'decider', kind: 'line', required: true, when: isDecided },
      ...decided.map((field) => ({ ...field, when: isDecided })),
    ],
    Body: DecisionBody,
    initial: () => ({ outcome: 'decided', ...decisionStart(track) }),
    body: (values) =>
      isDecided(values) ? withFines(values) : (pick(values, ['outcome', 'answeredOn', 'answer']) as never),
  }),
  'penalty.serve': act('/api/cases/{id}/decision/serve', {
    fields: [...SERVE_FIELDS, { name: 'toldOfPublicity', kind: 'yes', help: 'penalty.publicityHelp' }],
  }),
  'penalty.finish': act('/api/cases/{id}/finish'),
});

/** What may be done on the penalty track of a case. */
export const penaltyActs = (track: Track, found: Case): Record<string, Act> => ({
  ...noticeActs(track, found),
  ...decisionActs(track),
});
