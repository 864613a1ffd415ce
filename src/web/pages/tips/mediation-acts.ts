import type { AnswerOf, BodyOf } from '../../api/types.ts';
import { type Act, act } from '../../components/act.ts';
import type { Field } from '../../components/fields.ts';
import { recordActs } from '../../components/record-acts.ts';
import { TELL_WAYS } from './tip-words.ts';

export type Mediation = AnswerOf<'/api/tips/{id}/mediation'>;

type Start = BodyOf<'/api/tips/{id}/mediation/start'>;
type Testing = BodyOf<'/api/tips/{id}/mediation/start-testing'>;
type Settle = BodyOf<'/api/tips/{id}/mediation/settle'>;
type Tell = BodyOf<'/api/tips/{id}/mediation/tell'>;

const MODES = ['on_site', 'remote'] as const satisfies readonly Start['mode'][];
const TESTS = ['testing', 'appraisal'] as const satisfies readonly Testing['kind'][];
const CHOSEN = ['agreed', 'appointed'] as const satisfies readonly Testing['chosenBy'][];
const UNWRITTEN = ['performed', 'waived'] as const satisfies readonly Settle['unwrittenGround'][];
const WHOM = ['both', 'complainant', 'respondent'] as const satisfies readonly Tell['whom'][];
const ABOUT = ['meeting', 'mediation_end'] as const satisfies readonly Tell['about'][];

const isOnSite = ({ mode }: Record<string, unknown>): boolean => mode === 'on_site';
const isSpoken = ({ isWritten }: Record<string, unknown>): boolean => isWritten === false;

const begun = [
  { name: 'complainantAgreedOn', kind: 'day', required: true },
  { name: 'respondentAgreedOn', kind: 'day', required: true },
  {
    name: 'mode',
    kind: 'choice',
    required: true,
    initial: 'on_site',
    label: 'field.mediationMode',
    words: { prefix: 'word.mediationMode', values: MODES },
  },
  { name: 'mediators', kind: 'words', required: true, help: 'tip.mediatorsHelp' },
  { name: 'meetAt', kind: 'instant', when: isOnSite },
  { name: 'place', kind: 'line', when: isOnSite },
  { name: 'contactPhone', kind: 'line', label: 'field.phone' },
] as const satisfies Field[];

const challenged: Record<string, Act> = {
  'mediation.suspend': act('/api/tips/{id}/mediation/suspend', {
    fields: [
      {
        name: 'askedBy',
        kind: 'choice',
        required: true,
        words: { prefix: 'word.mediationSide', values: ['complainant', 'respondent'] },
      },
      { name: 'mediator', kind: 'line', required: true },
      { name: 'reason', kind: 'text', required: true },
    ],
  }),
  'mediation.resume': act('/api/tips/{id}/mediation/resume', {
    fields: [
      { name: 'recused', kind: 'yes', initial: false },
      { name: 'decision', kind: 'text', required: true, label: 'field.recusalDecision' },
      {
        name: 'mediators',
        kind: 'words',
        when: ({ recused }) => recused === true,
        help: 'tip.successorHelp',
      },
    ],
  }),
};

const tested: Record<string, Act> = {
  'mediation.start_testing': act('/api/tips/{id}/mediation/start-testing', {
    fields: [
      {
        name: 'kind',
        kind: 'choice',
        required: true,
        words: { prefix: 'word.exclusionCause', values: TESTS },
      },
      { name: 'institution', kind: 'line', required: true },
      {
        name: 'chosenBy',
        kind: 'choice',
        required: true,
        words: { prefix: 'word.chosenBy', values: CHOSEN },
      },
      { name: 'fromOn', kind: 'day' },
      { name: 'tested', kind: 'text', required: true },
      { name: 'costShare', kind: 'text', required: true },
    ],
  }),
  'mediation.end_testing': act('/api/tips/{id}/mediation/end-testing', {
    fields: [
      { name: 'toOn', kind: 'day' },
      { name: 'result', kind: 'text', required: true },
    ],
  }),
};

const ended = (found: Mediation | undefined): Record<string, Act> => ({
  'mediation.settle': act('/api/tips/{id}/mediation/settle', {
    fields: [
      { name: 'amountFen', kind: 'yuan', required: true, label: 'field.amount' },
      { name: 'isWritten', kind: 'yes', initial: true },
      { name: 'agreement', kind: 'text', required: true },
      {
        name: 'unwrittenGround',
        kind: 'choice',
        when: isSpoken,
        words: { prefix: 'word.unwritten', values: UNWRITTEN },
      },
      { name: 'record', kind: 'text', when: isSpoken, rows: 6, label: 'field.mediationRecord' },
    ],
  }),
  'mediation.terminate': act('/api/tips/{id}/mediation/terminate', {
    fields: [
      {
        name: 'ground',
        kind: 'choice',
        required: true,
        wide: true,
        options: (found?.terminationGrounds.grounds ?? []).map(({ no, text }) => ({
          value: no,
          label: `（${no}）${text}`,
        })),
      },
      { name: 'reasons', kind: 'text', required: true },
    ],
    danger: true,
  }),
});

/** What may be done with the mediation of a complaint. */
export const mediationActs = (found: Mediation | undefined): Record<string, Act> => ({
  'mediation.start': act('/api/tips/{id}/mediation/start', { fields: begun }),
  'mediation.delegate': act('/api/tips/{id}/mediation/delegate', {
    fields: [{ name: 'delegatedTo', kind: 'line', required: true }, ...begun],
  }),
  ...ended(found),
  ...challenged,
  ...tested,
  'mediation.report_clue': act('/api/tips/{id}/mediation/report-clue', {
    fields: [
      { name: 'content', kind: 'text', required: true, help: 'tip.contentHelp' },
      { name: 'foundOn', kind: 'day' },
      { name: 'handlingOpinion', kind: 'text' },
    ],
  }),
  'mediation.tell': act('/api/tips/{id}/mediation/tell', {
    fields: [
      { name: 'about', kind: 'choice', required: true, words: { prefix: 'word.toldAbout', values: ABOUT } },
      {
        name: 'whom',
        kind: 'choice',
        required: true,
        initial: 'both',
        words: { prefix: 'word.mediationSide', values: WHOM },
      },
      { name: 'way', kind: 'choice', required: true, words: { prefix: 'word.tellWay', values: TELL_WAYS } },
      { name: 'toldAt', kind: 'instant' },
      { name: 'content', kind: 'text', required: true },
      { name: 'failedReason', kind: 'line', help: 'tip.failedHelp' },
    ],
  }),
});

/** Corrections of what was entered of a mediation. */
export const MEDIATION_CORRECTIONS: Record<string, Act> = recordActs(
  '/api/mediations',
  [
    { name: 'meetAt', kind: 'instant' },
    { name: 'place', kind: 'line' },
    { name: 'contactPhone', kind: 'line', label: 'field.phone' },
    { name: 'agreement', kind: 'text' },
    { name: 'reasons', kind: 'text' },
  ],
  false,
);
