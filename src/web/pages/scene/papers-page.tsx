import { CheckCircleFilled, ExclamationCircleOutlined, PrinterOutlined } from '@ant-design/icons';
import { Alert, Button, Card, Spin } from 'antd';
import { lazy, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useParams } from 'react-router';
import { useApi } from '../../api/hooks.ts';
import { problemOf } from '../../api/problem.ts';
import type { AnswerOf } from '../../api/types.ts';
import { word } from '../../components/format.ts';
import { usePaperTitle } from '../../components/papers.tsx';
import { ProblemAlert } from '../../components/problem.tsx';
import { Loading } from '../../components/record-page.tsx';
import { ShareButton } from '../../components/share-button.tsx';
import { StateTag } from '../../components/state-tag.tsx';
import { Signatures } from '../documents/signatures.tsx';
import { SceneSteps } from './steps.tsx';
import { type Document, useDrawUp, useIssue, usePapers, type Wanted } from './use-papers.ts';

const PdfView = lazy(async () => ({ default: (await import('../documents/pdf-view.tsx')).PdfView }));

type Measure = AnswerOf<'/api/measures/{id}'>;

const fileOf = ({ id, state }: Document): string =>
  `/api/documents/${id}/${state === 'draft' ? 'preview' : 'content'}`;

/** One of the papers: what there is of it, and the ways to look at it and to print it. */
function Paper({ wanted, isOpen, onOpen }: { wanted: Wanted; isOpen: boolean; onOpen: () => void }) {
  const { t } = useTranslation();
  const titleOf = usePaperTitle();
  const { paper, form, kind } = wanted;
  const title = paper ? titleOf(paper) : word('word.paper', kind);
  const isIssued = paper?.state === 'issued';
  return (
    <li className="scene-paper">
      <div className="card-head">
        <span>
          {isIssued ? <CheckCircleFilled className="ok" /> : <ExclamationCircleOutlined className="lacks" />}{' '}
          <b>{paper ? <Link to={`/documents/${paper.id}`}>{title}</Link> : title}</b>{' '}
          <span className="quiet">{form}</span>
          <div className="quiet number">{paper?.number}</div>
        </span>
        {paper ? (
          <StateTag kind="document" state={paper.state} />
        ) : (
          <span className="quiet">{t('scene.noPaper')}</span>
        )}
      </div>
      {paper && paper.state !== 'issuing' && (
        <div className="action-row">
          <Button onClick={onOpen} aria-expanded={isOpen}>
            {t(isOpen ? 'scene.hidePaper' : 'scene.showPaper')}
          </Button>
          {isIssued && (
            <>
              <Button icon={<PrinterOutlined />} href={fileOf(paper)} target="_blank" rel="noreferrer">
                {t('document.print')}
              </Button>
              <ShareButton url={fileOf(paper)} name={`${paper.number ?? title}.pdf`} />
            </>
          )}
        </div>
      )}
      {paper && <Signatures id={paper.id} />}
      {isOpen && paper && (
        <Suspense fallback={<Spin className="waiting" />}>
          <PdfView url={fileOf(paper)} version={paper.version} />
        </Suspense>
      )}
    </li>
  );
}

/** The papers that are drawn up on the spot: the decision and its list. */
const ON_THE_SPOT = new Set(['measure-decision', 'item-list']);

/** Why a paper cannot be drawn up yet, and where that is done. */
function Hints({ measure, papers }: { measure: Measure; papers: readonly Wanted[] }) {
  const { t } = useTranslation();
  const lacks = (kind: string): boolean => papers.some((one) => one.kind === kind && !one.paper);
  return (
    <>
      {lacks('onsite-record') && measure.inspectionId && (
        <Alert
          type="info"
          showIcon
          title={t('scene.recordHint')}
          action={<Link to={`/inspections/${measure.inspectionId}`}>{t('common.look')}</Link>}
        />
      )}
      {lacks('matter-approval') && measure.approvalId && (
        <Alert
          type="info"
          showIcon
          title={t('scene.approvalHint')}
          action={<Link to={`/approvals/${measure.approvalId}`}>{t('common.look')}</Link>}
        />
      )}
    </>
  );
}

function Papers({ measure }: { measure: Measure }) {
  const { t } = useTranslation();
  const papers = usePapers(measure);
  const [open, setOpen] = useState<string>();
  const drawUp = useDrawUp();
  const issue = useIssue();
  const mine = papers.filter(({ kind }) => ON_THE_SPOT.has(kind));
  const drafts = mine.flatMap(({ paper }) => (paper?.state === 'draft' ? [paper] : []));
  const missing = mine.filter(({ paper }) => !paper);
  return (
    <>
      <ProblemAlert problem={problemOf(drawUp.error ?? issue.error)} />
      <Card size="small" title={t('scene.papers')}>
        <ul className="lines">
          {papers.map((wanted) => (
            <Paper
              key={wanted.kind}
              wanted={wanted}
              isOpen={open === wanted.kind}
              onOpen={() => setOpen(open === wanted.kind ? undefined : wanted.kind)}
            />
          ))}
        </ul>
      </Card>
      <Hints measure={measure} papers={papers} />
      <div className="scene-foot">
        {missing.length > 0 && (
          <Button
            type="primary"
            size="large"
            loading={drawUp.isPending}
            onClick={() => void drawUp.mutateAsync(missing).catch(() => undefined)}
          >
            {t('scene.drawUp')}
          </Button>
        )}
        {missing.length === 0 && drafts.length > 0 && (
          <Button
            type="primary"
            size="large"
            loading={issue.isPending}
            onClick={() => void issue.mutateAsync(drafts).catch(() => undefined)}
          >
            {t('scene.issue')}
          </Button>
        )}
        {missing.length + drafts.length === 0 && (
          <Link to={`/measures/${measure.id}`} className="quiet">
            {t('scene.toMeasure')}
          </Link>
        )}
      </div>
    </>
  );
}

/** The papers of a measure, drawn up, looked at, issued and printed on the spot. */
export function ScenePapersPage() {
  const { t } = useTranslation();
  const { id = '' } = useParams();
  const { data: measure, error } = useApi('/api/measures/{id}', { path: { id } });
  if (!measure) return <Loading error={error} />;
  return (
    <article className="scene-page">
      <header className="record-head">
        <Link to={`/measures/${id}`} className="quiet no-print">
          ← {word('word.measureKind', measure.kind)} {measure.partyName}
        </Link>
        <h1>{t('scene.papers')}</h1>
        {measure.inspectionId && <SceneSteps at="papers" inspectionId={measure.inspectionId} />}
      </header>
      {measure.executedAt ? (
        <Papers measure={measure} />
      ) : (
        <Alert type="warning" showIcon title={t('scene.notExecuted')} />
      )}
    </article>
  );
}
