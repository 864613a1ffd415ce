import { Button, Popover, Spin, Tag } from 'antd';
import { lazy, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { useApi } from '../api/hooks.ts';
import { useNarrow } from '../shell/narrow.ts';
import { Barred } from './action-bar.tsx';
import { type ClockDetail, isOpen } from './clock-acts.ts';

const ClockAct = lazy(async () => ({ default: (await import('./clock-act.tsx')).ClockAct }));

/** How a due day is coloured: past, within two days, calm. */
export const urgency = (daysLeft: number | null | undefined): 'error' | 'warning' | 'default' => {
  if (daysLeft === null || daysLeft === undefined) return 'default';
  if (daysLeft < 0) return 'error';
  return daysLeft <= 2 ? 'warning' : 'default';
};

/** Days left in words: overdue by three, due today, four left. */
export function DaysLeft({
  days,
  colour = urgency(days),
}: {
  days: number | null | undefined;
  colour?: ReturnType<typeof urgency>;
}) {
  const { t } = useTranslation();
  if (days === null || days === undefined) return null;
  const key = days < 0 ? 'clock.overdueBy' : days === 0 ? 'clock.today' : 'clock.left';
  return <Tag color={colour}>{t(key, { count: Math.abs(days) })}</Tag>;
}

type Due = {
  on: string | null | undefined;
  days?: number | null | undefined;
  /** As the server says, which counts working days; by natural days where it says nothing. */
  urgency?: 'overdue' | 'soon' | 'later' | null | undefined;
  title?: string | null | undefined;
};

const COLOUR = { overdue: 'error', soon: 'warning', later: 'default' } as const;

/** The due day of a row, with its colour; which limit it is, on hover. */
export function DueDay({ on, days, urgency: said, title }: Due) {
  if (!on) return <span className="quiet">—</span>;
  const colour = said ? COLOUR[said] : urgency(days);
  return (
    <span className={`due due-${colour}`} {...(title ? { title } : {})}>
      {on} <DaysLeft days={days} colour={colour} />
    </span>
  );
}

const WEEK = 7;

type Choose = (action: string) => void;

/** What may be done to a clock by hand, and the request for more time that waits. */
function ClockSteps({ clock, choose }: { clock: ClockDetail; choose: Choose }) {
  const { t } = useTranslation();
  const able = clock.allowedActions.filter(({ allowed }) => allowed);
  const barred = clock.allowedActions.filter(({ allowed, code }) => !allowed && code !== 'auth.forbidden');
  const { extensionWaiting: waiting } = clock;
  return (
    <>
      {waiting && (
        <p>
          <Link to={`/approvals/${waiting}`}>{t('clock.waiting')}</Link>
        </p>
      )}
      <div className="action-bar gap" role="toolbar" aria-label={t('common.actions')}>
        {able.map(({ action }) => (
          <Button key={action} size="small" onClick={() => choose(action)}>
            {t(`action.clock.${action}`)}
          </Button>
        ))}
        {isOpen(clock) && <Barred kind="clock" actions={barred} />}
      </div>
    </>
  );
}

/** Why a clock ends when it ends: in sentences, and day by day; and what may be done about it. */
function Explanation({ id, choose }: { id: string; choose: Choose }) {
  const { t } = useTranslation();
  const { data } = useApi('/api/clocks/{id}/explain', { path: { id } });
  const { data: clock } = useApi('/api/clocks/{id}', { path: { id } });
  if (!data || !clock) return <Spin />;
  return (
    <div className="explain">
      <ClockSteps clock={clock} choose={choose} />
      {data.sentences.map((sentence) => (
        <p key={sentence}>{sentence}</p>
      ))}
      {data.days.length > WEEK && <p className="quiet">{t('clock.dayByDay')}</p>}
      <ol>
        {data.days.map(({ day, counted, kind, text }) => (
          <li key={day} data-kind={kind} data-counted={counted}>
            <time>{day}</time>
            <span>{text}</span>
          </li>
        ))}
      </ol>
    </div>
  );
}

/** Opens the explanation on a click, a tap or with the keyboard; the form of an act takes its place. */
export function Why({
  clock,
  children,
}: {
  clock: { id: string; rule: string; ruleTitle: string };
  children: React.ReactNode;
}) {
  const [open, setOpen] = useState(false);
  const [action, setAction] = useState<string>();
  const narrow = useNarrow();
  const choose = (chosen: string): void => {
    setOpen(false);
    setAction(chosen);
  };
  return (
    <>
      <Popover
        trigger="click"
        open={open}
        onOpenChange={setOpen}
        title={`${clock.rule} ${clock.ruleTitle}`}
        content={open ? <Explanation id={clock.id} choose={choose} /> : null}
        placement={narrow ? 'bottom' : 'leftTop'}
      >
        <button type="button" className="plain">
          {children}
        </button>
      </Popover>
      {action && (
        <Suspense>
          <ClockAct id={clock.id} action={action} onClose={() => setAction(undefined)} />
        </Suspense>
      )}
    </>
  );
}
