import { Card, Tag } from 'antd';
import { useTranslation } from 'react-i18next';
import { word } from '../../components/format.ts';
import { Facts, prose } from '../../components/record-page.tsx';
import { StateTag } from '../../components/state-tag.tsx';
import type { Track } from './fine-rows.tsx';
import { punishment } from './money.tsx';
import { Services } from './services.tsx';

type Decision = Track['decisions'][number];

/** The heads' discussions, each with its opinions. */
function Discussions({ track }: { track: Track }) {
  const { t } = useTranslation();
  if (track.discussions.length === 0) return null;
  return (
    <Card size="small" title={t('penalty.discussions')}>
      <ul className="lines">
        {track.discussions.map((one) => (
          <li key={one.id}>
            <b>
              {one.heldOn} {t(`word.discussed.${one.about}`)}
            </b>{' '}
            {one.place} · {t('field.chair')} {one.chair} · {t('field.recorder')} {one.recorder}
            <ul className="sums">
              {one.attendees.map(({ name, post, opinion }) => (
                <li key={name + post}>
                  {name}（{post}）：{opinion}
                </li>
              ))}
            </ul>
            <p className="prose">{one.record}</p>
            <p>
              <b>{t('field.discussionConclusion')}</b> {one.conclusion}
            </p>
          </li>
        ))}
      </ul>
    </Card>
  );
}

/** What went up to the city level and what it answered. */
function Submissions({ track }: { track: Track }) {
  const { t } = useTranslation();
  if (track.submissions.length === 0) return null;
  return (
    <Card size="small" title={t('penalty.submissions')}>
      <ul className="lines">
        {track.submissions.map((one) => (
          <li key={one.submittedOn + (one.answeredOn ?? '')}>
            {one.submittedOn} {one.submittedTo}{' '}
            {one.outcome && <Tag>{word('word.cityOutcome', one.outcome)}</Tag>} {one.answeredOn}
            <div className="quiet">{[one.reason, one.answer].filter(Boolean).join(' → ')}</div>
          </li>
        ))}
      </ul>
    </Card>
  );
}

function OneDecision({ of }: { of: Decision }) {
  const { t } = useTranslation();
  return (
    <Card
      size="small"
      title={
        <>
          {word('word.decisionKind', of.kind)} <StateTag kind="decision" state={of.state} />
        </>
      }
      extra={<span className="number">{of.number}</span>}
    >
      <Facts
        facts={[
          { label: 'penalty.decidedOn', value: of.decidedOn },
          { label: 'field.decider', value: of.decider ?? t(`word.decidedBy.${of.decidedBy}`) },
          ...punishment(of),
          { label: 'field.treatment', value: prose(of.treatment), wide: true },
          { label: 'field.performance', value: of.performance, wide: true },
          { label: 'field.servedOn', value: of.servedOn },
          { label: 'penalty.payBy', value: of.payBy },
          { label: 'field.toldOfPublicity', value: of.toldOfPublicity && t('common.yes') },
        ]}
      />
      <Services services={of.services} />
    </Card>
  );
}

/** What was discussed, sent up and decided. */
export function DecisionCards({ track }: { track: Track }) {
  return (
    <>
      <Discussions track={track} />
      <Submissions track={track} />
      {track.decisions.toReversed().map((of) => (
        <OneDecision key={of.id} of={of} />
      ))}
    </>
  );
}
