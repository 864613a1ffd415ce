import { Card, Empty } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link, useSearchParams } from 'react-router';
import { useApi } from '../../api/hooks.ts';
import { StateTag } from '../../components/state-tag.tsx';
import { useSession } from '../../session.tsx';
import { linkOf } from '../links.ts';

type Hit = { id: string; title: string; line?: string | null | undefined; state?: string };

function Hits({ kind, hits }: { kind: string; hits: readonly Hit[] }) {
  const { t } = useTranslation();
  if (hits.length === 0) return null;
  return (
    <Card size="small" title={t(`kind.${kind}`)}>
      <ul className="lines">
        {hits.map(({ id, title, line, state }) => (
          <li key={id}>
            <Link to={linkOf({ kind, id })}>{title}</Link> <StateTag kind={kind} state={state} />
            <div className="quiet">{line}</div>
          </li>
        ))}
      </ul>
    </Card>
  );
}

const PER_KIND = 10;

/** What the words of the search box are found in: each kind by its own list, under its own permission. */
function useHits(q: string): { kind: string; hits: Hit[]; busy: boolean }[] {
  const { may } = useSession();
  const query = { q, limit: PER_KIND };
  const can = (permission: string): boolean => q.length >= 2 && may(permission);
  const tips = useApi('/api/tips', { query, enabled: can('tip.read') });
  const parties = useApi('/api/parties', { query, enabled: can('party.read') });
  const sources = useApi('/api/sources', { query, enabled: can('source.read') });
  const cases = useApi('/api/cases', { query, enabled: can('case.read') });
  const samples = useApi('/api/samples', { query, enabled: can('sample.read') });
  const papers = useApi('/api/documents', {
    query: { q, limit: PER_KIND },
    enabled: can('document.read'),
  });
  return [
    {
      kind: 'tip',
      busy: tips.isLoading,
      hits: (tips.data?.items ?? []).map((row) => ({
        id: row.id,
        title: row.number,
        line: row.respondentName,
        state: row.state,
      })),
    },
    {
      kind: 'party',
      busy: parties.isLoading,
      hits: (parties.data?.items ?? []).map((row) => ({
        id: row.id,
        title: row.name,
        line: row.uscc ?? row.address,
      })),
    },
    {
      kind: 'source',
      busy: sources.isLoading,
      hits: (sources.data?.items ?? []).map((row) => ({
        id: row.id,
        title: row.number,
        line: row.partyName,
        state: row.state,
      })),
    },
    {
      kind: 'case',
      busy: cases.isLoading,
      hits: (cases.data?.items ?? []).map((row) => ({
        id: row.id,
        title: row.title,
        line: row.number,
        state: row.state,
      })),
    },
    {
      kind: 'sample',
      busy: samples.isLoading,
      hits: (samples.data?.items ?? []).map((row) => ({
        id: row.id,
        title: row.number,
        line: row.productName,
        state: row.state,
      })),
    },
    {
      kind: 'document',
      busy: papers.isLoading,
      hits: (papers.data?.items ?? []).map((row) => ({
        id: row.id,
        title: row.number ?? row.titleZh,
        line: row.titleZh,
        state: row.state,
      })),
    },
  ];
}

/** Everything the words stand in, by kind. */
export function SearchPage() {
  const { t } = useTranslation();
  const [params] = useSearchParams();
  const q = (params.get('q') ?? '').trim();
  const groups = useHits(q);
  const isEmpty = groups.every(({ hits, busy }) => hits.length === 0 && !busy);
  return (
    <>
      <h1>{t('search.for', { q })}</h1>
      {isEmpty && <Empty description={t(q.length < 2 ? 'search.tooShort' : 'search.none')} />}
      <div className="tiles">
        {groups.map(({ kind, hits }) => (
          <Hits key={kind} kind={kind} hits={hits} />
        ))}
      </div>
    </>
  );
}
