import { Tag } from 'antd';
import { useTranslation } from 'react-i18next';
import type { RowOf } from '../../api/types.ts';
import { type Column, DataList } from '../../components/data-list.tsx';
import { stamp, word } from '../../components/format.ts';
import { matterColumns, matterFilters, RowDue } from '../../components/matter-list.tsx';
import { StateTag } from '../../components/state-tag.tsx';

import { MEASURE_KINDS, MEASURE_STATES } from './measure-words.ts';

type Row = RowOf<'/api/measures'>;

function Expired({ row }: { row: Row }) {
  const { t } = useTranslation();
  return row.expired ? <Tag color="error">{t('measure.mustRelease')}</Tag> : null;
}

const COLUMNS: Column<Row>[] = [
  {
    key: 'documentNumber',
    render: ({ number, place }) => <span className="number">{number ?? place}</span>,
    width: 230,
  },
  { key: 'kind', render: ({ kind }) => word('word.measureKind', kind), width: 80 },
  {
    key: 'state',
    render: (row) => (
      <>
        <StateTag kind="measure" state={row.state} />
        <Expired row={row} />
      </>
    ),
    width: 110,
  },
  { key: 'partyName', render: ({ partyName }) => <span className="clip">{partyName}</span> },
  { key: 'items', render: ({ items }) => items, width: 70, align: 'right' },
  { key: 'endsOn', render: ({ endsOn }) => endsOn, width: 120 },
  ...matterColumns<Row>(),
  { key: 'executedAt', render: ({ executedAt }) => stamp(executedAt), hidden: true },
];

/** Sealings and seizures. */
export function MeasuresPage() {
  const { t } = useTranslation();
  return (
    <>
      <h1>{t('nav.measures')}</h1>
      <DataList
        path="/api/measures"
        name="measures"
        columns={COLUMNS}
        filters={matterFilters('measure', MEASURE_STATES, {
          find: 'measure.find',
          more: [
            {
              name: 'kind',
              kind: 'choices',
              label: 'field.measureKind',
              words: { prefix: 'word.measureKind', values: MEASURE_KINDS },
            },
          ],
        })}
        to={({ id }) => `/measures/${id}`}
        card={(row) => (
          <>
            <div className="card-head">
              <span className="number">{row.number ?? row.place}</span>
              <StateTag kind="measure" state={row.state} />
            </div>
            <b>{row.partyName}</b> <Expired row={row} />
            <div>
              <RowDue row={row} />
            </div>
          </>
        )}
        empty={t('measure.empty')}
      />
    </>
  );
}
