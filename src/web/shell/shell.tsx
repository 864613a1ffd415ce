import { Layout, Spin, Watermark } from 'antd';
import { lazy, Suspense, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Outlet, useLocation } from 'react-router';
import { KeysProvider } from '../components/keys.tsx';
import { mayOpen, PAGES } from '../pages/pages.tsx';
import { useLook } from '../look.tsx';
import { type Me, useSession } from '../session.tsx';
import { stamp } from '../components/format.ts';
import { AwayBar, AwayPage } from './away.tsx';
import { ForbiddenPage } from './error-page.tsx';
import { Header } from './header.tsx';
import { KeyHelp } from './key-help.tsx';
import { BottomNav, SideNav } from './nav.tsx';
import { useNarrow } from './narrow.ts';

const LoginPage = lazy(async () => ({ default: (await import('./login-page.tsx')).LoginPage }));
const LoginAgain = lazy(async () => ({ default: (await import('./login-page.tsx')).LoginAgain }));
const PasswordPage = lazy(async () => ({ default: (await import('./password-page.tsx')).PasswordPage }));

const Waiting = () => (
  <div className="waiting" role="status">
    <Spin size="large" />
  </div>
);

const MINUTE_MS = 60_000;

/** Now, moving on each minute: for the watermark. */
function useMinute(): Date {
  const [now, setNow] = useState(() => new Date());
  useEffect(() => {
    const timer = setInterval(() => setNow(new Date()), MINUTE_MS);
    return () => clearInterval(timer);
  }, []);
  return now;
}

/** The page of the address where the person may open it. */
function Content() {
  const { i18n } = useTranslation();
  const { pathname } = useLocation();
  const { may } = useSession();
  const page = PAGES.find(({ path }) => matches(path, pathname));
  if (page && !mayOpen(page, may)) return <ForbiddenPage may={page.may ?? []} />;
  return (
    <Suspense fallback={<Waiting />}>
      {/* Words of the server come in the language they were asked in. */}
      <Outlet key={i18n.language} />
    </Suspense>
  );
}

const matches = (pattern: string, path: string): boolean =>
  new RegExp(`^${pattern.replace(/:\w+/g, '[^/]+')}$`).test(path);

/** Name and time stand behind every inner page: who photographs a screen leaves his own name on it. */
function Inner({ me }: { me: Me }) {
  const { mode } = useLook();
  const narrow = useNarrow();
  const now = useMinute();
  const color = mode === 'dark' ? 'rgba(255,255,255,0.055)' : 'rgba(0,0,0,0.06)';
  return (
    <Watermark
      content={[me.name, stamp(now)]}
      gap={[150, 130]}
      font={{ fontSize: 13, color }}
      className="house"
      // Hidden overflow would let nothing inside stand still while the page scrolls.
      style={{ overflow: 'clip' }}
    >
      <Layout className="house">
        <Header />
        <AwayBar />
        <Layout>
          {!narrow && <SideNav />}
          <Layout.Content className="content" id="page">
            <Content />
          </Layout.Content>
        </Layout>
        {narrow && <BottomNav />}
        <KeyHelp />
      </Layout>
    </Watermark>
  );
}

/** What is around every page: who is there, where he may go, what he may find. */
export function Shell() {
  const { status, me, expired } = useSession();
  const { t } = useTranslation();
  useEffect(() => void (document.title = t('shell.product')), [t]);
  if (status === 'loading') return <Waiting />;
  if (status === 'away') return <AwayPage />;
  return (
    <Suspense fallback={<Waiting />}>
      {me === null ? (
        <LoginPage />
      ) : me.mustChangePassword ? (
        <PasswordPage />
      ) : (
        <KeysProvider>
          <Inner me={me} />
          {expired && <LoginAgain />}
        </KeysProvider>
      )}
    </Suspense>
  );
}
