import { Card } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link, useParams } from 'react-router';
import { useApi } from '../../api/hooks.ts';
import { ActionBar } from '../../components/action-bar.tsx';
import { Attachments } from '../../components/attachments.tsx';
import { stamp } from '../../components/format.ts';
import { History } from '../../components/history.tsx';
import { Facts, Loading, RecordPage } from '../../components/record-page.tsx';
import { StateTag } from '../../components/state-tag.tsx';
import { useSession } from '../../session.tsx';
import { LaboratoryNotes } from './laboratory-notes.tsx';
import { clueNoticeActs } from './referral-acts.ts';

/** One clue notice and what the police made of it. */
export function ClueNoticePage() {
  const { t } = useTranslation();
  const { id = '' } = useParams();
  const { may } = useSession();
  const { data: notice, error } = useApi('/api/clue-notices/{id}', { path: { id } });
  if (!notice) return <Loading error={error} />;
  return (
    <RecordPage
      list={{ to: '/referrals?tab=clues', label: 'kind.clue_notice' }}
      number={notice.recipient}
      title={`${t('kind.clue_notice')}：${notice.recipient}`}
      tags={<StateTag kind="clue_notice" state={notice.state} />}
      voided={{ at: notice.voidedAt, reason: notice.voidReason }}
      actions={
        <ActionBar
          kind="clue_notice"
          subject={notice}
          actions={notice.allowedActions}
          acts={clueNoticeActs}
        />
      }
    >
      <Card size="small" title={t('referral.matter')}>
        <Facts
          facts={[
            {
              label: 'kind.source',
              value: <Link to={`/sources/${notice.sourceId}`}>{t('common.look')}</Link>,
            },
            {
              label: 'kind.case',
              value: notice.caseId && <Link to={`/cases/${notice.caseId}`}>{t('common.look')}</Link>,
            },
            { label: 'field.content', value: <span className="prose">{notice.content}</span>, wide: true },
            {
              label: 'kind.approval',
              value: notice.approval && (
                <Link to={`/approvals/${notice.approval.id}`}>
                  {t(`state.approval.${notice.approval.state}`)}
                </Link>
              ),
            },
            { label: 'field.sentAt', value: stamp(notice.sentAt) },
            { label: 'field.acknowledgedBy', value: notice.acknowledgedBy },
            { label: 'field.acknowledgedAt', value: stamp(notice.acknowledgedAt) },
            { label: 'field.outcome', value: notice.outcome, wide: true },
          ]}
        />
      </Card>
      <LaboratoryNotes notes={notice.laboratoryReports} />
      <Attachments kind="clue_notice" id={id} canAdd={may('clue_notice.attach') && !notice.voidedAt} />
      <History path="/api/clue-notices/{id}/history" id={id} kind="clue_notice" />
    </RecordPage>
  );
}
