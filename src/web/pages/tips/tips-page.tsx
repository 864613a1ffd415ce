import { PlusOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { RowOf } from '../../api/types.ts';
import { type Column, DataList } from '../../components/data-list.tsx';
import type { Filter } from '../../components/filter-bar.tsx';
import { stamp, word, yuan } from '../../components/format.ts';
import { choicesOf, nameIn, useTipLists } from '../../components/lists.ts';
import { matterColumns, matterFilters, RowDue } from '../../components/matter-list.tsx';
import { StateTag } from '../../components/state-tag.tsx';
import { useSession } from '../../session.tsx';
import { TIP_KINDS, TIP_STATES } from './tip-words.ts';

type Row = RowOf<'/api/tips'>;

const COLUMNS: Column<Row>[] = [
  { key: 'number', render: ({ number }) => <span className="number">{number}</span>, width: 160 },
  { key: 'kind', render: ({ kind }) => word('word.tipKind', kind), width: 70 },
  { key: 'state', render: ({ state }) => <StateTag kind="tip" state={state} />, width: 100 },
  { key: 'respondentName', render: ({ respondentName }) => <span className="clip">{respondentName}</span> },
  { key: 'productName', render: ({ productName }) => <span className="clip">{productName}</span> },
  { key: 'receivedAt', render: ({ receivedAt }) => stamp(receivedAt), width: 140 },
  {
    key: 'summary',
    render: ({ summary }) => <span className="clip wide-clip">{summary}</span>,
    hidden: true,
  },
  {
    key: 'amountFen',
    label: 'field.amount',
    render: ({ amountFen }) => yuan(amountFen),
    align: 'right',
    hidden: true,
  },
  {
    key: 'outsideNumbers',
    render: ({ outsideNumbers }) => outsideNumbers.map(({ number }) => number).join(' '),
    hidden: true,
  },
];

const filtersOf = (lists: ReturnType<typeof useTipLists>): Filter[] =>
  matterFilters('tip', TIP_STATES, {
    find: 'tip.find',
    more: [
      { name: 'kind', kind: 'choice', words: { prefix: 'word.tipKind', values: TIP_KINDS } },
      { name: 'channel', kind: 'choice', options: choicesOf(lists?.channels) },
      { name: 'category', kind: 'choice', options: choicesOf(lists?.categories) },
    ],
  });

/** A tip on a phone. */
const Card = ({ row }: { row: Row }) => (
  <>
    <div className="card-head">
      <span className="number">{row.number}</span>
      <StateTag kind="tip" state={row.state} />
    </div>
    <b>{row.respondentName}</b>
    <p className="clip">{row.summary}</p>
    <RowDue row={row} />
  </>
);

/** Complaints, reports and enquiries. */
export function TipsPage() {
  const { t } = useTranslation();
  const { may } = useSession();
  const lists = useTipLists();
  const columns: Column<Row>[] = [
    ...COLUMNS,
    ...matterColumns<Row>(),
    { key: 'channel', render: ({ channel }) => nameIn(lists?.channels, channel), hidden: true },
  ];
  const register = may('tip.register') && (
    <Link to="/tips/new">
      <Button type="primary" icon={<PlusOutlined />}>
        {t('nav.entry')}
      </Button>
    </Link>
  );
  return (
    <>
      <h1>{t('nav.tips')}</h1>
      <DataList
        path="/api/tips"
        name="tips"
        columns={columns}
        filters={filtersOf(lists)}
        to={({ id }) => `/tips/${id}`}
        card={(row) => <Card row={row} />}
        empty={t('tip.empty')}
        extra={register}
      />
    </>
  );
}
