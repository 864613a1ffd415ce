import { Divider, Form } from 'antd';
import { useTranslation } from 'react-i18next';
import { useApi } from '../../api/hooks.ts';
import type { Choice, Field } from '../../components/fields.ts';
import { FormFields } from '../../components/form-fields.tsx';
import { FormRows } from '../../components/form-rows.tsx';
import { TIERS } from './case-words.ts';

const isJudged = ({ discretion }: Record<string, unknown>): boolean =>
  discretion !== undefined && discretion !== 'normal';

/** The grounds that allow a tier, each with its article; all of them before one is chosen. */
function useDiscretion(tier: string | undefined) {
  const { data } = useApi('/api/discretion-factors', { staleTime: 600_000 });
  const choice = ({ key, text, article }: { key: string; text: string; article: string }): Choice => ({
    value: key,
    label: `${text}（${article}）`,
  });
  const fitting = (data?.factors ?? []).filter(({ tiers }) => tiers.some((one) => one === tier));
  return { factors: fitting.map(choice), serious: (data?.serious ?? []).map(choice) };
}

/** The articles that punish, found by what they say. */
function useFines(): { choices: Choice[]; isIncome: (rule: string | undefined) => boolean } {
  const { data } = useApi('/api/fines', { staleTime: 600_000 });
  const items = data?.items ?? [];
  return {
    choices: items.map(({ rule, article, act }) => ({ value: rule, label: `${article} ${act}` })),
    isIncome: (rule) => items.some((one) => one.rule === rule && one.basis === 'income'),
  };
}

/** What was breached, by which article it is punished, and how discretion bears on it. */
export function ViolationBody() {
  const tier = Form.useWatch('discretion') as string | undefined;
  const rule = Form.useWatch('fineRule') as string | undefined;
  const { choices, isIncome } = useFines();
  const { factors, serious } = useDiscretion(tier);
  const fields: Field[] = [
    { name: 'fineRule', kind: 'choice', required: true, wide: true, options: choices },
    { name: 'breached', kind: 'line', required: true, wide: true },
    { name: 'facts', kind: 'text', required: true, label: 'field.violationFacts', rows: 4 },
    { name: 'actFrom', kind: 'day', required: true },
    { name: 'actTo', kind: 'day', required: true },
    { name: 'actNo', kind: 'number', help: 'penalty.actNoHelp' },
    { name: 'harmedLife', kind: 'yes', help: 'penalty.harmedHelp' },
    { name: 'valueFen', kind: 'yuan', help: 'penalty.valueHelp' },
    { name: 'valueBasis', kind: 'line' },
    { name: 'incomeFen', kind: 'yuan', when: () => isIncome(rule) },
    {
      name: 'discretion',
      kind: 'choice',
      label: 'field.tier',
      wide: true,
      words: { prefix: 'word.tier', values: TIERS },
    },
    { name: 'factors', kind: 'choices', required: true, wide: true, options: factors, when: isJudged },
    { name: 'discretionReason', kind: 'text', required: true, when: isJudged },
    { name: 'serious', kind: 'choices', wide: true, options: serious },
    {
      name: 'seriousReason',
      kind: 'text',
      required: true,
      when: (values) => Array.isArray(values['serious']) && values['serious'].length > 0,
    },
  ];
  return <FormFields fields={fields} />;
}

const DEDUCTION: Field[] = [
  {
    name: 'kind',
    kind: 'choice',
    required: true,
    label: 'field.deductionKind',
    words: { prefix: 'word.deduction', values: ['materials', 'goods', 'tax', 'other'] },
  },
  { name: 'amountFen', kind: 'yuan', required: true },
  { name: 'provenOn', kind: 'day' },
  { name: 'evidence', kind: 'line', required: true },
  { name: 'reason', kind: 'line', required: true },
  { name: 'accepted', kind: 'yes' },
];

/** What the party wants taken off its receipts, where the way of counting takes anything off. */
export function DeductionsBody() {
  const { t } = useTranslation();
  const method = Form.useWatch('method') as string | undefined;
  if (method !== 'deducting' && method !== 'partly') return null;
  return (
    <>
      <Divider titlePlacement="start">{t('field.deductions')}</Divider>
      <FormRows
        name="deductions"
        fields={DEDUCTION}
        add="penalty.addDeduction"
        initial={{ accepted: true }}
      />
    </>
  );
}
