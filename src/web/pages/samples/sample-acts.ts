import type { BodyOf } from '../../api/types.ts';
import { type Act, act } from '../../components/act.ts';
import type { Field } from '../../components/fields.ts';
import { recordActs } from '../../components/record-acts.ts';
import { CollectBody } from './collect-body.tsx';
import { ResultBody } from './result-body.tsx';
import { SPECIES } from './sample-words.ts';

const label = [
  { name: 'productName', kind: 'line' },
  { name: 'brand', kind: 'line' },
  { name: 'spec', kind: 'line' },
  { name: 'batchNo', kind: 'line' },
  { name: 'madeOn', kind: 'line' },
  { name: 'shelfLife', kind: 'line' },
  { name: 'producer', kind: 'line' },
  { name: 'producerAddress', kind: 'line' },
  { name: 'standard', kind: 'line' },
  { name: 'declaredSpecies', kind: 'choices', words: { prefix: 'word.species', values: SPECIES } },
  { name: 'labelNote', kind: 'text' },
] as const satisfies Field[];

/** The taking of a sample, form #29, out of what it is of. */
export const collectSample = (tie?: 'sourceId', from: Record<string, unknown> = {}) =>
  act('/api/samples', {
    Body: CollectBody,
    initial: () => ({
      method: { kind: 'prescribed' },
      portions: [{ kind: 'test' }, { kind: 'backup' }],
      ...from,
    }),
    body: (values, { id }) => ({
      ...(values as BodyOf<'/api/samples'>),
      ...(tie ? { [tie]: id } : {}),
    }),
  });

/** What may be done with a sample, by the bureau and by the laboratory. */
export const sampleActs: Record<string, Act> = {
  dispatch: act('/api/samples/{id}/dispatch', {
    fields: [
      { name: 'laboratoryId', kind: 'laboratory', required: true },
      { name: 'dueOn', kind: 'day', required: true, label: 'field.reportDueOn' },
      { name: 'testRequest', kind: 'text', required: true },
      { name: 'sealIntact', kind: 'yes' },
      { name: 'condition', kind: 'line' },
    ],
    initial: () => ({ sealIntact: true }),
  }),
  receive: act('/api/samples/{id}/receive', {
    fields: [
      { name: 'sealIntact', kind: 'yes' },
      { name: 'quantity', kind: 'quantity', required: true },
      { name: 'temperature', kind: 'line' },
      { name: 'condition', kind: 'line', required: true },
      { name: 'note', kind: 'text' },
    ],
    initial: () => ({ sealIntact: false }),
  }),
  reject: act('/api/samples/{id}/reject', {
    danger: true,
    fields: [{ name: 'reason', kind: 'text', required: true, autoFocus: true }],
  }),
  take_back: act('/api/samples/{id}/take-back', {
    fields: [
      { name: 'takenBackAt', kind: 'instant' },
      { name: 'sealIntact', kind: 'yes' },
      { name: 'condition', kind: 'line', required: true },
    ],
    initial: () => ({ sealIntact: false }),
  }),
  record_result: act('/api/samples/{id}/results', {
    fields: [
      { name: 'number', kind: 'line', required: true, label: 'field.reportNumber', autoFocus: true },
      { name: 'testedFrom', kind: 'day' },
      { name: 'testedTo', kind: 'day' },
      { name: 'conclusion', kind: 'text' },
    ],
    Body: ResultBody,
    initial: () => ({ items: [{ kind: 'quantitative', methodStatus: 'statutory' }] }),
  }),
  verify_result: act('/api/samples/{id}/verify-result'),
  return_result: act('/api/samples/{id}/return-result', {
    fields: [{ name: 'reason', kind: 'text', required: true, autoFocus: true }],
  }),
  report: act('/api/samples/{id}/report'),
  notify: act('/api/samples/{id}/notify', { fields: [{ name: 'notifiedOn', kind: 'day', required: true }] }),
  ...recordActs('/api/samples', [...label, { name: 'remark', kind: 'text' }]),
};
