import { Alert, Card, Tag } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link, useParams } from 'react-router';
import { useApi, useLines } from '../../api/hooks.ts';
import type { AnswerOf } from '../../api/types.ts';
import { ActionBar } from '../../components/action-bar.tsx';
import { Attachments } from '../../components/attachments.tsx';
import { Clocks } from '../../components/clocks.tsx';
import { stamp, word } from '../../components/format.ts';
import { GoodsTable } from '../../components/goods-table.tsx';
import { History } from '../../components/history.tsx';
import { Papers } from '../../components/papers.tsx';
import { Facts, Loading, RecordPage } from '../../components/record-page.tsx';
import { StateTag } from '../../components/state-tag.tsx';
import { useSession } from '../../session.tsx';
import { measureActs } from './measure-acts.ts';
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

function MeasureFacts({ measure }: { measure: Measure }) {
  const { t } = useTranslation();
  return (
    <Card size="small" title={t('measure.matter')}>
      <Facts
        facts={[
          { label: 'kind.party', value: <Link to={`/parties/${measure.partyId}`}>{measure.partyName}</Link> },
          { label: 'field.kind', value: word('word.measureKind', measure.kind) },
          { label: 'field.measurePlace', value: measure.place, wide: true },
          { label: 'field.suspectedAct', value: measure.suspectedAct, wide: true },
          { label: 'field.reason', value: measure.reason, wide: true },
          { label: 'field.keepingPlace', value: measure.keepingPlace },
          { label: 'field.keepingConditions', value: measure.keepingConditions },
          { label: 'field.keeper', value: measure.keeper },
          { label: 'field.witnessName', value: measure.witnessName },
          {
            label: 'field.totals',
            value: measure.totals
              .map(({ quantity, unit, items }) => `${quantity ?? items} ${unit ?? t('measure.premises')}`)
              .join('；'),
            wide: true,
          },
        ]}
      />
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
  const { data: measure, error } = useApi('/api/measures/{id}', { path: { id } });
  const goods = useLines('/api/measures/{id}/items', id);
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
      voided={{ at: measure.voidedAt }}
      actions={
        <ActionBar kind="measure" subject={measure} actions={measure.allowedActions} acts={measureActs} />
      }
      aside={
        <>
          <Clocks clocks={measure.clocks} />
          <Papers kind="measure" id={id} />
          <Seals measure={measure} />
        </>
      }
    >
      <Alarms measure={measure} />
      <MeasureFacts measure={measure} />
      <MeasureEnd measure={measure} />
      <GoodsTable items={goods.data ?? []} />
      <Attachments kind="measure" id={id} canAdd={may('measure.attach') && !measure.voidedAt} />
      <History path="/api/measures/{id}/history" id={id} kind="measure" />
    </RecordPage>
  );
}
