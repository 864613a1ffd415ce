import i18n from 'i18next';
import { initReactI18next } from 'react-i18next';

type Texts = Record<string, unknown>;

const FILES = {
  zh: () => import('./i18n/zh.ts'),
  en: () => import('./i18n/en.ts'),
};

export type Locale = keyof typeof FILES;

const KEPT = 'shian.locale';

/** The language chosen last on this device; Chinese until then. */
export const keptLocale = (): Locale => (localStorage.getItem(KEPT) === 'en' ? 'en' : 'zh');

/** Loads the texts of a language and shows it from now on. */
export async function setLocale(locale: Locale): Promise<void> {
  const { texts } = (await FILES[locale]()) as { texts: Texts };
  i18n.addResourceBundle(locale, 'translation', texts, true, true);
  await i18n.changeLanguage(locale);
  localStorage.setItem(KEPT, locale);
  document.documentElement.lang = locale === 'zh' ? 'zh-CN' : 'en';
}

/** Begins with the language kept on this device. */
export async function startTexts(): Promise<void> {
  await i18n.use(initReactI18next).init({
    lng: keptLocale(),
    fallbackLng: false,
    resources: {},
    interpolation: { escapeValue: false, prefix: '{', suffix: '}' },
    returnNull: false,
  });
  await setLocale(keptLocale());
}
