import { Card } from 'antd';
import { useTranslation } from 'react-i18next';
import type { AnswerOf } from '../../api/types.ts';
import { stamp, word } from '../../components/format.ts';
import { Facts, prose } from '../../components/record-page.tsx';
import { StateTag } from '../../components/state-tag.tsx';
import { Services } from './services.tsx';

type Hearing = AnswerOf<'/api/cases/{id}/hearings'>['hearings'][number];

const names = (people: readonly { name: string }[]): string => people.map(({ name }) => name).join('、');

/** One hearing: who asked, who leads it, when and where, what came of it. */
export function HearingCard({ of }: { of: Hearing }) {
  const { t } = useTranslation();
  return (
    <Card
      size="small"
      title={
        <>
          {t('penalty.hearing')} <StateTag kind="hearing" state={of.state} />
        </>
      }
    >
      <Facts
        facts={[
          { label: 'field.requestedBy', value: `${of.requestedBy} ${of.requestedOn}` },
          { label: 'field.request', value: prose(of.request), wide: true },
          { label: 'field.hostId', value: of.host?.name },
          { label: 'field.memberIds', value: names(of.members) },
          { label: 'field.recorderId', value: of.recorder?.name },
          { label: 'field.interpreter', value: of.interpreter },
          { label: 'field.handedOn', value: of.fileHandedOn },
          { label: 'field.heldAt', value: stamp(of.heldAt) },
          { label: 'field.hearingPlace', value: of.place },
          {
            label: 'field.isPublic',
            value: of.isPublic === null ? null : t(`common.${of.isPublic ? 'yes' : 'no'}`),
          },
          { label: 'field.closedReason', value: of.closedReason, wide: true },
          { label: 'field.servedOn', value: of.noticeServedOn },
          { label: 'field.announcedOn', value: of.announcedOn },
          {
            label: 'penalty.adjournments',
            value:
              of.adjournments.length > 0 &&
              of.adjournments.map(({ on, heldAt, place, reason }) => (
                <div key={on + heldAt}>
                  {on} → {stamp(heldAt)} {place} {reason}
                </div>
              )),
            wide: true,
          },
          { label: 'field.endedAt', value: stamp(of.endedAt) },
          {
            label: 'penalty.endedBy',
            value: of.endedBy && `${word('word.hearingEnd', of.endedBy)} ${of.endReason ?? ''}`,
          },
          { label: 'field.participants', value: of.participants, wide: true },
          { label: 'field.hearingRecord', value: prose(of.record), wide: true },
          { label: 'field.hearingReport', value: prose(of.report), wide: true },
          { label: 'field.hearingOpinion', value: prose(of.opinion), wide: true },
        ]}
      />
      <Services services={of.services} />
    </Card>
  );
}
