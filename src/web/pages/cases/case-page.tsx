import { Card, Tag } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link, useParams } from 'react-router';
import { useApi } from '../../api/hooks.ts';
import type { AnswerOf } from '../../api/types.ts';
import { ActionBar } from '../../components/action-bar.tsx';
import { Attachments } from '../../components/attachments.tsx';
import { Clocks } from '../../components/clocks.tsx';
import { CreateButton } from '../../components/create-button.tsx';
import { stamp } from '../../components/format.ts';
import { History } from '../../components/history.tsx';
import { Papers } from '../../components/papers.tsx';
import { Facts, Loading, RecordPage } from '../../components/record-page.tsx';
import { StateTag } from '../../components/state-tag.tsx';
import { useSession } from '../../session.tsx';
import { proposeTransfer } from '../referrals/referral-acts.ts';
import { linkOf } from '../links.ts';
import { caseActs } from './case-acts.ts';
import { CaseValue } from './case-value.tsx';

type Case = AnswerOf<'/api/cases/{id}'>;

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
        {found.approvals.map(({ id, title, state, proposedAt, afterTheFact }) => (
          <li key={id}>
            <Link to={`/approvals/${id}`}>{title}</Link> <StateTag kind="approval" state={state} />
            {afterTheFact && <Tag color="warning">{t('approval.afterTheFact')}</Tag>}
            <div className="quiet">{stamp(proposedAt)}</div>
          </li>
        ))}
      </ul>
    </Card>
  );
}

/** One case: the party, the facts, what is due and what comes next. */
export function CasePage() {
  const { id = '' } = useParams();
  const { may } = useSession();
  const { data: found, error } = useApi('/api/cases/{id}', { path: { id } });
  if (!found) return <Loading error={error} />;
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
      actions={
        <div className="action-row">
          <ActionBar kind="case" subject={found} actions={found.allowedActions} acts={caseActs} />
          <CreateButton
            name="transfer.propose"
            act={proposeTransfer}
            from={found}
            to={(made) => `/transfers/${made.id}`}
            isPrimary={false}
          />
        </div>
      }
      aside={
        <>
          <Clocks clocks={found.clocks} />
          <Papers kind="case" id={id} />
          <CaseApprovals found={found} />
        </>
      }
    >
      <CaseFacts found={found} />
      <CaseRoom found={found} />
      {may('case.read_value') && <CaseValue id={id} />}
      <Attachments kind="case" id={id} canAdd={may('case.attach') && !found.voidedAt} />
      <History path="/api/cases/{id}/history" id={id} kind="case" />
    </RecordPage>
  );
}
