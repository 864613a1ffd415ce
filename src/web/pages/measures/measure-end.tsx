import { Card, Tag } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { AnswerOf } from '../../api/types.ts';
import { stamp } from '../../components/format.ts';
import { StateTag } from '../../components/state-tag.tsx';

type Measure = AnswerOf<'/api/measures/{id}'>;

/** How a measure ends: what was asked to be lifted, what became of it, and what was handed back to whom. */
export function MeasureEnd({ measure: { liftings, returns } }: { measure: Measure }) {
  const { t } = useTranslation();
  if (liftings.length + returns.length === 0) return null;
  return (
    <Card size="small" title={t('measure.end')}>
      <ul className="lines">
        {liftings.map(({ id, approvalId, state, groundText, reasons, items, liftedAt }) => (
          <li key={id}>
            <Link to={`/approvals/${approvalId}`}>{groundText}</Link>{' '}
            <Tag>{items ? t('measure.lines', { count: items.length }) : t('measure.whole')}</Tag>
            <StateTag kind="approval" state={state} />
            <p className="prose">{reasons}</p>
            {liftedAt && <div className="quiet">{t('measure.liftedAt', { at: stamp(liftedAt) })}</div>}
          </li>
        ))}
        {returns.map(({ id, returnedAt, receivedBy, documentId, paperNumber, remark }) => (
          <li key={id}>
            {t('measure.returnedTo', { name: receivedBy })}{' '}
            {documentId && <Link to={`/documents/${documentId}`}>{t('measure.returnPaper')}</Link>}{' '}
            {paperNumber && <span className="number">{paperNumber}</span>}
            {remark && <p className="prose">{remark}</p>}
            <div className="quiet">{stamp(returnedAt)}</div>
          </li>
        ))}
      </ul>
    </Card>
  );
}
