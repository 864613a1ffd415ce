import {
  MoonOutlined,
  SearchOutlined,
  SunOutlined,
  TranslationOutlined,
  UserOutlined,
} from '@ant-design/icons';
import { Button, Dropdown, Input, type InputRef, Layout, Tooltip } from 'antd';
import { useQueryClient } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useNavigate } from 'react-router';
import { useKeys } from '../components/keys.tsx';
import { setLocale } from '../i18n.ts';
import { useLook } from '../look.tsx';
import { useMe, useSession } from '../session.tsx';
import { Bell } from './bell.tsx';
import { useNavKeys } from './nav.tsx';

function SearchBox() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const [text, setText] = useState('');
  const box = useRef<InputRef>(null);
  useKeys([{ keys: '/', label: 'shell.searchKey', run: () => box.current?.focus({ cursor: 'all' }) }]);
  const go = (): void => {
    if (text.trim().length > 0) void navigate(`/search?q=${encodeURIComponent(text.trim())}`);
  };
  return (
    <Input
      ref={box}
      className="search"
      value={text}
      onChange={(event) => setText(event.target.value)}
      onPressEnter={go}
      prefix={<SearchOutlined />}
      placeholder={t('shell.search')}
      aria-label={t('shell.search')}
      allowClear
    />
  );
}

function LanguageButton() {
  const { t, i18n } = useTranslation();
  const client = useQueryClient();
  const other = i18n.language === 'en' ? 'zh' : 'en';
  return (
    <Tooltip title={t('shell.language')}>
      <Button
        type="text"
        icon={<TranslationOutlined />}
        aria-label={`${t('shell.language')} ${other === 'zh' ? '中文' : 'EN'}`}
        onClick={() => void setLocale(other).then(() => client.invalidateQueries())}
      >
        <span className="wide">{other === 'zh' ? '中文' : 'EN'}</span>
      </Button>
    </Tooltip>
  );
}

function LookButton() {
  const { t } = useTranslation();
  const { mode, setMode } = useLook();
  return (
    <Tooltip title={t('shell.look')}>
      <Button
        type="text"
        icon={mode === 'dark' ? <SunOutlined /> : <MoonOutlined />}
        aria-label={t('shell.look')}
        onClick={() => setMode(mode === 'dark' ? 'light' : 'dark')}
      />
    </Tooltip>
  );
}

function PersonMenu() {
  const { t, i18n } = useTranslation();
  const me = useMe();
  const { logOut } = useSession();
  const navigate = useNavigate();
  const roles = me.roles.map(({ nameZh, nameEn }) => (i18n.language === 'en' ? nameEn : nameZh)).join(' · ');
  const items = [
    {
      key: 'who',
      label: `${me.unit?.name ?? me.laboratory?.name ?? me.bureau?.name ?? ''} ${roles}`,
      disabled: true,
    },
    ...me.standsFor.map(({ id, name }) => ({
      key: id,
      label: t('shell.standsFor', { name }),
      disabled: true,
    })),
    { type: 'divider' as const },
    { key: 'password', label: t('shell.changePassword'), onClick: () => void navigate('/me/password') },
    { key: 'out', label: t('shell.logOut'), onClick: () => void logOut(false) },
    { key: 'everywhere', label: t('shell.logOutEverywhere'), danger: true, onClick: () => void logOut(true) },
  ];
  return (
    <Dropdown menu={{ items }} trigger={['click']}>
      <Button type="text" icon={<UserOutlined />} className="person">
        {me.name}
      </Button>
    </Dropdown>
  );
}

/** Which house, who is in it, what he looks for, what has come in. */
export function Header() {
  const { t } = useTranslation();
  const me = useMe();
  useNavKeys();
  const house = me.bureau?.name ?? me.laboratory?.name ?? '';
  return (
    <Layout.Header className="header no-print">
      <a href="#page" className="skip">
        {t('shell.skip')}
      </a>
      <Link to="/" className="brand" aria-label={t('shell.product')}>
        <img src={new URL('../icon.svg', import.meta.url).href} alt="" width={26} height={26} />
        <span className="wide">{t('shell.product')}</span>
      </Link>
      <span className="bureau" title={house}>
        {house}
      </span>
      <SearchBox />
      <div className="tools">
        <Bell />
        <LanguageButton />
        <LookButton />
        <PersonMenu />
      </div>
    </Layout.Header>
  );
}
