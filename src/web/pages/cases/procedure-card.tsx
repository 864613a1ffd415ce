import { Card, Collapse, Tag } from 'antd';
import { useTranslation } from 'react-i18next';
import type { AnswerOf } from '../../api/types.ts';
import { word } from '../../components/format.ts';
import { Facts, prose } from '../../components/record-page.tsx';

type Procedure = AnswerOf<'/api/cases/{id}'>['procedure'];

const REPORT_PARTS = ['course', 'facts', 'evidence', 'nature', 'discretion', 'handling'] as const;

/** The report of the investigation, part by part. */
function Report({ of }: { of: Procedure['reports'][number] }) {
  return (
    <Facts
      facts={[
        { label: 'field.suggested', value: word('word.decisionKind', of.suggested), wide: true },
        ...REPORT_PARTS.map((part) => ({
          label: part === 'facts' ? 'field.foundFacts' : `field.${part}`,
          value: prose(of[part]),
          wide: true,
        })),
      ]}
    />
  );
}

function Reviews({ procedure }: { procedure: Procedure }) {
  const { t } = useTranslation();
  return (
    <ul className="lines">
      {procedure.reviews.map((one) => (
        <li key={one.id}>
          <b>{t(`word.reviewKind.${one.kind}`)}</b> {one.stage === 'hearing' && t('penalty.afterHearing')}{' '}
          {one.opinion ? (
            <Tag color={one.opinion === 'agree' ? 'success' : 'warning'}>
              {word('word.reviewOpinion', one.opinion)}
            </Tag>
          ) : (
            <Tag color="processing">{t('penalty.underReview')}</Tag>
          )}
          <div className="quiet">
            {[one.reviewer, `${one.receivedOn} → ${one.returnedOn ?? ''}`, one.qualification]
              .filter(Boolean)
              .join(' · ')}
          </div>
          {one.comment && <p className="prose">{one.comment}</p>}
        </li>
      ))}
      {procedure.pauses.map((one) => (
        <li key={one.fromOn}>
          <b>{t('state.case.suspended')}</b> {one.fromOn} → {one.toOn ?? ''}
          <div className="quiet">
            {word('word.pauseGround', one.ground)} ·{' '}
            {[one.reason, one.resumeReason].filter(Boolean).join(' → ')}
          </div>
        </li>
      ))}
    </ul>
  );
}

/** The report of the investigation, its reviews, and where the procedure stood still. */
export function ProcedureCard({ procedure }: { procedure: Procedure }) {
  const { t } = useTranslation();
  const { reports, reviews, pauses } = procedure;
  if (reports.length + reviews.length + pauses.length === 0) return null;
  return (
    <Card size="small" title={t('penalty.procedure')}>
      {reports.length > 0 && (
        <Collapse
          ghost
          size="small"
          items={reports.toReversed().map((of) => ({
            key: of.id,
            label: t('penalty.report', { on: of.reportedOn }),
            children: <Report of={of} />,
          }))}
        />
      )}
      <Reviews procedure={procedure} />
    </Card>
  );
}
