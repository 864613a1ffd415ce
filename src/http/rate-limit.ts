import rateLimit, { normalizeIP } from '@fastify/rate-limit';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Actor } from '../context.ts';
import type { Deps } from '../deps.ts';
import { AppError } from '../shared/errors.ts';

/** Counts a request against whoever sent it; 429 with the seconds to wait. */
export type Limit = (request: FastifyRequest, actor: Actor) => Promise<void>;

// A provider gives a household 64 bits of IPv6.
const SUBNET = 64;

/**
 * The limit a minute: of a person or a machine by who they are, for a whole bureau may stand behind one address; of
 * everybody else by address. Each process counts for itself.
 */
export async function makeLimit(app: FastifyInstance, deps: Deps): Promise<Limit> {
  await app.register(rateLimit, { global: false });
  const senders = new WeakMap<FastifyRequest, string>();
  const count = app.createRateLimit({
    max: deps.config.rateLimitPerMinute,
    timeWindow: 60_000,
    keyGenerator: (request) => senders.get(request) ?? '',
  });
  return async (request, actor) => {
    if (request.routeOptions.config.rateLimit === false) return;
    senders.set(request, actor.kind === 'public' ? normalizeIP(request.ip, SUBNET) : actor.id);
    const counted = await count(request);
    if (counted.isAllowed || !counted.isExceeded) return;
    throw new AppError(429, 'request.too_many', { seconds: counted.ttlInSeconds });
  };
}
