import { useTranslation } from 'react-i18next';
import type { RowOf } from '../../api/types.ts';
import { type Column, DataList } from '../../components/data-list.tsx';
import type { Filter } from '../../components/filter-bar.tsx';
import { stamp } from '../../components/format.ts';
import { matterColumns, matterFilters, RowDue } from '../../components/matter-list.tsx';
import { StateTag } from '../../components/state-tag.tsx';
import { CASE_STATES } from './case-words.ts';

type Row = RowOf<'/api/cases'>;

const COLUMNS: Column<Row>[] = [
  {
    key: 'number',
    render: ({ number }) =>
      number ? <span className="number">{number}</span> : <span className="quiet">—</span>,
    width: 210,
  },
  { key: 'caseTitle', render: ({ title }) => <span className="clip wide-clip">{title}</span> },
  { key: 'state', render: ({ state }) => <StateTag kind="case" state={state} />, width: 110 },
  { key: 'partyName', render: ({ partyName }) => <span className="clip">{partyName}</span> },
  { key: 'officerIds', render: ({ officers }) => officers.map(({ name }) => name).join('、'), width: 140 },
  ...matterColumns<Row>(),
  { key: 'filedOn', render: ({ filedOn }) => filedOn, width: 120 },
  { key: 'cause', render: ({ cause }) => <span className="clip">{cause}</span>, hidden: true },
  { key: 'proposedAt', render: ({ proposedAt }) => stamp(proposedAt), hidden: true },
];

const FILTERS: Filter[] = matterFilters('case', CASE_STATES, { find: 'case.find' });

const Card = ({ row }: { row: Row }) => (
  <>
    <div className="card-head">
      <span className="number">{row.number ?? '—'}</span>
      <StateTag kind="case" state={row.state} />
    </div>
    <b>{row.title}</b>
    <div className="quiet">{row.partyName}</div>
    <RowDue row={row} />
  </>
);

/** The bureau's cases. */
export function CasesPage() {
  const { t } = useTranslation();
  return (
    <>
      <h1>{t('nav.cases')}</h1>
      <DataList
        path="/api/cases"
        name="cases"
        columns={COLUMNS}
        filters={FILTERS}
        to={({ id }) => `/cases/${id}`}
        card={(row) => <Card row={row} />}
        empty={t('case.empty')}
      />
    </>
  );
}
