import { Card } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { useApi } from '../../api/hooks.ts';
import { stamp } from '../../components/format.ts';
import { StateTag } from '../../components/state-tag.tsx';
import { useSession } from '../../session.tsx';
import { linkOf } from '../links.ts';

type Thing = { id: string; title: string; state: string };
type Group = { kind: string; things: Thing[] };

/** At most so many of a kind are shown; the lists have the others. */
const limit = 50;

const group = <T extends { id: string; state: string }>(
  kind: string,
  rows: readonly T[],
  titleOf: (row: T) => string,
): Group => ({
  kind,
  things: rows.map((row) => ({ id: row.id, state: row.state, title: titleOf(row) })),
});

/** What has come out of a source, by kind, in the order it usually does. */
function useRoom(sourceId: string): Group[] {
  const { may } = useSession();
  const of = (permission: string) => ({ query: { sourceId, limit }, enabled: may(permission) });
  const samples = useApi('/api/samples', of('sample.read')).data?.items ?? [];
  const notices = useApi('/api/clue-notices', of('clue_notice.read')).data?.items ?? [];
  const operations = useApi('/api/operations', of('operation.read')).data?.items ?? [];
  const inspections = useApi('/api/inspections', of('inspection.read')).data?.items ?? [];
  const measures = useApi('/api/measures', of('measure.read')).data?.items ?? [];
  const cases = useApi('/api/cases', of('case.read')).data?.items ?? [];
  return [
    group('sample', samples, ({ number, productName }) => `${productName} ${number}`),
    group('clue_notice', notices, ({ recipient }) => recipient),
    group('operation', operations, ({ title }) => title),
    group('inspection', inspections, ({ startedAt, place }) => `${stamp(startedAt)} ${place}`),
    group('measure', measures, ({ number, place }) => number ?? place),
    group('case', cases, ({ number, title }) => number ?? title),
  ];
}

/** Everything that has come out of a source, each a click away. */
export function SourceRoom({ id }: { id: string }) {
  const { t } = useTranslation();
  const filled = useRoom(id).filter(({ things }) => things.length > 0);
  if (filled.length === 0) return null;
  return (
    <Card size="small" title={t('source.room')}>
      <div className="room">
        {filled.map(({ kind, things }) => (
          <section key={kind}>
            <h2>{t(`kind.${kind}`)}</h2>
            <ul className="lines">
              {things.map((thing) => (
                <li key={thing.id}>
                  <Link to={linkOf({ kind, id: thing.id })}>{thing.title}</Link>{' '}
                  <StateTag kind={kind} state={thing.state} />
                </li>
              ))}
            </ul>
          </section>
        ))}
      </div>
    </Card>
  );
}
