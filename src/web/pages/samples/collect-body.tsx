import { Divider } from 'antd';
import { useTranslation } from 'react-i18next';
import type { Field } from '../../components/fields.ts';
import { FormFields } from '../../components/form-fields.tsx';
import { FormRows } from '../../components/form-rows.tsx';
import { SPECIES } from './sample-words.ts';

const LABEL: Field[] = [
  { name: 'productName', kind: 'line', required: true, autoFocus: true },
  { name: 'declaredSpecies', kind: 'choices', words: { prefix: 'word.species', values: SPECIES } },
  { name: 'brand', kind: 'line' },
  { name: 'spec', kind: 'line' },
  { name: 'batchNo', kind: 'line' },
  { name: 'madeOn', kind: 'line' },
  { name: 'shelfLife', kind: 'line' },
  { name: 'standard', kind: 'line' },
  { name: 'producer', kind: 'line' },
  { name: 'producerAddress', kind: 'line' },
  { name: 'licenceNo', kind: 'line' },
  { name: 'labelPrice', kind: 'line' },
  { name: 'labelStorage', kind: 'line' },
  { name: 'packaging', kind: 'line' },
  { name: 'labelNote', kind: 'text' },
];

const TAKING: Field[] = [
  { name: 'place', kind: 'line', required: true, label: 'field.samplingPlace' },
  { name: 'sampledAt', kind: 'instant', required: true },
  { name: 'partyId', kind: 'party', label: 'field.partyKnown', wide: true },
  { name: 'matter', kind: 'text', required: true, label: 'field.samplingMatter', rows: 2 },
  {
    name: 'method.kind',
    kind: 'choice',
    required: true,
    label: 'field.samplingMethod',
    words: { prefix: 'word.samplingMethod', values: ['prescribed', 'other'] },
  },
  {
    name: 'method.standard',
    kind: 'line',
    label: 'field.methodStandard',
    when: (values) => methodOf(values) === 'prescribed',
  },
  {
    name: 'method.description',
    kind: 'line',
    label: 'field.methodDescription',
    when: (values) => methodOf(values) === 'other',
  },
  { name: 'process', kind: 'text', required: true, label: 'field.samplingProcess' },
  { name: 'officerIds', kind: 'users', required: true, wide: true, help: 'source.twoOfficers' },
  { name: 'baseQuantity', kind: 'quantity' },
  { name: 'unit', kind: 'line', required: true },
  { name: 'storageConditions', kind: 'line', required: true },
  { name: 'sealState', kind: 'line', required: true },
  { name: 'paidFen', kind: 'yuan', label: 'field.paid' },
  { name: 'boughtOnline', kind: 'yes' },
  { name: 'onlineRecord', kind: 'text', when: ({ boughtOnline }) => boughtOnline === true },
  { name: 'partyPresent', kind: 'line' },
  { name: 'witnessName', kind: 'line' },
  { name: 'remark', kind: 'text', rows: 2 },
];

const methodOf = ({ method }: Record<string, unknown>): unknown =>
  (method as { kind?: string } | undefined)?.kind;

const PORTION: Field[] = [
  {
    name: 'kind',
    kind: 'choice',
    label: 'field.portionKind',
    words: { prefix: 'word.portion', values: ['test', 'backup'] },
  },
  { name: 'quantity', kind: 'quantity' },
  { name: 'sealNumber', kind: 'line' },
];

/** What the label says, how it was taken, and the sealed portions. */
export function CollectBody() {
  const { t } = useTranslation();
  return (
    <>
      <Divider titlePlacement="start">{t('sample.label')}</Divider>
      <FormFields fields={LABEL} />
      <Divider titlePlacement="start">{t('sample.taking')}</Divider>
      <FormFields fields={TAKING} />
      <Divider titlePlacement="start">{t('sample.portions')}</Divider>
      <FormRows name="portions" fields={PORTION} add="sample.addPortion" initial={{ kind: 'test' }} />
    </>
  );
}
