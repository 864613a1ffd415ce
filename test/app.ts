import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import type { Test } from 'tap';
import { buildApp } from '../src/app.ts';
import { type Config, readConfig } from '../src/config.ts';
import type { App, Ctx } from '../src/context.ts';
import { connect } from '../src/db/connect.ts';
import { contextOf, createDeps, type Deps, systemActor } from '../src/deps.ts';
import { makeLog } from '../src/log.ts';
import { type Renderer, startRenderer } from '../src/modules/documents/render-worker.ts';
import type { Filled } from '../src/demo/fill.ts';
import { type Client, makeClient } from '../src/demo/client.ts';
import { type Template, TEMPLATE_ENV, TEST_NOW } from './template.ts';

/** A database of one's own, and, where asked for, the server on it. */
export type TestApp = {
  deps: Deps;
  app: App;
  url: string;
  /** The owner's connection: for looking behind the scenes and for forging rows. */
  owner: ReturnType<typeof connect>;
  filled: Filled;
  /** Sets the one clock. */
  setNow: (instant: string) => void;
  /** Lets the monotonic clock run on, in milliseconds: for the age of sessions and locks. */
  wait: (ms: number) => void;
  /** The application's own connection. */
  databaseUrl: string;
  /** What has been logged, a line an entry. */
  logged: string[];
  /** A client logged in as the user of that role (see demo/fill.ts). */
  as: (role: string) => Promise<Client>;
  /** A client that is nobody. */
  anonymous: () => Client;
  /** A context for calling a use case or a job directly as the system. */
  ctx: () => Ctx;
};

/** Where the run's own PostgreSQL is, and what its template database holds. */
export function readTemplate(): Template {
  const text = process.env[TEMPLATE_ENV];
  if (!text) throw new Error('run the tests with: npm test [-- file …]');
  return JSON.parse(text) as Template;
}

/** The same log-in on another database of that server. */
export const withDatabase = (url: string, name: string): string => url.replace(/\/[^/]*$/, `/${name}`);

async function cloneDatabase(template: Template): Promise<{ name: string; drop: () => Promise<void> }> {
  const name = `t_${randomBytes(6).toString('hex')}`;
  const admin = new pg.Client({ connectionString: withDatabase(template.ownerUrl, 'postgres') });
  await admin.connect();
  await admin.query(`create database ${name} template shian strategy file_copy`);
  const drop = async (): Promise<void> => {
    await admin.query(`drop database ${name} with (force)`);
    await admin.end();
  };
  return { name, drop };
}

let drawing: Renderer | undefined;

/** The apps of a test file draw in one thread: each of its own would read fonts and templates again. */
const sharedRenderer = ({ fontDir, templateDirs }: Config): Renderer =>
  (drawing ??= startRenderer({ ...(fontDir && { fontDir }), templateDirs }));

/** Clones the template, builds the whole product on it and listens on 127.0.0.1; all of it goes at the test's end. */
export async function testApp(t: Test, env: Record<string, string> = {}): Promise<TestApp> {
  const template = readTemplate();
  const { name, drop } = await cloneDatabase(template);
  const folder = await mkdtemp(join(tmpdir(), 'shian-app-'));
  let now = new Date(TEST_NOW);
  let waited = 0;
  const databaseUrl = withDatabase(template.appUrl, name);
  const logged: string[] = [];
  const config = readConfig({
    DATA_DIR: folder,
    VAULT_KEYS: template.vaultKeys,
    LOG_LEVEL: 'silent',
    RATE_LIMIT_PER_MINUTE: '100000',
    DATABASE_POOL: '10',
    ...env,
  });
  const deps = await createDeps({
    config,
    appUrl: databaseUrl,
    log: makeLog(config.logLevel, { write: (line) => void logged.push(line) }),
    clock: { now: () => now },
    ticks: () => Math.round(performance.timeOrigin + performance.now()) + waited,
    ...(Object.keys(env).length === 0 && { renderer: sharedRenderer(config) }),
  });
  const owner = connect(withDatabase(template.ownerUrl, name), 2);
  const app = await buildApp(deps);
  const url = await app.listen({ host: '127.0.0.1', port: 0 });
  t.teardown(async () => {
    await app.close();
    await deps.close();
    await owner.destroy();
    await drop();
    await rm(folder, { recursive: true, force: true });
  });
  const clients = new Map<string, Client>();
  return {
    deps,
    app,
    url,
    owner,
    filled: template.filled,
    setNow: (instant) => void (now = new Date(instant)),
    wait: (ms) => void (waited += ms),
    databaseUrl,
    logged,
    as: async (role) => {
      const known = clients.get(role);
      if (known) return known;
      const client = await makeClient(url).logIn(
        template.filled.users[role]!.login,
        template.filled.password,
      );
      clients.set(role, client);
      return client;
    },
    anonymous: () => makeClient(url),
    ctx: () => contextOf(deps, systemActor('test'), 'test'),
  };
}
