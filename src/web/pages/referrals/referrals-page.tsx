import { Tabs } from 'antd';
import { useTranslation } from 'react-i18next';
import { useSearchParams } from 'react-router';
import type { RowOf } from '../../api/types.ts';
import { type Column, DataList } from '../../components/data-list.tsx';
import { stamp } from '../../components/format.ts';
import { matterColumns, matterFilters, RowDue } from '../../components/matter-list.tsx';
import { StateTag } from '../../components/state-tag.tsx';

type Notice = RowOf<'/api/clue-notices'>;
type Transfer = RowOf<'/api/transfers'>;

const NOTICE_STATES = [
  'drafted',
  'sent',
  'acknowledged',
  'joined',
  'not_taken',
] as const satisfies readonly Notice['state'][];
const TRANSFER_STATES = [
  'proposed',
  'approved',
  'refused',
  'delivered',
  'acknowledged',
  'supplementing',
  'police_filed',
  'declined',
  'returned',
] as const satisfies readonly Transfer['state'][];

const NOTICE_COLUMNS: Column<Notice>[] = [
  { key: 'recipient', render: ({ recipient }) => <span className="clip wide-clip">{recipient}</span> },
  { key: 'state', render: ({ state }) => <StateTag kind="clue_notice" state={state} />, width: 110 },
  { key: 'partyName', render: ({ partyName }) => <span className="clip">{partyName}</span> },
  { key: 'sentAt', render: ({ sentAt }) => stamp(sentAt), width: 150 },
  { key: 'acknowledgedAt', render: ({ acknowledgedAt }) => stamp(acknowledgedAt), width: 150 },
  ...matterColumns<Notice>(),
];

const TRANSFER_COLUMNS: Column<Transfer>[] = [
  {
    key: 'suspectedCrime',
    render: ({ suspectedCrime }) => <span className="clip wide-clip">{suspectedCrime}</span>,
  },
  { key: 'state', render: ({ state }) => <StateTag kind="transfer" state={state} />, width: 110 },
  { key: 'partyName', render: ({ partyName }) => <span className="clip">{partyName}</span> },
  { key: 'recipient', render: ({ recipient }) => <span className="clip">{recipient}</span> },
  { key: 'reportReceivedAt', render: ({ reportReceivedAt }) => stamp(reportReceivedAt), width: 150 },
  ...matterColumns<Transfer>(),
  { key: 'deliveredAt', render: ({ deliveredAt }) => stamp(deliveredAt), hidden: true },
  { key: 'decisionOn', render: ({ decisionOn }) => decisionOn, hidden: true },
];

function Notices() {
  const { t } = useTranslation();
  return (
    <DataList
      path="/api/clue-notices"
      name="clue-notices"
      columns={NOTICE_COLUMNS}
      filters={matterFilters('clue_notice', NOTICE_STATES, { find: 'referral.find' })}
      to={({ id }) => `/clue-notices/${id}`}
      card={(row) => (
        <>
          <div className="card-head">
            <b>{row.recipient}</b>
            <StateTag kind="clue_notice" state={row.state} />
          </div>
          <div className="quiet">{row.partyName}</div>
          <RowDue row={row} />
        </>
      )}
      empty={t('referral.noNotices')}
    />
  );
}

function Transfers() {
  const { t } = useTranslation();
  return (
    <DataList
      path="/api/transfers"
      name="transfers"
      columns={TRANSFER_COLUMNS}
      filters={matterFilters('transfer', TRANSFER_STATES, { find: 'referral.find' })}
      to={({ id }) => `/transfers/${id}`}
      card={(row) => (
        <>
          <div className="card-head">
            <b>{row.suspectedCrime}</b>
            <StateTag kind="transfer" state={row.state} />
          </div>
          <div className="quiet">{row.partyName}</div>
          <RowDue row={row} />
        </>
      )}
      empty={t('referral.noTransfers')}
    />
  );
}

/** What went to the police: clues, and cases. */
export function ReferralsPage() {
  const { t } = useTranslation();
  const [params, setParams] = useSearchParams();
  const tab = params.get('tab') === 'clues' ? 'clues' : 'transfers';
  return (
    <>
      <h1>{t('nav.referrals')}</h1>
      <Tabs
        activeKey={tab}
        onChange={(key) => setParams({ tab: key }, { replace: true })}
        items={[
          { key: 'transfers', label: t('kind.transfer') },
          { key: 'clues', label: t('kind.clue_notice') },
        ]}
      />
      {tab === 'clues' ? <Notices /> : <Transfers />}
    </>
  );
}
