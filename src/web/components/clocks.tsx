import { ClockCircleOutlined } from '@ant-design/icons';
import { Card, Tag } from 'antd';
import { useTranslation } from 'react-i18next';
import type { RowOf } from '../api/types.ts';
import { isOpen } from './clock-acts.ts';
import { DaysLeft, Why } from './due.tsx';

export type Clock = RowOf<'/api/clocks'>;

function ClockLine({ clock }: { clock: Clock }) {
  const { t, i18n } = useTranslation();
  const isEn = i18n.language === 'en';
  return (
    <li className={`clock clock-${clock.state}`}>
      <Why clock={{ ...clock, ruleTitle: isEn ? clock.ruleTitleEn : clock.ruleTitle }}>
        <span className="clock-title">{isEn ? clock.ruleTitleEn : clock.ruleTitle}</span>
        <span className="clock-day">
          {clock.awaitingYear ? (
            t('clock.awaiting', { year: clock.awaitingYear })
          ) : (
            <b>{clock.targetOn ?? clock.rawOn}</b>
          )}
          {isOpen(clock) ? <DaysLeft days={clock.daysLeft} /> : <Tag>{t(`state.clock.${clock.state}`)}</Tag>}
          {clock.state === 'paused' && <Tag color="processing">{t('state.clock.paused')}</Tag>}
        </span>
        <span className="quiet">
          {clock.rule} · {isEn ? clock.articleEn : clock.article}
          {clock.extensions > 0 && ` · ${t('clock.extended', { count: clock.extensions })}`}
          {clock.exclusions > 0 && ` · ${t('clock.excluded', { count: clock.exclusions })}`}
        </span>
      </Why>
    </li>
  );
}

const List = ({ clocks }: { clocks: readonly Clock[] }) => (
  <ul className="clocks">
    {clocks
      .toSorted((a, b) => (a.targetOn ?? '9').localeCompare(b.targetOn ?? '9'))
      .map((clock) => (
        <ClockLine key={clock.id} clock={clock} />
      ))}
  </ul>
);

/** The limits of a thing: those that run, and, to be unfolded, those that are over. */
export function Clocks({ clocks }: { clocks: readonly Clock[] }) {
  const { t } = useTranslation();
  if (clocks.length === 0) return null;
  const done = clocks.filter((clock) => !isOpen(clock));
  return (
    <Card
      size="small"
      title={
        <>
          <ClockCircleOutlined /> {t('clock.title')}
        </>
      }
    >
      <List clocks={clocks.filter(isOpen)} />
      {done.length > 0 && (
        <details>
          <summary className="quiet">{t('clock.done', { count: done.length })}</summary>
          <List clocks={done} />
        </details>
      )}
    </Card>
  );
}
