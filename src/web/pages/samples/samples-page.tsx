import { useTranslation } from 'react-i18next';
import type { RowOf } from '../../api/types.ts';
import { CreateButton } from '../../components/create-button.tsx';
import { type Column, DataList } from '../../components/data-list.tsx';
import { stamp } from '../../components/format.ts';
import { matterColumns, matterFilters, RowDue } from '../../components/matter-list.tsx';
import { StateTag } from '../../components/state-tag.tsx';
import { useMe } from '../../session.tsx';
import { collectSample } from './sample-acts.ts';
import { SAMPLE_STATES } from './sample-words.ts';

type Row = RowOf<'/api/samples'>;

const COLUMNS: Column<Row>[] = [
  { key: 'number', render: ({ number }) => <span className="number">{number}</span>, width: 180 },
  { key: 'state', render: ({ state }) => <StateTag kind="sample" state={state} />, width: 100 },
  { key: 'productName', render: ({ productName }) => <span className="clip">{productName}</span> },
  { key: 'partyName', render: ({ partyName }) => <span className="clip">{partyName}</span> },
  { key: 'laboratoryName', render: ({ laboratoryName }) => <span className="clip">{laboratoryName}</span> },
  { key: 'sampledAt', render: ({ sampledAt }) => stamp(sampledAt), width: 150 },
  ...matterColumns<Row>(),
  { key: 'batchNo', render: ({ batchNo }) => batchNo, hidden: true },
];

const FILTERS = matterFilters('sample', SAMPLE_STATES, { find: 'sample.find' });
// A laboratory is not told whose matter it is.
const LABORATORY_FILTERS = FILTERS.filter(({ name }) => name !== 'assignee');
const LABORATORY_COLUMNS = COLUMNS.filter(
  ({ key }) => !['partyName', 'assignees', 'unitName', 'laboratoryName'].includes(key),
);

const Card = ({ row }: { row: Row }) => (
  <>
    <div className="card-head">
      <span className="number">{row.number}</span>
      <StateTag kind="sample" state={row.state} />
    </div>
    <b>{row.productName}</b>
    <div className="quiet">{row.partyName ?? row.laboratoryName}</div>
    <RowDue row={row} />
  </>
);

/** Samples; a laboratory sees those that were sent to it. */
export function SamplesPage() {
  const { t } = useTranslation();
  const isLaboratory = useMe().laboratory !== null;
  return (
    <>
      <h1>{t('nav.samples')}</h1>
      <DataList
        path="/api/samples"
        name={isLaboratory ? 'laboratory-samples' : 'samples'}
        columns={isLaboratory ? LABORATORY_COLUMNS : COLUMNS}
        filters={isLaboratory ? LABORATORY_FILTERS : FILTERS}
        to={({ id }) => `/samples/${id}`}
        card={(row) => <Card row={row} />}
        empty={t(isLaboratory ? 'sample.laboratoryEmpty' : 'sample.empty')}
        extra={<CreateButton name="sample.collect" act={collectSample()} to={({ id }) => `/samples/${id}`} />}
      />
    </>
  );
}
