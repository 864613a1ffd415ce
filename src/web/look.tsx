import { App, ConfigProvider, theme, type ThemeConfig } from 'antd';
import enUS from 'antd/locale/en_US';
import zhCN from 'antd/locale/zh_CN';
import { createContext, type ReactNode, use, useEffect, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';

type Mode = 'light' | 'dark';
type Choice = { mode: Mode; setMode: (mode: Mode) => void };

const Context = createContext<Choice | null>(null);
const KEPT = 'shian.look';

/** Light or dark, kept on this device. */
export function useLook(): Choice {
  const choice = use(Context);
  if (!choice) throw new Error('no look around');
  return choice;
}

const first = (): Mode => {
  const kept = localStorage.getItem(KEPT);
  if (kept === 'light' || kept === 'dark') return kept;
  return matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light';
};

const FONTS =
  '"PingFang SC", "Microsoft YaHei", "Noto Sans SC", "Noto Sans CJK SC", "Source Han Sans SC", system-ui, sans-serif';

const themeOf = (mode: Mode): ThemeConfig => ({
  algorithm: mode === 'dark' ? theme.darkAlgorithm : theme.defaultAlgorithm,
  token: {
    motion: !matchMedia('(prefers-reduced-motion: reduce)').matches,
    colorPrimary: mode === 'dark' ? '#3fa695' : '#14665a',
    colorInfo: mode === 'dark' ? '#3fa695' : '#14665a',
    colorLink: mode === 'dark' ? '#5cc4b2' : '#0f5a4f',
    borderRadius: 6,
    fontFamily: FONTS,
    fontSize: 14,
    controlHeight: 34,
    // Grey that can still be read on the page's own grey.
    ...(mode === 'light'
      ? {
          colorTextSecondary: '#4a5553',
          colorTextTertiary: '#5d6967',
          colorTextDescription: '#55615f',
          colorTextPlaceholder: '#6b7674',
          colorBgLayout: '#f4f6f5',
          colorWarning: '#b35c00',
          colorError: '#c02626',
          colorSuccess: '#1d7a3f',
          colorPrimaryBg: '#e3f1ee',
          colorPrimaryBgHover: '#d3e9e4',
          colorSuccessBg: '#e8f5ec',
          colorSuccessBorder: '#b3dcc0',
          colorWarningBg: '#fff4e2',
          colorWarningBorder: '#f3cf9b',
          colorErrorBg: '#fdecec',
          colorErrorBorder: '#f2bcbc',
          colorInfoBg: '#e6f2f4',
          colorInfoBorder: '#b9dbe0',
          controlItemBgActive: '#e3f1ee',
          controlItemBgActiveHover: '#d3e9e4',
        }
      : { colorBgLayout: '#101413', colorTextTertiary: '#a3adab', colorTextDescription: '#a3adab' }),
  },
  components: {
    Table: { cellPaddingBlock: 9, cellPaddingInline: 12, headerBg: 'transparent', cellFontSize: 14 },
    Layout: { headerHeight: 52, siderBg: 'transparent', headerBg: 'transparent', bodyBg: 'transparent' },
    Menu: { itemHeight: 36, itemBg: 'transparent', activeBarBorderWidth: 0, itemMarginBlock: 2 },
    Descriptions: { itemPaddingBottom: 10 },
    Card: { headerFontSize: 15 },
  },
});

/** Colours, faces and the words of the components, in the chosen language. */
export function Look({ children }: { children: ReactNode }) {
  const { i18n } = useTranslation();
  const [mode, setMode] = useState<Mode>(first);
  useEffect(() => {
    document.documentElement.dataset['look'] = mode;
    document.documentElement.style.colorScheme = mode;
  }, [mode]);
  const choice = useMemo(
    () => ({
      mode,
      setMode: (next: Mode) => {
        localStorage.setItem(KEPT, next);
        setMode(next);
      },
    }),
    [mode],
  );
  return (
    <Context value={choice}>
      <ConfigProvider
        locale={i18n.language === 'en' ? enUS : zhCN}
        theme={themeOf(mode)}
        button={{ autoInsertSpace: false }}
      >
        <App>{children}</App>
      </ConfigProvider>
    </Context>
  );
}
