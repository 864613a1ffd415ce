import { useTranslation } from 'react-i18next';
import type { RowOf } from '../../api/types.ts';
import { type Column, DataList } from '../../components/data-list.tsx';
import type { Filter } from '../../components/filter-bar.tsx';
import { stamp, word, yuan } from '../../components/format.ts';
import { CATEGORIES, PLACES, TITLES } from './goods-words.ts';

type Row = RowOf<'/api/goods'>;

const some = (quantity: string | null) =>
  quantity === null || quantity === '0' ? <span className="quiet">—</span> : quantity;

const COLUMNS: Column<Row>[] = [
  { key: 'itemName', render: ({ name }) => <span className="clip">{name}</span> },
  { key: 'itemCategory', render: ({ category }) => word('word.goodsCategory', category), width: 100 },
  { key: 'spec', render: ({ spec }) => <span className="clip">{spec}</span> },
  { key: 'quantity', render: ({ quantity }) => quantity, align: 'right', width: 90 },
  { key: 'unit', render: ({ unit }) => unit, width: 60 },
  { key: 'partyName', render: ({ partyName }) => <span className="clip">{partyName}</span> },
  {
    key: 'seized',
    label: 'goods.seized',
    render: ({ preservedOrSeized }) => some(preservedOrSeized),
    align: 'right',
  },
  {
    key: 'sealed',
    label: 'goods.sealed',
    render: ({ sealedInPlace }) => some(sealedInPlace),
    align: 'right',
  },
  {
    key: 'police',
    label: 'goods.police',
    render: ({ takenByPolice }) => some(takenByPolice),
    align: 'right',
  },
  { key: 'left', label: 'goods.left', render: ({ leftOnSite }) => some(leftOnSite), align: 'right' },
  { key: 'atScene', label: 'goods.atScene', render: ({ atScene }) => some(atScene), align: 'right' },
  {
    key: 'sampled',
    label: 'goods.sampled',
    render: ({ sampled }) => some(sampled),
    align: 'right',
    hidden: true,
  },
  {
    key: 'disposed',
    label: 'goods.disposed',
    render: ({ disposed }) => some(disposed),
    align: 'right',
    hidden: true,
  },
  { key: 'unitPrice', render: ({ unitPriceFen }) => yuan(unitPriceFen), align: 'right' },
  { key: 'batchNo', render: ({ batchNo }) => batchNo, hidden: true },
  { key: 'producer', render: ({ producer }) => producer, hidden: true },
  { key: 'caseNumber', render: ({ caseNumber }) => caseNumber, hidden: true },
  { key: 'scene', render: ({ scene }) => <span className="clip">{scene}</span>, hidden: true },
  { key: 'createdAt', render: ({ createdAt }) => stamp(createdAt), hidden: true },
];

const FILTERS: Filter[] = [
  { name: 'q', kind: 'text', label: 'goods.find' },
  {
    name: 'category',
    kind: 'choices',
    label: 'field.itemCategory',
    words: { prefix: 'word.goodsCategory', values: CATEGORIES },
  },
  {
    name: 'place',
    kind: 'choice',
    label: 'measure.where',
    words: { prefix: 'word.goodsPlace', values: PLACES },
  },
  {
    name: 'title',
    kind: 'choice',
    label: 'goods.title',
    words: { prefix: 'word.goodsTitle', values: TITLES },
  },
  { name: 'from', kind: 'day' },
  { name: 'to', kind: 'day' },
];

const Card = ({ row }: { row: Row }) => (
  <>
    <div className="card-head">
      <b>{row.name}</b>
      <span className="number">
        {row.quantity} {row.unit}
      </span>
    </div>
    <div className="quiet">
      {[word('word.goodsCategory', row.category), row.spec, row.batchNo].filter(Boolean).join(' · ')}
    </div>
    <div className="quiet">{row.partyName}</div>
  </>
);

/** The goods of the bureau and where they are. */
export function GoodsPage() {
  const { t } = useTranslation();
  return (
    <>
      <h1>{t('nav.goods')}</h1>
      <DataList
        path="/api/goods"
        name="goods"
        columns={COLUMNS}
        filters={FILTERS}
        to={({ id }) => `/goods/${id}`}
        card={(row) => <Card row={row} />}
        empty={t('goods.empty')}
      />
    </>
  );
}
