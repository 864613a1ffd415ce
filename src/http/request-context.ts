import { createHash } from 'node:crypto';
import type { FastifyInstance, FastifyRequest, RouteOptions } from 'fastify';
import type { Actor, Ctx, Idempotency } from '../context.ts';
import { contextOf, type Deps } from '../deps.ts';
import { localeOf } from '../i18n/index.ts';
import { badRequest } from '../shared/errors.ts';
import { authenticate } from './session.ts';

const MAX_KEY = 200;

/** The request's promise to be a repeat, if it makes one; reads are harmless by themselves. */
function idempotencyOf(request: FastifyRequest): Idempotency | null {
  const key = request.headers['idempotency-key'];
  if (key === undefined || request.method === 'GET') return null;
  if (typeof key !== 'string' || key.length === 0 || key.length > MAX_KEY) {
    throw badRequest('request.bad_header', { header: 'Idempotency-Key' });
  }
  const body = JSON.stringify([request.params, request.query, request.body ?? null]);
  return {
    key,
    route: `${request.method} ${request.routeOptions.url ?? ''}`,
    bodyHash: createHash('sha256').update(body).digest('hex'),
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
  return {
    ...contextOf(deps, actor, request.id),
    log: request.log,
    locale: localeOf(request.headers['accept-language']),
    idempotency: idempotencyOf(request),
    ifMatch: ifMatchOf(request),
  };
}

/**
 * Gives each request its context: who (deny by default), when (the one clock, read once), under which promise.
 * A route that declares no permission stops the start-up.
 */
export function installContext(app: FastifyInstance, deps: Deps): void {
  const routes: RouteOptions[] = [];
  app.addHook('onRoute', (route) => void routes.push(route));
  app.addHook('onReady', async () => {
    const open = routes.filter((route) => route.config?.permission === undefined);
    const names = open.map((route) => `${String(route.method)} ${route.url}`);
    if (names.length > 0) throw new Error(`routes without a permission: ${names.join(', ')}`);
  });
  app.decorateRequest('ctx');
  const actors = new WeakMap<FastifyRequest, Actor>();
  app.addHook('onRequest', async (request) => {
    if (request.is404) return;
    actors.set(request, await authenticate(request, deps));
  });
  app.addHook('preHandler', async (request) => {
    const actor = actors.get(request);
    if (actor) request.ctx = requestContext(request, actor, deps);
  });
  app.addHook('onSend', async (request, reply, payload) => {
    if (request.ctx?.idempotency?.replayed) reply.header('idempotency-replayed', 'true');
    return payload;
  });
  app.addHook('preSerialization', async (_request, reply, payload: unknown) => {
    const version = (payload as { version?: unknown } | null)?.version;
    if (typeof version === 'number') reply.header('etag', `"${version}"`);
    return payload;
  });
}
