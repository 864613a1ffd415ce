import { Alert, Button, Checkbox, Form, Input, Select, Spin } from 'antd';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { useApi } from '../../api/hooks.ts';
import type { BodyOf } from '../../api/types.ts';
import { type Found, useAllFound } from '../goods/use-found-items.ts';

type Line = BodyOf<'/api/measures/{id}/items'>['items'][number];
type Values = Record<string, unknown>;

/** A line of the form: what was found, whether it is taken, on which basis, and how much of it. */
type Take = { itemId: string; take?: boolean; basis?: string; quantity?: string };

/** At most so many lines go on the list of a measure at once. */
const MOST = 500;

/** What of an item can still be taken; null for premises, which are taken whole. */
const looseOf = ({ whereabouts, category }: Found): string | null =>
  category === 'premises' ? null : (whereabouts?.atScene ?? '0');

const takesOf = (values: Values): Take[] => (values['items'] as Take[] | undefined) ?? [];

/** The lines that are taken, as the API takes them. */
export const linesTaken = (values: Values): Line[] =>
  takesOf(values)
    .filter(({ take }) => take)
    .map(({ itemId, basis, quantity }) => ({ itemId, basis, ...(quantity ? { quantity } : {}) }) as Line);

/** `items.2.basis` of what was sent, as the form counts its lines. */
export const lineName =
  (values: Values) =>
  (field: string): string => {
    const places = takesOf(values).flatMap(({ take }, at) => (take ? [at] : []));
    return field.replace(/^items\.(\d+)/, (_, at: string) => `items.${places[Number(at)] ?? at}`);
  };

function TakeLine({ at, item, bases }: { at: number; item: Found; bases: readonly string[] }) {
  const { t } = useTranslation();
  const loose = looseOf(item);
  const label = `${item.foundNo}. ${item.name}`;
  return (
    <li className="take-line">
      <Form.Item name={[at, 'take']} valuePropName="checked" noStyle>
        <Checkbox disabled={bases.length === 0}>
          <b>{label}</b> {item.spec}
        </Checkbox>
      </Form.Item>
      {bases.length === 0 ? (
        <span className="quiet">{t(`scene.notTaken.${item.category}`, t('scene.notTaken.other'))}</span>
      ) : (
        <Form.Item shouldUpdate noStyle>
          {({ getFieldValue }) =>
            getFieldValue(['items', at, 'take']) && (
              <div className="take-fields">
                <Form.Item name={[at, 'basis']}>
                  <Select
                    aria-label={`${t('field.basis')} ${label}`}
                    options={bases.map((basis) => ({
                      value: basis,
                      label: t(`word.basisShort.${basis}`),
                      title: t(`word.basis.${basis}`),
                    }))}
                  />
                </Form.Item>
                {loose !== null && (
                  <Form.Item name={[at, 'quantity']}>
                    <Input
                      inputMode="decimal"
                      aria-label={`${t('field.measureQuantity')} ${label}`}
                      placeholder={t('scene.allOf', { quantity: loose })}
                      suffix={item.unit}
                      autoComplete="off"
                    />
                  </Form.Item>
                )}
              </div>
            )
          }
        </Form.Item>
      )}
      <Form.Item name={[at, 'itemId']} hidden>
        <Input />
      </Form.Item>
    </li>
  );
}

type AllOrNoneProps = { value?: Take[]; onChange?: (takes: Take[]) => void };

/** Ticks every line that can be taken, or none; a field of the form, so that the draft follows. */
function AllOrNone({ value = [], onChange }: AllOrNoneProps) {
  const { t } = useTranslation();
  const all = (take: boolean): void =>
    onChange?.(value.map((one) => ({ ...one, take: take && one.basis !== undefined })));
  return (
    <div className="action-row gap">
      <Button size="small" onClick={() => all(true)}>
        {t('scene.takeAll')}
      </Button>
      <Button size="small" onClick={() => all(false)}>
        {t('scene.takeNone')}
      </Button>
    </div>
  );
}

/** What an inspection found and still lies there: all of it is taken, unless it is left out. */
export function TakeList({ inspectionId }: { inspectionId: string }) {
  const { t } = useTranslation();
  const form = Form.useFormInstance();
  const found = useAllFound(inspectionId);
  const { data } = useApi('/api/measures/bases', { staleTime: Infinity });
  const basesOf = (category: string): string[] =>
    data?.items.find((one) => one.category === category)?.bases ?? [];
  const here = found?.filter((item) => item.measureId === null && looseOf(item) !== '0') ?? [];
  const loose = here.slice(0, MOST);
  const ids = loose.map(({ id }) => id).join();
  const isReady = found !== undefined && data !== undefined;
  useEffect(() => {
    // Not before all is known: what was left out before a reload would be forgotten, and taken.
    if (!isReady) return;
    const known = new Map(takesOf(form.getFieldsValue(true) as Values).map((take) => [take.itemId, take]));
    form.setFieldValue(
      'items',
      loose.map(({ id, category }): Take => {
        const [basis] = basesOf(category);
        return known.get(id) ?? { itemId: id, take: basis !== undefined, ...(basis ? { basis } : {}) };
      }),
    );
    // Drawn up anew where other items have come, with what was chosen before.
  }, [form, isReady, ids]);
  if (!isReady) return <Spin className="waiting" />;
  if (loose.length === 0) return <p className="quiet">{t('scene.nothingLoose')}</p>;
  return (
    <>
      {here.length > MOST && (
        <Alert
          type="warning"
          showIcon
          className="gap"
          title={t('scene.most', { most: MOST, left: here.length - MOST })}
        />
      )}
      <Form.Item name="items" noStyle>
        <AllOrNone />
      </Form.Item>
      <Form.List name="items">
        {(rows) => (
          <ul className="lines take-list">
            {rows.map(({ key, name: at }) => {
              const item = loose[at];
              return item ? <TakeLine key={key} at={at} item={item} bases={basesOf(item.category)} /> : null;
            })}
          </ul>
        )}
      </Form.List>
    </>
  );
}
