import { Empty } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { useApi } from '../../api/hooks.ts';
import { DueDay, Why } from '../../components/clocks.tsx';
import { word } from '../../components/format.ts';
import { LoadProblem } from '../../components/problem.tsx';
import { linkOf } from '../links.ts';

/** What is due, the most urgent first. */
export function WorkbenchPage() {
  const { t, i18n } = useTranslation();
  const { data, error } = useApi('/api/clocks', { query: { limit: 50 } });
  return (
    <>
      <h1>{t('nav.workbench')}</h1>
      <LoadProblem error={error} />
      {data?.items.length === 0 && <Empty description={t('workbench.nothing')} />}
      <ul className="due-list">
        {data?.items.map((clock) => (
          <li key={clock.id}>
            <Link to={linkOf(clock.subject)}>{word('kind', clock.subject.kind)}</Link>
            <Why
              clock={{ ...clock, ruleTitle: i18n.language === 'en' ? clock.ruleTitleEn : clock.ruleTitle }}
            >
              {i18n.language === 'en' ? clock.ruleTitleEn : clock.ruleTitle}
            </Why>
            <DueDay on={clock.targetOn} days={clock.daysLeft} />
          </li>
        ))}
      </ul>
    </>
  );
}
