import { FileDoneOutlined } from '@ant-design/icons';
import { Alert, Button, Card, Tag } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link, useNavigate, useParams } from 'react-router';
import { useApi } from '../../api/hooks.ts';
import type { AnswerOf } from '../../api/types.ts';
import { ActionBar } from '../../components/action-bar.tsx';
import { Attachments } from '../../components/attachments.tsx';
import { Clocks } from '../../components/clocks.tsx';
import { stamp, word } from '../../components/format.ts';
import { GoodsTable } from '../../components/goods-table.tsx';
import { History } from '../../components/history.tsx';
import { LinkButton } from '../../components/link-button.tsx';
import { Papers } from '../../components/papers.tsx';
import { Facts, Loading, RecordPage } from '../../components/record-page.tsx';
import { StateTag } from '../../components/state-tag.tsx';
import { useSession } from '../../session.tsx';
import { useMeasureItems } from '../goods/use-found-items.ts';
import { measureActs } from './measure-acts.tsx';
import { MeasureEnd } from './measure-end.tsx';

type Measure = AnswerOf<'/api/measures/{id}'>;

/** What is wrong with it, loudest first, and which of its four papers are missing. */
function Alarms({ measure }: { measure: Measure }) {
  const { t } = useTranslation();
  return (
    <>
      {measure.alarms.map(({ code, reason, gate, article }) => (
        <Alert
          key={code + reason}
          type="error"
          showIcon
          title={reason}
          description={[gate, article].filter(Boolean).join(' · ')}
        />
      ))}
      {measure.missing.length > 0 && measure.state === 'in_force' && (
        <Alert
          type="warning"
          showIcon
          title={t('measure.papersMissing')}
          description={measure.missing.map(({ form, article }) => `${form}（${article}）`).join('、')}
        />
      )}
    </>
  );
}

const yesNo = (value: boolean | null, t: (key: string) => string): string =>
  value === null ? '' : t(value ? 'common.yes' : 'common.no');

function MeasureFacts({ measure }: { measure: Measure }) {
  const { t } = useTranslation();
  const { sourceId, caseId, inspectionId } = measure;
  return (
    <Card size="small" title={t('measure.matter')}>
      <Facts
        facts={[
          { label: 'kind.party', value: <Link to={`/parties/${measure.partyId}`}>{measure.partyName}</Link> },
          { label: 'field.documentNumber', value: measure.number },
          { label: 'field.measurePlace', value: measure.place, wide: true },
          {
            label: 'field.suspectedAct',
            value: <span className="prose">{measure.suspectedAct}</span>,
            wide: true,
          },
          {
            label: 'field.measureReason',
            value: <span className="prose">{measure.reason}</span>,
            wide: true,
          },
          { label: 'field.executedAt', value: stamp(measure.executedAt) },
          { label: 'field.endsOn', value: measure.endsOn },
          { label: 'field.officerIds', value: measure.officers.map(({ name }) => name).join('、') },
          { label: 'measure.partyPresent', value: yesNo(measure.partyPresent, t) },
          { label: 'field.witnessName', value: measure.witnessName },
          { label: 'field.rightsTold', value: yesNo(measure.rightsTold, t) },
          { label: 'field.keepingPlace', value: measure.keepingPlace },
          { label: 'field.keepingConditions', value: measure.keepingConditions },
          { label: 'field.keeper', value: measure.keeper },
          { label: 'field.dwellingHandover', value: measure.dwellingHandover, wide: true },
          {
            label: 'field.totals',
            value: measure.totals
              .map(({ quantity, unit, items }) => `${quantity ?? items} ${unit ?? t('measure.premises')}`)
              .join('；'),
            wide: true,
          },
          { label: 'field.extensionReason', value: measure.extensionReason, wide: true },
          {
            label: 'kind.source',
            value: sourceId && <Link to={`/sources/${sourceId}`}>{measure.sourceNumber}</Link>,
          },
          {
            label: 'kind.case',
            value: caseId && <Link to={`/cases/${caseId}`}>{measure.caseNumber ?? t('common.look')}</Link>,
          },
          {
            label: 'kind.inspection',
            value: inspectionId && <Link to={`/inspections/${inspectionId}`}>{t('common.look')}</Link>,
          },
          { label: 'field.unitName', value: measure.unitName },
        ]}
      />
    </Card>
  );
}

/** What the head was asked, and what he answered. */
function Requests({ measure }: { measure: Measure }) {
  const { t } = useTranslation();
  if (measure.approvals.length === 0) return null;
  return (
    <Card size="small" title={t('nav.approvals')}>
      <ul className="lines">
        {measure.approvals.map(({ id, matter, state, afterTheFact, proposedAt, dueAt }) => (
          <li key={id}>
            <Link to={`/approvals/${id}`}>{word('word.matter', matter.replace('.', '_'))}</Link>{' '}
            <StateTag kind="approval" state={state} />
            {afterTheFact && <Tag color="warning">{t('approval.afterTheFact')}</Tag>}
            <div className="quiet">
              {stamp(proposedAt)}
              {state === 'proposed' && dueAt && ` · ${t('measure.askedUntil', { at: stamp(dueAt) })}`}
            </div>
          </li>
        ))}
      </ul>
    </Card>
  );
}

function Seals({ measure }: { measure: Measure }) {
  const { t } = useTranslation();
  if (measure.seals.length === 0) return null;
  return (
    <Card size="small" title={t('measure.seals')}>
      <ul className="lines">
        {measure.seals.map((seal) => (
          <li key={seal.number}>
            <b className="number">{seal.number}</b> {seal.place}{' '}
            <Tag color={seal.state === 'broken' ? 'error' : 'default'}>
              {t(`word.sealState.${seal.state}`)}
            </Tag>
            <div className="quiet">{stamp(seal.appliedAt)}</div>
          </li>
        ))}
      </ul>
    </Card>
  );
}

/** One measure: its power and when it ends, the goods and where they are, its four papers. */
export function MeasurePage() {
  const { t } = useTranslation();
  const { id = '' } = useParams();
  const { may } = useSession();
  const navigate = useNavigate();
  const { data: measure, error } = useApi('/api/measures/{id}', { path: { id } });
  const goods = useMeasureItems(id);
  if (!measure) return <Loading error={error} />;
  const title = `${word('word.measureKind', measure.kind)} ${measure.partyName}`;
  return (
    <RecordPage
      list={{ to: '/measures', label: 'nav.measures' }}
      number={title}
      title={title}
      tags={
        <>
          <StateTag kind="measure" state={measure.state} />
          {measure.mustRelease && <Tag color="error">{t('measure.mustRelease')}</Tag>}
        </>
      }
      voided={{ at: measure.voidedAt, reason: measure.voidReason }}
      actions={
        <div className="action-row">
          <ActionBar
            kind="measure"
            subject={measure}
            actions={measure.allowedActions}
            acts={measureActs}
            onDone={(action) => action.startsWith('execute') && void navigate(`/measures/${id}/papers`)}
          />
          {measure.executedAt && may('document.draft') && (
            <LinkButton to={`/measures/${id}/papers`} icon={<FileDoneOutlined />}>
              {t('scene.papers')}
            </LinkButton>
          )}
        </div>
      }
      aside={
        <>
          <Clocks clocks={measure.clocks} />
          <Papers kind="measure" id={id} />
          <Requests measure={measure} />
          <Seals measure={measure} />
        </>
      }
    >
      <Alarms measure={measure} />
      <MeasureFacts measure={measure} />
      <MeasureEnd measure={measure} />
      <GoodsTable
        items={goods.items}
        extra={
          goods.hasMore && (
            <Button size="small" onClick={goods.more}>
              {t('goods.more')}
            </Button>
          )
        }
      />
      <Attachments kind="measure" id={id} canAdd={may('measure.attach') && !measure.voidedAt} />
      <History path="/api/measures/{id}/history" id={id} kind="measure" />
    </RecordPage>
  );
}
