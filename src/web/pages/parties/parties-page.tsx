import { useTranslation } from 'react-i18next';
import type { RowOf } from '../../api/types.ts';
import { CreateButton } from '../../components/create-button.tsx';
import { type Column, DataList } from '../../components/data-list.tsx';
import type { Filter } from '../../components/filter-bar.tsx';
import { stamp, word } from '../../components/format.ts';
import { PARTY_KINDS, registerParty } from './party-acts.ts';

type Row = RowOf<'/api/parties'>;

const COLUMNS: Column<Row>[] = [
  { key: 'name', render: ({ name }) => <span className="clip wide-clip">{name}</span> },
  { key: 'kind', render: ({ kind }) => word('word.partyKind', kind), width: 110 },
  { key: 'uscc', render: ({ uscc }) => <span className="number">{uscc}</span>, width: 190 },
  {
    key: 'foodLicence',
    render: ({ foodLicence }) => <span className="number">{foodLicence}</span>,
    width: 170,
  },
  { key: 'representative', render: ({ representative }) => representative, width: 110 },
  { key: 'address', render: ({ address }) => <span className="clip wide-clip">{address}</span> },
  { key: 'createdAt', render: ({ createdAt }) => stamp(createdAt), hidden: true },
];

const FILTERS: Filter[] = [
  { name: 'q', kind: 'text', label: 'party.find' },
  { name: 'kind', kind: 'choice', words: { prefix: 'word.partyKind', values: PARTY_KINDS } },
];

const Card = ({ row }: { row: Row }) => (
  <>
    <b>{row.name}</b>
    <div className="quiet number">{row.uscc}</div>
    <div className="quiet">{row.address}</div>
  </>
);

/** Companies, sole traders and persons the bureau has to do with. */
export function PartiesPage() {
  const { t } = useTranslation();
  return (
    <>
      <h1>{t('nav.parties')}</h1>
      <DataList
        path="/api/parties"
        name="parties"
        columns={COLUMNS}
        filters={FILTERS}
        to={({ id }) => `/parties/${id}`}
        card={(row) => <Card row={row} />}
        empty={t('party.empty')}
        extra={<CreateButton name="party.register" act={registerParty} to={({ id }) => `/parties/${id}`} />}
      />
    </>
  );
}
