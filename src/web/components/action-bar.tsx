import { DownOutlined, StopOutlined } from '@ant-design/icons';
import { Button, Dropdown, Popover } from 'antd';
import { lazy, Suspense, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useSearchParams } from 'react-router';
import type { Allowed } from '../api/types.ts';
import { type Act, actName, type Subject } from './act.ts';
import { useKeys } from './keys.tsx';

const ActDrawer = lazy(async () => ({ default: (await import('./act-drawer.tsx')).ActDrawer }));

/** Corrections: always there, never the next step. */
const ASIDE = new Set(['amend', 'void', 'assign', 'attach', 'replace']);

/** Not barred by a rule: another's to do, or not the turn of it. */
const NOT_HIS_TURN = new Set(['auth.forbidden', 'workflow.action_not_allowed']);

type Props = {
  /** `tip`: the first word of the texts and of the drafts. */
  kind: string;
  subject: Subject;
  actions: readonly Allowed[];
  acts: Record<string, Act>;
  onDone?: (action: string, result: unknown) => void;
  /** Corrections that are the next step here. */
  steps?: readonly string[];
  /** Acts that are no next step here, behind the corrections' button. */
  beside?: readonly string[];
  /** 1, 2, 3 … are its keys: the main bar of a page has them. */
  hasKeys?: boolean;
};

/** Why a step is barred now, and by which article. */
export function Barred({ kind, actions }: { kind: string; actions: readonly Allowed[] }) {
  const { t } = useTranslation();
  if (actions.length === 0) return null;
  const list = (
    <ul className="barred">
      {actions.map(({ action, reason, gate, article }) => (
        <li key={action}>
          <b>{t(`action.${actName(kind, action)}`)}</b>
          <span>{reason}</span>
          {(gate || article) && <small>{[gate, article].filter(Boolean).join(' · ')}</small>}
        </li>
      ))}
    </ul>
  );
  return (
    <Popover content={list} trigger="click" placement="bottomRight" title={t('common.barred')}>
      <Button type="text" icon={<StopOutlined />}>
        {t('common.barredCount', { count: actions.length })}
      </Button>
    </Popover>
  );
}

/** What may be done with a thing now, as the server says: the next step first, corrections behind one button. */
export function ActionBar({ kind, subject, actions, acts, onDone, ...props }: Props) {
  const { steps: named = [], beside = [], hasKeys = true } = props;
  const isAside = (action: string): boolean =>
    beside.includes(action) || (ASIDE.has(action) && !named.includes(action));
  const { t } = useTranslation();
  const [params, setParams] = useSearchParams();
  const [open, setOpen] = useState<string>();
  const asked = params.get('act');
  // The workbench leads to the act itself; the address then forgets it, so that a reload does not ask again.
  useEffect(() => {
    if (asked === null) return;
    if (actions.some(({ action, allowed }) => allowed && action === asked)) setOpen(asked);
    setParams(
      (old) => {
        old.delete('act');
        return old;
      },
      { replace: true },
    );
  }, [asked, actions, setParams]);
  const known = actions.filter(({ action }) => acts[action] !== undefined);
  const steps = known.filter(({ action, allowed }) => allowed && !isAside(action));
  const aside = known.filter(({ action, allowed }) => allowed && isAside(action));
  const barred = known.filter(({ allowed, code }) => !allowed && !NOT_HIS_TURN.has(code ?? ''));
  useKeys(
    steps.slice(0, hasKeys ? 9 : 0).map(({ action }, at) => ({
      keys: String(at + 1),
      label: `action.${actName(kind, action)}`,
      run: () => setOpen(action),
    })),
  );
  return (
    <div className="action-bar no-print" role="toolbar" aria-label={t('common.actions')}>
      {steps.map(({ action }, at) => (
        <Button key={action} type={at === 0 ? 'primary' : 'default'} onClick={() => setOpen(action)}>
          {t(`action.${actName(kind, action)}`)}
        </Button>
      ))}
      {aside.length > 0 && (
        <Dropdown
          trigger={['click']}
          menu={{
            items: aside.map(({ action }) => ({
              key: action,
              label: t(`action.${actName(kind, action)}`),
              danger: action === 'void',
            })),
            onClick: ({ key }) => setOpen(key),
          }}
        >
          <Button icon={<DownOutlined />} iconPlacement="end">
            {t('common.more')}
          </Button>
        </Dropdown>
      )}
      <Barred kind={kind} actions={barred} />
      {open && acts[open] && (
        <Suspense>
          <ActDrawer
            key={open}
            name={actName(kind, open)}
            act={acts[open]}
            subject={subject}
            onClose={() => setOpen(undefined)}
            onDone={(result) => onDone?.(open, result)}
          />
        </Suspense>
      )}
    </div>
  );
}
