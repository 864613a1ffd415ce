import type { FastifyInstance, FastifyRequest, FastifySchema, RouteOptions } from 'fastify';
import { z } from 'zod';
import type { Actor, Ctx, Idempotency } from '../context.ts';
import { contextOf, type Deps } from '../deps.ts';
import { localeOf } from '../i18n/index.ts';
import { AppError, badRequest } from '../shared/errors.ts';
import type { Limit } from './rate-limit.ts';
import { authenticate } from './session.ts';

const MAX_KEY = 200;
const WRITING = new Set(['POST', 'PUT', 'PATCH', 'DELETE']);
const MULTIPART = 'multipart/form-data';

/** Stands for the body of a route that takes none; the API's description leaves it out. */
export const NO_BODY = z.strictObject({}).nullish();
const NO_QUERY = z.strictObject({});

/** The request's promise to be a repeat, if it makes one; reads are harmless by themselves. */
function idempotencyOf(request: FastifyRequest, { actor, vault }: Ctx): Idempotency | null {
  const key = request.headers['idempotency-key'];
  // Strangers are all one actor: they cannot promise for each other.
  if (key === undefined || actor.kind === 'public' || !WRITING.has(request.method)) return null;
  if (typeof key !== 'string' || key.length === 0 || key.length > MAX_KEY) {
    throw badRequest('request.bad_header', { header: 'Idempotency-Key' });
  }
  const body = JSON.stringify([request.params, request.query, request.body ?? null]);
  return {
    key,
    route: `${request.method} ${request.routeOptions.url ?? ''}`,
    // Keyed: of a body that holds little but a telephone number a plain hash could be guessed.
    bodyHash: vault.lookup('idempotency', body).toString('hex'),
    replayed: false,
  };
}

/** The version the caller saw, from `If-Match: "7"`. */
function ifMatchOf(request: FastifyRequest): number | null {
  const header = request.headers['if-match'];
  if (header === undefined || header === '*') return null;
  const version = /^(?:W\/)?"?(\d{1,9})"?$/.exec(header)?.[1];
  if (version === undefined) throw badRequest('request.bad_header', { header: 'If-Match' });
  return Number(version);
}

function requestContext(request: FastifyRequest, actor: Actor, deps: Deps): Ctx {
  const ctx = contextOf(deps, actor, request.id);
  return {
    ...ctx,
    log: request.log,
    locale: localeOf(request.headers['accept-language']),
    idempotency: idempotencyOf(request, ctx),
    ifMatch: ifMatchOf(request),
    said: request.body ?? null,
  };
}

const methodsOf = (route: RouteOptions): string[] => [route.method].flat();

const nameOf = (route: RouteOptions): string => `${methodsOf(route).join()} ${route.url}`;

const takesFiles = (schema: FastifySchema | undefined): boolean =>
  schema?.consumes?.includes(MULTIPART) ?? false;

/** What a route does not declare it does not take: unknown words in a query and a body out of place are refused. */
function closeSchema(route: RouteOptions): void {
  const { schema = {} } = route;
  if (schema.hide) return;
  const takesBody = methodsOf(route).some((method) => WRITING.has(method)) && !takesFiles(schema);
  route.schema = { querystring: NO_QUERY, ...(takesBody ? { body: NO_BODY } : {}), ...schema };
}

/** The routes' promises, checked before the first request: who may call, and what the parts of the address may be. */
function checkRoutes(routes: RouteOptions[]): void {
  const open = routes.filter((route) => route.config?.permission === undefined);
  if (open.length > 0) throw new Error(`routes without a permission: ${open.map(nameOf).join(', ')}`);
  const loose = routes.filter((route) => /:/.test(route.url) && !route.schema?.params);
  if (loose.length > 0) throw new Error(`routes without a schema of params: ${loose.map(nameOf).join(', ')}`);
}

/** A form with files where none is taken would reach the route as no body at all. */
function checkMediaType(request: FastifyRequest): void {
  const isForm = request.headers['content-type']?.toLowerCase().startsWith(MULTIPART) ?? false;
  if (isForm && !takesFiles(request.routeOptions.schema)) {
    throw new AppError(415, 'request.unsupported_media_type');
  }
}

/** Headers every answer carries, or those with a version or a repeated answer. */
function installHeaders(app: FastifyInstance): void {
  app.addHook('onSend', async (request, reply, payload) => {
    if (request.ctx?.idempotency?.replayed) reply.header('idempotency-replayed', 'true');
    // The process is stopping: a connection kept alive would hold it up.
    if (!app.server.listening) reply.header('connection', 'close');
    // What people see of the records must not lie in a cache that others share.
    if (!reply.hasHeader('cache-control') && request.url.startsWith('/api/'))
      reply.header('cache-control', 'no-store');
    return payload;
  });
  app.addHook('preSerialization', async (_request, reply, payload: unknown) => {
    const version = (payload as { version?: unknown } | null)?.version;
    if (typeof version === 'number') reply.header('etag', `"${version}"`);
    return payload;
  });
}

/**
 * Gives each request its context: who (deny by default), when (the one clock, read once), under which promise.
 * A route that declares no permission stops the start-up.
 */
export function installContext(app: FastifyInstance, deps: Deps, limit: Limit): void {
  const routes: RouteOptions[] = [];
  app.addHook('onRoute', (route) => {
    closeSchema(route);
    routes.push(route);
  });
  app.addHook('onReady', async () => checkRoutes(routes));
  app.decorateRequest('ctx');
  const actors = new WeakMap<FastifyRequest, Actor>();
  app.addHook('onRequest', async (request, reply) => {
    reply.header('x-request-id', request.id);
    if (request.is404) return;
    actors.set(request, await authenticate(request, deps, limit));
    checkMediaType(request);
  });
  app.addHook('preHandler', async (request) => {
    const actor = actors.get(request);
    if (actor) request.ctx = requestContext(request, actor, deps);
  });
  installHeaders(app);
}
