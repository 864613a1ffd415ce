import { Card, Tag } from 'antd';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useNavigate, useParams } from 'react-router';
import { useApi } from '../../api/hooks.ts';
import type { AnswerOf } from '../../api/types.ts';
import { ActionBar } from '../../components/action-bar.tsx';
import { Attachments } from '../../components/attachments.tsx';
import { Clocks } from '../../components/clocks.tsx';
import { stamp, word } from '../../components/format.ts';
import { History } from '../../components/history.tsx';
import { Papers } from '../../components/papers.tsx';
import { Facts, Loading, RecordPage } from '../../components/record-page.tsx';
import { StateTag } from '../../components/state-tag.tsx';
import { useSession } from '../../session.tsx';
import { linkOf } from '../links.ts';
import { LaboratoryNotes } from '../referrals/laboratory-notes.tsx';
import { besideOf, caseActs } from './case-acts.ts';
import { CaseValue } from './case-value.tsx';
import { DecisionCards } from './decision-card.tsx';
import type { Track } from './fine-rows.tsx';
import { HearingCard } from './hearing-card.tsx';
import { NoticeCard } from './notice-card.tsx';
import type { Account } from './payment-acts.ts';
import { PaymentCard } from './payment-card.tsx';
import type { CaseFile } from './archive-acts.ts';
import { ArchiveCard } from './archive-card.tsx';
import { ProcedureCard } from './procedure-card.tsx';
import { ViolationsCard } from './violations-card.tsx';

type Case = AnswerOf<'/api/cases/{id}'>;
type Hearings = AnswerOf<'/api/cases/{id}/hearings'>;

function CaseFacts({ found }: { found: Case }) {
  const { t } = useTranslation();
  return (
    <Card size="small" title={t('case.matter')}>
      <Facts
        facts={[
          {
            label: 'kind.party',
            value: found.party && <Link to={`/parties/${found.party.id}`}>{found.party.name}</Link>,
          },
          { label: 'field.cause', value: found.cause },
          {
            label: 'kind.source',
            value: <Link to={`/sources/${found.source.id}`}>{found.source.number}</Link>,
          },
          { label: 'field.filedOn', value: found.filedOn },
          {
            label: 'field.officerIds',
            value: found.officers
              .map(({ name, certificateNumber }) => `${name} ${certificateNumber ?? ''}`)
              .join('、'),
            wide: true,
          },
          { label: 'field.facts', value: <span className="prose">{found.facts}</span>, wide: true },
          { label: 'field.legalBasis', value: found.basis, wide: true },
          { label: 'field.jurisdictionBasis', value: found.jurisdictionBasis, wide: true },
        ]}
      />
    </Card>
  );
}

const GROUPS = [
  ['operations', 'nav.operations'],
  ['inspections', 'nav.inspections'],
  ['samples', 'nav.samples'],
  ['measures', 'nav.measures'],
  ['clueNotices', 'kind.clue_notice'],
  ['transfers', 'kind.transfer'],
] as const;

/** Everything the case rests on, each a click away. */
function CaseRoom({ found }: { found: Case }) {
  const { t } = useTranslation();
  const filled = GROUPS.filter(([group]) => found[group].length > 0);
  if (filled.length === 0) return null;
  return (
    <Card size="small" title={t('case.room')}>
      <div className="room">
        {filled.map(([group, label]) => (
          <section key={group}>
            <h2>{t(label)}</h2>
            <ul className="lines">
              {found[group].map((thing) => (
                <li key={thing.id}>
                  <Link to={linkOf({ kind: groupKind(group), id: thing.id })}>{thing.title}</Link>{' '}
                  <StateTag kind={groupKind(group)} state={thing.state} />
                </li>
              ))}
            </ul>
          </section>
        ))}
      </div>
    </Card>
  );
}

const groupKind = (group: (typeof GROUPS)[number][0]): string =>
  group === 'clueNotices' ? 'clue_notice' : group.slice(0, -1);

function CaseApprovals({ found }: { found: Case }) {
  const { t } = useTranslation();
  if (found.approvals.length === 0) return null;
  return (
    <Card size="small" title={t('nav.approvals')}>
      <ul className="lines">
        {found.approvals.map(({ id, matter, state, proposedAt, afterTheFact }) => (
          <li key={id}>
            <Link to={`/approvals/${id}`}>{word('word.matter', matter.replace('.', '_'))}</Link>{' '}
            <StateTag kind="approval" state={state} />
            {afterTheFact && <Tag color="warning">{t('approval.afterTheFact')}</Tag>}
            <div className="quiet">{stamp(proposedAt)}</div>
          </li>
        ))}
      </ul>
    </Card>
  );
}

type Parts = { found: Case; track: Track; hearings: Hearings; account: Account; file: CaseFile | undefined };

/** Everything that may be done about a case, whichever module it is of, and what it is done with. */
function CaseActions({ found, track, hearings, account, file }: Parts) {
  const navigate = useNavigate();
  const acts = useMemo(() => caseActs(found, track, { account, file }), [found, track, account, file]);
  const ofHearing = hearings.allowedActions.map((one) => ({
    ...one,
    action: `hearing.${one.action}`,
  }));
  return (
    <ActionBar
      kind="case"
      subject={found}
      actions={[...track.allowedActions, ...ofHearing, ...account.allowedActions, ...found.allowedActions]}
      acts={acts}
      beside={besideOf(track)}
      onDone={(action, made) =>
        action === 'transfer.propose' && void navigate(`/transfers/${(made as { id: string }).id}`)
      }
    />
  );
}

/** One case: the party, the facts, what it is punished for, what is due and what comes next. */
export function CasePage() {
  const { id = '' } = useParams();
  const { may } = useSession();
  const path = { id };
  const { data: found, error } = useApi('/api/cases/{id}', { path });
  const { data: track, error: trackError } = useApi('/api/cases/{id}/penalty', { path });
  const { data: hearings, error: hearingError } = useApi('/api/cases/{id}/hearings', { path });
  const { data: account, error: accountError } = useApi('/api/cases/{id}/payments', { path });
  const enabled = found?.state === 'closed' || found?.state === 'archived';
  const { data: file } = useApi('/api/cases/{id}/file', { path, enabled });
  if (!found || !track || !hearings || !account)
    return <Loading error={error ?? trackError ?? hearingError ?? accountError} />;
  return (
    <RecordPage
      list={{ to: '/cases', label: 'nav.cases' }}
      number={found.number ?? found.title}
      title={found.title}
      tags={
        <>
          <StateTag kind="case" state={found.state} />
          <span className="quiet number">{found.number}</span>
        </>
      }
      voided={{ at: found.voidedAt, reason: found.voidReason }}
      actions={<CaseActions found={found} track={track} hearings={hearings} account={account} file={file} />}
      aside={
        <>
          <Clocks
            clocks={[...found.clocks, ...track.clocks, ...hearings.clocks, ...account.clocks].filter(isFirst)}
          />
          <Papers kind="case" id={id} />
          <CaseApprovals found={found} />
        </>
      }
    >
      <CaseFacts found={found} />
      <ArchiveCard file={file} />
      <PaymentCard of={account} />
      <DecisionCards track={track} />
      {hearings.hearings.toReversed().map((of) => (
        <HearingCard key={of.id} of={of} />
      ))}
      <NoticeCard track={track} />
      <ProcedureCard procedure={found.procedure} />
      <LaboratoryNotes notes={track.laboratoryReports} />
      <ViolationsCard track={track} actions={track.allowedActions} />
      <CaseRoom found={found} />
      {may('case.read_value') && <CaseValue id={id} hasViolations={track.violations.length > 0} />}
      <Attachments kind="case" id={id} canAdd={may('case.attach') && !found.voidedAt} />
      <History path="/api/cases/{id}/history" id={id} kind="case" />
    </RecordPage>
  );
}

/** The clocks of the case itself come with each of its parts. */
const isFirst = ({ id }: { id: string }, at: number, all: readonly { id: string }[]): boolean =>
  all.findIndex((one) => one.id === id) === at;
