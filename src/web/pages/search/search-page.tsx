import { Card, Empty, Skeleton } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link, useSearchParams } from 'react-router';
import { useApi } from '../../api/hooks.ts';
import type { AnswerOf } from '../../api/types.ts';
import { dayOf } from '../../components/format.ts';
import { LoadProblem } from '../../components/problem.tsx';
import { linkOf } from '../links.ts';

type Hit = AnswerOf<'/api/search'>['items'][number];

function Hits({ kind, hits }: { kind: string; hits: readonly Hit[] }) {
  const { t } = useTranslation();
  return (
    <Card size="small" title={t(`kind.${kind}`)}>
      <ul className="lines">
        {hits.map(({ id, number, title, detail, at }) => (
          <li key={id}>
            <Link to={linkOf({ kind, id })}>{number ?? title}</Link>
            <div className="quiet">
              {[number === title || number === null ? null : title, detail, dayOf(at)]
                .filter(Boolean)
                .join(' · ')}
            </div>
          </li>
        ))}
      </ul>
    </Card>
  );
}

/** Everything the words stand in, by kind. */
export function SearchPage() {
  const { t } = useTranslation();
  const [params] = useSearchParams();
  const q = (params.get('q') ?? '').trim();
  const enabled = q.length >= 2;
  const { data, error, isLoading } = useApi('/api/search', { query: { q }, enabled });
  const byKind = Map.groupBy(data?.items ?? [], ({ kind }) => kind);
  const isEmpty = !isLoading && !error && byKind.size === 0;
  return (
    <>
      <h1>{t('search.for', { q })}</h1>
      <LoadProblem error={error} />
      {isLoading && <Skeleton active />}
      {isEmpty && <Empty description={t(enabled ? 'search.none' : 'search.tooShort')} />}
      <div className="tiles">
        {[...byKind].map(([kind, hits]) => (
          <Hits key={kind} kind={kind} hits={hits} />
        ))}
      </div>
    </>
  );
}
