import { CheckOutlined } from '@ant-design/icons';
import { Button, Empty, Segmented, Skeleton } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link, useSearchParams } from 'react-router';
import { post } from '../../api/client.ts';
import { useApi, useWrite } from '../../api/hooks.ts';
import { problemOf } from '../../api/problem.ts';
import type { RowOf } from '../../api/types.ts';
import { stamp } from '../../components/format.ts';
import { useKeys } from '../../components/keys.tsx';
import { Pager, useRowKeys } from '../../components/paging.tsx';
import { LoadProblem, ProblemAlert } from '../../components/problem.tsx';
import { linkOf } from '../links.ts';

type Row = RowOf<'/api/notifications'>;

const placeOf = ({ kind, thing }: Row): string =>
  kind === 'calendar.awaited' ? '/settings/calendar' : linkOf(thing);

const markOne = (id: string) => post('/api/notifications/{id}/read', undefined, { path: { id } });

function Line({ row, isAt, read }: { row: Row; isAt: boolean; read: (id: string) => void }) {
  const { t } = useTranslation();
  const isNew = row.readAt === null;
  const markRead = (): void => (isNew ? read(row.id) : undefined);
  return (
    <li className={[isNew ? 'new' : '', isAt ? 'row-at' : ''].join(' ').trim()} data-kind={row.kind}>
      <Link to={placeOf(row)} onClick={markRead}>
        {isNew && <span className="unseen">{t('notification.unread')}</span>}
        {row.text}
      </Link>
      <time className="quiet" dateTime={row.createdAt}>
        {stamp(row.createdAt)}
      </time>
      {isNew && (
        <Button
          type="text"
          icon={<CheckOutlined />}
          aria-label={`${t('notification.markRead')}: ${row.text}`}
          title={t('notification.markRead')}
          onClick={markRead}
        />
      )}
    </li>
  );
}

/** The page of the address: all or what is unread, from where on. */
function useInbox() {
  const [params, setParams] = useSearchParams();
  const onlyUnread = params.get('show') !== 'all';
  const cursor = params.get('cursor') ?? undefined;
  const query = {
    limit: 50,
    ...(onlyUnread ? { unread: 'true' as const } : {}),
    ...(cursor ? { cursor } : {}),
  };
  const answer = useApi('/api/notifications', { query, keep: true });
  const show = (what: string): void => setParams(what === 'all' ? { show: 'all' } : {});
  return { ...answer, onlyUnread, show };
}

/** What he was told, newest first; a click leads to the thing and counts as reading. */
export function NotificationsPage() {
  const { t } = useTranslation();
  const { data, error, isLoading, onlyUnread, show } = useInbox();
  const rows = data?.items ?? [];
  const one = useWrite(markOne);
  const all = useWrite((asOf: string) => post('/api/notifications/read-all', { asOf }));
  const at = useRowKeys(rows, placeOf);
  const asOf = rows.some(({ readAt }) => readAt === null) ? data?.asOf : null;
  const readAll = (): void => (asOf ? all.mutate(asOf) : undefined);
  const readAt = (): void => (rows[at] && rows[at].readAt === null ? one.mutate(rows[at].id) : undefined);
  useKeys([
    { keys: 'x', label: 'notification.markRead', run: readAt },
    { keys: 'alt+x', label: 'notification.markAll', run: readAll },
  ]);
  return (
    <>
      <div className="list-tools">
        <h1>{t('nav.notifications')}</h1>
        <span className="spring" />
        <Segmented
          value={onlyUnread ? 'unread' : 'all'}
          onChange={show}
          options={['unread', 'all'].map((key) => ({ value: key, label: t(`notification.show.${key}`) }))}
        />
        <Button disabled={!asOf} loading={all.isPending} onClick={readAll}>
          {t('notification.markAll')}
        </Button>
      </div>
      <ProblemAlert problem={problemOf(one.error ?? all.error)} />
      <LoadProblem error={error} />
      {isLoading && <Skeleton active />}
      {data && rows.length === 0 && (
        <Empty description={t(onlyUnread ? 'notification.noneUnread' : 'notification.none')} />
      )}
      <ul className="inbox">
        {rows.map((row, index) => (
          <Line key={row.id} row={row} isAt={index === at} read={one.mutate} />
        ))}
      </ul>
      <Pager next={data?.next ?? null} />
    </>
  );
}
