import { Card, Tag } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link, useNavigate, useParams } from 'react-router';
import { useApi } from '../../api/hooks.ts';
import type { AnswerOf } from '../../api/types.ts';
import { ActionBar } from '../../components/action-bar.tsx';
import { Attachments } from '../../components/attachments.tsx';
import { Clocks } from '../../components/clocks.tsx';
import { stamp, yuan } from '../../components/format.ts';
import { History } from '../../components/history.tsx';
import { nameIn, useTipLists } from '../../components/lists.ts';
import { Papers } from '../../components/papers.tsx';
import { Facts, Loading, RecordPage } from '../../components/record-page.tsx';
import { StateTag } from '../../components/state-tag.tsx';
import { useSession } from '../../session.tsx';
import { mediationActs, type Mediation } from './mediation-acts.ts';
import { MediationCard } from './mediation-card.tsx';
import { ReporterCard } from './reporter-card.tsx';
import { tipActs } from './tip-acts.ts';

type Tip = AnswerOf<'/api/tips/{id}'>;

const yesNo = (value: boolean | null, t: (key: string) => string): string =>
  value === null ? '' : t(value ? 'common.yes' : 'common.no');

function Told({ tip }: { tip: Tip }) {
  const { t } = useTranslation();
  if (tip.told.length === 0) return null;
  return (
    <Card size="small" title={t('tip.told')}>
      <ul className="lines">
        {tip.told.map(({ id, about, whom, way, toldAt, arrived }) => (
          <li key={id}>
            <b>{t(`word.toldAbout.${about}`)}</b>{' '}
            {whom === 'respondent' && <Tag>{t('word.mediationSide.respondent')}</Tag>}{' '}
            {t(`word.tellWay.${way}`)} <span className="quiet">{stamp(toldAt)}</span>
            {!arrived && <Tag color="error">{t('tip.notArrived')}</Tag>}
          </li>
        ))}
      </ul>
    </Card>
  );
}

function Links({ tip }: { tip: Tip }) {
  const { t } = useTranslation();
  const linked = [tip.splitFrom, tip.splitInto].filter((other) => other !== null);
  if (linked.length + tip.links.length + tip.sources.length === 0) return null;
  return (
    <Card size="small" title={t('tip.links')}>
      <ul className="lines">
        {tip.sources.map(({ id, number, state }) => (
          <li key={id}>
            <Link to={`/sources/${id}`}>
              {t('kind.source')} {number}
            </Link>{' '}
            <StateTag kind="source" state={state} />
          </li>
        ))}
        {linked.map(({ id, number, kind, state }) => (
          <li key={id}>
            <Link to={`/tips/${id}`}>
              {t(`word.tipKind.${kind}`)} {number}
            </Link>{' '}
            <StateTag kind="tip" state={state} />
          </li>
        ))}
        {tip.links.map(({ id, number, state, relation }) => (
          <li key={id}>
            <Link to={`/tips/${id}`}>{number}</Link> <Tag>{t(`word.tipLink.${relation}`)}</Tag>
            <StateTag kind="tip" state={state} />
          </li>
        ))}
      </ul>
    </Card>
  );
}

/** Proof of identity: what was asked for, until when, what came. */
function Identity({ asked }: { asked: Tip['identityRequests'][number] }) {
  const { t } = useTranslation();
  const { material, askedOn, dueOn, supplied, suppliedOn } = asked;
  return (
    <div>
      {t('tip.identityAsked', { material, askedOn, dueOn })}{' '}
      {suppliedOn === null ? (
        <Tag color="warning">{t('tip.identityWaiting')}</Tag>
      ) : (
        t('tip.identityCame', { supplied, suppliedOn })
      )}
    </div>
  );
}

function TipFacts({ tip }: { tip: Tip }) {
  const { t } = useTranslation();
  const lists = useTipLists();
  return (
    <Card size="small" title={t('tip.matter')}>
      <Facts
        facts={[
          {
            label: 'field.respondentName',
            value: tip.partyId ? (
              <Link to={`/parties/${tip.partyId}`}>{tip.respondentName}</Link>
            ) : (
              tip.respondentName
            ),
          },
          { label: 'field.respondentPhone', value: tip.respondentPhone },
          { label: 'field.respondentAddress', value: tip.respondentAddress, wide: true },
          { label: 'field.narrative', value: <span className="prose">{tip.narrative}</span>, wide: true },
          { label: 'field.demand', value: <span className="prose">{tip.demand}</span>, wide: true },
          { label: 'field.productName', value: tip.productName },
          { label: 'field.brand', value: tip.brand },
          { label: 'field.batchNo', value: tip.batchNo },
          { label: 'field.amount', value: yuan(tip.amountFen) },
          { label: 'field.boughtOn', value: tip.boughtOn },
          { label: 'field.boughtAt', value: tip.boughtAt },
          { label: 'field.platform', value: tip.platform },
          { label: 'field.orderNo', value: tip.orderNo },
          { label: 'field.channel', value: nameIn(lists?.channels, tip.channel) },
          { label: 'field.category', value: nameIn(lists?.categories, tip.category) },
          { label: 'field.receivedAt', value: stamp(tip.receivedAt) },
          { label: 'field.competentOn', value: tip.competentOn },
          {
            label: 'field.outsideNumbers',
            value: tip.outsideNumbers.map(({ id, system, number, theirState }) => (
              <div key={id}>
                {nameIn(lists?.systems, system)} {number} {theirState && <Tag>{theirState}</Tag>}
              </div>
            )),
          },
          { label: 'field.consentPublish', value: yesNo(tip.consentPublish, t) },
          { label: 'field.consentDelegate', value: yesNo(tip.consentDelegate, t) },
          { label: 'field.forwardedTo', value: tip.forwardedTo },
          { label: 'field.reportBy', value: tip.reportBy },
          { label: 'tip.endReason', value: tip.endReason, wide: true },
          tip.identityRequests.length > 0 && {
            label: 'tip.identity',
            value: tip.identityRequests.map((asked) => <Identity key={asked.id} asked={asked} />),
            wide: true,
          },
          tip.refusal && {
            label: 'tip.refusal',
            value: `${tip.refusal.text}（${tip.refusal.article}） ${tip.refusal.reasons}`,
            wide: true,
          },
        ]}
      />
    </Card>
  );
}

/** The mediation is done first, once there is something to mediate. */
const actionsOf = (tip: Tip, mediation: Mediation | undefined): Tip['allowedActions'] => [
  ...(mediation?.allowedActions ?? []),
  ...tip.allowedActions,
];

/** One tip: what was told, what is due, what may be done. */
export function TipPage() {
  const { t } = useTranslation();
  const { id = '' } = useParams();
  const navigate = useNavigate();
  const { may } = useSession();
  const { data: tip, error } = useApi('/api/tips/{id}', { path: { id } });
  const lists = useTipLists();
  const { data: mediation } = useApi('/api/tips/{id}/mediation', {
    path: { id },
    enabled: may('tip.read') && tip?.kind === 'complaint',
  });
  if (!tip) return <Loading error={error} />;
  const onDone = (action: string, result: unknown): void => {
    if (action === 'split') void navigate(`/tips/${(result as Tip).id}`);
    if (action === 'open_source') void navigate(`/sources/${(result as Tip).sources.at(-1)?.id}`);
  };
  return (
    <RecordPage
      list={{ to: '/tips', label: 'nav.tips' }}
      number={tip.number}
      title={`${t(`word.tipKind.${tip.kind}`)} ${tip.number}`}
      tags={<StateTag kind="tip" state={tip.state} />}
      voided={{ at: tip.voidedAt }}
      actions={
        <ActionBar
          kind="tip"
          subject={tip}
          actions={actionsOf(tip, mediation)}
          acts={{ ...mediationActs(mediation), ...tipActs(lists) }}
          onDone={onDone}
        />
      }
      aside={
        <>
          <Clocks clocks={tip.clocks} />
          <Papers kind="tip" id={id} />
          <Links tip={tip} />
        </>
      }
    >
      <TipFacts tip={tip} />
      <MediationCard found={mediation} />
      <ReporterCard tip={tip} />
      <Told tip={tip} />
      <Attachments kind="tip" id={id} canAdd={may('tip.attach') && !tip.voidedAt} />
      <History path="/api/tips/{id}/history" id={id} kind="tip" />
    </RecordPage>
  );
}
