import { SafetyCertificateOutlined } from '@ant-design/icons';
import { Alert, Card } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link, useParams } from 'react-router';
import { useApi } from '../../api/hooks.ts';
import type { AnswerOf } from '../../api/types.ts';
import { ActionBar } from '../../components/action-bar.tsx';
import { Attachments } from '../../components/attachments.tsx';
import { stamp, word } from '../../components/format.ts';
import { History } from '../../components/history.tsx';
import { LinkButton } from '../../components/link-button.tsx';
import { Papers } from '../../components/papers.tsx';
import { Facts, Loading, RecordPage } from '../../components/record-page.tsx';
import { StateTag } from '../../components/state-tag.tsx';
import { useSession } from '../../session.tsx';
import { FoundCard } from './found-card.tsx';
import { inspectionActs } from './inspection-acts.tsx';
import { PeopleCard } from './people-card.tsx';
import { RecordText } from './record-text.tsx';

type Inspection = AnswerOf<'/api/inspections/{id}'>;

/** What the officers must have before their eyes at this place. */
const Reminders = ({ inspection }: { inspection: Inspection }) =>
  inspection.reminders.map(({ gate, article, reason }) => (
    <Alert key={gate} type="warning" showIcon title={reason} description={`${gate} · ${article}`} />
  ));

function InspectionFacts({ inspection }: { inspection: Inspection }) {
  const { t } = useTranslation();
  const { sourceId, caseId, operationId, partyId, partyName } = inspection;
  return (
    <Card size="small" title={t('inspection.matter')}>
      <Facts
        facts={[
          {
            label: 'kind.party',
            value: partyId ? <Link to={`/parties/${partyId}`}>{partyName}</Link> : partyName,
          },
          { label: 'field.inspectionKind', value: word('word.inspectionKind', inspection.kind) },
          { label: 'field.inspectionPlace', value: inspection.place, wide: true },
          { label: 'field.startedAt', value: stamp(inspection.startedAt) },
          { label: 'field.endedAt', value: stamp(inspection.endedAt) },
          { label: 'field.partyPresent', value: word('word.partyPresent', inspection.partyPresent) },
          {
            label: 'field.recusalAsked',
            value:
              inspection.recusalAsked !== null && t(inspection.recusalAsked ? 'common.yes' : 'common.no'),
          },
          { label: 'field.partyNotified', value: inspection.partyNotified, wide: true },
          {
            label: 'kind.source',
            value: sourceId && <Link to={`/sources/${sourceId}`}>{inspection.sourceNumber}</Link>,
          },
          {
            label: 'kind.case',
            value: caseId && <Link to={`/cases/${caseId}`}>{inspection.caseNumber ?? t('common.look')}</Link>,
          },
          {
            label: 'kind.operation',
            value: operationId && <Link to={`/operations/${operationId}`}>{inspection.operationTitle}</Link>,
            wide: true,
          },
          { label: 'field.assignees', value: inspection.assignees.map(({ name }) => name).join('、') },
          { label: 'field.unitName', value: inspection.unitName },
        ]}
      />
    </Card>
  );
}

/** Measures and samples that came of it. */
function Done({ inspection }: { inspection: Inspection }) {
  const { t } = useTranslation();
  const { measures, samples } = inspection;
  if (measures.length + samples.length === 0) return null;
  return (
    <Card size="small" title={t('inspection.done')}>
      <ul className="lines">
        {measures.map(({ id, kind, state, name }) => (
          <li key={id}>
            <Link to={`/measures/${id}`}>
              {word('word.measureKind', kind)} {name}
            </Link>{' '}
            <StateTag kind="measure" state={state} />
          </li>
        ))}
        {samples.map(({ id, state, name }) => (
          <li key={id}>
            <Link to={`/samples/${id}`}>
              {t('kind.sample')} {name}
            </Link>{' '}
            <StateTag kind="sample" state={state} />
          </li>
        ))}
      </ul>
    </Card>
  );
}

/** The way from what was found to the seizure, while the officers are there. */
function SeizeButton({ inspection }: { inspection: Inspection }) {
  const { t } = useTranslation();
  const { may } = useSession();
  if (inspection.state !== 'under_way' || inspection.voidedAt || !may('measure.execute_urgent')) return null;
  return (
    <LinkButton to={`/inspections/${inspection.id}/seize`} icon={<SafetyCertificateOutlined />}>
      {t('scene.seize')}
    </LinkButton>
  );
}

/** One inspection: who is there, what was answered and found, what was taken, and what is next. */
export function InspectionPage() {
  const { t } = useTranslation();
  const { id = '' } = useParams();
  const { may } = useSession();
  const { data: inspection, error } = useApi('/api/inspections/{id}', { path: { id } });
  const operationId = inspection?.operationId ?? '';
  const operation = useApi('/api/operations/{id}', {
    path: { id: operationId },
    enabled: operationId !== '' && inspection?.state === 'planned' && may('operation.read'),
  });
  if (!inspection) return <Loading error={error} />;
  return (
    <RecordPage
      list={{ to: '/inspections', label: 'nav.inspections' }}
      number={inspection.subjectMatter}
      title={inspection.subjectMatter}
      tags={<StateTag kind="inspection" state={inspection.state} />}
      voided={{ at: inspection.voidedAt, reason: inspection.voidReason }}
      actions={
        <div className="action-row">
          <ActionBar
            kind="inspection"
            subject={inspection}
            actions={inspection.allowedActions}
            acts={inspectionActs(inspection, operation.data)}
          />
          <SeizeButton inspection={inspection} />
        </div>
      }
      aside={
        <>
          <Papers kind="inspection" id={id} />
          <Done inspection={inspection} />
        </>
      }
    >
      <Reminders inspection={inspection} />
      <InspectionFacts inspection={inspection} />
      <PeopleCard people={inspection.people} title="inspection.people" />
      {inspection.state !== 'planned' && (
        <Card size="small" title={t('inspection.record')}>
          <RecordText inspection={inspection} />
        </Card>
      )}
      <FoundCard inspection={inspection} />
      <Attachments kind="inspection" id={id} canAdd={may('inspection.attach') && !inspection.voidedAt} />
      <History path="/api/inspections/{id}/history" id={id} kind="inspection" />
    </RecordPage>
  );
}
