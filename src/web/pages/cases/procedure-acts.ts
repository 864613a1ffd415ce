import { type Act, act } from '../../components/act.ts';
import type { Field } from '../../components/fields.ts';
import {
  DECISION_KINDS,
  LEGAL_GROUNDS,
  PAUSE_GROUNDS,
  REVIEW_OPINIONS,
  TERMINATION_GROUNDS,
} from './case-words.ts';

const reason = { name: 'reason', kind: 'text', required: true } as const satisfies Field;

const reviewed = [
  {
    name: 'opinion',
    kind: 'choice',
    required: true,
    label: 'field.reviewOpinion',
    wide: true,
    words: { prefix: 'word.reviewOpinion', values: REVIEW_OPINIONS },
  },
  { name: 'comment', kind: 'text', required: true },
] as const satisfies Field[];

const legalWords = { prefix: 'word.legalGround', values: LEGAL_GROUNDS };

/** The steps of the procedure from the report of the investigation to review, and those that stop or end it. */
export const procedureActs: Record<string, Act> = {
  conclude: act('/api/cases/{id}/conclude', {
    fields: [
      { name: 'course', kind: 'text', required: true, autoFocus: true },
      { name: 'facts', kind: 'text', required: true, label: 'field.foundFacts', rows: 5 },
      { name: 'evidence', kind: 'text', required: true },
      { name: 'nature', kind: 'text', required: true },
      { name: 'discretion', kind: 'text', required: true },
      { name: 'handling', kind: 'text', required: true },
      {
        name: 'suggested',
        kind: 'choice',
        required: true,
        words: { prefix: 'word.decisionKind', values: DECISION_KINDS },
      },
      { name: 'legalGrounds', kind: 'choices', words: legalWords, help: 'penalty.legalHelp' },
    ],
  }),
  review: act('/api/cases/{id}/review', { fields: reviewed }),
  legal_review: act('/api/cases/{id}/legal-review', {
    fields: [
      ...reviewed,
      { name: 'isFirstTime', kind: 'yes' },
      {
        name: 'qualification',
        kind: 'line',
        required: true,
        when: ({ isFirstTime }) => isFirstTime === true,
      },
    ],
  }),
  refer_to_legal: act('/api/cases/{id}/refer-to-legal', {
    fields: [
      {
        name: 'grounds',
        kind: 'choices',
        required: true,
        label: 'field.legalGrounds',
        wide: true,
        words: legalWords,
      },
      reason,
    ],
  }),
  resubmit: act('/api/cases/{id}/resubmit'),
  suspend: act('/api/cases/{id}/suspend', {
    fields: [
      {
        name: 'ground',
        kind: 'choice',
        required: true,
        wide: true,
        words: { prefix: 'word.pauseGround', values: PAUSE_GROUNDS },
      },
      reason,
    ],
  }),
  resume: act('/api/cases/{id}/resume', { fields: [reason] }),
  terminate: act('/api/cases/{id}/terminate', {
    fields: [
      {
        name: 'ground',
        kind: 'choice',
        required: true,
        wide: true,
        words: { prefix: 'word.terminationGround', values: TERMINATION_GROUNDS },
      },
      reason,
    ],
  }),
  close: act('/api/cases/{id}/close', {
    fields: [
      {
        name: 'execution',
        kind: 'choice',
        words: { prefix: 'word.execution', values: ['voluntary', 'enforced', 'other'] },
      },
      { name: 'goodsDisposal', kind: 'text', help: 'penalty.disposalHelp' },
      { name: 'opinion', kind: 'text', required: true, label: 'field.unitOpinion' },
    ],
  }),
  extend: act('/api/cases/{id}/extend', { fields: [{ ...reason, autoFocus: true }] }),
};
