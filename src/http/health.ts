import { sql } from 'kysely';
import { collectDefaultMetrics, Histogram, Registry } from 'prom-client';
import { z } from 'zod';
import type { App } from '../context.ts';
import type { Deps } from '../deps.ts';
import { AppError, unauthorised } from '../shared/errors.ts';
import { sameToken } from './session.ts';

/** `/healthz`: the process lives. `/readyz`: it can serve. `/metrics`: Prometheus, guarded by METRICS_TOKEN. */
export function installHealth(app: App, deps: Deps): void {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const seconds = new Histogram({
    name: 'http_request_duration_seconds',
    help: 'Duration of HTTP requests by route and status',
    labelNames: ['method', 'route', 'status'],
    buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.3, 0.5, 1, 3],
    registers: [registry],
  });
  app.addHook('onResponse', async (request, reply) => {
    const route = request.routeOptions.url ?? 'none';
    seconds.observe(
      { method: request.method, route, status: String(reply.statusCode) },
      reply.elapsedTime / 1000,
    );
  });
  const Status = z.object({ status: z.literal('ok') });
  const config = { permission: 'public', rateLimit: false };
  app.get('/healthz', { config, schema: { response: { 200: Status } } }, async () => ({
    status: 'ok' as const,
  }));
  app.get('/readyz', { config, schema: { response: { 200: Status } } }, async () => {
    await sql`select 1`.execute(deps.db).catch(() => {
      throw new AppError(503, 'request.not_ready');
    });
    return { status: 'ok' as const };
  });
  app.get('/metrics', { config, schema: { hide: true } }, async (request, reply) => {
    checkMetricsToken(deps, request.headers.authorization);
    return reply.header('content-type', registry.contentType).send(await registry.metrics());
  });
}

const LOOPBACK = new Set(['127.0.0.1', '::1', 'localhost']);

/** With a token only its holder reads the figures; without one nobody outside: a public address shows none. */
function checkMetricsToken({ config }: Deps, authorization = ''): void {
  const { metricsToken } = config.secrets;
  if (metricsToken === undefined) {
    if (config.publicUrl !== null || !LOOPBACK.has(config.host)) throw new AppError(404, 'request.no_route');
    return;
  }
  if (!sameToken(authorization, `Bearer ${metricsToken}`)) throw unauthorised();
}
