import { Tabs } from 'antd';
import { lazy, Suspense } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate, useParams } from 'react-router';
import { useSession } from '../../session.tsx';

const TABS = [
  {
    key: 'users',
    may: 'user.create',
    Body: lazy(async () => ({ default: (await import('./users-tab.tsx')).UsersTab })),
  },
  {
    key: 'units',
    may: 'unit.create',
    Body: lazy(async () => ({ default: (await import('./units-tab.tsx')).UnitsTab })),
  },
  {
    key: 'roles',
    may: 'role.read',
    Body: lazy(async () => ({ default: (await import('./roles-tab.tsx')).RolesTab })),
  },
  {
    key: 'bureau',
    may: 'bureau.amend',
    Body: lazy(async () => ({ default: (await import('./bureau-tab.tsx')).BureauTab })),
  },
  {
    key: 'calendar',
    may: 'calendar.read',
    Body: lazy(async () => ({ default: (await import('./calendar-tab.tsx')).CalendarTab })),
  },
  {
    key: 'keys',
    may: 'api_key.read',
    Body: lazy(async () => ({ default: (await import('./keys-tab.tsx')).KeysTab })),
  },
];

/** What a bureau sets for itself, a tab each; the tab is in the address. */
export function SettingsPage() {
  const { t } = useTranslation();
  const { tab } = useParams();
  const { may } = useSession();
  const navigate = useNavigate();
  const open = TABS.filter((entry) => may(entry.may));
  const current = open.find(({ key }) => key === tab) ?? open[0];
  return (
    <>
      <h1>{t('nav.settings')}</h1>
      <Tabs
        {...(current ? { activeKey: current.key } : {})}
        onChange={(key) => void navigate(`/settings/${key}`)}
        items={open.map(({ key }) => ({ key, label: t(`settings.${key}`) }))}
      />
      <Suspense>{current && <current.Body />}</Suspense>
    </>
  );
}
