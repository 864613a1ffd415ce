import { Collapse, Tag } from 'antd';
import { useTranslation } from 'react-i18next';
import type { RowOf } from '../../api/types.ts';
import { act } from '../../components/act.ts';
import { CreateButton } from '../../components/create-button.tsx';
import type { Choice } from '../../components/fields.ts';
import { word } from '../../components/format.ts';
import { useSession } from '../../session.tsx';
import { RowActs } from '../../components/row-acts.tsx';
import { useRoles } from './use-roles.ts';

type Role = RowOf<'/api/roles'>;

/** A permission in words: the thing and the act. */
export const permissionName = (permission: string): string => {
  const [kind = '', verb = ''] = permission.split('.');
  return `${word('kind', kind)} · ${verb.startsWith('read') ? word('action.tip', 'read') : word(`action.${kind}`, verb)}`;
};

const choicesOf = (roles: readonly Role[]): Choice[] =>
  [...new Set(roles.filter(({ home }) => home === 'bureau').flatMap(({ permissions }) => permissions))]
    .toSorted()
    .map((permission) => ({ value: permission, label: permissionName(permission) }));

/** Bundles of permissions: those of the product, and the bureau's own. */
export function RolesTab() {
  const { t } = useTranslation();
  const { may } = useSession();
  const { items, nameOf } = useRoles();
  const permissions = choicesOf(items);
  const create = act('/api/roles', {
    fields: [
      { name: 'key', kind: 'line', required: true, autoFocus: true, label: 'field.roleKey' },
      { name: 'nameZh', kind: 'line', required: true },
      { name: 'nameEn', kind: 'line', required: true },
      { name: 'permissions', kind: 'choices', required: true, wide: true, options: permissions },
    ],
  });
  const actsOf = (role: Role) => ({
    amend: act('/api/roles/{id}/amend', {
      fields: [
        { name: 'nameZh', kind: 'line' },
        { name: 'nameEn', kind: 'line' },
        { name: 'permissions', kind: 'choices', wide: true, options: permissions },
      ],
      initial: () => ({ nameZh: role.nameZh, nameEn: role.nameEn, permissions: role.permissions }),
    }),
  });
  return (
    <>
      <div className="list-tools">
        <span className="spring" />
        <CreateButton name="role.create" act={create} to={() => '/settings/roles'} />
      </div>
      <Collapse
        items={items.map((role) => ({
          key: role.key,
          label: (
            <>
              {nameOf(role)} <Tag>{t(role.id ? 'settings.ownRole' : 'settings.builtIn')}</Tag>
              <span className="quiet">{t('settings.permissions', { count: role.permissions.length })}</span>
            </>
          ),
          extra: role.id && role.version !== null && may('role.amend') && (
            <span
              onClick={(event) => event.stopPropagation()}
              onKeyDown={(event) => event.stopPropagation()}
              role="presentation"
            >
              <RowActs
                kind="role"
                subject={{ id: role.id, version: role.version }}
                label={nameOf(role)}
                acts={actsOf(role)}
              />
            </span>
          ),
          children: role.permissions.map((permission) => (
            <Tag key={permission} className="permission">
              {permissionName(permission)}
            </Tag>
          )),
        }))}
      />
    </>
  );
}
