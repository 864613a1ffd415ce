import { Card, Table } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { useApi } from '../../api/hooks.ts';
import type { AnswerOf, RowOf } from '../../api/types.ts';
import { LinkButton } from '../../components/link-button.tsx';

type Operation = AnswerOf<'/api/operations/{id}'>;
type Row = RowOf<'/api/goods'>;

const SHOWN = 100;

const amount = (quantity: string | null, unit: string | null) =>
  quantity === null || quantity === '0' ? <span className="quiet">—</span> : `${quantity} ${unit ?? ''}`;

/** What each side took and what was left, item by item, as the ledger says. */
export function TakenCard({ operation }: { operation: Operation }) {
  const { t } = useTranslation();
  const { data } = useApi('/api/goods', { query: { operationId: operation.id, limit: SHOWN } });
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
      {items.length > 0 && (
        <Table<Row>
          size="small"
          rowKey="id"
          dataSource={items}
          pagination={false}
          scroll={{ x: 'max-content' }}
          columns={[
            {
              title: t('field.itemName'),
              render: (_, row) => <Link to={`/goods/${row.id}`}>{row.name}</Link>,
            },
            { title: t('goods.found'), align: 'right', render: (_, row) => amount(row.quantity, row.unit) },
            {
              title: t('goods.seized'),
              align: 'right',
              render: (_, row) => amount(row.preservedOrSeized, row.unit),
            },
            {
              title: t('goods.sealed'),
              align: 'right',
              render: (_, row) => amount(row.sealedInPlace, row.unit),
            },
            {
              title: t('goods.police'),
              align: 'right',
              render: (_, row) => amount(row.takenByPolice, row.unit),
            },
            { title: t('goods.left'), align: 'right', render: (_, row) => amount(row.leftOnSite, row.unit) },
            { title: t('goods.atScene'), align: 'right', render: (_, row) => amount(row.atScene, row.unit) },
          ]}
        />
      )}
      {data?.next && <LinkButton to={`/goods?operationId=${operation.id}`}>{t('goods.more')}</LinkButton>}
    </Card>
  );
}
