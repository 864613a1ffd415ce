import { type Act, act } from '../../components/act.ts';
import type { Field } from '../../components/fields.ts';
import { choicesOf } from '../../components/lists.ts';
import { recordActs } from '../../components/record-acts.ts';
import { TELL_WAYS, TIP_RELATIONS, TOLD_ABOUT } from './tip-words.ts';

type Lists = {
  refusalGrounds: { article: string; grounds: { no: number; text: string }[] };
  systems: { key: string; name: string }[];
  channels: { key: string; name: string }[];
  categories: { key: string; name: string }[];
};

const told: Field<'told.way' | 'told.toldAt' | 'told.content'>[] = [
  {
    name: 'told.way',
    kind: 'choice',
    words: { prefix: 'word.tellWay', values: TELL_WAYS },
    label: 'field.toldWay',
  },
  { name: 'told.toldAt', kind: 'instant' },
  { name: 'told.content', kind: 'text', label: 'field.toldContent' },
];

/** What was told, what was bought: the fields an amendment may change. */
const changes = (lists: Lists | undefined): Field[] => [
  { name: 'respondentName', kind: 'line' },
  { name: 'respondentAddress', kind: 'line' },
  { name: 'respondentPhone', kind: 'line' },
  { name: 'competentOn', kind: 'day' },
  { name: 'category', kind: 'choice', options: choicesOf(lists?.categories) },
  { name: 'channel', kind: 'choice', options: choicesOf(lists?.channels) },
  { name: 'productName', kind: 'line' },
  { name: 'brand', kind: 'line' },
  { name: 'batchNo', kind: 'line' },
  { name: 'boughtOn', kind: 'day' },
  { name: 'platform', kind: 'line' },
  { name: 'orderNo', kind: 'line' },
  { name: 'amountFen', kind: 'yuan', label: 'field.amount' },
  { name: 'demand', kind: 'text' },
  { name: 'narrative', kind: 'text' },
];

/** How a complaint is decided on, or ends before it is. */
const complaintActs = (lists: Lists | undefined): Record<string, Act> => ({
  accept: act('/api/tips/{id}/accept', { fields: [{ name: 'note', kind: 'text' }, ...told] }),
  refuse: act('/api/tips/{id}/refuse', {
    fields: [
      {
        name: 'ground',
        kind: 'choice',
        required: true,
        wide: true,
        options: (lists?.refusalGrounds.grounds ?? []).map(({ no, text }) => ({
          value: no,
          label: `（${no}）${text}`,
        })),
      },
      { name: 'reasons', kind: 'text', required: true },
      ...told,
    ],
  }),
  request_identity: act('/api/tips/{id}/request-identity', {
    fields: [
      { name: 'material', kind: 'text', required: true, label: 'field.identityMaterial' },
      { name: 'dueOn', kind: 'day', required: true, label: 'field.identityDueOn', help: 'tip.identityHelp' },
      ...told,
    ],
  }),
  identity_supplied: act('/api/tips/{id}/identity-supplied', {
    fields: [
      { name: 'supplied', kind: 'text', required: true, label: 'field.identitySupplied' },
      { name: 'suppliedOn', kind: 'day' },
    ],
  }),
  withdraw: act('/api/tips/{id}/withdraw', {
    fields: [
      { name: 'withdrawnOn', kind: 'day' },
      { name: 'reason', kind: 'text', required: true },
    ],
    danger: true,
  }),
  forward: act('/api/tips/{id}/forward', {
    fields: [
      { name: 'forwardedTo', kind: 'line', required: true },
      { name: 'reason', kind: 'text', required: true },
      { name: 'reportBy', kind: 'day', help: 'tip.reportByHelp' },
      ...told,
    ],
    danger: true,
  }),
});

/** What may be done with a tip. */
export const tipActs = (lists: Lists | undefined): Record<string, Act> => ({
  ...complaintActs(lists),
  open_source: act('/api/tips/{id}/open-source', {
    fields: [
      { name: 'content', kind: 'text', help: 'tip.contentHelp' },
      { name: 'handlingOpinion', kind: 'text' },
    ],
  }),
  split: act('/api/tips/{id}/split', {
    fields: [
      { name: 'narrative', kind: 'text', help: 'tip.splitHelp' },
      { name: 'demand', kind: 'text' },
      { name: 'category', kind: 'choice', options: choicesOf(lists?.categories) },
      { name: 'amountFen', kind: 'yuan', label: 'field.amount' },
    ],
  }),
  link: act('/api/tips/{id}/link', {
    fields: [
      { name: 'number', kind: 'line', required: true, label: 'field.otherTip' },
      {
        name: 'relation',
        kind: 'choice',
        required: true,
        words: { prefix: 'word.tipLink', values: TIP_RELATIONS },
        help: 'tip.linkHelp',
      },
      { name: 'note', kind: 'text' },
    ],
  }),
  tell_reporter: act('/api/tips/{id}/told', {
    fields: [
      {
        name: 'about',
        kind: 'choice',
        required: true,
        words: { prefix: 'word.toldAbout', values: TOLD_ABOUT },
      },
      { name: 'way', kind: 'choice', required: true, words: { prefix: 'word.tellWay', values: TELL_WAYS } },
      { name: 'toldAt', kind: 'instant' },
      { name: 'content', kind: 'text', required: true },
      { name: 'failedReason', kind: 'line', help: 'tip.failedHelp' },
    ],
  }),
  set_outside_number: act('/api/tips/{id}/outside-numbers', {
    fields: [
      { name: 'system', kind: 'choice', required: true, options: choicesOf(lists?.systems) },
      { name: 'number', kind: 'line', required: true },
      { name: 'theirState', kind: 'line' },
      { name: 'answeredOn', kind: 'day' },
    ],
  }),
  amend_reporter: act('/api/tips/{id}/reporter', {
    fields: [
      { name: 'reporter.anonymous', kind: 'yes' },
      { name: 'reporter.name', kind: 'line', label: 'field.reporterName' },
      { name: 'reporter.phone', kind: 'line' },
      { name: 'reporter.address', kind: 'line' },
      { name: 'reporter.idNumber', kind: 'line' },
      { name: 'reporter.email', kind: 'line' },
      { name: 'reason', kind: 'text', required: true },
    ],
  }),
  ...recordActs('/api/tips', changes(lists)),
});
