import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { normalizeIP } from '@fastify/rate-limit';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { App, Ctx } from '../context.ts';
import { type Locale, text } from '../i18n/index.ts';
import { verifyDocument } from '../modules/documents/index.ts';
import { followByCode, registerByPublic, RegisterTipBody } from '../modules/tips/index.ts';
import { AppError, unprocessable } from '../shared/errors.ts';
import { fieldErrors, fieldSentence, type Issue } from './field-errors.ts';
import { followPage, refusalPage, verifyPage } from './public/answer-pages.ts';
import type { PageError } from './public/html.ts';
import { type Form, type Kind, receiptPage, reportPage } from './public/report-page.ts';
import { discardFiles, readForm, type SentForm } from './public-form.ts';

const PAGE_QUERY = z.object({ lang: z.enum(['zh', 'en']).optional(), code: z.string().max(200).optional() });
const MOST_FILES = 5;
const TEN_MINUTES_MS = 600_000;
/** From one address in ten minutes: what a household may send in, and how often somebody mistypes a code. */
const REPORTS = 10;
const TRIES = 30;

type Query = z.infer<typeof PAGE_QUERY>;

const localeIn = (ctx: Ctx, { lang }: Query): Locale => lang ?? ctx.locale;

const send = (reply: FastifyReply, page: string, status = 200): FastifyReply =>
  reply.code(status).type('text/html; charset=utf-8').header('cache-control', 'no-store').send(page);

/** What was refused, as the page says it. */
function errorsOf(locale: Locale, error: AppError): PageError[] {
  const { errors = [], code, params } = error;
  if (errors.length === 0) return [{ field: null, message: text(locale, code, params) }];
  return errors.map((one) => ({ field: one.field, message: sentence(locale, one) }));
}

/** The field's own name stands before what is wrong with it. */
function sentence(locale: Locale, error: Parameters<typeof fieldSentence>[1] & { field: string }): string {
  const label = text(locale, `public.label.${error.field}`);
  const said = fieldSentence(locale, error);
  return label.startsWith('public.') ? said : `${label}${locale === 'zh' ? '：' : ': '}${said}`;
}

/** The address of the field in the body of a tip. */
const OF_TIP = ['narrative', 'demand', 'productName', 'boughtOn', 'boughtAt', 'platform', 'orderNo'] as const;
const OF_REPORTER = ['name', 'phone', 'address', 'idNumber'] as const;

const picked = (values: ReadonlyMap<string, string>, names: readonly string[], prefix = '') =>
  Object.fromEntries(
    names.flatMap((name) => {
      const value = values.get(prefix + name);
      return value === undefined ? [] : [[name, value]];
    }),
  );

/** Who reports without a name is anonymous, and may leave a telephone number all the same. */
function reporterOf(values: ReadonlyMap<string, string>, kind: Kind) {
  const reporter = picked(values, OF_REPORTER, 'reporter.');
  if (Object.keys(reporter).length === 0) return {};
  const anonymous = kind === 'report' && reporter['name'] === undefined;
  return { reporter: { ...reporter, anonymous } };
}

/** The tip of a form. 422 with each field that is wrong. */
function bodyOf({ values }: SentForm, kind: Kind): RegisterTipBody {
  const consents =
    kind === 'complaint'
      ? { consentPublish: values.has('consentPublish'), consentDelegate: values.has('consentDelegate') }
      : {};
  const body = {
    kind,
    channel: 'internet',
    ...picked(values, OF_TIP),
    ...consents,
    ...reporterOf(values, kind),
    respondent: picked(values, ['name', 'address'], 'respondent.'),
  };
  const parsed = RegisterTipBody.safeParse(body);
  if (parsed.success) return parsed.data;
  const errors = parsed.error.issues.flatMap(({ path, code, message, ...params }) => {
    const issue = { keyword: code, instancePath: `/${path.join('/')}`, params: { ...params }, message };
    return fieldErrors(issue as unknown as Issue, body);
  });
  throw unprocessable('request.invalid', {}, errors);
}

type RegisterTipBody = z.infer<typeof RegisterTipBody>;

const MOST_BUREAUS = 500;

const bureausOf = (ctx: Ctx): Promise<Form['bureaus'][number][]> =>
  ctx.db.selectFrom('bureaus').select(['id', 'name']).orderBy('areaCode').limit(MOST_BUREAUS).execute();

async function formPage(ctx: Ctx, locale: Locale, form: Partial<Form> & { kind: Kind }): Promise<string> {
  const bureaus = await bureausOf(ctx);
  return reportPage(locale, { formId: ctx.newId(), values: new Map(), errors: [], ...form, bureaus });
}

const Sent = z.object({ formId: z.uuid(), bureauId: z.uuid() });

async function takeReport(ctx: Ctx, sent: SentForm, kind: Kind) {
  const { values, files, refused } = sent;
  if (refused) throw refused;
  if (values.has('website')) throw unprocessable('public.trapped');
  const ids = Sent.safeParse(Object.fromEntries(values));
  if (!ids.success) {
    throw unprocessable('public.no_bureau', {}, [{ field: 'bureauId', code: 'field.required' }]);
  }
  return registerByPublic(ctx, { ...ids.data, body: bodyOf(sent, kind), files });
}

type Count = (request: FastifyRequest) => Promise<void>;

function counter(app: App, max: number): Count {
  const count = app.createRateLimit({
    max,
    timeWindow: TEN_MINUTES_MS,
    keyGenerator: (request) => normalizeIP(request.ip, 64),
  });
  return async (request) => {
    const counted = await count(request);
    if (!counted.isAllowed && counted.isExceeded)
      throw new AppError(429, 'request.too_many', { seconds: counted.ttlInSeconds });
  };
}

function reportRoutes(app: App, count: Count): void {
  const config = { permission: 'public' };
  for (const [url, kind] of [
    ['/report', 'report'],
    ['/report/complaint', 'complaint'],
  ] as const) {
    app.get(url, { config, schema: { hide: true, querystring: PAGE_QUERY } }, async (req, reply) =>
      send(reply, await formPage(req.ctx, localeIn(req.ctx, req.query), { kind })),
    );
    const schema = { hide: true, querystring: PAGE_QUERY, consumes: ['multipart/form-data'] };
    app.post(url, { config, schema }, async (req, reply) => {
      const locale = localeIn(req.ctx, req.query);
      const ctx = { ...req.ctx, locale };
      await count(req);
      const sent = await readForm(req, ctx, MOST_FILES);
      try {
        return await send(reply, receiptPage(locale, await takeReport(ctx, sent, kind)), 201);
      } catch (error) {
        if (!(error instanceof AppError) || error.status >= 500) throw error;
        await discardFiles(ctx, sent);
        const { values } = sent;
        const formId = values.get('formId') ?? ctx.newId();
        const page = { kind, values, formId, errors: errorsOf(locale, error) };
        return send(reply, await formPage(ctx, locale, page), error.status);
      }
    });
  }
}

function followRoutes(app: App, count: Count): void {
  const config = { permission: 'public' };
  app.get('/follow', { config, schema: { hide: true, querystring: PAGE_QUERY } }, async (req, reply) =>
    send(reply, followPage(localeIn(req.ctx, req.query), null, [])),
  );
  const schema = { hide: true, querystring: PAGE_QUERY, consumes: ['multipart/form-data'] };
  app.post('/follow', { config, schema }, async (req, reply) => {
    const locale = localeIn(req.ctx, req.query);
    await count(req);
    const { values } = await readForm(req, req.ctx, 0);
    const asked = { number: values.get('number') ?? '', code: values.get('code') ?? '' };
    const found = await followByCode({ ...req.ctx, locale }, asked);
    if (found) return send(reply, followPage(locale, found, []));
    const errors = [{ field: 'number', message: text(locale, 'public.not_found') }];
    return send(reply, followPage(locale, null, errors), 404);
  });
}

function verifyRoutes(app: App, count: Count): void {
  const config = { permission: 'public' };
  const answer = async (req: FastifyRequest, reply: FastifyReply, locale: Locale, code: string) => {
    await count(req);
    return send(reply, verifyPage(locale, await verifyDocument({ ...req.ctx, locale }, code)));
  };
  app.get('/verify', { config, schema: { hide: true, querystring: PAGE_QUERY } }, async (req, reply) => {
    const { code } = req.query;
    const locale = localeIn(req.ctx, req.query);
    return code === undefined ? send(reply, verifyPage(locale, null)) : answer(req, reply, locale, code);
  });
  const params = z.object({ code: z.string().max(200) });
  app.get(
    '/v/:code',
    { config, schema: { hide: true, params, querystring: PAGE_QUERY } },
    async (req, reply) => answer(req, reply, localeIn(req.ctx, req.query), req.params.code),
  );
}

/** What the public comes for: plain pages without a script, for any telephone. */
export async function publicPages(app: App): Promise<void> {
  const style = readFileSync(join(import.meta.dirname, 'public/public.css'));
  await app.register(async (plain) => {
    const pages = plain as unknown as App;
    // Here a refusal is a page, too.
    pages.setErrorHandler((error, request, reply) => {
      if (!(error instanceof AppError)) throw error;
      const locale = PAGE_QUERY.safeParse(request.query).data?.lang ?? request.ctx.locale;
      return send(reply, refusalPage(locale, text(locale, error.code, error.params)), error.status);
    });
    pages.get(
      '/public/public.css',
      { config: { permission: 'public' }, schema: { hide: true } },
      async (_request, reply) =>
        reply.type('text/css; charset=utf-8').header('cache-control', 'no-cache').send(style),
    );
    reportRoutes(pages, counter(pages, REPORTS));
    const tries = counter(pages, TRIES);
    followRoutes(pages, tries);
    verifyRoutes(pages, tries);
  });
}
