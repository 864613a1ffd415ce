import type { AnswerOf } from '../../api/types.ts';
import { useApi } from '../../api/hooks.ts';
import { type Act, act, type ActBody } from '../../components/act.ts';
import type { Field } from '../../components/fields.ts';
import { FormFields } from '../../components/form-fields.tsx';
import { stamp, word } from '../../components/format.ts';
import { given } from '../../components/given.ts';
import { recordActs } from '../../components/record-acts.ts';
import { MEASURED, PRICE_BASES } from './goods-words.ts';

type Item = AnswerOf<'/api/goods/{id}'>;

const PRICE = [
  { name: 'unitPriceFen', kind: 'yuan', label: 'field.unitPrice', required: true, autoFocus: true },
  {
    name: 'basis',
    kind: 'choice',
    label: 'field.priceBasis',
    required: true,
    words: { prefix: 'word.priceBasis', values: PRICE_BASES },
  },
  { name: 'note', kind: 'line', label: 'field.priceNote', wide: true },
] as const satisfies Field[];

/** The entries that may still be taken back, each with how much of it. */
const CorrectBody: ActBody = ({ subject }) => {
  const { data } = useApi('/api/goods/{id}/movements', { path: { id: subject.id } });
  const options = (data?.items ?? [])
    .filter(({ correctable }) => correctable !== null)
    .map(({ id, at, from, to, correctable }) => ({
      value: id,
      label: `${stamp(at)} ${word('word.goodsPlace', from?.place)} → ${word('word.goodsPlace', to?.place)} ${correctable}`,
    }));
  return (
    <FormFields
      fields={[
        { name: 'movementId', kind: 'choice', required: true, wide: true, options },
        { name: 'quantity', kind: 'quantity', required: true, label: 'field.correctQuantity' },
        { name: 'reason', kind: 'text', required: true },
      ]}
    />
  );
};

const CHANGES = [
  { name: 'name', kind: 'line', label: 'field.itemName' },
  { name: 'spec', kind: 'line' },
  { name: 'quantity', kind: 'quantity', help: 'goods.recountHelp' },
  { name: 'measured', kind: 'choice', words: { prefix: 'word.measured', values: MEASURED } },
  { name: 'netContent', kind: 'quantity' },
  { name: 'netUnit', kind: 'line' },
  { name: 'producer', kind: 'line' },
  { name: 'batchNo', kind: 'line' },
  { name: 'madeOn', kind: 'line' },
  { name: 'sealedBy', kind: 'line', help: 'goods.sealedByHelp' },
  { name: 'remark', kind: 'text', rows: 2 },
] as const satisfies Field[];

/** What may be done with an item. */
export const goodsActs = (item: Item): Record<string, Act> => ({
  price: act('/api/goods/{id}/price', {
    fields: PRICE,
    initial: () => given({ unitPriceFen: item.unitPriceFen, basis: item.priceBasis, note: item.priceNote }),
  }),
  correct: act('/api/goods/{id}/corrections', { Body: CorrectBody }),
  ...recordActs('/api/goods', CHANGES, false),
});
