import { DownloadOutlined, PrinterOutlined } from '@ant-design/icons';
import { Alert, Button, Card } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link, useNavigate, useParams } from 'react-router';
import { useApi } from '../../api/hooks.ts';
import type { AnswerOf } from '../../api/types.ts';
import { ActionBar } from '../../components/action-bar.tsx';
import { stamp } from '../../components/format.ts';
import { usePaperTitle } from '../../components/papers.tsx';
import { Facts, Loading, RecordPage } from '../../components/record-page.tsx';
import { StateTag } from '../../components/state-tag.tsx';
import { linkOf } from '../links.ts';
import { documentActs } from './document-acts.ts';
import { PdfView } from './pdf-view.tsx';
import { Signatures } from './signatures.tsx';

type Paper = AnswerOf<'/api/documents/{id}'>;

const fileOf = ({ id, state }: Paper): string =>
  `/api/documents/${id}/${state === 'issued' || state === 'voided' ? 'content' : 'preview'}`;

/** What keeps a draft from being issued, each with the blank it is about. */
function Problems({ paper }: { paper: Paper }) {
  const { t } = useTranslation();
  if (paper.problems.length === 0) return null;
  return (
    <Alert
      type="warning"
      showIcon
      className="gap"
      title={t('document.lacks')}
      description={
        <ul className="lines">
          {paper.problems.map(({ field, message }) => (
            <li key={field + message}>{message}</li>
          ))}
        </ul>
      }
    />
  );
}

function PaperFacts({ paper }: { paper: Paper }) {
  const { t } = useTranslation();
  return (
    <Card size="small" title={t('document.about')}>
      <Facts
        facts={[
          { label: 'field.documentNumber', value: paper.number, wide: true },
          {
            label: 'field.subject',
            value: <Link to={linkOf(paper.subject)}>{t(`kind.${paper.subject.kind}`)}</Link>,
            wide: true,
          },
          { label: 'field.form', value: paper.form, wide: true },
          { label: 'field.issuedOn', value: paper.issuedOn, wide: true },
          { label: 'field.pages', value: paper.pages, wide: true },
          { label: 'field.createdAt', value: stamp(paper.createdAt), wide: true },
          {
            label: 'document.verify',
            value: paper.verifyUrl && <a href={paper.verifyUrl}>{t('document.verifyPage')}</a>,
            wide: true,
          },
          {
            label: 'document.hash',
            value: paper.contentHash && <code className="hash">{paper.contentHash}</code>,
            wide: true,
          },
        ]}
      />
      {!paper.layoutVerified && <Alert type="info" title={t('document.layoutNotVerified')} />}
    </Card>
  );
}

/** One paper: as it will be printed, what it lacks, and its way from draft to issued. */
export function DocumentPage() {
  const { t } = useTranslation();
  const { id = '' } = useParams();
  const navigate = useNavigate();
  const titleOf = usePaperTitle();
  const { data: paper, error } = useApi('/api/documents/{id}', { path: { id } });
  const blanks = useApi('/api/documents/{id}/blanks', { path: { id }, enabled: paper?.state === 'draft' });
  // Drawn by a worker after it was issued: a moment later it is there.
  useApi('/api/documents/{id}', { path: { id }, enabled: paper?.state === 'issuing', refetchInterval: 700 });
  if (!paper) return <Loading error={error} />;
  const file = fileOf(paper);
  const onDone = (action: string, result: unknown): void => {
    if (action === 'replace') void navigate(`/documents/${(result as Paper).id}`);
  };
  const acts = documentActs(paper, blanks.data?.items ?? []);
  return (
    <RecordPage
      list={{ to: '/documents', label: 'nav.documents' }}
      number={paper.number ?? titleOf(paper)}
      title={titleOf(paper)}
      tags={
        <>
          <StateTag kind="document" state={paper.state} />
          <span className="quiet number">{paper.number}</span>
        </>
      }
      voided={{ at: paper.voidedAt, reason: paper.voidReason }}
      actions={
        <div className="action-row">
          <ActionBar
            kind="document"
            subject={paper}
            actions={paper.allowedActions}
            acts={acts}
            steps={['amend']}
            onDone={onDone}
          />
          <Button icon={<PrinterOutlined />} href={file} target="_blank" rel="noreferrer">
            {t('document.print')}
          </Button>
          <Button icon={<DownloadOutlined />} href={file} download={`${paper.number ?? paper.kind}.pdf`}>
            {t('document.download')}
          </Button>
        </div>
      }
      aside={
        <>
          <Problems paper={paper} />
          <Signatures id={id} />
          <PaperFacts paper={paper} />
        </>
      }
    >
      <PdfView url={file} version={paper.version} />
    </RecordPage>
  );
}
