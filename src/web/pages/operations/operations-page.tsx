import { useTranslation } from 'react-i18next';
import type { RowOf } from '../../api/types.ts';
import { CreateButton } from '../../components/create-button.tsx';
import { type Column, DataList } from '../../components/data-list.tsx';
import { stamp } from '../../components/format.ts';
import { matterColumns, matterFilters } from '../../components/matter-list.tsx';
import { StateTag } from '../../components/state-tag.tsx';
import { planOperation } from './operation-acts.tsx';
import { OPERATION_STATES } from './operation-words.ts';

type Row = RowOf<'/api/operations'>;

const COLUMNS: Column<Row>[] = [
  {
    key: 'operationTitle',
    render: ({ title }) => <span className="clip wide-clip">{title}</span>,
  },
  { key: 'state', render: ({ state }) => <StateTag kind="operation" state={state} />, width: 90 },
  { key: 'plannedOn', render: ({ plannedOn }) => plannedOn, width: 120 },
  { key: 'partner', render: ({ partner }) => <span className="clip">{partner}</span> },
  { key: 'partyName', render: ({ partyName }) => <span className="clip">{partyName}</span> },
  { key: 'startedAt', render: ({ startedAt }) => stamp(startedAt), width: 140 },
  { key: 'endedAt', render: ({ endedAt }) => stamp(endedAt), hidden: true },
  ...matterColumns<Row>(),
  { key: 'sourceNumber', render: ({ sourceNumber }) => sourceNumber, hidden: true },
  { key: 'caseNumber', render: ({ caseNumber }) => caseNumber, hidden: true },
];

const Card = ({ row }: { row: Row }) => (
  <>
    <div className="card-head">
      <b>{row.title}</b>
      <StateTag kind="operation" state={row.state} />
    </div>
    <div className="quiet">{row.partner}</div>
    <div className="quiet">{row.startedAt ? stamp(row.startedAt) : row.plannedOn}</div>
  </>
);

/** The joint operations with the police. */
export function OperationsPage() {
  const { t } = useTranslation();
  return (
    <>
      <h1>{t('nav.operations')}</h1>
      <DataList
        path="/api/operations"
        name="operations"
        columns={COLUMNS}
        filters={matterFilters('operation', OPERATION_STATES, { find: 'operation.find' })}
        to={({ id }) => `/operations/${id}`}
        card={(row) => <Card row={row} />}
        extra={
          <CreateButton name="operation.plan" act={planOperation()} to={(made) => `/operations/${made.id}`} />
        }
        empty={t('operation.empty')}
      />
    </>
  );
}
