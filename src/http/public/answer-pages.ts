import { hasText, type Locale, text } from '../../i18n/index.ts';
import type { Verification } from '../../modules/documents/index.ts';
import type { Followed } from '../../modules/tips/index.ts';
import { errorBox, field, type Html, html, layout, type PageError } from './html.ts';

const factsOf = (facts: readonly (readonly [string, string | null])[]): Html =>
  html`<dl>
    ${facts.map(([name, value]) =>
      value
        ? html`<dt>${name}</dt>
            <dd>${value}</dd>`
        : null,
    )}
  </dl>`;

/** The state in plain words; of a state without words of its own those that hold for all. */
function plainState(locale: Locale, { kind, state }: Followed): string {
  const key = `public.state.${kind}.${state}`;
  return text(locale, hasText(locale, key) ? key : `public.state.${state}`);
}

function followed(locale: Locale, found: Followed): Html {
  const t = (key: string): string => text(locale, `public.${key}`);
  const { refusal, told } = found;
  return html`<section aria-live="polite">
    <h2>${plainState(locale, found)}</h2>
    ${factsOf([
      [t('number'), found.number],
      [t('bureau'), found.bureauName],
      [t('receivedOn'), found.receivedOn],
      [t('refusal'), refusal && `${refusal.text}（${refusal.article}）`],
    ])}
    ${
      told.length === 0
        ? html`<p>${t('toldNothing')}</p>`
        : html`<h2>${t('told')}</h2>
            <ul>
              ${told.map(
                ({ about, way, on }) => html`<li>${on} ${t(`about.${about}`)}（${t(`way.${way}`)}）</li>`,
              )}
            </ul>`
    }
  </section>`;
}

/** Number and code are asked for, and how the matter stands is said. */
export function followPage(locale: Locale, found: Followed | null, errors: readonly PageError[]): string {
  const t = (key: string): string => text(locale, `public.${key}`);
  const main = html`<p>${t('followIntro')}</p>
    ${errorBox(locale, errors)} ${found ? followed(locale, found) : null}
    <form method="post" action="/follow?lang=${locale}" enctype="multipart/form-data">
      ${field({ name: 'number', label: t('number'), required: true, max: 40 }, '', undefined)}
      ${field({ name: 'code', label: t('code'), hint: t('codeHint'), required: true, max: 40 }, '', undefined)}
      <button>${t('look')}</button>
    </form>`;
  return layout(locale, '/follow', t('followTitle'), main);
}

function verified(locale: Locale, { status, paper }: Verification): Html {
  const t = (key: string): string => text(locale, `public.${key}`);
  return html`<section aria-live="polite">
    <h2>${text(locale, `document.verify.${status}`)}</h2>
    ${
      paper &&
      factsOf([
        [t('paperKind'), paper.title],
        [t('paperNumber'), paper.number],
        [t('bureau'), paper.bureau],
        [t('issuedOn'), paper.issuedOn],
      ])
    }
    ${status === 'unknown' ? null : html`<p class="note">${text(locale, 'document.verify.note')}</p>`}
  </section>`;
}

/** The code is asked for, and whether the paper is genuine is said; it repeats nothing of what was asked. */
export function verifyPage(
  locale: Locale,
  answer: Verification | null,
  errors: readonly PageError[] = [],
): string {
  const t = (key: string): string => text(locale, `public.${key}`);
  const main = html`${errorBox(locale, errors)}${answer ? verified(locale, answer) : null}
    <form method="get" action="/verify">
      <p>${t('verifyIntro')}</p>
      <input type="hidden" name="lang" value="${locale}" />
      ${field({ name: 'code', label: t('verifyCode'), required: true, max: 40 }, '', undefined)}
      <button>${t('verify')}</button>
    </form>`;
  return layout(locale, '/verify', text(locale, 'document.verify.title'), main);
}

/** A refusal without a form, such as too many tries. */
export const refusalPage = (locale: Locale, message: string): string =>
  layout(locale, '/report', text(locale, 'public.wrong'), html`<p role="alert">${message}</p>`);
