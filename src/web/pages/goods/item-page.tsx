import { Card } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link, useParams } from 'react-router';
import { useApi } from '../../api/hooks.ts';
import type { AnswerOf } from '../../api/types.ts';
import { ActionBar } from '../../components/action-bar.tsx';
import { Attachments } from '../../components/attachments.tsx';
import { word, yuan } from '../../components/format.ts';
import { History } from '../../components/history.tsx';
import { Facts, Loading, RecordPage } from '../../components/record-page.tsx';
import { useSession } from '../../session.tsx';
import { goodsActs } from './goods-acts.tsx';
import { MovementsCard } from './movements-card.tsx';

type Item = AnswerOf<'/api/goods/{id}'>;

function ItemFacts({ item }: { item: Item }) {
  const { t } = useTranslation();
  const { inspectionId, measureId } = item;
  return (
    <Card size="small" title={t('goods.matter')}>
      <Facts
        facts={[
          { label: 'field.itemCategory', value: word('word.goodsCategory', item.category) },
          { label: 'field.spec', value: item.spec },
          { label: 'field.quantity', value: item.quantity && `${item.quantity} ${item.unit ?? ''}` },
          { label: 'field.measured', value: word('word.measured', item.measured) },
          { label: 'field.netContent', value: item.netContent && `${item.netContent} ${item.netUnit ?? ''}` },
          { label: 'field.unitPrice', value: yuan(item.unitPriceFen) },
          {
            label: 'field.priceBasis',
            value: item.priceBasis && `${word('word.priceBasis', item.priceBasis)} ${item.priceNote ?? ''}`,
          },
          { label: 'field.producer', value: item.producer },
          { label: 'field.batchNo', value: item.batchNo },
          { label: 'field.madeOn', value: item.madeOn },
          { label: 'field.sealedBy', value: item.sealedBy },
          { label: 'field.remark', value: item.remark, wide: true },
          {
            label: 'kind.inspection',
            value: inspectionId && <Link to={`/inspections/${inspectionId}`}>{item.scene}</Link>,
            wide: true,
          },
          {
            label: 'kind.measure',
            value: measureId && (
              <Link to={`/measures/${measureId}`}>
                {word('word.measureKind', item.measureKind)} {word('state.measure', item.measureState)}
              </Link>
            ),
          },
          { label: 'field.measureQuantity', value: item.measureQuantity },
          { label: 'field.basis', value: word('word.basis', item.basis), wide: true },
        ]}
      />
    </Card>
  );
}

const PARTS = [
  ['goods.atScene', 'atScene'],
  ['goods.sampled', 'sampled'],
  ['goods.seized', 'preservedOrSeized'],
  ['goods.sealed', 'sealedInPlace'],
  ['goods.police', 'takenByPolice'],
  ['goods.left', 'leftOnSite'],
  ['goods.disposed', 'disposed'],
] as const;

/** Where the found quantity is: the parts add up to it. */
function Balance({ item }: { item: Item }) {
  const { t } = useTranslation();
  const { whereabouts, unit } = item;
  if (whereabouts === null) return null;
  return (
    <Card size="small" title={t('goods.balance')}>
      <ul className="lines">
        {PARTS.filter(([, part]) => whereabouts[part] !== '0').map(([label, part]) => (
          <li key={part} className="card-head">
            <span>{t(label)}</span>
            <b className="number">
              {whereabouts[part]} {unit}
            </b>
          </li>
        ))}
        <li className="card-head">
          <span>{t('goods.found')}</span>
          <b className="number">
            {whereabouts.found} {unit}
          </b>
        </li>
      </ul>
    </Card>
  );
}

/** One item: what it is and worth, where each part of it is, and how it came there. */
export function ItemPage() {
  const { id = '' } = useParams();
  const { may } = useSession();
  const { data: item, error } = useApi('/api/goods/{id}', { path: { id } });
  if (!item) return <Loading error={error} />;
  return (
    <RecordPage
      list={{ to: '/goods', label: 'nav.goods' }}
      number={item.name}
      title={item.name}
      tags={<span className="quiet">{item.spec}</span>}
      actions={<ActionBar kind="goods" subject={item} actions={item.allowedActions} acts={goodsActs(item)} />}
      aside={<Balance item={item} />}
    >
      <ItemFacts item={item} />
      <MovementsCard id={id} unit={item.unit} />
      <Attachments kind="goods" id={id} canAdd={may('goods.attach')} />
      <History path="/api/goods/{id}/history" id={id} kind="goods" />
    </RecordPage>
  );
}
