import { spawn } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { Agent, request } from 'node:http';
import { join, resolve } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { makeClient } from '../src/demo/client.ts';
import { type BenchDatabase, withDatabase } from './database.ts';

/** A server in a process of its own. */
export type Child = { url: string; stop: () => Promise<void> };

const MAIN = resolve(import.meta.dirname, '../src/main.ts');
const START_LIMIT_MS = 30_000;

/**
 * Runs a script of Node until it has printed where it listens. What it prints goes to a file, as the log of a
 * service does.
 */
export async function startChild(script: string, logFile: string, env: NodeJS.ProcessEnv): Promise<Child> {
  const output = openSync(logFile, 'w');
  const child = spawn(process.execPath, [script], {
    env: { ...process.env, ...env },
    stdio: ['ignore', output, 'inherit'],
  });
  closeSync(output);
  const ended = new Promise<void>((done) => child.once('exit', () => done()));
  const stop = async (): Promise<void> => {
    child.kill('SIGTERM');
    await ended;
  };
  for (let waited = 0; waited < START_LIMIT_MS && child.exitCode === null; waited += 20) {
    const url = /http:\/\/127\.0\.0\.1:\d+$/m.exec(await readFile(logFile, 'utf8'))?.[0];
    if (url) return { url, stop };
    await wait(20);
  }
  await stop();
  throw new Error(`${script} did not start`);
}

/** The product as `npm start` runs it, on a database of the bench. */
export const startProduct = (db: BenchDatabase, database = 'shian'): Promise<Child> =>
  startChild(MAIN, join(db.folder, `${database}.log`), {
    DATABASE_URL: withDatabase(db.template.appUrl, database),
    DATABASE_POOL: '32',
    DATA_DIR: join(db.folder, database),
    VAULT_KEYS: db.template.vaultKeys,
    HOST: '127.0.0.1',
    PORT: '0',
    RATE_LIMIT_PER_MINUTE: '100000000',
  });

/** The headers of somebody logged in as the user of that role. */
export async function logIn(url: string, { template }: BenchDatabase, role: string) {
  const client = await makeClient(url).logIn(template.filled.users[role]!.login, template.filled.password);
  return client.headers();
}

/** A load generator: connections that stay open, bodies read to their end. */
export function makeSender(url: string, connections: number) {
  const agent = new Agent({ keepAlive: true, maxSockets: connections });
  const send = (method: string, path: string, headers: Record<string, string>, body?: string) =>
    new Promise<{ status: number; text: string }>((done, failed) => {
      const type = body === undefined ? {} : { 'content-type': 'application/json' };
      const sent = request(url + path, { agent, method, headers: { ...headers, ...type } }, (response) => {
        let text = '';
        response.setEncoding('utf8');
        response.on('data', (chunk: string) => (text += chunk));
        response.on('end', () => done({ status: response.statusCode ?? 0, text }));
        response.on('error', failed);
      });
      sent.on('error', failed);
      sent.end(body);
    });
  return { send, close: () => agent.destroy() };
}
