import { useTranslation } from 'react-i18next';
import type { RowOf } from '../../api/types.ts';
import { CreateButton } from '../../components/create-button.tsx';
import { type Column, DataList } from '../../components/data-list.tsx';
import type { Filter } from '../../components/filter-bar.tsx';
import { stamp, word } from '../../components/format.ts';
import { matterColumns, matterFilters, RowDue } from '../../components/matter-list.tsx';
import { StateTag } from '../../components/state-tag.tsx';
import { registerSource } from './source-acts.ts';
import { ORIGINS, SOURCE_STATES } from './source-words.ts';

type Row = RowOf<'/api/sources'>;

const COLUMNS: Column<Row>[] = [
  { key: 'number', render: ({ number }) => <span className="number">{number}</span>, width: 210 },
  { key: 'state', render: ({ state }) => <StateTag kind="source" state={state} />, width: 100 },
  { key: 'origin', render: ({ origin }) => word('word.origin', origin), width: 120 },
  { key: 'partyName', render: ({ partyName }) => <span className="clip wide-clip">{partyName}</span> },
  { key: 'foundOn', render: ({ foundOn }) => foundOn, width: 120 },
  ...matterColumns<Row>(),
  { key: 'createdAt', render: ({ createdAt }) => stamp(createdAt), hidden: true, width: 150 },
];

const FILTERS: Filter[] = matterFilters('source', SOURCE_STATES, {
  find: 'source.find',
  more: [{ name: 'origin', kind: 'choice', words: { prefix: 'word.origin', values: ORIGINS } }],
});

const Card = ({ row }: { row: Row }) => (
  <>
    <div className="card-head">
      <span className="number">{row.number}</span>
      <StateTag kind="source" state={row.state} />
    </div>
    <b>{row.partyName}</b>
    <div className="quiet">{word('word.origin', row.origin)}</div>
    <RowDue row={row} />
  </>
);

/** Case sources of every origin. */
export function SourcesPage() {
  const { t } = useTranslation();
  return (
    <>
      <h1>{t('nav.sources')}</h1>
      <DataList
        path="/api/sources"
        name="sources"
        columns={COLUMNS}
        filters={FILTERS}
        to={({ id }) => `/sources/${id}`}
        card={(row) => <Card row={row} />}
        empty={t('source.empty')}
        extra={<CreateButton name="source.register" act={registerSource} to={({ id }) => `/sources/${id}`} />}
      />
    </>
  );
}
