import { Alert, Tag } from 'antd';
import { useTranslation } from 'react-i18next';
import type { AnswerOf } from '../../api/types.ts';

type Judgment = NonNullable<AnswerOf<'/api/samples/{id}'>['reports'][number]['labelJudgment']>;

const percent = (share: string | null): number => Math.max(0, Math.min(100, Number(share ?? 0)));

/** A result as printed, with its unit where the print leaves it out. */
export const withUnit = (printed: string, unit: string | null): string =>
  unit === null || printed.endsWith(unit) ? printed : `${printed} ${unit}`;

/** What was found beside what the label says: as a picture, with the words of the band. It flags, and decides nothing. */
export function LabelPicture({ judgment }: { judgment: Judgment }) {
  const { t, i18n } = useTranslation();
  const lang = i18n.language === 'en' ? 'en' : 'zh';
  const names = (keys: readonly string[]): string => keys.map((key) => t(`word.species.${key}`)).join('、');
  return (
    <div className="label-picture">
      <p>
        {t('sample.labelSays')} <b>{names(judgment.declared) || t('sample.nothingDeclared')}</b>
      </p>
      <ul>
        {judgment.findings.map((found) => (
          <li key={found.species} data-declared={found.declared}>
            <span className="species">{t(`word.species.${found.species}`)}</span>
            <span className="bar" aria-hidden>
              {found.share !== null && <i style={{ width: `${percent(found.share)}%` }} />}
            </span>
            <span className="share">
              {withUnit(found.printed, found.share === null ? null : found.unit)}
              {found.uncertainty && (
                <small className="quiet">
                  {' '}
                  U {found.uncertainty} {found.unit}
                  {found.coverageFactor && `, k = ${found.coverageFactor}`}
                </small>
              )}
            </span>
            <Tag color={found.declared ? 'success' : found.detected === false ? 'default' : 'error'}>
              {t(found.declared ? 'sample.declared' : 'sample.undeclared')}
            </Tag>
            {found.bandName && <Tag>{found.bandName[lang]}</Tag>}
          </li>
        ))}
      </ul>
      <Alert
        type={judgment.flag === 'differs' ? 'warning' : 'info'}
        showIcon
        title={judgment.sentence[lang]}
        description={
          judgment.warnings.map((warning) => t(`sample.warning.${warning}`)).join(' ') || undefined
        }
      />
    </div>
  );
}
