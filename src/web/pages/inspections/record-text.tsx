import { useTranslation } from 'react-i18next';
import type { AnswerOf } from '../../api/types.ts';

type Inspection = AnswerOf<'/api/inspections/{id}'>;

const PARTS = [
  ['inspection.askIds', 'idsShownAnswer'],
  ['inspection.askRights', 'rightsToldAnswer'],
  ['field.findings', 'findings'],
  ['field.measuresTold', 'measuresTold'],
  ['field.partyStatement', 'partyStatement'],
  ['inspection.askTrue', 'closingAnswer'],
  ['field.refusalNote', 'refusalNote'],
] as const;

/** The on-site record as it is read back to the party, in the order of the form; what is not written yet is not there. */
export function RecordText({ inspection }: { inspection: Inspection }) {
  const { t } = useTranslation();
  const written = PARTS.filter(([, field]) => inspection[field]);
  if (written.length === 0) return <p className="quiet">{t('inspection.nothingWritten')}</p>;
  return (
    <dl className="read-back">
      {written.map(([label, field]) => (
        <div key={field}>
          <dt>{t(label)}</dt>
          <dd className="prose">{inspection[field]}</dd>
        </div>
      ))}
    </dl>
  );
}
