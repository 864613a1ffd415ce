import { Card, Tag } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link, useParams } from 'react-router';
import { useApi } from '../../api/hooks.ts';
import type { AnswerOf } from '../../api/types.ts';
import { ActionBar } from '../../components/action-bar.tsx';
import { Attachments } from '../../components/attachments.tsx';
import { CreateButton } from '../../components/create-button.tsx';
import { stamp } from '../../components/format.ts';
import { History } from '../../components/history.tsx';
import { Facts, Loading, RecordPage } from '../../components/record-page.tsx';
import { StateTag } from '../../components/state-tag.tsx';
import { useSession } from '../../session.tsx';
import { planInspection } from '../inspections/inspection-acts.tsx';
import { PeopleCard } from '../inspections/people-card.tsx';
import { LogCard } from './log-card.tsx';
import { operationActs } from './operation-acts.tsx';
import { TakenCard } from './taken-card.tsx';

type Operation = AnswerOf<'/api/operations/{id}'>;

/** How often the board asks what the others have written, while they are out there. */
const LIVE_MS = 10_000;

function OperationFacts({ operation }: { operation: Operation }) {
  const { t } = useTranslation();
  const { sourceId, caseId } = operation;
  return (
    <Card size="small" title={t('operation.matter')}>
      <Facts
        facts={[
          { label: 'field.plannedOn', value: operation.plannedOn },
          { label: 'field.partner', value: operation.partner },
          { label: 'field.startedAt', value: stamp(operation.startedAt) },
          { label: 'field.endedAt', value: stamp(operation.endedAt) },
          { label: 'kind.party', value: operation.partyName },
          {
            label: 'kind.source',
            value: sourceId && <Link to={`/sources/${sourceId}`}>{operation.sourceNumber}</Link>,
          },
          {
            label: 'kind.case',
            value: caseId && <Link to={`/cases/${caseId}`}>{operation.caseNumber ?? t('common.look')}</Link>,
          },
          { label: 'field.assignees', value: operation.assignees.map(({ name }) => name).join('、') },
          {
            label: 'field.operationPlan',
            value: <span className="prose">{operation.plan}</span>,
            wide: true,
          },
          { label: 'field.calledOffReason', value: operation.calledOffReason, wide: true },
        ]}
      />
    </Card>
  );
}

/** The places that are entered, each with its inspection or the way to one. */
function Sites({ operation }: { operation: Operation }) {
  const { t } = useTranslation();
  const isOpen = operation.state === 'planned' || operation.state === 'under_way';
  const elsewhere = operation.inspections.filter(
    ({ place }) => !operation.sites.some((site) => site.address === place),
  );
  const linkOf = ({ id, subjectMatter, state }: Operation['inspections'][number]) => (
    <div key={id}>
      <Link to={`/inspections/${id}`}>{subjectMatter}</Link> <StateTag kind="inspection" state={state} />
    </div>
  );
  return (
    <Card size="small" title={t('operation.sites')}>
      <ul className="lines">
        {operation.sites.map((site) => (
          <li key={site.name + site.address} className="site">
            <div>
              <b>{site.name}</b> {site.isDwelling && <Tag color="warning">{t('field.isDwelling')}</Tag>}
              <div className="quiet">{site.address}</div>
              {operation.inspections.filter(({ place }) => place === site.address).map(linkOf)}
            </div>
            {isOpen && !operation.voidedAt && (
              <CreateButton
                name="inspection.plan"
                act={planInspection('operationId', { place: site.address, isDwelling: site.isDwelling })}
                from={operation}
                to={(made) => `/inspections/${made.id}`}
                isPrimary={false}
              />
            )}
          </li>
        ))}
        {elsewhere.length > 0 && <li>{elsewhere.map(linkOf)}</li>}
      </ul>
    </Card>
  );
}

/** The board of a joint operation: places, people of both sides, the log as it grows, what each side took. */
export function OperationPage() {
  const { id = '' } = useParams();
  const { may } = useSession();
  const { data: operation, error } = useApi('/api/operations/{id}', { path: { id } });
  useApi('/api/operations/{id}', {
    path: { id },
    enabled: operation?.state === 'under_way',
    refetchInterval: LIVE_MS,
  });
  if (!operation) return <Loading error={error} />;
  return (
    <RecordPage
      list={{ to: '/operations', label: 'nav.operations' }}
      number={operation.title}
      title={operation.title}
      tags={<StateTag kind="operation" state={operation.state} />}
      voided={{ at: operation.voidedAt, reason: operation.voidReason }}
      actions={
        <ActionBar
          kind="operation"
          subject={operation}
          actions={operation.allowedActions}
          acts={operationActs}
        />
      }
      aside={<Sites operation={operation} />}
    >
      <LogCard operation={operation} />
      <PeopleCard people={operation.people} title="operation.people" />
      <TakenCard operation={operation} />
      <OperationFacts operation={operation} />
      <Attachments kind="operation" id={id} canAdd={may('operation.attach') && !operation.voidedAt} />
      <History path="/api/operations/{id}/history" id={id} kind="operation" />
    </RecordPage>
  );
}
