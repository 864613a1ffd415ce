import { Tag } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { RowOf } from '../../api/types.ts';
import { type Act, act } from '../../components/act.ts';
import { CreateButton } from '../../components/create-button.tsx';
import { type Column, DataList } from '../../components/data-list.tsx';
import { stamp } from '../../components/format.ts';
import { useMe, useSession } from '../../session.tsx';
import { OneTime } from './one-time.tsx';
import { permissionName } from './roles-tab.tsx';
import { RowActs } from '../../components/row-acts.tsx';

type Row = RowOf<'/api/api-keys'>;

/** Keys of machines: shown once, taken back at any time. */
export function KeysTab() {
  const { t } = useTranslation();
  const { may } = useSession();
  const me = useMe();
  const [secret, setSecret] = useState<string>();
  const columns: Column<Row>[] = [
    {
      key: 'name',
      render: ({ name, revokedAt }) => (
        <>
          {name} {revokedAt && <Tag color="error">{t('settings.revoked')}</Tag>}
        </>
      ),
    },
    {
      key: 'permissions',
      render: ({ permissions }) =>
        permissions.map((permission) => <Tag key={permission}>{permissionName(permission)}</Tag>),
    },
    { key: 'createdAt', render: ({ createdAt }) => stamp(createdAt), width: 150 },
    { key: 'expiresOn', render: ({ expiresOn }) => expiresOn, width: 120 },
    {
      key: 'acts',
      label: 'common.actions',
      width: 60,
      render: (row) =>
        may('api_key.revoke') &&
        !row.revokedAt && (
          <RowActs
            kind="api_key"
            subject={row}
            label={row.name}
            acts={{
              revoke: act('/api/api-keys/{id}/revoke', {
                danger: true,
                fields: [{ name: 'reason', kind: 'text', required: true }],
              }),
            }}
          />
        ),
    },
  ];
  const create = act('/api/api-keys', {
    fields: [
      { name: 'name', kind: 'line', required: true, autoFocus: true },
      { name: 'expiresOn', kind: 'day' },
      {
        name: 'permissions',
        kind: 'choices',
        required: true,
        wide: true,
        options: me.permissions
          .toSorted()
          .map((permission) => ({ value: permission, label: permissionName(permission) })),
      },
    ],
  });
  const creating: Act = {
    ...create,
    send: async (subject, values, key) => {
      const made = (await create.send(subject, values, key)) as { key: string; id: string };
      setSecret(made.key);
      return made;
    },
  };
  return (
    <>
      <DataList
        path="/api/api-keys"
        name="keys"
        columns={columns}
        empty={t('settings.noKeys')}
        extra={<CreateButton name="api_key.create" act={creating} to={() => '/settings/keys'} />}
      />
      <OneTime secret={secret} label="settings.newKey" onClose={() => setSecret(undefined)} />
    </>
  );
}
