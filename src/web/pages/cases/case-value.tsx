import { Alert, Card } from 'antd';
import { useTranslation } from 'react-i18next';
import { ScrollTable } from '../../components/scroll-table.tsx';
import { useApi } from '../../api/hooks.ts';
import { LoadProblem } from '../../components/problem.tsx';
import { Facts } from '../../components/record-page.tsx';

/** The value of the goods with its arithmetic; until a violation is entered, what the usual articles would fine. */
export function CaseValue({ id, hasViolations }: { id: string; hasViolations: boolean }) {
  const { t } = useTranslation();
  const { data, error } = useApi('/api/cases/{id}/value', { path: { id } });
  if (!data) return <LoadProblem error={error} />;
  if (data.items.length === 0) return null;
  return (
    <Card size="small" title={t('case.value')} extra={<span className="quiet">{data.citation}</span>}>
      <Facts
        facts={[
          {
            label: 'case.total',
            value: (
              <b>
                ¥{data.total.figures} {data.total.capitals}
              </b>
            ),
            wide: true,
          },
          { label: 'case.sold', value: `¥${data.sold.figures}` },
          { label: 'case.unsold', value: `¥${data.unsold.figures}` },
        ]}
      />
      {data.unpriced > 0 && (
        <Alert type="warning" showIcon className="gap" title={t('case.unpriced', { count: data.unpriced })} />
      )}
      {data.flags
        .filter(({ reached, kind }) => reached && kind === 'fine_range' && !hasViolations)
        .map((flag) => (
          <Alert
            key={flag.id}
            type="info"
            showIcon
            className="gap"
            title={flag.title}
            description={
              <>
                <div>{flag.arithmetic}</div>
                {flag.min && flag.max && (
                  <div>
                    {t('case.range')} ¥{flag.min.figures} – ¥{flag.max.figures}
                  </div>
                )}
                <small className="quiet">{flag.citation}</small>
              </>
            }
          />
        ))}
      <ScrollTable
        label={t('case.value')}
        rowKey="itemId"
        pagination={{ pageSize: 20, hideOnSinglePage: true }}
        dataSource={data.items}
        columns={[
          { title: t('field.foundNo'), dataIndex: 'foundNo', width: 60 },
          { title: t('field.name'), dataIndex: 'name' },
          {
            title: t('field.quantity'),
            render: (_, row) => `${row.quantity ?? ''} ${row.unit ?? ''}`,
            align: 'right',
          },
          { title: t('field.unitPrice'), dataIndex: 'unitPrice', align: 'right' },
          {
            title: t('field.priceBasis'),
            render: (_, row) => row.priceBasis && t(`word.priceBasis.${row.priceBasis}`),
          },
          {
            title: t('field.value'),
            render: (_, row) => row.value && `¥${row.value.figures}`,
            align: 'right',
          },
        ]}
      />
    </Card>
  );
}
