import { Tag } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { RowOf } from '../../api/types.ts';
import { type Act, act } from '../../components/act.ts';
import { CreateButton } from '../../components/create-button.tsx';
import { type Column, DataList } from '../../components/data-list.tsx';
import type { Choice, Field } from '../../components/fields.ts';
import type { Filter } from '../../components/filter-bar.tsx';
import { useMe, useSession } from '../../session.tsx';
import { OneTime } from './one-time.tsx';
import { RowActs } from '../../components/row-acts.tsx';
import { useRoles } from './use-roles.ts';

type Row = RowOf<'/api/users'>;

const fieldsOf = (roles: readonly Choice[], isBureau: boolean) =>
  [
    { name: 'name', kind: 'line', required: true },
    { name: 'roleKeys', kind: 'choices', options: roles, required: true },
    ...(isBureau
      ? ([
          { name: 'unitId', kind: 'unit' },
          { name: 'certificateNumber', kind: 'line' },
          { name: 'certificateFrom', kind: 'day' },
          { name: 'certificateTo', kind: 'day' },
        ] as const)
      : []),
    { name: 'locale', kind: 'choice', words: { prefix: 'word.locale', values: ['zh', 'en'] } },
  ] as const satisfies Field[];

const actsOf = (row: Row, roles: readonly Choice[], isBureau: boolean): Record<string, Act> => ({
  amend: act('/api/users/{id}/amend', {
    fields: fieldsOf(roles, isBureau),
    initial: () => ({ ...row }),
    body: ({ name, roleKeys, unitId, certificateNumber, certificateFrom, certificateTo, locale }) =>
      ({
        name,
        roleKeys,
        locale,
        ...(isBureau
          ? {
              unitId: unitId ?? null,
              certificateNumber: certificateNumber ?? null,
              certificateFrom: certificateFrom ?? null,
              certificateTo: certificateTo ?? null,
            }
          : {}),
      }) as never,
  }),
  reset_password: act('/api/users/{id}/reset-password'),
  ...(row.isActive
    ? {
        deactivate: act('/api/users/{id}/deactivate', {
          danger: true,
          fields: [{ name: 'reason', kind: 'text', required: true }],
        }),
      }
    : { reactivate: act('/api/users/{id}/amend', { body: () => ({ isActive: true as const }) }) }),
});

/** Adds somebody; the first password is shown once. */
const createAct = (fields: ReturnType<typeof fieldsOf>, show: (secret: string | undefined) => void): Act => {
  const create = act('/api/users', {
    fields: [{ name: 'login', kind: 'line', required: true, autoFocus: true }, ...fields],
  });
  return {
    ...create,
    send: async (subject, values, key) => {
      const made = (await create.send(subject, values, key)) as { oneTimePassword: string | null };
      show(made.oneTimePassword ?? undefined);
      return made;
    },
  };
};

/** The people of the house, what they are and what they may do. */
export function UsersTab() {
  const { t } = useTranslation();
  const { may } = useSession();
  const me = useMe();
  const roles = useRoles();
  const isBureau = me.bureau !== null;
  const [secret, setSecret] = useState<string>();
  const options = roles.items
    .filter(({ home }) => home === (isBureau ? 'bureau' : 'laboratory'))
    .map((role) => ({ value: role.key, label: roles.nameOf(role) }));
  const columns: Column<Row>[] = [
    {
      key: 'name',
      render: ({ name, isActive }) => (
        <>
          {name} {!isActive && <Tag>{t('settings.inactive')}</Tag>}
        </>
      ),
    },
    { key: 'login', render: ({ login }) => <span className="number">{login}</span>, width: 170 },
    {
      key: 'roleKeys',
      render: ({ roleKeys }) => roleKeys.map((key) => <Tag key={key}>{roles.names.get(key) ?? key}</Tag>),
    },
    { key: 'unitName', render: ({ unitName }) => unitName, width: 180 },
    {
      key: 'certificateNumber',
      render: ({ certificateNumber, certificateTo }) => (
        <>
          {certificateNumber} <span className="quiet">{certificateTo}</span>
        </>
      ),
      width: 210,
    },
    {
      key: 'acts',
      label: 'common.actions',
      width: 60,
      render: (row) =>
        may('user.amend') && (
          <RowActs
            kind="user"
            subject={row}
            label={row.name}
            acts={actsOf(row, options, isBureau)}
            onDone={(action, result) =>
              action === 'reset_password' &&
              setSecret((result as { oneTimePassword: string }).oneTimePassword)
            }
          />
        ),
    },
  ];
  const filters: Filter[] = [
    { name: 'q', kind: 'text', label: 'settings.findUser' },
    { name: 'role', kind: 'choice', options },
    { name: 'active', kind: 'choice', words: { prefix: 'word.active', values: ['true', 'false'] } },
  ];
  const creating = createAct(fieldsOf(options, isBureau), setSecret);
  return (
    <>
      <DataList
        path="/api/users"
        name="users"
        columns={columns}
        filters={filters}
        extra={<CreateButton name="user.create" act={creating} to={() => '/settings/users'} />}
      />
      <OneTime secret={secret} label="settings.oneTimePassword" onClose={() => setSecret(undefined)} />
    </>
  );
}
