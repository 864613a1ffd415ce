import { Card, Tag } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link, useParams } from 'react-router';
import { useApi } from '../../api/hooks.ts';
import { ActionBar } from '../../components/action-bar.tsx';
import { stamp, word } from '../../components/format.ts';
import { Papers } from '../../components/papers.tsx';
import { Facts, Loading, RecordPage } from '../../components/record-page.tsx';
import { StateTag } from '../../components/state-tag.tsx';
import { linkOf } from '../links.ts';
import { approvalActs } from './approval-acts.ts';
import { matterOf } from './approvals-page.tsx';

function InPlaceOf({ head }: { head: { name: string } | null }) {
  const { t } = useTranslation();
  return head && <Tag>{t('approval.inPlaceOf', { name: head.name })}</Tag>;
}

/** One proposal: what is asked, on which grounds, what was said to it; the file is one click away. */
export function ApprovalPage() {
  const { t } = useTranslation();
  const { id = '' } = useParams();
  const { data: approval, error } = useApi('/api/approvals/{id}', { path: { id } });
  if (!approval) return <Loading error={error} />;
  const { subject } = approval;
  return (
    <RecordPage
      list={{ to: '/approvals', label: 'nav.approvals' }}
      number={matterOf(approval.matter)}
      title={approval.title}
      tags={
        <>
          <StateTag kind="approval" state={approval.state} />
          {approval.afterTheFact && <Tag color="warning">{t('approval.afterTheFact')}</Tag>}
          {approval.isOverdue && <Tag color="error">{t('clock.overdue')}</Tag>}
        </>
      }
      actions={
        <ActionBar kind="approval" subject={approval} actions={approval.allowedActions} acts={approvalActs} />
      }
      aside={
        <>
          <Papers kind="approval" id={id} />
          <Papers kind={subject.kind} id={subject.id} title="approval.filePapers" />
        </>
      }
    >
      <Card size="small" title={t('approval.matter')}>
        <Facts
          facts={[
            { label: 'field.matter', value: matterOf(approval.matter) },
            {
              label: 'field.subject',
              value: <Link to={linkOf(subject)}>{t(`kind.${subject.kind}`)}</Link>,
            },
            { label: 'field.proposedBy', value: approval.proposedBy.map(({ name }) => name).join('、') },
            { label: 'field.proposedAt', value: stamp(approval.proposedAt) },
            { label: 'field.decides', value: word('word.decides', approval.decides) },
            { label: 'field.dueAt', value: stamp(approval.dueAt) },
            { label: 'field.grounds', value: <span className="prose">{approval.grounds}</span>, wide: true },
          ]}
        />
      </Card>
      {approval.unitOpinion && (
        <Card size="small" title={t('approval.unitOpinion')}>
          <p className="prose">{approval.unitOpinion}</p>
          <span className="quiet">
            {approval.unitBy?.name} <InPlaceOf head={approval.unitFor} /> {stamp(approval.unitAt)}
          </span>
        </Card>
      )}
      {approval.opinion && (
        <Card size="small" title={t('approval.decision')}>
          <p className="prose">{approval.opinion}</p>
          <span className="quiet">
            {approval.decidedBy?.name} <InPlaceOf head={approval.decidedFor} /> {stamp(approval.decidedAt)}
          </span>
        </Card>
      )}
    </RecordPage>
  );
}
