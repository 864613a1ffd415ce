import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fastifyStatic from '@fastify/static';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { App } from '../context.ts';
import { WEB_DIR } from '../web-build.ts';

const YEAR_MS = 365 * 24 * 3600 * 1000;

const notBuilt = `<!doctype html><html lang="zh-CN"><meta charset="utf-8"><title>食安案管</title>
<p>界面尚未构建，请运行 <code>npm run build</code>。<br lang="en">The screens are not built: run <code>npm run build</code>.
<p><a href="/docs">API</a></html>`;

/** The page every address of the screens begins with; read once a start, for its files carry their hash. */
function indexPage(): string {
  const file = join(WEB_DIR, 'index.html');
  return existsSync(file) ? readFileSync(file, 'utf8') : notBuilt;
}

/** Whether somebody looks with a browser for a page, and not a program for an answer. */
export const wantsPage = ({ method, url, headers }: FastifyRequest): boolean =>
  (method === 'GET' || method === 'HEAD') &&
  !url.startsWith('/api/') &&
  !url.startsWith('/assets/') &&
  (headers.accept?.includes('text/html') ?? false);

/** Sends the screens; which of them is shown, they know from the address. */
export function sendScreens(reply: FastifyReply): FastifyReply {
  return reply
    .code(200)
    .type('text/html; charset=utf-8')
    .header('cache-control', 'no-cache')
    .send(indexPage());
}

/** The screens: files with a hash in their name are kept by browsers, the page that names them is not. */
export async function installWeb(app: App): Promise<void> {
  await app.register(async (web) => {
    web.addHook('onRoute', (route) => {
      route.config = { ...route.config, permission: 'public', rateLimit: false };
      route.schema = { ...route.schema, hide: true };
    });
    if (existsSync(join(WEB_DIR, 'assets'))) {
      await web.register(fastifyStatic, {
        root: join(WEB_DIR, 'assets'),
        prefix: '/assets/',
        preCompressed: true,
        index: false,
        maxAge: YEAR_MS,
        immutable: true,
        decorateReply: false,
      });
    }
    web.get('/', async (_request, reply) => sendScreens(reply));
  });
}
