import { Divider, Form } from 'antd';
import { useTranslation } from 'react-i18next';
import { useApi } from '../../api/hooks.ts';
import type { ActBody } from '../../components/act.ts';
import type { Field } from '../../components/fields.ts';
import { FormFields } from '../../components/form-fields.tsx';
import { FormRows } from '../../components/form-rows.tsx';
import { OTHER_PENALTIES } from './case-words.ts';
import { FineRows } from './fine-rows.tsx';

const OTHER: Field[] = [
  {
    name: 'kind',
    kind: 'choice',
    required: true,
    label: 'field.otherKind',
    words: { prefix: 'word.otherPenalty', values: OTHER_PENALTIES },
  },
  { name: 'text', kind: 'line', required: true, label: 'field.otherText' },
];

const BESIDE: Field[] = [
  { name: 'gainsFen', kind: 'yuan', help: 'penalty.gainsHelp' },
  { name: 'goodsFen', kind: 'yuan' },
  { name: 'goodsText', kind: 'text', rows: 2 },
  { name: 'orderToCorrect', kind: 'text', required: true, rows: 2 },
  { name: 'isListed', kind: 'yes' },
  { name: 'listingConsent', kind: 'line', when: ({ isListed }) => isListed === true },
  { name: 'afterCriminalFine', kind: 'yes' },
];

/** The punishment of a proposal: the fine of each act, what is confiscated, and what else. */
export const PenaltyBody: ActBody = ({ subject }) => {
  const { t } = useTranslation();
  const kind = Form.useWatch('kind') as string | undefined;
  const { data: track } = useApi('/api/cases/{id}/penalty', { path: { id: subject.id } });
  if (kind !== 'penalty' || !track) return null;
  return (
    <>
      <FineRows track={track} />
      <Divider titlePlacement="start">{t('penalty.beside')}</Divider>
      <FormFields fields={BESIDE} />
      <FormRows name="others" fields={OTHER} add="penalty.addOther" />
    </>
  );
};

/** The fines of a decision, as the notice told them or lower. */
export const DecisionBody: ActBody = ({ subject }) => {
  const outcome = Form.useWatch('outcome') as string | undefined;
  const { data: track } = useApi('/api/cases/{id}/penalty', { path: { id: subject.id } });
  if (outcome === 'sent_back' || !track) return null;
  return (
    <>
      <FineRows track={track} />
      <FormFields fields={[{ name: 'gainsFen', kind: 'yuan' }]} />
    </>
  );
};

const ATTENDEE: Field[] = [
  { name: 'name', kind: 'line', required: true, label: 'field.attendee' },
  { name: 'post', kind: 'line', required: true },
  { name: 'opinion', kind: 'line', required: true },
];

/** Who was there, and the opinion of each. */
export function AttendeesBody() {
  const { t } = useTranslation();
  return (
    <>
      <Divider titlePlacement="start">{t('field.attendees')}</Divider>
      <FormRows name="attendees" fields={ATTENDEE} add="penalty.addAttendee" />
    </>
  );
}
