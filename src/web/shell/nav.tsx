import { MenuOutlined } from '@ant-design/icons';
import { Button, Drawer, Layout, Menu } from 'antd';
import { createElement, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useLocation, useNavigate } from 'react-router';
import { useKeys, useOpen } from '../components/keys.tsx';
import { mayOpen, type Page, PAGES } from '../pages/pages.tsx';
import { useSession } from '../session.tsx';
import { ICONS } from './icons.tsx';

const GROUPS = ['work', 'case', 'goods', 'paper', 'system'] as const;

type NavPage = Page & { nav: NonNullable<Page['nav']> };

const NAV_PAGES = PAGES.filter((page): page is NavPage => page.nav !== undefined);

function useNavPages(): NavPage[] {
  const { may } = useSession();
  return useMemo(() => NAV_PAGES.filter((page) => mayOpen(page, may)), [may]);
}

const iconOf = ({ nav }: NavPage) => createElement(ICONS[nav.icon]!);

/** The entry of the navigation a page belongs to: the longest address that it begins with. */
function useSelected(pages: NavPage[]): string {
  const { pathname } = useLocation();
  const above = pages.filter(({ path }) => path !== '/' && `${pathname}/`.startsWith(`${path}/`));
  return above.toSorted((a, b) => b.path.length - a.path.length)[0]?.path ?? (pathname === '/' ? '/' : '');
}

function NavMenu({ onGo }: { onGo?: () => void }) {
  const { t } = useTranslation();
  const pages = useNavPages();
  const selected = useSelected(pages);
  const items = GROUPS.map((group) => ({
    key: group,
    type: 'group' as const,
    label: t(`nav.group.${group}`),
    children: pages
      .filter(({ nav }) => nav.group === group)
      .map((page) => ({
        key: page.path,
        icon: iconOf(page),
        label: <Link to={page.path}>{t(`nav.${page.nav.key}`)}</Link>,
      })),
  })).filter(({ children }) => children.length > 0);
  return <Menu selectedKeys={[selected]} items={items} mode="inline" onClick={onGo ?? (() => undefined)} />;
}

/** The navigation of a desk, with `g` and a letter for the keyboard. */
export function SideNav() {
  const { t } = useTranslation();
  return (
    <Layout.Sider width={188} className="side no-print">
      <nav aria-label={t('nav.label')}>
        <NavMenu />
      </nav>
    </Layout.Sider>
  );
}

const LETTERS: Record<string, string> = {
  '/': 'w',
  '/tips/new': 'n',
  '/tips': 't',
  '/sources': 's',
  '/cases': 'c',
  '/parties': 'p',
  '/inspections': 'i',
  '/samples': 'l',
  '/measures': 'm',
  '/approvals': 'a',
  '/documents': 'd',
  '/referrals': 'r',
};

/** Binds `g` + letter for every page the person may open. */
export function useNavKeys(): void {
  const navigate = useNavigate();
  const pages = useNavPages().filter(({ path }) => LETTERS[path] !== undefined);
  useKeys([
    ...pages.map(({ path, nav }) => ({
      keys: `g ${LETTERS[path]}`,
      label: `nav.${nav.key}`,
      run: () => void navigate(path),
    })),
    { keys: 'g b', label: 'nav.notifications', run: () => void navigate('/notifications') },
  ]);
}

/** The navigation of a phone: four places under the thumb, and the rest behind one button. */
export function BottomNav() {
  const { t } = useTranslation();
  const pages = useNavPages();
  const selected = useSelected(pages);
  const [open, show, hide] = useOpen();
  return (
    <nav className="bottom-nav no-print" aria-label={t('nav.label')}>
      {pages.slice(0, 4).map((page) => (
        <Link key={page.path} to={page.path} aria-current={selected === page.path ? 'page' : undefined}>
          {iconOf(page)}
          <span>{t(`nav.${page.nav.key}`)}</span>
        </Link>
      ))}
      <Button type="text" onClick={show} icon={<MenuOutlined />}>
        {t('nav.more')}
      </Button>
      <Drawer open={open} onClose={hide} placement="left" size={260} title={t('shell.product')}>
        <NavMenu onGo={hide} />
      </Drawer>
    </nav>
  );
}
