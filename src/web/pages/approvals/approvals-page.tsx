import { Tabs, Tag } from 'antd';
import { useTranslation } from 'react-i18next';
import { useSearchParams } from 'react-router';
import type { RowOf } from '../../api/types.ts';
import { type Column, DataList } from '../../components/data-list.tsx';
import type { Filter } from '../../components/filter-bar.tsx';
import { stamp, word } from '../../components/format.ts';
import { StateTag } from '../../components/state-tag.tsx';
import { Deputies } from './deputies.tsx';

type Row = RowOf<'/api/approvals'>;

export const matterOf = (matter: string): string => word('word.matter', matter.replace('.', '_'));

function Due({ row }: { row: Row }) {
  const { t } = useTranslation();
  if (!row.dueAt) return <span className="quiet">—</span>;
  return (
    <span className={row.isOverdue ? 'due due-error' : 'due'}>
      {stamp(row.dueAt)} {row.isOverdue && <Tag color="error">{t('clock.overdue')}</Tag>}
    </span>
  );
}

const COLUMNS: Column<Row>[] = [
  { key: 'title', render: ({ title }) => <span className="clip wide-clip">{title}</span> },
  { key: 'matter', render: ({ matter }) => matterOf(matter), width: 150 },
  { key: 'state', render: ({ state }) => <StateTag kind="approval" state={state} />, width: 90 },
  {
    key: 'proposedBy',
    render: ({ proposedBy }) => proposedBy.map(({ name }) => name).join('、'),
    width: 140,
  },
  { key: 'proposedAt', render: ({ proposedAt }) => stamp(proposedAt), width: 150 },
  { key: 'decides', render: ({ decides }) => word('word.decides', decides), width: 110 },
  { key: 'dueAt', render: (row) => <Due row={row} />, width: 160 },
  { key: 'decidedBy', render: ({ decidedBy }) => decidedBy?.name, hidden: true },
];

const FILTERS: Filter[] = [
  { name: 'waiting', kind: 'choice', words: { prefix: 'word.waiting', values: ['me'] } },
  {
    name: 'state',
    kind: 'choice',
    words: { prefix: 'state.approval', values: ['proposed', 'approved', 'refused', 'withdrawn'] },
  },
];

const Card = ({ row }: { row: Row }) => (
  <>
    <div className="card-head">
      <b>{row.title}</b>
      <StateTag kind="approval" state={row.state} />
    </div>
    <div className="quiet">
      {row.proposedBy.map(({ name }) => name).join('、')} · {stamp(row.proposedAt)}
    </div>
    <Due row={row} />
  </>
);

function Ledger() {
  const { t } = useTranslation();
  return (
    <DataList
      path="/api/approvals"
      name="approvals"
      columns={COLUMNS}
      filters={FILTERS}
      to={({ id }) => `/approvals/${id}`}
      card={(row) => <Card row={row} />}
      empty={t('approval.empty')}
    />
  );
}

/** The ledger of what was asked and answered, and who answers in whose place. */
export function ApprovalsPage() {
  const { t } = useTranslation();
  const [params, setParams] = useSearchParams();
  const tab = params.get('tab') === 'deputies' ? 'deputies' : 'ledger';
  return (
    <>
      <h1>{t('nav.approvals')}</h1>
      <Tabs
        activeKey={tab}
        onChange={(key) => setParams(key === 'ledger' ? {} : { tab: key }, { replace: true })}
        items={['ledger', 'deputies'].map((key) => ({ key, label: t(`approval.${key}`) }))}
      />
      {tab === 'deputies' ? <Deputies /> : <Ledger />}
    </>
  );
}
