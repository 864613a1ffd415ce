import { timingSafeEqual } from 'node:crypto';
import type { FastifyRequest } from 'fastify';
import type { Actor } from '../context.ts';
import type { Deps } from '../deps.ts';
import { findActorByKey, findActorBySession } from '../modules/identity/index.ts';
import { dayOf } from '../shared/clock.ts';
import { AppError, forbidden, unauthorised } from '../shared/errors.ts';
import type { Limit } from './rate-limit.ts';

/** The cookie's name; the `__Host-` prefix pins it to this origin where the connection is secure. */
export const sessionCookie = (secure: boolean): string => (secure ? '__Host-shian' : 'shian');

/** The public: anybody who is not logged in. */
export const PUBLIC_ACTOR: Actor = {
  kind: 'public',
  id: 'public',
  name: 'public',
  bureauId: null,
  unitId: null,
  laboratoryId: null,
  roles: [],
  permissions: new Set(),
};

type Known = { actor: Actor; csrfToken: string | null; mustChangePassword: boolean; badKey?: boolean };

const NOBODY: Known = { actor: PUBLIC_ACTOR, csrfToken: null, mustChangePassword: false };

const SAFE_METHODS = new Set(['GET', 'HEAD', 'OPTIONS']);

/** Whether two secrets are the same, in a time that does not tell how much of them is. */
export function sameToken(a: string, b: string): boolean {
  const [left, right] = [Buffer.from(a), Buffer.from(b)];
  return left.length === right.length && timingSafeEqual(left, right);
}

/** Who calls: by `Authorization: Bearer <API key>`, else by the session cookie, else the public. */
async function identify(request: FastifyRequest, deps: Deps): Promise<Known> {
  const key = /^Bearer +(\S+)$/i.exec(request.headers.authorization ?? '')?.[1];
  if (key !== undefined) {
    const found = await findActorByKey(deps.db, key, dayOf(deps.now()));
    return found ? { ...NOBODY, actor: found.actor } : { ...NOBODY, badKey: true };
  }
  const token = request.cookies[sessionCookie(deps.config.secureCookies)];
  const limits = {
    idleMs: deps.config.sessionIdleMinutes * 60_000,
    absoluteMs: deps.config.sessionHours * 3_600_000,
  };
  const found = token
    ? await findActorBySession(deps.db, token, { ticks: deps.ticks(), day: dayOf(deps.now()) }, limits)
    : null;
  return found ?? NOBODY;
}

/** A cookie alone must not change anything: another site can send it too. */
function checkCsrf(request: FastifyRequest, csrfToken: string | null): void {
  if (csrfToken === null || SAFE_METHODS.has(request.method)) return;
  const sent = request.headers['x-csrf-token'];
  if (typeof sent !== 'string' || !sameToken(sent, csrfToken)) throw forbidden('auth.csrf');
}

type Needed = { permission: string; own?: string | undefined; also?: string | undefined };

function checkPermission(actor: Actor, { permission, own, also }: Needed): void {
  if (actor.kind === 'public') throw unauthorised();
  if (also !== undefined && !actor.permissions.has(also))
    throw forbidden('auth.forbidden', { permission: also });
  if (permission === 'session' || actor.permissions.has(permission)) return;
  if (own === undefined || !actor.permissions.has(own)) throw forbidden('auth.forbidden', { permission });
}

/** Where a password must be changed first, only what any session may do is open. */
const BEFORE_PASSWORD = 'session';

/** The caller of a request, once he has been counted and the route's permission has been checked. */
export async function authenticate(request: FastifyRequest, deps: Deps, limit: Limit): Promise<Actor> {
  const { permission, own, also } = request.routeOptions.config;
  if (permission === undefined) throw new AppError(404, 'request.no_route');
  const known = permission === 'public' ? NOBODY : await identify(request, deps);
  const { actor, csrfToken, mustChangePassword } = known;
  await limit(request, actor);
  if (permission === 'public') return actor;
  if (known.badKey) throw unauthorised('auth.key_unknown');
  checkPermission(actor, { permission, own, also });
  checkCsrf(request, csrfToken);
  if (mustChangePassword && permission !== BEFORE_PASSWORD) throw forbidden('auth.change_password_first');
  return actor;
}
