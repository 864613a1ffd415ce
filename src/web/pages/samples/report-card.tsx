import { Alert, Card, Tag } from 'antd';
import { useTranslation } from 'react-i18next';
import { ScrollTable } from '../../components/scroll-table.tsx';
import type { AnswerOf } from '../../api/types.ts';
import { stamp, word } from '../../components/format.ts';
import { Facts } from '../../components/record-page.tsx';
import { StateTag } from '../../components/state-tag.tsx';
import { LabelPicture, withUnit } from './label-picture.tsx';

type Report = AnswerOf<'/api/samples/{id}'>['reports'][number];

const VERDICT = { pass: 'success', fail: 'error', problem: 'warning', not_judged: 'default' } as const;

/** One version of the laboratory's report: results as printed, signatures, and the label beside what was found. */
export function ReportCard({ report }: { report: Report }) {
  const { t } = useTranslation();
  return (
    <Card
      size="small"
      title={`${t('kind.report')} ${report.number}`}
      extra={
        <>
          {report.reportVersion > 1 && <Tag>{t('sample.version', { version: report.reportVersion })}</Tag>}
          <StateTag kind="report" state={report.state} />
        </>
      }
    >
      {report.returnedReason && (
        <Alert type="warning" showIcon className="gap" title={report.returnedReason} />
      )}
      {report.shortcomings.map((shortcoming) => (
        <Alert
          key={JSON.stringify(shortcoming)}
          type="error"
          showIcon
          className="gap"
          title={sentenceOf(shortcoming)}
        />
      ))}
      {report.labelJudgment && <LabelPicture judgment={report.labelJudgment} />}
      <ScrollTable
        label={t('sample.items')}
        rowKey="lineNo"
        className="gap"
        pagination={{ pageSize: 30, hideOnSinglePage: true }}
        dataSource={report.results}
        columns={[
          { title: t('field.analyte'), dataIndex: 'analyte' },
          { title: t('field.printed'), render: (_, row) => withUnit(row.printed, row.unit) },
          { title: t('field.limitText'), dataIndex: 'limitText' },
          { title: t('field.lod'), dataIndex: 'lod' },
          {
            title: t('field.uncertainty'),
            render: (_, row) =>
              row.uncertainty &&
              `${row.uncertainty}${row.coverageFactor ? ` (k = ${row.coverageFactor})` : ''}`,
          },
          { title: t('field.testMethod'), render: (_, row) => `${row.method} ${row.methodClause ?? ''}` },
          { title: t('field.methodStatus'), render: (_, row) => word('word.methodStatus', row.methodStatus) },
          {
            title: t('field.verdict'),
            render: (_, row) =>
              row.verdict && <Tag color={VERDICT[row.verdict]}>{t(`word.verdict.${row.verdict}`)}</Tag>,
          },
        ]}
      />
      <Facts
        facts={[
          {
            label: 'field.conclusion',
            value: report.conclusion && <span className="prose">{report.conclusion}</span>,
            wide: true,
          },
          { label: 'kind.laboratory', value: report.laboratory.name },
          { label: 'field.cmaNumber', value: report.laboratory.cmaNumber },
          {
            label: 'field.testedFrom',
            value: report.testedFrom && `${report.testedFrom} – ${report.testedTo ?? ''}`,
          },
          { label: 'sample.enteredAt', value: stamp(report.enteredAt) },
          { label: 'sample.verifiedAt', value: stamp(report.verifiedAt) },
          { label: 'sample.reportedAt', value: stamp(report.reportedAt) },
        ]}
      />
    </Card>
  );
}

const sentenceOf = (shortcoming: Report['shortcomings'][number]): string =>
  'reason' in shortcoming ? String(shortcoming.reason) : Object.values(shortcoming).join(' ');
