import { useTranslation } from 'react-i18next';
import type { RowOf } from '../../api/types.ts';
import { CreateButton } from '../../components/create-button.tsx';
import { type Column, DataList } from '../../components/data-list.tsx';
import { stamp, word } from '../../components/format.ts';
import { matterColumns, matterFilters } from '../../components/matter-list.tsx';
import { StateTag } from '../../components/state-tag.tsx';
import { planInspection } from './inspection-acts.tsx';
import { INSPECTION_KINDS, INSPECTION_STATES } from './inspection-words.ts';

type Row = RowOf<'/api/inspections'>;

const COLUMNS: Column<Row>[] = [
  {
    key: 'subjectMatter',
    render: ({ subjectMatter }) => <span className="clip wide-clip">{subjectMatter}</span>,
  },
  { key: 'state', render: ({ state }) => <StateTag kind="inspection" state={state} />, width: 90 },
  { key: 'partyName', render: ({ partyName }) => <span className="clip">{partyName}</span> },
  {
    key: 'place',
    label: 'field.inspectionPlace',
    render: ({ place }) => <span className="clip">{place}</span>,
  },
  { key: 'startedAt', render: ({ startedAt }) => stamp(startedAt), width: 140 },
  { key: 'endedAt', render: ({ endedAt }) => stamp(endedAt), width: 140 },
  ...matterColumns<Row>(),
  { key: 'inspectionKind', render: ({ kind }) => word('word.inspectionKind', kind), hidden: true },
  { key: 'operationTitle', render: ({ operationTitle }) => operationTitle, hidden: true },
  { key: 'sourceNumber', render: ({ sourceNumber }) => sourceNumber, hidden: true },
  { key: 'caseNumber', render: ({ caseNumber }) => caseNumber, hidden: true },
  { key: 'createdAt', render: ({ createdAt }) => stamp(createdAt), hidden: true },
];

const FILTERS = matterFilters('inspection', INSPECTION_STATES, {
  find: 'inspection.find',
  more: [
    {
      name: 'kind',
      kind: 'choices',
      label: 'field.inspectionKind',
      words: { prefix: 'word.inspectionKind', values: INSPECTION_KINDS },
    },
  ],
});

const Card = ({ row }: { row: Row }) => (
  <>
    <div className="card-head">
      <b>{row.subjectMatter}</b>
      <StateTag kind="inspection" state={row.state} />
    </div>
    <div>{row.partyName}</div>
    <div className="quiet">{row.place}</div>
    <div className="quiet">{stamp(row.startedAt ?? row.createdAt)}</div>
  </>
);

/** The bureau's inspections. */
export function InspectionsPage() {
  const { t } = useTranslation();
  return (
    <>
      <h1>{t('nav.inspections')}</h1>
      <DataList
        path="/api/inspections"
        name="inspections"
        columns={COLUMNS}
        filters={FILTERS}
        to={({ id }) => `/inspections/${id}`}
        card={(row) => <Card row={row} />}
        extra={
          <CreateButton
            name="inspection.plan"
            act={planInspection()}
            to={(made) => `/inspections/${made.id}`}
          />
        }
        empty={t('inspection.empty')}
      />
    </>
  );
}
