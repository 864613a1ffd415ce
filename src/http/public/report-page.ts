import { type Locale, text } from '../../i18n/index.ts';
import { errorBox, field, type Html, html, type Input, layout, type PageError } from './html.ts';

export type Kind = 'report' | 'complaint';

/** The form as it was sent, or empty. */
export type Form = {
  kind: Kind;
  formId: string;
  bureaus: readonly { id: string; name: string }[];
  values: ReadonlyMap<string, string>;
  errors: readonly PageError[];
};

type Words = (key: string) => string;

const wordsOf =
  (locale: Locale): Words =>
  (key) =>
    text(locale, `public.${key}`);

const respondent = (t: Words, isComplaint: boolean): Input[] => [
  {
    name: 'respondent.name',
    label: t('respondentName'),
    hint: t('respondentHint'),
    required: true,
    max: 200,
  },
  { name: 'respondent.address', label: t('respondentAddress'), required: isComplaint },
  { name: 'productName', label: t('productName'), max: 200 },
  {
    name: 'narrative',
    label: t('narrative'),
    hint: t('narrativeHint'),
    type: 'area',
    required: true,
    max: 20_000,
  },
];

const purchase = (t: Words): Input[] => [
  { name: 'demand', label: t('demand'), hint: t('demandHint'), type: 'area', required: true, max: 5000 },
  { name: 'boughtOn', label: t('boughtOn'), type: 'date', max: 10 },
  { name: 'boughtAt', label: t('boughtAt') },
  { name: 'platform', label: t('platform'), max: 200 },
  { name: 'orderNo', label: t('orderNo'), max: 100 },
];

const person = (t: Words, required: boolean): Input[] => [
  { name: 'reporter.name', label: t('reporterName'), required, autocomplete: 'name', max: 100 },
  { name: 'reporter.phone', label: t('reporterPhone'), type: 'tel', required, autocomplete: 'tel', max: 30 },
];

const address = (t: Words): Input[] => [
  { name: 'reporter.address', label: t('reporterAddress'), required: true, autocomplete: 'street-address' },
  { name: 'reporter.idNumber', label: t('reporterId'), hint: t('reporterIdHint'), max: 40 },
];

const check = (name: string, label: string, values: Form['values']): Html =>
  html`<label class="check"
    ><input type="checkbox" name="${name}" value="yes" ${values.has(name) ? html` checked` : null} />
    ${label}</label
  >`;

function bureauChoice(t: Words, { bureaus, values }: Form): Html | null {
  if (bureaus.length === 1) return html`<input type="hidden" name="bureauId" value="${bureaus[0]!.id}" />`;
  return html`<div class="field">
    <label for="bureauId">${t('bureau')}</label>
    <select id="bureauId" name="bureauId" required>
      <option value="">${t('choose')}</option>
      ${bureaus.map(
        ({ id, name }) =>
          html`<option value="${id}" ${values.get('bureauId') === id ? html` selected` : null}>
            ${name}
          </option>`,
      )}
    </select>
  </div>`;
}

const fileField = (t: Words): Html =>
  html`<div class="field">
    <label for="files">${t('files')}</label>
    <p class="hint" id="files-hint">${t('filesHint')}</p>
    <input
      type="file"
      id="files"
      name="files"
      multiple
      aria-describedby="files-hint"
      accept="image/*,.pdf,.doc,.docx"
    />
  </div>`;

// No stranger's puzzle: a field nobody sees, which programs fill in.
const trap = (t: Words): Html =>
  html`<div class="trap" aria-hidden="true">
    <label for="website">${t('trap')}</label>
    <input type="text" id="website" name="website" tabindex="-1" autocomplete="off" />
  </div>`;

const kinds = (t: Words, locale: Locale, kind: Kind): Html =>
  kind === 'report'
    ? html`<p>${t('reportIntro')} <a href="/report/complaint?lang=${locale}">${t('toComplaint')}</a></p>`
    : html`<p>${t('complaintIntro')} <a href="/report?lang=${locale}">${t('toReport')}</a></p>`;

/** The form of a report or a complaint, with what was typed and what is wrong with it. */
export function reportPage(locale: Locale, form: Form): string {
  const t = wordsOf(locale);
  const isComplaint = form.kind === 'complaint';
  const path = isComplaint ? '/report/complaint' : '/report';
  const show = (inputs: Input[]): Html[] =>
    inputs.map((input) =>
      field(
        input,
        form.values.get(input.name) ?? '',
        form.errors.find((error) => error.field === input.name)?.message,
      ),
    );
  const main = html`${kinds(t, locale, form.kind)} ${errorBox(locale, form.errors)}
    <form method="post" action="${path}?lang=${locale}" enctype="multipart/form-data" novalidate>
      <input type="hidden" name="formId" value="${form.formId}" />
      ${bureauChoice(t, form)} ${show(respondent(t, isComplaint))} ${isComplaint ? show(purchase(t)) : null}
      <h2>${t(isComplaint ? 'you' : 'youOptional')}</h2>
      <p class="note">${t('secrecy')}</p>
      ${show(person(t, isComplaint))} ${isComplaint ? show(address(t)) : null}
      ${isComplaint ? [check('consentPublish', t('consentPublish'), form.values), check('consentDelegate', t('consentDelegate'), form.values)] : null}
      ${trap(t)} ${fileField(t)}
      <p class="hint">${t('truth')}</p>
      <button>${t('send')}</button>
    </form>`;
  return layout(locale, path, t(isComplaint ? 'complaintTitle' : 'reportTitle'), main);
}

/** Number and code, shown this once. */
export function receiptPage(locale: Locale, { number, code }: { number: string; code: string }): string {
  const t = wordsOf(locale);
  const parts = code.replace(/(.{4})(?=.)/g, '$1-');
  const main = html`<p>${t('receiptIntro')}</p>
    <dl>
      <dt>${t('number')}</dt>
      <dd class="code">${number}</dd>
      <dt>${t('code')}</dt>
      <dd class="code">${parts}</dd>
    </dl>
    <p class="note">${t('receiptOnce')}</p>
    <p><a href="/follow?lang=${locale}">${t('nav.follow')}</a></p>`;
  return layout(locale, '/report', t('receiptTitle'), main);
}
