import { Tag } from 'antd';
import { useTranslation } from 'react-i18next';
import type { RowOf } from '../../api/types.ts';
import { act } from '../../components/act.ts';
import { CreateButton } from '../../components/create-button.tsx';
import { type Column, DataList } from '../../components/data-list.tsx';
import type { Field } from '../../components/fields.ts';
import { word } from '../../components/format.ts';
import { useSession } from '../../session.tsx';
import { RowActs } from '../../components/row-acts.tsx';

type Row = RowOf<'/api/units'>;

const fields = [
  { name: 'name', kind: 'line', required: true },
  { name: 'areaCodes', kind: 'words', help: 'settings.areaCodesHelp' },
] as const satisfies Field[];

const create = act('/api/units', {
  fields: [
    {
      name: 'kind',
      kind: 'choice',
      required: true,
      words: { prefix: 'word.unitKind', values: ['station', 'section'] },
    },
    ...fields,
  ],
});

/** Stations and sections. */
export function UnitsTab() {
  const { t } = useTranslation();
  const { may } = useSession();
  const columns: Column<Row>[] = [
    {
      key: 'name',
      render: ({ name, isActive }) => (
        <>
          {name} {!isActive && <Tag>{t('settings.inactive')}</Tag>}
        </>
      ),
    },
    { key: 'kind', render: ({ kind }) => word('word.unitKind', kind), width: 120 },
    { key: 'areaCodes', render: ({ areaCodes }) => <span className="number">{areaCodes.join(' ')}</span> },
    {
      key: 'acts',
      label: 'common.actions',
      width: 60,
      render: (row) =>
        may('unit.amend') && (
          <RowActs
            kind="unit"
            subject={row}
            label={row.name}
            acts={{
              amend: act('/api/units/{id}/amend', {
                fields: [...fields, { name: 'isActive', kind: 'yes' }],
                initial: () => ({ name: row.name, areaCodes: row.areaCodes, isActive: row.isActive }),
              }),
            }}
          />
        ),
    },
  ];
  return (
    <DataList
      path="/api/units"
      name="units"
      columns={columns}
      extra={<CreateButton name="unit.create" act={create} to={() => '/settings/units'} />}
    />
  );
}
