import { Alert, Card } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link, useParams } from 'react-router';
import { useApi } from '../../api/hooks.ts';
import type { AnswerOf } from '../../api/types.ts';
import { ActionBar } from '../../components/action-bar.tsx';
import { Attachments } from '../../components/attachments.tsx';
import { Clocks } from '../../components/clocks.tsx';
import { CreateMenu } from '../../components/create-menu.tsx';
import { word } from '../../components/format.ts';
import { History } from '../../components/history.tsx';
import { Papers } from '../../components/papers.tsx';
import { Facts, Loading, RecordPage } from '../../components/record-page.tsx';
import { StateTag } from '../../components/state-tag.tsx';
import { useSession } from '../../session.tsx';
import { sourceActs } from './source-acts.ts';
import { makingsOf } from './source-makings.ts';
import { SourceRoom } from './source-room.tsx';

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

/** Other officers are named again only where the first cannot go on. */
const OTHER_OFFICERS = ['verify'];

/** Where something can still come out of it. */
const isOpen = ({ state, voidedAt }: Source): boolean =>
  voidedAt === null && (state === 'verifying' || state === 'case_opened');

/** One case source: what is known, who verifies, by when, and what becomes of it. */
export function SourcePage() {
  const { id = '' } = useParams();
  const { may } = useSession();
  const { data: source, error } = useApi('/api/sources/{id}', { path: { id } });
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
          <ActionBar
            kind="source"
            subject={source}
            actions={source.allowedActions}
            acts={sourceActs}
            beside={source.state === 'verifying' ? OTHER_OFFICERS : []}
          />
          {isOpen(source) && <CreateMenu from={source} makings={makingsOf(source)} />}
        </div>
      }
      aside={
        <>
          <Clocks clocks={source.clocks} />
          <Papers kind="source" id={id} />
        </>
      }
    >
      <Pending approvals={source.pendingApprovals} />
      <SourceFacts source={source} />
      <Verification source={source} />
      <SourceRoom id={id} />
      <Attachments kind="source" id={id} canAdd={may('source.attach') && !source.voidedAt} />
      <History path="/api/sources/{id}/history" id={id} kind="source" />
    </RecordPage>
  );
}
