import { BellOutlined } from '@ant-design/icons';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { useAttended } from '../api/attended.ts';
import { useApi } from '../api/hooks.ts';

const EVERY_MS = 60_000;
const MOST_SHOWN = 99;

/** How much he was told that he has not read; leads to it. */
export function Bell() {
  const { t } = useTranslation();
  const attended = useAttended();
  const { data } = useApi('/api/notifications/unread', attended ? { refetchInterval: EVERY_MS } : {});
  const unread = data?.unread ?? 0;
  const shown = unread > MOST_SHOWN ? `${MOST_SHOWN}+` : String(unread);
  const label = unread > 0 ? t('notification.bell', { unread: shown }) : t('nav.notifications');
  return (
    <Link to="/notifications" className="bell" aria-label={label} title={label}>
      <BellOutlined />
      {unread > 0 && <b>{shown}</b>}
    </Link>
  );
}
