import { CopyOutlined, DownOutlined } from '@ant-design/icons';
import { Button, Form, Input, Segmented, Select } from 'antd';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { CameraButton } from '../../components/camera-button.tsx';
import { CATEGORIES, MEASURED, PRICE_BASES } from '../goods/goods-words.ts';
import type { FieldName, Row } from './rows.ts';
import type { Entry } from './use-entry.ts';

const LABELS: Record<FieldName, string> = {
  name: 'field.itemName',
  quantity: 'field.quantity',
  unit: 'field.unit',
  spec: 'field.spec',
  batchNo: 'field.batchNo',
  madeOn: 'field.madeOn',
  price: 'field.unitPrice',
  priceBasis: 'field.priceBasis',
  category: 'field.itemCategory',
  measured: 'field.measured',
  producer: 'field.producer',
  remark: 'field.remark',
};

type OfRow = { row: Row; give: (values: Partial<Row>) => void };

function Text({
  row,
  give,
  name,
  ...input
}: OfRow & { name: FieldName; inputMode?: 'decimal'; rows?: number }) {
  const { t } = useTranslation();
  const error = row.errors?.[name];
  const { rows, ...props } = input;
  const common = {
    ...props,
    id: `item-${name}`,
    value: row[name],
    autoComplete: 'off',
    onChange: ({ target }: { target: { value: string } }) => give({ [name]: target.value }),
  };
  return (
    <Form.Item
      label={t(LABELS[name])}
      htmlFor={`item-${name}`}
      required={name === 'name' || name === 'quantity' || name === 'unit'}
      {...(error ? { validateStatus: 'error' as const, help: error } : {})}
      className={`item-${name}`}
    >
      {rows ? <Input.TextArea {...common} autoSize={{ minRows: rows, maxRows: 6 }} /> : <Input {...common} />}
    </Form.Item>
  );
}

function Choice({
  row,
  give,
  name,
  values,
  prefix,
}: OfRow & { name: FieldName; values: readonly string[]; prefix: string }) {
  const { t } = useTranslation();
  const error = row.errors?.[name];
  return (
    <Form.Item
      label={t(LABELS[name])}
      htmlFor={`item-${name}`}
      {...(error ? { validateStatus: 'error' as const, help: error } : {})}
      className={`item-${name}`}
    >
      <Select
        id={`item-${name}`}
        value={row[name] || null}
        options={values.map((value) => ({ value, label: t(`${prefix}.${value}`) }))}
        onChange={(value: string) => give({ [name]: value })}
      />
    </Form.Item>
  );
}

/** What is less often asked. */
function More({ row, give }: OfRow) {
  return (
    <div className="item-fields">
      <Text row={row} give={give} name="spec" />
      <Text row={row} give={give} name="batchNo" />
      <Text row={row} give={give} name="madeOn" />
      <Text row={row} give={give} name="producer" />
      <Text row={row} give={give} name="price" inputMode="decimal" />
      <Choice row={row} give={give} name="priceBasis" values={PRICE_BASES} prefix="word.priceBasis" />
      <Text row={row} give={give} name="remark" rows={2} />
    </div>
  );
}

type Props = {
  entry: Entry;
  row: Row;
  number: number;
  /** Saves the item and goes on to the next one. */
  onSave: () => void;
  /** Fills in the last item once more; not there before there is one. */
  onRepeat?: (() => void) | undefined;
};

/** One item under the thumb: name, how much, a photograph, and on to the next. */
export function ItemForm({ entry, row, number, onSave, onRepeat }: Props) {
  const { t } = useTranslation();
  const [more, setMore] = useState(false);
  const form = useRef<HTMLDivElement>(null);
  const give = (values: Partial<Row>): void => entry.change(row.key, values);
  const isPremises = row.category === 'premises';
  const photos = entry.taken.of(row.key);
  const hasHiddenError = ['spec', 'batchNo', 'madeOn', 'producer', 'price', 'priceBasis', 'remark'].some(
    (field) => row.errors?.[field as FieldName],
  );
  return (
    <Form component={false} layout="vertical" disabled={entry.saving}>
      <section className="item-form" ref={form} aria-label={t('goods.line', { number })}>
        <h2>{t('goods.line', { number })}</h2>
        <div className="item-fields">
          <Text row={row} give={give} name="name" />
          {!isPremises && <Text row={row} give={give} name="quantity" inputMode="decimal" />}
          {!isPremises && <Text row={row} give={give} name="unit" />}
          <Choice row={row} give={give} name="category" values={CATEGORIES} prefix="word.goodsCategory" />
        </div>
        {!isPremises && (
          <Segmented
            block
            className="gap"
            aria-label={t('field.measured')}
            value={row.measured}
            options={MEASURED.map((value) => ({ value, label: t(`word.measured.${value}`) }))}
            onChange={(measured) => give({ measured })}
          />
        )}
        {more || hasHiddenError ? (
          <More row={row} give={give} />
        ) : (
          <Button type="link" icon={<DownOutlined />} className="item-more" onClick={() => setMore(true)}>
            {t('scene.moreFields')}
          </Button>
        )}
        <div className="item-acts">
          <CameraButton
            label={photos.length > 0 ? t('scene.photos', { count: photos.length }) : t('scene.photo')}
            size="large"
            onFiles={(files) => entry.taken.keep(row.key, [...photos, ...files])}
          />
          {onRepeat && (
            <Button size="large" icon={<CopyOutlined />} onClick={onRepeat}>
              {t('scene.repeat')}
            </Button>
          )}
          <Button size="large" type="primary" loading={entry.saving} onClick={onSave}>
            {t('scene.next')}
          </Button>
        </div>
      </section>
    </Form>
  );
}
