import { Alert, Card } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link, useParams } from 'react-router';
import { useApi } from '../../api/hooks.ts';
import type { AnswerOf } from '../../api/types.ts';
import { ActionBar } from '../../components/action-bar.tsx';
import { Attachments } from '../../components/attachments.tsx';
import { Clocks } from '../../components/clocks.tsx';
import { CreateButton } from '../../components/create-button.tsx';
import { word } from '../../components/format.ts';
import { History } from '../../components/history.tsx';
import { Papers } from '../../components/papers.tsx';
import { Facts, Loading, RecordPage } from '../../components/record-page.tsx';
import { StateTag } from '../../components/state-tag.tsx';
import { useSession } from '../../session.tsx';
import { proposeCase } from '../cases/propose-case.ts';
import { draftClueNotice } from '../referrals/referral-acts.ts';
import { sourceActs } from './source-acts.ts';

type Source = AnswerOf<'/api/sources/{id}'>;

function SourceFacts({ source }: { source: Source }) {
  const { t } = useTranslation();
  return (
    <Card size="small" title={t('source.matter')}>
      <Facts
        facts={[
          {
            label: 'field.partyName',
            value: source.partyId ? (
              <Link to={`/parties/${source.partyId}`}>{source.partyName}</Link>
            ) : (
              source.partyName
            ),
          },
          { label: 'field.partyPhone', value: source.partyPhone },
          { label: 'field.partyAddress', value: source.partyAddress, wide: true },
          { label: 'field.origin', value: word('word.origin', source.origin) },
          { label: 'field.foundOn', value: source.foundOn },
          {
            label: 'kind.tip',
            value: source.tipId && <Link to={`/tips/${source.tipId}`}>{source.tipNumber}</Link>,
          },
          { label: 'field.providerOrganisation', value: source.providerOrganisation },
          { label: 'field.providerName', value: source.providerName },
          { label: 'field.providerContact', value: source.providerContact },
          {
            label: 'field.sourceContent',
            value: <span className="prose">{source.content}</span>,
            wide: true,
          },
          { label: 'field.handlingOpinion', value: source.handlingOpinion, wide: true },
        ]}
      />
    </Card>
  );
}

function Verification({ source }: { source: Source }) {
  const { t } = useTranslation();
  if (source.verifiers.length === 0) return null;
  return (
    <Card size="small" title={t('source.verification')}>
      <Facts
        facts={[
          {
            label: 'field.verifierIds',
            value: source.verifiers.map(({ name }) => name).join('、'),
            wide: true,
          },
          {
            label: 'field.verification',
            value: source.verification && <span className="prose">{source.verification}</span>,
            wide: true,
          },
          { label: 'field.ground', value: word('word.declineGround', source.declineGround), wide: true },
          { label: 'field.agency', value: source.handedTo, wide: true },
        ]}
      />
    </Card>
  );
}

/** What is asked of the head and not answered yet. */
export function Pending({ approvals }: { approvals: readonly { id: string; matter: string }[] }) {
  const { t } = useTranslation();
  if (approvals.length === 0) return null;
  return (
    <Alert
      type="info"
      showIcon
      className="gap"
      title={t('approval.waits')}
      description={approvals.map(({ id, matter }) => (
        <Link key={id} to={`/approvals/${id}`}>
          {t(`word.matter.${matter.replace('.', '_')}`)}{' '}
        </Link>
      ))}
    />
  );
}

/** One case source: what is known, who verifies, by when, and what becomes of it. */
export function SourcePage() {
  const { id = '' } = useParams();
  const { may } = useSession();
  const { data: source, error } = useApi('/api/sources/{id}', { path: { id } });
  const cases = useApi('/api/cases', { query: { sourceId: id }, enabled: may('case.read') });
  if (!source) return <Loading error={error} />;
  return (
    <RecordPage
      list={{ to: '/sources', label: 'nav.sources' }}
      number={source.number}
      title={source.number}
      tags={<StateTag kind="source" state={source.state} />}
      voided={{ at: source.voidedAt, reason: source.voidReason }}
      actions={
        <div className="action-row">
          <ActionBar kind="source" subject={source} actions={source.allowedActions} acts={sourceActs} />
          {source.state === 'verifying' && (
            <CreateButton
              name="case.propose"
              act={proposeCase}
              from={source}
              to={(made) => `/cases/${made.id}`}
              isPrimary={false}
            />
          )}
          {source.state === 'verifying' && (
            <CreateButton
              name="clue_notice.draft"
              act={draftClueNotice}
              from={source}
              to={(made) => `/clue-notices/${made.id}`}
              isPrimary={false}
            />
          )}
        </div>
      }
      aside={
        <>
          <Clocks clocks={source.clocks} />
          <Papers kind="source" id={id} />
          <CasesOf cases={cases.data?.items ?? []} />
        </>
      }
    >
      <Pending approvals={source.pendingApprovals} />
      <SourceFacts source={source} />
      <Verification source={source} />
      <Attachments kind="source" id={id} canAdd={may('source.attach') && !source.voidedAt} />
      <History path="/api/sources/{id}/history" id={id} kind="source" />
    </RecordPage>
  );
}

function CasesOf({
  cases,
}: {
  cases: readonly { id: string; title: string; number: string | null; state: string }[];
}) {
  const { t } = useTranslation();
  if (cases.length === 0) return null;
  return (
    <Card size="small" title={t('nav.cases')}>
      <ul className="lines">
        {cases.map(({ id, title, number, state }) => (
          <li key={id}>
            <Link to={`/cases/${id}`}>{number ?? title}</Link> <StateTag kind="case" state={state} />
          </li>
        ))}
      </ul>
    </Card>
  );
}
