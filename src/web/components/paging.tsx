import { Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate, useSearchParams } from 'react-router';
import { useKeys } from './keys.tsx';

/** To the next page and back; the page is in the address. */
export function Pager({ next }: { next: string | null }) {
  const { t } = useTranslation();
  const [params, setParams] = useSearchParams();
  const navigate = useNavigate();
  const hasBefore = params.has('cursor');
  const go = (cursor: string): void =>
    setParams((old) => {
      old.set('cursor', cursor);
      return old;
    });
  useKeys([
    ...(next ? [{ keys: ']', label: 'common.next', run: () => go(next) }] : []),
    ...(hasBefore ? [{ keys: '[', label: 'common.previous', run: () => void navigate(-1) }] : []),
  ]);
  if (!next && !hasBefore) return null;
  return (
    <div className="pager no-print">
      <Button disabled={!hasBefore} onClick={() => void navigate(-1)}>
        {t('common.previous')}
      </Button>
      <Button disabled={!next} onClick={() => next && go(next)}>
        {t('common.next')}
      </Button>
    </div>
  );
}

/** Moves through rows by `j`, `k` and opens one by Enter. */
export function useRowKeys<R>(rows: readonly R[], to: ((row: R) => string) | undefined) {
  const [at, setAt] = useState(-1);
  const navigate = useNavigate();
  const move = (step: number): void => setAt((old) => Math.max(0, Math.min(rows.length - 1, old + step)));
  useKeys(
    to && rows.length > 0
      ? [
          { keys: 'j', label: 'common.down', run: () => move(1) },
          { keys: 'k', label: 'common.up', run: () => move(-1) },
          { keys: 'Enter', label: 'common.open', run: () => rows[at] && void navigate(to(rows[at])) },
        ]
      : [],
  );
  return at;
}
