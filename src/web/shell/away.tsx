import { Alert, Button } from 'antd';
import { onlineManager, useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { isAway } from '../api/problem.ts';
import { useSession } from '../session.tsx';
import { DeadEnd } from './dead-end.tsx';

const RETRY_MS = 3_000;

/** Whether the server answers; asked only while the last thing that was read did not arrive. */
function useAway(): boolean {
  const client = useQueryClient();
  const [away, setAway] = useState(false);
  useEffect(
    () =>
      client.getQueryCache().subscribe(({ query }) => {
        if (isAway(query.state.error) || isAway(query.state.fetchFailureReason)) setAway(true);
      }),
    [client],
  );
  useEffect(() => onlineManager.subscribe((online) => void (online || setAway(true))), []);
  useEffect(() => {
    if (!away) return undefined;
    const timer = setInterval(() => {
      void fetch('/healthz').then(
        ({ ok }) => {
          if (!ok) return;
          setAway(false);
          void client.invalidateQueries();
        },
        () => undefined,
      );
    }, RETRY_MS);
    return () => clearInterval(timer);
  }, [away, client]);
  return away;
}

/** Says that the line is away, that nothing typed is lost, and goes by itself once it is back. */
export function AwayBar() {
  const { t } = useTranslation();
  return useAway() ? <Alert banner type="warning" title={t('shell.awayBar')} /> : null;
}

/** What is shown where the server could not be asked who is there. */
export function AwayPage() {
  const { t } = useTranslation();
  const { reload } = useSession();
  useEffect(() => {
    const timer = setInterval(() => void reload(), RETRY_MS);
    return () => clearInterval(timer);
  }, [reload]);
  return (
    <DeadEnd sign="…" title={t('shell.away')} detail={t('shell.awayDetail')}>
      <Button onClick={() => void reload()}>{t('common.retry')}</Button>
    </DeadEnd>
  );
}
