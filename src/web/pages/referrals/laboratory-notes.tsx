import { Alert, Card, Tag } from 'antd';
import { useTranslation } from 'react-i18next';
import type { AnswerOf } from '../../api/types.ts';

type Note = AnswerOf<'/api/transfers/{id}'>['laboratoryReports'][number];

/** What laboratories reported in the matter, and what of it is a clue only (K24). */
export function LaboratoryNotes({ notes }: { notes: readonly Note[] }) {
  const { t } = useTranslation();
  if (notes.length === 0) return null;
  return (
    <Card size="small" title={t('referral.laboratory')}>
      {notes.map((note) => (
        <div key={note.id} className="gap">
          <b className="number">{note.number}</b>{' '}
          {note.shortcomings.length === 0 && <Tag color="success">{t('referral.carries')}</Tag>}
          {note.shortcomings.length > 0 && (
            <Alert
              type="warning"
              showIcon
              title={t('referral.clueOnly')}
              description={note.shortcomings
                .map((one) =>
                  Object.values(one)
                    .filter((part) => typeof part === 'string')
                    .join(' '),
                )
                .join('；')}
            />
          )}
        </div>
      ))}
    </Card>
  );
}
