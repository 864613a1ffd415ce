import { Button, Card, Timeline } from 'antd';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { get } from '../api/client.ts';
import type { GetPath, RowOf } from '../api/types.ts';
import { stamp, word } from './format.ts';

type HistoryPath = Extract<GetPath, `${string}/history`>;
type Line = RowOf<'/api/tips/{id}/history'>;

/** A value before or after a correction, short enough for a line. */
const shown = (value: unknown): string => {
  const text = typeof value === 'string' ? value : JSON.stringify(value ?? '—');
  return text.length > 60 ? `${text.slice(0, 60)}…` : text;
};

function Change({ line }: { line: Line }) {
  const { before, after, reason } = line.detail as {
    before?: object;
    after?: Record<string, unknown>;
    reason?: string;
  };
  const old = (before ?? {}) as Record<string, unknown>;
  return (
    <>
      {after &&
        typeof after === 'object' &&
        Object.entries(after).map(([name, value]) => (
          <div key={name} className="quiet">
            {word('field', name)}: <del>{shown(old[name])}</del> → {shown(value)}
          </div>
        ))}
      {reason && <div className="quiet">{reason}</div>}
    </>
  );
}

/** What has happened to a thing, the newest first. */
export function History({ path, id, kind }: { path: HistoryPath; id: string; kind: string }) {
  const { t } = useTranslation();
  const { data, fetchNextPage, hasNextPage, isFetching } = useInfiniteQuery({
    queryKey: [path, id],
    queryFn: ({ pageParam, signal }) =>
      get(
        path as '/api/tips/{id}/history',
        { path: { id }, query: pageParam ? { cursor: pageParam, limit: 30 } : { limit: 30 } },
        signal,
      ),
    initialPageParam: '',
    getNextPageParam: (page) => page.next ?? undefined,
  });
  const lines = data?.pages.flatMap((page) => page.items) ?? [];
  const titleOf = ({ action }: Line): string => {
    const [mine, verb] = action.includes('.') ? action.split('.') : [kind, action];
    return word(`action.${mine}`, verb);
  };
  return (
    <Card size="small" title={t('common.history')}>
      {data && lines.length === 0 && <span className="quiet">{t('common.none')}</span>}
      <Timeline
        items={lines.map((line) => ({
          key: `${line.at}${line.action}${line.source}`,
          content: (
            <>
              <b>{titleOf(line)}</b> <span>{line.actorName ?? line.actorId}</span>
              <div className="quiet">{stamp(line.at)}</div>
              {line.source !== 'audit' && <Change line={line} />}
            </>
          ),
        }))}
      />
      {hasNextPage && (
        <Button size="small" loading={isFetching} onClick={() => void fetchNextPage()}>
          {t('common.older')}
        </Button>
      )}
    </Card>
  );
}
