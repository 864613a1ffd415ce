import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { useApi } from '../../api/hooks.ts';
import type { RowOf } from '../../api/types.ts';
import { type Column, DataList } from '../../components/data-list.tsx';
import type { Filter } from '../../components/filter-bar.tsx';
import { stamp } from '../../components/format.ts';
import { usePaperTitle } from '../../components/papers.tsx';
import { StateTag } from '../../components/state-tag.tsx';
import { linkOf } from '../links.ts';

type Row = RowOf<'/api/documents'>;

function Title({ row }: { row: Row }) {
  return <>{usePaperTitle()(row)}</>;
}

function Subject({ row }: { row: Row }) {
  const { t } = useTranslation();
  return <Link to={linkOf(row.subject)}>{t(`kind.${row.subject.kind}`)}</Link>;
}

const COLUMNS: Column<Row>[] = [
  { key: 'title', render: (row) => <Title row={row} /> },
  {
    key: 'documentNumber',
    render: ({ number }) =>
      number ? <span className="number">{number}</span> : <span className="quiet">—</span>,
    width: 240,
  },
  { key: 'state', render: ({ state }) => <StateTag kind="document" state={state} />, width: 90 },
  { key: 'subject', render: (row) => <Subject row={row} />, width: 110 },
  { key: 'issuedOn', render: ({ issuedOn }) => issuedOn, width: 120 },
  { key: 'pages', render: ({ pages }) => pages, width: 70, align: 'right' },
  { key: 'form', render: ({ form }) => form, hidden: true },
  { key: 'createdAt', render: ({ createdAt }) => stamp(createdAt), width: 150 },
];

const STATES = ['draft', 'issuing', 'issued', 'voided'] as const satisfies readonly Row['state'][];

const Card = ({ row }: { row: Row }) => (
  <>
    <div className="card-head">
      <b>
        <Title row={row} />
      </b>
      <StateTag kind="document" state={row.state} />
    </div>
    <div className="quiet number">{row.number ?? row.form}</div>
  </>
);

/** Every paper of the bureau. */
export function DocumentsPage() {
  const { t } = useTranslation();
  const titleOf = usePaperTitle();
  const kinds = useApi('/api/documents/kinds', { staleTime: 600_000 });
  const filters: Filter[] = [
    { name: 'q', kind: 'text', label: 'field.documentNumber' },
    {
      name: 'kind',
      kind: 'choice',
      label: 'document.kind',
      options: (kinds.data?.items ?? []).map((kind) => ({ value: kind.kind, label: titleOf(kind) })),
    },
    { name: 'state', kind: 'choice', words: { prefix: 'state.document', values: STATES } },
  ];
  return (
    <>
      <h1>{t('nav.documents')}</h1>
      <DataList
        path="/api/documents"
        name="documents"
        columns={COLUMNS}
        filters={filters}
        to={({ id }) => `/documents/${id}`}
        card={(row) => <Card row={row} />}
        empty={t('document.empty')}
      />
    </>
  );
}
