import { Card } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { RowOf } from '../api/types.ts';
import { stamp, word, yuan } from './format.ts';
import { ScrollTable } from './scroll-table.tsx';

type Item = RowOf<'/api/cases/{id}/goods'>;

/** Goods in exact quantities, each with where it is now. */
export function GoodsTable({ items, extra }: { items: readonly Item[]; extra?: ReactNode }) {
  const { t } = useTranslation();
  if (items.length === 0) return null;
  return (
    <Card size="small" title={t('measure.items')} extra={extra}>
      <ScrollTable
        label={t('measure.items')}
        rowKey="id"
        dataSource={[...items]}
        pagination={{ pageSize: 50, hideOnSinglePage: true }}
        columns={[
          { title: t('field.foundNo'), render: (_, row) => row.lineNo ?? row.foundNo, width: 60 },
          { title: t('field.itemName'), render: (_, row) => <Link to={`/goods/${row.id}`}>{row.name}</Link> },
          { title: t('field.spec'), dataIndex: 'spec' },
          { title: t('field.batchNo'), dataIndex: 'batchNo' },
          {
            title: t('field.quantity'),
            align: 'right',
            render: (_, row) => `${row.measureQuantity ?? row.quantity ?? ''} ${row.unit ?? ''}`,
          },
          { title: t('field.unitPrice'), align: 'right', render: (_, row) => yuan(row.unitPriceFen) },
          {
            title: t('measure.where'),
            render: (_, row) => (
              <>
                {row.balances.map(({ place, title, quantity }) => (
                  <div key={place + title}>
                    {word('word.goodsPlace', place)} {quantity} {row.unit}{' '}
                    <span className="quiet">{word('word.goodsTitle', title)}</span>
                  </div>
                ))}
                {row.liftedAt && (
                  <div className="quiet">{t('measure.liftedAt', { at: stamp(row.liftedAt) })}</div>
                )}
              </>
            ),
          },
        ]}
      />
    </Card>
  );
}
