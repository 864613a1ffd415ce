import { Card, Timeline } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { useApi } from '../../api/hooks.ts';
import type { RowOf } from '../../api/types.ts';
import { stamp, word } from '../../components/format.ts';
import { linkOf } from '../links.ts';

type Movement = RowOf<'/api/goods/{id}/movements'>;

/** An account in words: where it lies, and whose it is there. */
function Account({ account }: { account: Movement['to'] }) {
  const { t } = useTranslation();
  if (account === null) return <span>{t('goods.nowhere')}</span>;
  return (
    <span>
      {word('word.goodsPlace', account.place)}
      <span className="quiet">（{word('word.goodsTitle', account.title)}）</span>
    </span>
  );
}

const causeOf = (cause: string): string => {
  const [kind, verb] = cause.split('.') as [string, string];
  return word(`action.${kind}`, verb);
};

/** The custody path of an item: every entry of its ledger, from the finding on. */
export function MovementsCard({ id, unit }: { id: string; unit: string | null }) {
  const { t } = useTranslation();
  const { data } = useApi('/api/goods/{id}/movements', { path: { id } });
  return (
    <Card size="small" title={t('goods.path')}>
      <Timeline
        items={(data?.items ?? []).map((movement) => ({
          key: movement.id,
          color: movement.cause === 'goods.correct' ? 'orange' : 'green',
          content: (
            <>
              <b>{causeOf(movement.cause)}</b>{' '}
              <span className="number">
                {movement.quantity} {unit}
              </span>
              <div>
                <Account account={movement.from} /> → <Account account={movement.to} />
              </div>
              {movement.reason && <div>{movement.reason}</div>}
              <div className="quiet">
                {stamp(movement.at)} · {movement.actorName}{' '}
                {movement.subject.kind !== 'goods' && (
                  <Link to={linkOf(movement.subject)}>{t(`kind.${movement.subject.kind}`)}</Link>
                )}
              </div>
            </>
          ),
        }))}
      />
    </Card>
  );
}
