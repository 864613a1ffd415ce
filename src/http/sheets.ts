import type { FastifyRequest, RouteHandlerMethod, RouteOptions } from 'fastify';
import { z } from 'zod';
import type { App, Ctx } from '../context.ts';
import type { SheetOf } from '../db/list-schemas.ts';
import type { Page } from '../db/page.ts';
import type { Deps } from '../deps.ts';
import { wordOf } from '../i18n/words.ts';
import { dayOf } from '../shared/clock.ts';
import { AppError } from '../shared/errors.ts';
import { exportList } from './export-list.ts';

/** Who may take a list along, besides reading it. */
const PERMISSION = 'list.export';

const MEDIA_TYPE = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

/** The words of a list without those of its pages: a workbook has them all. */
function filtersOf(query: z.ZodObject): z.ZodObject {
  const { cursor: _cursor, limit: _limit, ...filters } = query.shape;
  return z.strictObject(filters);
}

function headersOf({ locale, now }: Ctx, list: string, { kind }: SheetOf): Record<string, string> {
  const name = `${wordOf(locale, 'kind', kind)}-${dayOf(now)}.xlsx`;
  const plain = `${list}-${dayOf(now)}.xlsx`;
  return {
    'content-type': MEDIA_TYPE,
    'content-disposition': `attachment; filename="${plain}"; filename*=UTF-8''${encodeURIComponent(name)}`,
  };
}

type Listed = { route: RouteOptions; sheet: SheetOf; busy: Set<string>; maxRows: number };

/** Reads pages through the list's own handler, under the request's own context. */
const readerOf =
  (app: App, { route, request }: { route: RouteOptions; request: FastifyRequest }) =>
  (page: object): Promise<Page<Record<string, unknown>>> => {
    const query = { ...(request.query as object), ...page };
    const ctx = { ...request.ctx, leaves: true };
    const asked = Object.create(request, { query: { value: query }, ctx: { value: ctx } }) as FastifyRequest;
    const read = route.handler as (this: App, req: FastifyRequest) => Promise<Page<Record<string, unknown>>>;
    return read.call(app, asked);
  };

function handlerOf(app: App, { route, sheet, busy, maxRows }: Listed): RouteHandlerMethod {
  const list = route.url.replace('/api/', '');
  return async (request, reply) => {
    const { ctx } = request;
    if (busy.has(ctx.actor.id)) throw new AppError(429, 'list.busy');
    busy.add(ctx.actor.id);
    try {
      const read = readerOf(app, { route, request });
      const filters = request.query as Record<string, unknown>;
      const file = await exportList(ctx, { list, sheet, filters, maxRows, read });
      file.once('close', () => busy.delete(ctx.actor.id));
      return await reply.headers(headersOf(ctx, list, sheet)).send(file);
    } catch (error) {
      busy.delete(ctx.actor.id);
      throw error;
    }
  };
}

/**
 * Every list whose route says how it looks in a sheet (`config.sheet`) can be taken along as a workbook, at its address
 * with `.xlsx`: by the same query, permission and scope, one at a time for each person.
 */
export function installSheets(app: App, { config }: Deps): void {
  const busy = new Set<string>();
  app.addHook('onRoute', (route) => {
    const { sheet, ...rest } = route.config ?? {};
    if (!sheet || route.method !== 'GET') return;
    app.route({
      method: 'GET',
      url: `${route.url}.xlsx`,
      exposeHeadRoute: false,
      config: { ...rest, also: PERMISSION },
      schema: { querystring: filtersOf(route.schema?.querystring as z.ZodObject) },
      handler: handlerOf(app, { route, sheet, busy, maxRows: config.exportMaxRows }),
    });
  });
}
