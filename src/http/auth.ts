import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { App, Routes } from '../context.ts';
import type { Deps } from '../deps.ts';
import {
  changePassword,
  ChangePasswordBody,
  logIn,
  LogInBody,
  logOut,
  logOutEverywhere,
  MeView,
  setUp,
  SetUpBody,
  whoAmI,
} from '../modules/identity/index.ts';
import { sessionCookie } from './session.ts';

const LoggedIn = z.object({ csrfToken: z.string(), mustChangePassword: z.boolean() });

// To be replaced or cleared a cookie must be named in the same terms it was set in.
const cookieOf = ({ config }: Deps) =>
  ({ path: '/', httpOnly: true, secure: config.secureCookies, sameSite: 'strict' }) as const;

function setCookie(reply: FastifyReply, deps: Deps, token: string): void {
  const { secureCookies, sessionHours } = deps.config;
  reply.setCookie(sessionCookie(secureCookies), token, { ...cookieOf(deps), maxAge: sessionHours * 3600 });
}

const clearCookie = (reply: FastifyReply, deps: Deps): void =>
  void reply.clearCookie(sessionCookie(deps.config.secureCookies), cookieOf(deps));

const tokenOf = (request: FastifyRequest, deps: Deps): string =>
  request.cookies[sessionCookie(deps.config.secureCookies)] ?? '';

/** Log-in and log-out: what needs the cookie and the monotonic clock, which no use case sees. */
export function authRoutes(deps: Deps): Routes {
  return (app: App) => {
    app.post(
      '/api/login',
      { config: { permission: 'public' }, schema: { body: LogInBody, response: { 200: LoggedIn } } },
      async (request, reply) => {
        const from = {
          ip: request.ip,
          userAgent: request.headers['user-agent'] ?? null,
          ticks: deps.ticks(),
        };
        const session = await logIn(request.ctx, request.body, from);
        setCookie(reply, deps, session.token);
        return { csrfToken: session.csrfToken, mustChangePassword: session.mustChangePassword };
      },
    );
    app.post('/api/logout', { config: { permission: 'session' } }, async (request, reply) => {
      await logOut(request.ctx, tokenOf(request, deps));
      clearCookie(reply, deps);
      return reply.code(204).send();
    });
    const Ended = z.object({ ended: z.number() });
    app.post(
      '/api/logout-everywhere',
      { config: { permission: 'session' }, schema: { response: { 200: Ended } } },
      async (request, reply) => {
        const result = await logOutEverywhere(request.ctx);
        clearCookie(reply, deps);
        return reply.send(result);
      },
    );
    app.post(
      '/api/setup',
      {
        config: { permission: 'public' },
        schema: { body: SetUpBody, response: { 201: z.object({ bureauId: z.uuid(), userId: z.uuid() }) } },
      },
      async (request, reply) => reply.code(201).send(await setUp(request.ctx, request.body, deps.ticks())),
    );
    ownRoutes(app, deps);
  };
}

/** What somebody logged in asks about himself. */
function ownRoutes(app: App, deps: Deps): void {
  app.get(
    '/api/me',
    { config: { permission: 'session' }, schema: { response: { 200: MeView } } },
    (request) => whoAmI(request.ctx, tokenOf(request, deps)),
  );
  app.post(
    '/api/me/password',
    { config: { permission: 'session' }, schema: { body: ChangePasswordBody } },
    async (request, reply) => {
      const from = {
        ip: request.ip,
        userAgent: request.headers['user-agent'] ?? null,
        ticks: deps.ticks(),
        token: tokenOf(request, deps),
      };
      await changePassword(request.ctx, request.body, from);
      return reply.code(204).send();
    },
  );
}
