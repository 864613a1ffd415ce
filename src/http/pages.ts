import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { App } from '../context.ts';

const FOLDER = join(import.meta.dirname, 'public');

/** The plain pages there are: address, file, type. */
const PAGES = [
  { url: '/setup', file: 'setup.html', type: 'text/html; charset=utf-8' },
  { url: '/public/setup.js', file: 'setup.js', type: 'text/javascript; charset=utf-8' },
  { url: '/public/setup.css', file: 'setup.css', type: 'text/css; charset=utf-8' },
] as const;

/** Plain HTML pages, their style and scripts in files of their own: the policy lets no inline script run. */
export function installPages(app: App): void {
  const config = { permission: 'public' };
  for (const { url, file, type } of PAGES) {
    const content = readFileSync(join(FOLDER, file));
    app.get(url, { config, schema: { hide: true } }, async (_request, reply) =>
      reply.type(type).header('cache-control', 'no-cache').send(content),
    );
  }
}
