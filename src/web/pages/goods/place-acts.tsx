import { Button, Form } from 'antd';
import { useTranslation } from 'react-i18next';
import { type Act, act, type ActBody } from '../../components/act.ts';
import type { Field } from '../../components/fields.ts';
import { FormFields } from '../../components/form-fields.tsx';
import { FormRows } from '../../components/form-rows.tsx';
import { type Found, useFoundItems } from './use-found-items.ts';

/** An item in a list to choose from: its number, its name, and how much of it there is. */
export const choiceOf = ({ id, foundNo, name, spec, unit }: Found, quantity: string | null) => ({
  value: id,
  label: [`${foundNo}.`, name, spec, quantity && `${quantity} ${unit ?? ''}`].filter(Boolean).join(' '),
});

/** Lines of what still lies at the scene, each with how much of it goes. */
const PlaceBody: ActBody = ({ subject }) => {
  const { t } = useTranslation();
  const form = Form.useFormInstance();
  const { items } = useFoundItems(subject.id);
  const loose = items.flatMap((item) => {
    const quantity = item.whereabouts?.atScene ?? '0';
    return quantity === '0' ? [] : [{ item, quantity }];
  });
  const all = (): void =>
    form.setFieldValue(
      'items',
      loose.map(({ item, quantity }) => ({ itemId: item.id, quantity })),
    );
  const fields: Field[] = [
    {
      name: 'itemId',
      kind: 'choice',
      label: 'kind.goods',
      required: true,
      wide: true,
      options: loose.map(({ item, quantity }) => choiceOf(item, quantity)),
    },
    { name: 'quantity', kind: 'quantity', required: true },
  ];
  return (
    <>
      <Button className="gap" onClick={all}>
        {t('goods.allAtScene', { count: loose.length })}
      </Button>
      <FormRows name="items" fields={fields} add="goods.addLine" row="goods.line" />
      <FormFields fields={[{ name: 'note', kind: 'line', wide: true }]} />
    </>
  );
};

/** What the police take with them on the spot. */
export const takeByPolice: Act = act('/api/inspections/{id}/items/taken-by-police', {
  Body: PlaceBody,
  initial: () => ({ items: [{}] }),
});

/** What stays with the party. */
export const leaveOnSite: Act = act('/api/inspections/{id}/items/left-on-site', {
  Body: PlaceBody,
  initial: () => ({ items: [{}] }),
});
