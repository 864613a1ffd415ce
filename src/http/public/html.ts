import { type Locale, text } from '../../i18n/index.ts';

const ENTITIES: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Markup that is already safe. */
export type Html = { readonly html: string };

const markup = (value: unknown): string => {
  if (Array.isArray(value)) return value.map(markup).join('');
  if (value === null || value === undefined || value === false) return '';
  if (typeof value === 'object') return (value as Html).html;
  return String(value as string | number).replace(/[&<>"']/g, (character) => ENTITIES[character]!);
};

/** A template whose values cannot become markup, except those that are `Html` themselves. */
export const html = (strings: TemplateStringsArray, ...values: unknown[]): Html => ({
  html: strings.map((string, at) => string + (at < values.length ? markup(values[at]) : '')).join(''),
});

/** A page of the public: no script, one style sheet, in the language it was asked for. */
export function layout(locale: Locale, path: string, title: string, main: Html): string {
  const t = (key: string): string => text(locale, `public.${key}`);
  const other = locale === 'zh' ? 'en' : 'zh';
  const to = (page: string): string => `${page}?lang=${locale}`;
  return html`<!doctype html>
    <html lang="${locale === 'zh' ? 'zh-CN' : 'en'}">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="robots" content="noindex" />
        <title>${title} · ${t('product')}</title>
        <link rel="stylesheet" href="/public/public.css" />
      </head>
      <body>
        <header>
          <nav aria-label="${t('nav')}">
            <a href="${to('/report')}">${t('nav.report')}</a>
            <a href="${to('/follow')}">${t('nav.follow')}</a>
            <a href="${to('/verify')}">${t('nav.verify')}</a>
            <a href="${path}?lang=${other}" hreflang="${other}" lang="${other === 'zh' ? 'zh-CN' : 'en'}"
              >${other === 'zh' ? '中文' : 'English'}</a
            >
          </nav>
        </header>
        <main>
          <h1>${title}</h1>
          ${main}
        </main>
        <footer><p>${t('foot')}</p></footer>
      </body>
    </html> `.html;
}

/** What is wrong, at the head of the page, each with a way to its field. */
export type PageError = { field: string | null; message: string };

export const errorBox = (locale: Locale, errors: readonly PageError[]): Html | null =>
  errors.length === 0
    ? null
    : html`<div class="errors" role="alert">
        <h2>${text(locale, 'public.wrong')}</h2>
        <ul>
          ${errors.map(({ field, message }) =>
            field === null ? html`<li>${message}</li>` : html`<li><a href="#${field}">${message}</a></li>`,
          )}
        </ul>
      </div>`;

export type Input = {
  name: string;
  label: string;
  hint?: string;
  type?: 'text' | 'tel' | 'date' | 'area';
  required?: boolean;
  autocomplete?: string;
  max?: number;
};

type Named = { id: string; text: string | undefined; look: string };

const said = ({ id, text: words, look }: Named): Html | null =>
  words ? html`<p class="${look}" id="${id}">${words}</p>` : null;

const describedBy = (notes: readonly Named[]): Html | null => {
  const ids = notes.filter(({ text: words }) => words).map(({ id }) => id);
  return ids.length > 0 ? html` aria-describedby="${ids.join(' ')}"` : null;
};

const must = html` <span class="must" aria-hidden="true">*</span>`;

/** One field with its label, its hint and its error, each named to whoever does not see it. */
export function field(input: Input, value: string, error: string | undefined): Html {
  const { name, label, hint, type = 'text', required, autocomplete = 'off', max = 300 } = input;
  const notes = [
    { id: `${name}-hint`, text: hint, look: 'hint' },
    { id: `${name}-error`, text: error, look: 'error' },
  ];
  const named = html`id="${name}" name="${name}" autocomplete="${autocomplete}" maxlength="${max}"`;
  const marked = [required && html` required`, describedBy(notes), error && html` aria-invalid="true"`];
  const box =
    type === 'area'
      ? html`<textarea rows="5" ${named} ${marked}>${value}</textarea>`
      : html`<input type="${type}" value="${value}" ${named} ${marked} />`;
  return html`<div class="field">
    <label for="${name}">${label}${required && must}</label>
    ${notes.map(said)} ${box}
  </div>`;
}
