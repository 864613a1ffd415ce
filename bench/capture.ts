import { join } from 'node:path';
import pg from 'pg';
import { buildApp } from '../src/app.ts';
import { readConfig } from '../src/config.ts';
import { createDeps } from '../src/deps.ts';
import { makeLog } from '../src/log.ts';
import { sessionCookie } from '../src/http/session.ts';
import type { BenchDatabase } from './database.ts';
import { withDatabase } from './database.ts';

/** A statement as it went to the server. */
export type Statement = { text: string; values: unknown[] };

/** A request as Fastify's `inject` takes it. */
export type Asked = {
  method: 'GET' | 'POST';
  url: string;
  headers?: Record<string, string>;
  payload?: object;
};

/** Runs `work` while every statement of this process is written down. */
async function recording(work: () => Promise<void>): Promise<Statement[]> {
  const recorded: Statement[] = [];
  const prototype = pg.Client.prototype as unknown as { query: (...args: unknown[]) => unknown };
  const { query } = prototype;
  prototype.query = function recorder(this: unknown, ...args: unknown[]) {
    const [asked, values = []] = args as [string | Statement, unknown[]?];
    const { text, values: parameters } = typeof asked === 'string' ? { text: asked, values } : asked;
    recorded.push({ text, values: [...parameters] });
    return query.apply(this, args);
  };
  try {
    await work();
  } finally {
    prototype.query = query;
  }
  return recorded;
}

/** The statements of each request in turn, asked of the product in this process by the user of that role. */
export async function capture(db: BenchDatabase, role: string, asked: Asked[], database = 'shian') {
  const { template } = db;
  const config = readConfig({
    DATA_DIR: join(db.folder, 'capture'),
    VAULT_KEYS: template.vaultKeys,
    LOG_LEVEL: 'silent',
  });
  const appUrl = withDatabase(template.appUrl, database);
  const deps = await createDeps({ config, appUrl, log: makeLog('silent') });
  const app = await buildApp(deps);
  try {
    const { login } = template.filled.users[role]!;
    const session = await app.inject({
      method: 'POST',
      url: '/api/login',
      payload: { login, password: template.filled.password },
    });
    const name = sessionCookie(config.secureCookies);
    const cookies = { [name]: session.cookies.find((cookie) => cookie.name === name)!.value };
    const csrf = { 'x-csrf-token': session.json<{ csrfToken: string }>().csrfToken };
    const all: Statement[][] = [];
    for (const { headers, ...rest } of asked) {
      const statements = await recording(async () => {
        const answer = await app.inject({ ...rest, cookies, headers: { ...headers, ...csrf } });
        if (answer.statusCode >= 400) throw new Error(`${rest.url}: ${answer.statusCode} ${answer.body}`);
      });
      all.push(statements);
    }
    return all;
  } finally {
    await app.close();
    await deps.close();
  }
}
