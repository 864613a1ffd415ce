import { Divider } from 'antd';
import { useTranslation } from 'react-i18next';
import type { Field } from '../../components/fields.ts';
import { FormRows } from '../../components/form-rows.tsx';

const LINE: Field[] = [
  { name: 'dueOn', kind: 'day', required: true, label: 'field.planDueOn' },
  { name: 'amountFen', kind: 'yuan', required: true },
];

/** The new days to pay, each with its part of the fine. */
export function InstalmentsBody() {
  const { t } = useTranslation();
  return (
    <>
      <Divider titlePlacement="start">{t('field.instalments')}</Divider>
      <p className="quiet">{t('penalty.planHelp')}</p>
      <FormRows name="instalments" fields={LINE} add="penalty.addInstalment" />
    </>
  );
}
