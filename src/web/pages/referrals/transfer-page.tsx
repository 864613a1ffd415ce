import { CheckCircleFilled, DeleteOutlined, ExclamationCircleOutlined } from '@ant-design/icons';
import { App, Button, Card } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link, useParams } from 'react-router';
import { remove } from '../../api/client.ts';
import { useApi, useWrite } from '../../api/hooks.ts';
import { problemOf } from '../../api/problem.ts';
import type { AnswerOf } from '../../api/types.ts';
import { ActionBar } from '../../components/action-bar.tsx';
import { Attachments } from '../../components/attachments.tsx';
import { Clocks } from '../../components/clocks.tsx';
import { stamp } from '../../components/format.ts';
import { History } from '../../components/history.tsx';
import { Papers } from '../../components/papers.tsx';
import { Facts, Loading, RecordPage } from '../../components/record-page.tsx';
import { StateTag } from '../../components/state-tag.tsx';
import { useSession } from '../../session.tsx';
import { LaboratoryNotes } from './laboratory-notes.tsx';
import { transferActs } from './referral-acts.ts';

type Transfer = AnswerOf<'/api/transfers/{id}'>;

const ITEMS = [1, 2, 3, 4, 5];

/** The five enclosures of YSGD 6: what is there and what is missing. */
function Enclosures({ transfer }: { transfer: Transfer }) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const canChange = transfer.allowedActions.some(({ action, allowed }) => action === 'enclose' && allowed);
  const takeOut = useWrite((enclosureId: string) =>
    remove('/api/transfers/{id}/enclosures/{enclosureId}', {
      path: { id: transfer.id, enclosureId },
      version: transfer.version,
    }),
  );
  const out = (id: string): void =>
    void takeOut
      .mutateAsync(id)
      .catch((error: unknown) => void message.error(problemOf(error)?.detail ?? t('shell.serverError')));
  return (
    <Card size="small" title={t('referral.enclosures')}>
      <ul className="lines">
        {ITEMS.map((item) => {
          const enclosed = transfer.enclosures.filter((enclosure) => enclosure.item === item);
          return (
            <li key={item}>
              {enclosed.length > 0 ? (
                <CheckCircleFilled className="ok" />
              ) : (
                <ExclamationCircleOutlined className="lacks" />
              )}{' '}
              <b>{t(`word.enclosure.${item}`)}</b>{' '}
              {enclosed.length === 0 && <span className="quiet">{t('referral.missing')}</span>}
              {enclosed.map((enclosure) => (
                <div key={enclosure.id}>
                  <a
                    href={
                      enclosure.documentId
                        ? `/api/documents/${enclosure.documentId}/content`
                        : `/api/attachments/${enclosure.attachmentId}/content`
                    }
                  >
                    {enclosure.title}
                  </a>{' '}
                  {canChange && (
                    <Button
                      type="text"
                      size="small"
                      icon={<DeleteOutlined />}
                      aria-label={`${t('common.removeRow')} ${enclosure.title}`}
                      onClick={() => out(enclosure.id)}
                    />
                  )}
                </div>
              ))}
            </li>
          );
        })}
      </ul>
    </Card>
  );
}

function TransferFacts({ transfer }: { transfer: Transfer }) {
  const { t } = useTranslation();
  return (
    <Card size="small" title={t('referral.matter')}>
      <Facts
        facts={[
          { label: 'kind.case', value: <Link to={`/cases/${transfer.caseId}`}>{t('common.look')}</Link> },
          { label: 'field.suspectedCrime', value: transfer.suspectedCrime, wide: true },
          { label: 'field.facts', value: <span className="prose">{transfer.facts}</span>, wide: true },
          { label: 'field.recipient', value: transfer.recipient },
          { label: 'field.procuratorate', value: transfer.procuratorate },
          { label: 'field.groupIds', value: transfer.group.map(({ name }) => name).join('、') },
          { label: 'field.reportReceivedAt', value: stamp(transfer.reportReceivedAt) },
          {
            label: 'kind.approval',
            value: transfer.approval && (
              <Link to={`/approvals/${transfer.approval.id}`}>
                {t(`state.approval.${transfer.approval.state}`)}
              </Link>
            ),
          },
          { label: 'field.approvedAt', value: stamp(transfer.approvedAt) },
          { label: 'field.deliveredTo', value: transfer.deliveredTo },
          { label: 'field.deliveredAt', value: stamp(transfer.deliveredAt) },
          { label: 'field.procuratorateCopiedAt', value: stamp(transfer.procuratorateCopiedAt) },
          { label: 'field.acknowledgedBy', value: transfer.acknowledgedBy },
          { label: 'field.acknowledgedAt', value: stamp(transfer.acknowledgedAt) },
          { label: 'field.decisionOn', value: transfer.decisionOn },
          { label: 'field.decisionNumber', value: transfer.decisionNumber },
          { label: 'field.decisionNote', value: transfer.decisionNote, wide: true },
        ]}
      />
    </Card>
  );
}

/** One transfer to the police: the five enclosures, the 3-day and 24-hour clocks, receipts and the decision. */
export function TransferPage() {
  const { id = '' } = useParams();
  const { may } = useSession();
  const { data: transfer, error } = useApi('/api/transfers/{id}', { path: { id } });
  if (!transfer) return <Loading error={error} />;
  return (
    <RecordPage
      list={{ to: '/referrals', label: 'nav.referrals' }}
      number={transfer.suspectedCrime}
      title={transfer.suspectedCrime}
      tags={<StateTag kind="transfer" state={transfer.state} />}
      voided={{ at: transfer.voidedAt, reason: transfer.voidReason }}
      actions={
        <ActionBar kind="transfer" subject={transfer} actions={transfer.allowedActions} acts={transferActs} />
      }
      aside={
        <>
          <Clocks clocks={transfer.clocks} />
          <Papers kind="transfer" id={id} />
        </>
      }
    >
      <Enclosures transfer={transfer} />
      <TransferFacts transfer={transfer} />
      <LaboratoryNotes notes={transfer.laboratoryReports} />
      <Attachments kind="transfer" id={id} canAdd={may('transfer.attach') && !transfer.voidedAt} />
      <History path="/api/transfers/{id}/history" id={id} kind="transfer" />
    </RecordPage>
  );
}
