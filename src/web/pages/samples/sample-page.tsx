import { Alert, Card, Tag } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link, useParams } from 'react-router';
import { useApi } from '../../api/hooks.ts';
import type { AnswerOf } from '../../api/types.ts';
import { ActionBar } from '../../components/action-bar.tsx';
import { Attachments } from '../../components/attachments.tsx';
import { stamp, word, yuan } from '../../components/format.ts';
import { History } from '../../components/history.tsx';
import { Papers } from '../../components/papers.tsx';
import { Facts, Loading, RecordPage } from '../../components/record-page.tsx';
import { StateTag } from '../../components/state-tag.tsx';
import { useSession } from '../../session.tsx';
import { ReportCard } from './report-card.tsx';
import { sampleActs } from './sample-acts.ts';

type Sample = AnswerOf<'/api/samples/{id}'>;

function LabelFacts({ sample }: { sample: Sample }) {
  const { t } = useTranslation();
  return (
    <Card size="small" title={t('sample.label')}>
      <Facts
        facts={[
          { label: 'field.productName', value: sample.productName },
          {
            label: 'field.declaredSpecies',
            value: sample.declaredSpecies.map((key) => t(`word.species.${key}`)).join('、'),
          },
          { label: 'field.brand', value: sample.brand },
          { label: 'field.spec', value: sample.spec },
          { label: 'field.batchNo', value: sample.batchNo },
          { label: 'field.madeOn', value: sample.madeOn },
          { label: 'field.shelfLife', value: sample.shelfLife },
          { label: 'field.standard', value: sample.standard },
          { label: 'field.producer', value: sample.producer },
          { label: 'field.producerAddress', value: sample.producerAddress },
          { label: 'field.labelNote', value: sample.labelNote, wide: true },
        ]}
      />
    </Card>
  );
}

function Taking({ sample }: { sample: Sample }) {
  const { t } = useTranslation();
  return (
    <Card size="small" title={t('sample.taking')}>
      <Facts
        facts={[
          { label: 'field.samplingPlace', value: sample.place },
          { label: 'field.sampledAt', value: stamp(sample.sampledAt) },
          { label: 'field.samplingMatter', value: sample.matter, wide: true },
          {
            label: 'field.samplingMethod',
            value: sample.methodStandard ?? word('word.samplingMethod', sample.method),
          },
          {
            label: 'field.baseQuantity',
            value: sample.baseQuantity && `${sample.baseQuantity} ${sample.unit}`,
          },
          { label: 'field.storageConditions', value: sample.storageConditions },
          { label: 'field.sealState', value: sample.sealState },
          { label: 'field.paid', value: yuan(sample.paidFen) },
          { label: 'field.onlineRecord', value: sample.onlineRecord, wide: true },
          { label: 'field.samplingProcess', value: sample.process, wide: true },
          { label: 'field.testRequest', value: sample.testRequest, wide: true },
          { label: 'field.remark', value: sample.remark, wide: true },
        ]}
      />
    </Card>
  );
}

/** Who had which portion when. */
function Custody({ sample }: { sample: Sample }) {
  const { t } = useTranslation();
  return (
    <Card size="small" title={t('sample.custody')}>
      <ul className="lines">
        {sample.portions.map(({ id, code, kind, quantity, unit, sealNumber, holder }) => (
          <li key={id}>
            <b className="number">{code}</b> {t(`word.portion.${kind}`)} {quantity} {unit}
            <div className="quiet">
              {sealNumber} · {word('word.holder', holder)}
            </div>
          </li>
        ))}
        {sample.custody.map((move) => (
          <li key={`${move.at}${move.portion}${move.to}`}>
            {/* Who receives it has it already; the line says in which state. */}
            {[...new Set([move.from, move.to])].map((who) => word('word.holder', who)).join(' → ')}{' '}
            {!move.sealIntact && <Tag color="error">{t('sample.sealBroken')}</Tag>}
            <div className="quiet">
              <span className="number">{move.portion}</span> {stamp(move.at)} {move.condition}
            </div>
          </li>
        ))}
      </ul>
    </Card>
  );
}

function Belongs({ sample }: { sample: Sample }) {
  const { t } = useTranslation();
  const links = [
    sample.sourceId && { to: `/sources/${sample.sourceId}`, label: t('kind.source') },
    sample.caseId && { to: `/cases/${sample.caseId}`, label: t('kind.case') },
    sample.inspectionId && { to: `/inspections/${sample.inspectionId}`, label: t('kind.inspection') },
    sample.partyId && { to: `/parties/${sample.partyId}`, label: t('kind.party') },
  ].filter((link): link is { to: string; label: string } => Boolean(link));
  if (links.length === 0) return null;
  return (
    <Card size="small" title={t('sample.belongs')}>
      <div className="action-row">
        {links.map(({ to, label }) => (
          <Link key={to} to={to}>
            {label}
          </Link>
        ))}
      </div>
    </Card>
  );
}

/** One sample: the label, the portions and where they are, and what the laboratory found. */
export function SamplePage() {
  const { t } = useTranslation();
  const { id = '' } = useParams();
  const { may, me } = useSession();
  const { data: sample, error } = useApi('/api/samples/{id}', { path: { id } });
  if (!sample) return <Loading error={error} />;
  return (
    <RecordPage
      list={{ to: '/samples', label: 'nav.samples' }}
      number={sample.number}
      title={`${sample.productName} ${sample.number}`}
      tags={
        <>
          <StateTag kind="sample" state={sample.state} />
          {sample.dueOn && (
            <Tag color={sample.overdue ? 'error' : 'default'}>
              {t('field.reportDueOn')} {sample.dueOn}
            </Tag>
          )}
        </>
      }
      voided={{ at: sample.voidedAt }}
      actions={<ActionBar kind="sample" subject={sample} actions={sample.allowedActions} acts={sampleActs} />}
      aside={
        <>
          <Custody sample={sample} />
          <Papers kind="sample" id={id} />
          <Belongs sample={sample} />
        </>
      }
    >
      {sample.rejectionReason && (
        <Alert
          type="error"
          showIcon
          title={t('state.sample.rejected')}
          description={sample.rejectionReason}
        />
      )}
      {sample.reports.toReversed().map((report) => (
        <ReportCard key={report.id} report={report} />
      ))}
      <LabelFacts sample={sample} />
      <Taking sample={sample} />
      <Attachments kind="sample" id={id} canAdd={may('sample.attach') && !sample.voidedAt} />
      {!me?.laboratory && <History path="/api/samples/{id}/history" id={id} kind="sample" />}
    </RecordPage>
  );
}
