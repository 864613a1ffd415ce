import { Tag } from 'antd';
import { useTranslation } from 'react-i18next';
import type { RowOf } from '../../api/types.ts';
import { act } from '../../components/act.ts';
import { Barred } from '../../components/action-bar.tsx';
import { CreateButton } from '../../components/create-button.tsx';
import { type Column, DataList } from '../../components/data-list.tsx';
import type { Field } from '../../components/fields.ts';
import { useSession } from '../../session.tsx';
import { RowActs } from '../../components/row-acts.tsx';

type Row = RowOf<'/api/laboratories'>;

const fields = [
  { name: 'name', kind: 'line', wide: true },
  { name: 'cmaNumber', kind: 'line' },
  { name: 'cnasNumber', kind: 'line' },
  { name: 'validFrom', kind: 'day' },
  { name: 'validTo', kind: 'day' },
  { name: 'phone', kind: 'line' },
  { name: 'address', kind: 'line', wide: true },
] as const satisfies Field[];

const create = act('/api/laboratories', { fields });

const amend = (row: Row) =>
  act('/api/laboratories/{id}/amend', {
    fields: [...fields, { name: 'reason', kind: 'text', required: true }],
    initial: () => ({
      name: row.name,
      cmaNumber: row.cmaNumber,
      cnasNumber: row.cnasNumber,
      validFrom: row.validFrom,
      validTo: row.validTo,
      phone: row.phone,
      address: row.address,
    }),
  });

/** What may be done with the record: its owner amends it, everybody else reads why not. */
function Acts({ row }: { row: Row }) {
  const barred = row.allowedActions.filter(({ allowed }) => !allowed);
  return barred.length > 0 ? (
    <Barred kind="laboratory" actions={barred} />
  ) : (
    <RowActs kind="laboratory" subject={row} label={row.name} acts={{ amend: amend(row) }} />
  );
}

/** Laboratories and what they are licensed for. */
export function LaboratoriesPage() {
  const { t } = useTranslation();
  const { may } = useSession();
  const columns: Column<Row>[] = [
    { key: 'name', render: ({ name }) => name },
    { key: 'cmaNumber', render: ({ cmaNumber }) => <span className="number">{cmaNumber}</span>, width: 150 },
    {
      key: 'cnasNumber',
      render: ({ cnasNumber }) => <span className="number">{cnasNumber}</span>,
      width: 120,
    },
    { key: 'validTo', render: ({ validTo }) => validTo, width: 120 },
    {
      key: 'qualified',
      render: ({ qualified }) => (
        <Tag color={qualified ? 'success' : 'error'}>
          {t(qualified ? 'laboratory.qualified' : 'laboratory.notQualified')}
        </Tag>
      ),
      width: 110,
    },
    { key: 'phone', render: ({ phone }) => phone, width: 130 },
    { key: 'address', render: ({ address }) => <span className="clip">{address}</span>, hidden: true },
    {
      key: 'acts',
      label: 'common.actions',
      width: 130,
      render: (row) => may('laboratory.amend') && <Acts row={row} />,
    },
  ];
  return (
    <>
      <h1>{t('nav.laboratories')}</h1>
      <DataList
        path="/api/laboratories"
        name="laboratories"
        columns={columns}
        filters={[{ name: 'q', kind: 'text', label: 'field.name' }]}
        empty={t('laboratory.empty')}
        extra={<CreateButton name="laboratory.create" act={create} to={() => '/laboratories'} />}
      />
    </>
  );
}
