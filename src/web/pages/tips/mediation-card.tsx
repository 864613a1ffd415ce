import { Card, Tag } from 'antd';
import { useTranslation } from 'react-i18next';
import { ActionBar } from '../../components/action-bar.tsx';
import { stamp, word, yuan } from '../../components/format.ts';
import { Facts, prose } from '../../components/record-page.tsx';
import { type Mediation, MEDIATION_CORRECTIONS } from './mediation-acts.ts';

type Standing = NonNullable<Mediation['mediation']>;

function Challenge({ of }: { of: Standing['challenges'][number] }) {
  const { t } = useTranslation();
  const { askedBy, mediator, suspendedOn, reason, recused, decidedOn, decision } = of;
  return (
    <div>
      {suspendedOn} {word('word.mediationSide', askedBy)}：{mediator}（{reason}）{' '}
      {recused === null ? (
        <Tag color="warning">{t('tip.undecided')}</Tag>
      ) : (
        <>
          {decidedOn} <Tag>{t(recused ? 'tip.recused' : 'tip.notRecused')}</Tag> {decision}
        </>
      )}
    </div>
  );
}

function Testing({ of }: { of: Standing['tests'][number] }) {
  const { t } = useTranslation();
  return (
    <div>
      {word('word.exclusionCause', of.kind)} {of.fromOn}–
      {of.toOn ?? <Tag color="warning">{t('tip.underWay')}</Tag>} {of.institution}（
      {word('word.chosenBy', of.chosenBy)}）{of.tested}；{of.costShare} {of.result}
    </div>
  );
}

const ending = (of: Standing, t: (key: string) => string) => [
  { label: 'tip.settledOn', value: of.settledOn },
  { label: 'field.amount', value: of.settledOn && yuan(of.amountFen) },
  { label: 'field.agreement', value: prose(of.agreement), wide: true },
  {
    label: 'field.isWritten',
    value: of.isWritten === null ? null : t(`common.${of.isWritten ? 'yes' : 'no'}`),
  },
  { label: 'field.unwrittenGround', value: of.unwrittenGround && word('word.unwritten', of.unwrittenGround) },
  { label: 'field.mediationRecord', value: prose(of.record), wide: true },
  { label: 'tip.terminatedOn', value: of.terminatedOn },
  {
    label: 'field.ground',
    value:
      of.termination && `（${of.termination.ground}）${of.termination.text}（${of.termination.article}）`,
    wide: true,
  },
  { label: 'field.reasons', value: prose(of.reasons), wide: true },
  { label: 'tip.otherRoutes', value: of.termination?.otherRoutes, wide: true },
];

/** The mediation of a complaint: who agreed and mediates, what was tested, how it ended. */
export function MediationCard({ found }: { found: Mediation | undefined }) {
  const { t } = useTranslation();
  const of = found?.mediation;
  if (!of) return null;
  return (
    <Card
      size="small"
      title={t('tip.mediation')}
      extra={
        <ActionBar
          kind="mediation"
          subject={of}
          actions={of.allowedActions}
          acts={MEDIATION_CORRECTIONS}
          hasKeys={false}
        />
      }
    >
      <Facts
        facts={[
          { label: 'tip.startedOn', value: of.startedOn },
          { label: 'field.mediationMode', value: of.mode && word('word.mediationMode', of.mode) },
          { label: 'field.complainantAgreedOn', value: of.complainantAgreedOn },
          { label: 'field.respondentAgreedOn', value: of.respondentAgreedOn },
          { label: 'field.delegatedTo', value: of.delegatedTo },
          { label: 'field.mediators', value: of.mediators.join('、') },
          { label: 'field.meetAt', value: of.meetAt && stamp(of.meetAt) },
          { label: 'field.place', value: of.place },
          { label: 'field.phone', value: of.contactPhone },
          {
            label: 'tip.challenges',
            value:
              of.challenges.length > 0 && of.challenges.map((one) => <Challenge key={one.id} of={one} />),
            wide: true,
          },
          {
            label: 'tip.tests',
            value: of.tests.length > 0 && of.tests.map((one) => <Testing key={one.id} of={one} />),
            wide: true,
          },
          ...ending(of, t),
        ]}
      />
    </Card>
  );
}
