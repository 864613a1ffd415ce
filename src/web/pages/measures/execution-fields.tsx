import { Divider, Form } from 'antd';
import { useTranslation } from 'react-i18next';
import type { Field } from '../../components/fields.ts';
import { FormFields } from '../../components/form-fields.tsx';
import { FormRows } from '../../components/form-rows.tsx';

type Values = Record<string, unknown>;

const SEAL: Field[] = [
  { name: 'number', kind: 'line', label: 'field.sealNumber', required: true },
  { name: 'place', kind: 'line', label: 'field.sealPlace', required: true },
  { name: 'remark', kind: 'line' },
];

/** Seals, each with its number and where it was put. */
export const SealRows = () => (
  <FormRows name="seals" fields={SEAL} add="measure.addSeal" row="measure.sealRow" />
);

type Props = {
  /** Of what kind the measure is, where the form does not ask. */
  kind?: string;
  isDwelling?: boolean;
};

const fieldsOf = ({ kind, isDwelling }: Props): Field[] => {
  const isSeizure = (values: Values): boolean => (kind ?? values['kind']) === 'seizure';
  return [
    { name: 'partyPresent', kind: 'yes', label: 'measure.partyPresent' },
    { name: 'rightsTold', kind: 'yes', help: 'measure.rightsHelp' },
    {
      name: 'witnessName',
      kind: 'line',
      required: true,
      help: 'measure.witnessHelp',
      when: ({ partyPresent }) => partyPresent !== true,
    },
    { name: 'keepingPlace', kind: 'line', required: true, when: isSeizure },
    { name: 'keepingConditions', kind: 'line', required: true },
    { name: 'keeper', kind: 'line', help: 'measure.keeperHelp', when: isSeizure },
    {
      name: 'dwellingHandover',
      kind: 'text',
      rows: 2,
      required: true,
      help: 'measure.dwellingHelp',
      when: (values) => isSeizure(values) && isDwelling === true,
    },
    { name: 'executedAt', kind: 'instant', help: 'referral.nowHelp' },
  ];
};

/** How a measure is carried out (ACL 18): who was there, what was told, where it is kept, the seals. */
export function ExecutionFields(props: Props) {
  const { t } = useTranslation();
  return (
    <>
      <FormFields fields={fieldsOf(props)} />
      <Divider titlePlacement="start">{t('measure.seals')}</Divider>
      <Form.Item noStyle>
        <SealRows />
      </Form.Item>
    </>
  );
}
