import { OrderedListOutlined } from '@ant-design/icons';
import { Button, Card } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { AnswerOf } from '../../api/types.ts';
import { ActButton } from '../../components/act-button.tsx';
import { word, yuan } from '../../components/format.ts';
import { LinkButton } from '../../components/link-button.tsx';
import { ScrollTable } from '../../components/scroll-table.tsx';
import { useSession } from '../../session.tsx';
import { useNarrow } from '../../shell/narrow.ts';
import { type Found, useFoundItems } from '../goods/use-found-items.ts';
import { leaveOnSite, takeByPolice } from '../goods/place-acts.tsx';
import { Whereabouts } from '../goods/whereabouts.tsx';

type Inspection = AnswerOf<'/api/inspections/{id}'>;

function FoundTable({ items, isLoading }: { items: Found[]; isLoading: boolean }) {
  const { t } = useTranslation();
  return (
    <ScrollTable
      label={t('inspection.found', { count: items.length })}
      rowKey="id"
      loading={isLoading}
      dataSource={items}
      pagination={{ pageSize: 50, hideOnSinglePage: true, showSizeChanger: false }}
      locale={{ emptyText: t('inspection.nothingFound') }}
      columns={[
        { title: t('field.foundNo'), dataIndex: 'foundNo', width: 56 },
        { title: t('field.itemName'), render: (_, row) => <Link to={`/goods/${row.id}`}>{row.name}</Link> },
        { title: t('field.itemCategory'), render: (_, row) => word('word.goodsCategory', row.category) },
        { title: t('field.spec'), dataIndex: 'spec' },
        {
          title: t('field.quantity'),
          align: 'right',
          render: (_, row) => row.quantity && `${row.quantity} ${row.unit ?? ''}`,
        },
        { title: t('field.unitPrice'), align: 'right', render: (_, row) => yuan(row.unitPriceFen) },
        { title: t('measure.where'), render: (_, row) => <Whereabouts item={row} /> },
      ]}
    />
  );
}

/** The same under the thumb. */
function FoundList({ items }: { items: readonly Found[] }) {
  const { t } = useTranslation();
  if (items.length === 0) return <span className="quiet">{t('inspection.nothingFound')}</span>;
  return (
    <ol className="lines">
      {items.map((item) => (
        <li key={item.id}>
          <div className="card-head">
            <span>
              {item.foundNo}. <Link to={`/goods/${item.id}`}>{item.name}</Link>
            </span>
            <span className="number">{item.quantity && `${item.quantity} ${item.unit ?? ''}`}</span>
          </div>
          <div className="quiet">
            <Whereabouts item={item} />
          </div>
        </li>
      ))}
    </ol>
  );
}

/** What was found, in exact quantities, and where each of it is now. */
export function FoundCard({ inspection }: { inspection: Inspection }) {
  const { t } = useTranslation();
  const { may } = useSession();
  const narrow = useNarrow();
  const { items, hasMore, more, isLoading } = useFoundItems(inspection.id);
  const isOpen = inspection.state !== 'planned' && !inspection.voidedAt;
  const hasLoose = items.some(({ whereabouts }) => whereabouts !== null && whereabouts.atScene !== '0');
  if (!isOpen && items.length === 0) return null;
  return (
    <Card
      size="small"
      title={t('inspection.found', { count: items.length })}
      extra={
        isOpen &&
        may('goods.record') && (
          <LinkButton
            to={`/inspections/${inspection.id}/items`}
            size="small"
            type="primary"
            ghost
            icon={<OrderedListOutlined />}
          >
            {t('action.goods.record')}
          </LinkButton>
        )
      }
    >
      {narrow ? <FoundList items={items} /> : <FoundTable items={items} isLoading={isLoading} />}
      {hasMore && (
        <Button size="small" onClick={more}>
          {t('goods.more')}
        </Button>
      )}
      {isOpen && hasLoose && (
        <div className="action-row below">
          <ActButton name="goods.take_by_police" act={takeByPolice} subject={{ id: inspection.id }} />
          <ActButton name="goods.leave_on_site" act={leaveOnSite} subject={{ id: inspection.id }} />
        </div>
      )}
    </Card>
  );
}
