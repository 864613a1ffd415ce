import { Alert, Button, Card } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { CameraButton } from '../../components/camera-button.tsx';
import { word, yuan } from '../../components/format.ts';
import { useSession } from '../../session.tsx';
import type { Found } from '../goods/use-found-items.ts';
import type { Entry } from './use-entry.ts';

type Props = {
  items: readonly Found[];
  photos: Entry['photos'];
  hasMore: boolean;
  more: () => void;
};

/** Photographs that did not go, and why. */
function Unsent({ photos }: { photos: Entry['photos'] }) {
  const { t } = useTranslation();
  const refused = photos.waiting.filter((photo) => photo.refused !== undefined);
  if (refused.length === 0) return null;
  return (
    <Alert
      type="warning"
      showIcon
      className="gap"
      title={t('scene.photosWaiting', { count: refused.length })}
      description={refused[0]!.refused}
      action={
        <Button size="small" onClick={photos.retry}>
          {t('scene.sendAgain')}
        </Button>
      }
    />
  );
}

/** What the server has of the list, the newest first: each with its photographs and the way to correct it. */
export function SavedItems({ items, photos, hasMore, more }: Props) {
  const { t } = useTranslation();
  const { may } = useSession();
  return (
    <Card size="small" title={t('scene.saved', { count: items.length })}>
      <Unsent photos={photos} />
      {items.length === 0 && <span className="quiet">{t('inspection.nothingFound')}</span>}
      <ol className="lines saved">
        {items.toReversed().map((item) => {
          const onWay = photos.waiting.filter(({ itemId }) => itemId === item.id).length;
          return (
            <li key={item.id}>
              <b className="number">{item.foundNo}</b>
              <div>
                <Link to={`/goods/${item.id}`}>{item.name}</Link>{' '}
                <span className="number">{item.quantity && `${item.quantity} ${item.unit ?? ''}`}</span>
                <div className="quiet">
                  {[
                    word('word.goodsCategory', item.category),
                    item.spec,
                    item.batchNo,
                    item.unitPriceFen !== null && `¥${yuan(item.unitPriceFen)}`,
                    item.files > 0 && t('scene.photos', { count: item.files }),
                    onWay > 0 && t('scene.photosOnWay', { count: onWay }),
                  ]
                    .filter(Boolean)
                    .join(' · ')}
                </div>
              </div>
              {may('goods.attach') && (
                <CameraButton
                  isBare
                  label={`${t('scene.photo')} ${item.foundNo}`}
                  onFiles={(files) => photos.add(item.id, files)}
                />
              )}
            </li>
          );
        })}
      </ol>
      {hasMore && <Button onClick={more}>{t('goods.more')}</Button>}
    </Card>
  );
}
