import { useTranslation } from 'react-i18next';
import type { RowOf } from '../../api/types.ts';
import { act } from '../../components/act.ts';
import { CreateButton } from '../../components/create-button.tsx';
import { type Column, DataList } from '../../components/data-list.tsx';
import { RowActs } from '../../components/row-acts.tsx';
import { StateTag } from '../../components/state-tag.tsx';
import { useMe, useSession } from '../../session.tsx';

type Row = RowOf<'/api/deputies'>;

const appoint = act('/api/deputies', {
  fields: [
    { name: 'deputyId', kind: 'user', required: true },
    { name: 'fromOn', kind: 'day', required: true },
    { name: 'toOn', kind: 'day', required: true },
    { name: 'reason', kind: 'text', required: true, help: 'approval.deputyHelp' },
  ],
});

const end = act('/api/deputies/{id}/end', {
  fields: [{ name: 'reason', kind: 'text', required: true }],
  danger: true,
});

/** A power is taken back by who gave it, or laid down by who holds it. */
function End({ row }: { row: Row }) {
  const me = useMe();
  const { may } = useSession();
  const isOpen = row.state === 'standing' || row.state === 'coming';
  if (!isOpen || !may('deputy.end') || (row.head.id !== me.id && row.deputy.id !== me.id)) return null;
  return <RowActs kind="deputy" subject={row} label={row.deputyName} acts={{ end }} />;
}

const COLUMNS: Column<Row>[] = [
  { key: 'headName', render: ({ headName }) => headName, width: 140 },
  { key: 'deputyName', render: ({ deputyName }) => deputyName, width: 140 },
  { key: 'state', render: ({ state }) => <StateTag kind="deputy" state={state} />, width: 100 },
  { key: 'fromOn', render: ({ fromOn }) => fromOn, width: 120 },
  { key: 'toOn', render: ({ toOn }) => toOn, width: 120 },
  { key: 'reason', render: ({ reason }) => reason },
  { key: 'acts', label: 'common.actions', width: 110, render: (row) => <End row={row} /> },
];

const Card = ({ row }: { row: Row }) => (
  <>
    <div className="card-head">
      <b>
        {row.headName} → {row.deputyName}
      </b>
      <StateTag kind="deputy" state={row.state} />
    </div>
    <div className="quiet">
      {row.fromOn} – {row.toOn} · {row.reason}
    </div>
    <End row={row} />
  </>
);

/** Who decides in whose place, and until when. */
export function Deputies() {
  const { t } = useTranslation();
  return (
    <DataList
      path="/api/deputies"
      name="deputies"
      columns={COLUMNS}
      filters={[{ name: 'active', kind: 'yes' }]}
      card={(row) => <Card row={row} />}
      empty={t('approval.noDeputies')}
      extra={<CreateButton name="deputy.appoint" act={appoint} to={() => '/approvals?tab=deputies'} />}
    />
  );
}
