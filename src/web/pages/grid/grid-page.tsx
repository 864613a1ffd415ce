import { Breadcrumb, Card, Empty, Tag } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link, useSearchParams } from 'react-router';
import { useApi } from '../../api/hooks.ts';
import type { RowOf } from '../../api/types.ts';
import { type Act, act } from '../../components/act.ts';
import { CreateButton } from '../../components/create-button.tsx';
import { LoadProblem } from '../../components/problem.tsx';
import { useSession } from '../../session.tsx';
import { RowActs } from '../../components/row-acts.tsx';

type Area = RowOf<'/api/grid-areas'>;

const LEVELS = ['street', 'community', 'grid', 'micro_grid'] as const satisfies readonly Area['level'][];

const actsOf = (area: Area): Record<string, Act> => ({
  amend: act('/api/grid-areas/{id}/amend', {
    fields: [
      { name: 'name', kind: 'line' },
      { name: 'unitId', kind: 'unit' },
    ],
    initial: () => ({ name: area.name, unitId: area.unitId ?? undefined }),
  }),
  add_worker: act('/api/grid-areas/{id}/workers', {
    fields: [
      { name: 'userId', kind: 'users', required: true },
      { name: 'from', kind: 'day', required: true },
    ],
    body: ({ userId, from }) => ({ userId: [userId].flat()[0], from }) as never,
  }),
});

function AreaCard({ area }: { area: Area }) {
  const { t } = useTranslation();
  const { may } = useSession();
  const today = new Date().toISOString().slice(0, 10);
  const workers = area.workers.filter(({ to }) => to === null || to >= today);
  const isLast = area.level === 'micro_grid';
  return (
    <Card
      size="small"
      title={isLast ? area.name : <Link to={`/grid?parent=${area.id}`}>{area.name}</Link>}
      extra={
        <>
          <Tag>{t(`word.areaLevel.${area.level}`)}</Tag>
          {may('grid.manage') && <RowActs kind="grid" subject={area} label={area.name} acts={actsOf(area)} />}
        </>
      }
    >
      {workers.length === 0 && <span className="quiet">{t('grid.noWorkers')}</span>}
      <ul className="lines">
        {workers.map((worker) => (
          <li key={worker.id}>
            {worker.name} <span className="quiet">{worker.from}</span>{' '}
            {may('grid.manage') && (
              <RowActs
                kind="grid"
                subject={{ id: worker.id }}
                label={worker.name}
                acts={{
                  end_worker: act('/api/grid-workers/{id}/end', {
                    fields: [{ name: 'to', kind: 'day', required: true }],
                  }),
                }}
              />
            )}
          </li>
        ))}
      </ul>
    </Card>
  );
}

function Trail({ parent }: { parent: string }) {
  const { t } = useTranslation();
  const { data } = useApi('/api/grid-areas/{id}', { path: { id: parent } });
  return (
    <Breadcrumb
      className="gap"
      items={[{ title: <Link to="/grid">{t('nav.grid')}</Link> }, { title: data?.name ?? '' }]}
    />
  );
}

/** Who is responsible for which corner: street, community, grid, micro-grid. */
export function GridPage() {
  const { t } = useTranslation();
  const [params] = useSearchParams();
  const parent = params.get('parent');
  const above = useApi('/api/grid-areas/{id}', { path: { id: parent ?? '' }, enabled: parent !== null });
  const { data, error } = useApi('/api/grid-areas', { query: parent ? { parent } : { level: 'street' } });
  const level = above.data ? LEVELS[LEVELS.indexOf(above.data.level) + 1] : 'street';
  const create = act('/api/grid-areas', {
    fields: [
      { name: 'name', kind: 'line', required: true, autoFocus: true },
      { name: 'unitId', kind: 'unit' },
      ...(level === 'street' ? ([{ name: 'divisionCode', kind: 'line' }] as const) : []),
    ],
    body: (values) => ({ ...values, level, ...(parent ? { parentId: parent } : {}) }) as never,
  });
  return (
    <>
      <div className="list-tools">
        <h1>{t('nav.grid')}</h1>
        <span className="spring" />
        {level && (
          <CreateButton
            name="grid.manage"
            act={create}
            to={() => (parent ? `/grid?parent=${parent}` : '/grid')}
          />
        )}
      </div>
      {parent && <Trail parent={parent} />}
      <LoadProblem error={error} />
      {data?.items.length === 0 && <Empty description={t('grid.empty')} />}
      <div className="tiles">
        {data?.items.map((area) => (
          <AreaCard key={area.id} area={area} />
        ))}
      </div>
    </>
  );
}
