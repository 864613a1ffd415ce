import { Card } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { useApi } from '../../api/hooks.ts';
import type { AnswerOf, RowOf } from '../../api/types.ts';
import { LinkButton } from '../../components/link-button.tsx';
import { ScrollTable } from '../../components/scroll-table.tsx';
import { useNarrow } from '../../shell/narrow.ts';

type Operation = AnswerOf<'/api/operations/{id}'>;
type Row = RowOf<'/api/goods'>;

const SHOWN = 100;

const amount = (quantity: string | null, unit: string | null) =>
  quantity === null || quantity === '0' ? <span className="quiet">—</span> : `${quantity} ${unit ?? ''}`;

const PARTS = [
  ['goods.seized', 'preservedOrSeized'],
  ['goods.sealed', 'sealedInPlace'],
  ['goods.police', 'takenByPolice'],
  ['goods.left', 'leftOnSite'],
  ['goods.atScene', 'atScene'],
] as const;

function TakenTable({ items }: { items: Row[] }) {
  const { t } = useTranslation();
  return (
    <ScrollTable<Row>
      label={t('operation.taken')}
      rowKey="id"
      dataSource={items}
      pagination={false}
      columns={[
        { title: t('field.itemName'), render: (_, row) => <Link to={`/goods/${row.id}`}>{row.name}</Link> },
        { title: t('goods.found'), align: 'right', render: (_, row) => amount(row.quantity, row.unit) },
        ...PARTS.map(([label, part]) => ({
          title: t(label),
          align: 'right' as const,
          render: (_: unknown, row: Row) => amount(row[part], row.unit),
        })),
      ]}
    />
  );
}

/** The same under the thumb: only where something is. */
function TakenList({ items }: { items: readonly Row[] }) {
  const { t } = useTranslation();
  return (
    <ul className="lines">
      {items.map((row) => (
        <li key={row.id}>
          <div className="card-head">
            <Link to={`/goods/${row.id}`}>{row.name}</Link>
            <span className="number">{amount(row.quantity, row.unit)}</span>
          </div>
          <div className="quiet">
            {PARTS.filter(([, part]) => row[part] !== null && row[part] !== '0')
              .map(([label, part]) => `${t(label)} ${row[part]}`)
              .join(' · ')}
          </div>
        </li>
      ))}
    </ul>
  );
}

/** What each side took and what was left, item by item, as the ledger says. */
export function TakenCard({ operation }: { operation: Operation }) {
  const { t } = useTranslation();
  const { data } = useApi('/api/goods', { query: { operationId: operation.id, limit: SHOWN } });
  const narrow = useNarrow();
  const { outcome, bureauTook, policeTook } = operation;
  const items = data?.items ?? [];
  if (items.length === 0 && !outcome) return null;
  return (
    <Card size="small" title={t('operation.taken')}>
      {outcome && (
        <dl className="read-back">
          <div>
            <dt>{t('field.operationOutcome')}</dt>
            <dd className="prose">{outcome}</dd>
          </div>
          <div>
            <dt>{t('field.bureauTook')}</dt>
            <dd className="prose">{bureauTook}</dd>
          </div>
          <div>
            <dt>{t('field.policeTook')}</dt>
            <dd className="prose">{policeTook}</dd>
          </div>
        </dl>
      )}
      {items.length > 0 && (narrow ? <TakenList items={items} /> : <TakenTable items={items} />)}
      {data?.next && <LinkButton to={`/goods?operationId=${operation.id}`}>{t('goods.more')}</LinkButton>}
    </Card>
  );
}
