import { readFileSync } from 'node:fs';
import { request } from 'node:https';
import { createServer } from 'node:net';
import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import pg from 'pg';
import t, { type Test } from 'tap';
import { makeClient } from '../../src/demo/client.ts';
import { readTemplate, withDatabase } from '../app.ts';
import { dataFolder, failToStart, SETUP, setupTokenIn, startServer } from './child.ts';

const FIXTURES = join(import.meta.dirname, 'fixtures');

type Env = { DATABASE_URL: string; DATABASE_OWNER_URL: string };
type Query = <T extends object>(text: string) => Promise<T[]>;

/** An empty database of a PostgreSQL that is not the server's own, and the two log-ins to it. */
async function emptyDatabase(
  t: Test,
  options = "encoding 'UTF8'",
): Promise<{ env: Env; query: Query; name: string }> {
  const { ownerUrl, appUrl } = readTemplate();
  const name = `x_${randomBytes(6).toString('hex')}`;
  const admin = new pg.Client({ connectionString: withDatabase(ownerUrl, 'postgres') });
  await admin.connect();
  await admin.query(`create database ${name} template template0 ${options}`);
  t.teardown(async () => {
    await admin.query(`drop database ${name} with (force)`);
    await admin.end();
  });
  const query: Query = async <T extends object>(text: string): Promise<T[]> => {
    const client = new pg.Client({ connectionString: withDatabase(ownerUrl, name) });
    await client.connect();
    try {
      return (await client.query<T>(text)).rows;
    } finally {
      await client.end();
    }
  };
  const env = {
    DATABASE_URL: withDatabase(appUrl, name),
    DATABASE_OWNER_URL: withDatabase(ownerUrl, name),
  };
  return { env, query, name };
}

/** The status and the certificate's name of an answer over TLS, trusting the test's own certificate alone. */
function getOverTls(url: string): Promise<{ status: number; holder: string; cookie: string[] }> {
  const { administrator } = SETUP;
  return new Promise((done, failed) => {
    const sent = request(
      `${url.replace('127.0.0.1', 'localhost')}/api/login`,
      {
        method: 'POST',
        ca: readFileSync(join(FIXTURES, 'test-only.crt')),
        headers: { 'content-type': 'application/json' },
      },
      (answer) => {
        const { subject } = (answer.socket as import('node:tls').TLSSocket).getPeerCertificate();
        answer.resume();
        const cookie = answer.headers['set-cookie'] ?? [];
        answer.on('end', () => done({ status: answer.statusCode!, holder: String(subject.CN), cookie }));
      },
    );
    sent.on('error', failed);
    sent.end(JSON.stringify({ login: administrator.login, password: administrator.password }));
  });
}

t.test('on any PostgreSQL', async (t) => {
  const { env, query, name } = await emptyDatabase(t);
  const { DATABASE_URL, DATABASE_OWNER_URL } = env;
  const dataDir = await dataFolder(t);

  t.test('without the owner’s log-in and not migrated: a sentence, nothing changed', async (t) => {
    const { status, said } = await failToStart(t, { DATABASE_URL, DATA_DIR: dataDir });
    t.equal(status, 1);
    t.match(said, '数据库结构不是最新的');
    t.match(said, /lacks 0001-foundation/);
    t.match(said, 'DATABASE_OWNER_URL');
    t.same(await query(`select 1 from information_schema.tables where table_schema = 'public'`), []);
  });

  t.test('two at once on the empty database: it is migrated once, and both serve', async (t) => {
    const key = { DATA_DIR: dataDir };
    const servers = await Promise.all([
      startServer(t, { ...env, ...key }),
      startServer(t, { ...env, DATA_DIR: await dataFolder(t) }),
    ]);
    for (const server of servers) t.equal((await fetch(`${server.url}/readyz`)).status, 200);
    const migrated = servers.filter((server) => server.said().includes('"msg":"migrated"'));
    t.equal(migrated.length, 1);
    const rows = await query<{ n: number }>('select count(*)::int as n from kysely_migration');
    t.ok(rows[0]!.n >= 4);
    const tokens = servers.map((server) => setupTokenIn(server.said()));
    const done = await Promise.all(
      tokens.map((token) => makeClient(servers[0]!.url).post('/api/setup', { ...SETUP, token })),
    );
    t.equal(done.filter(({ status }) => status === 201).length, 1, 'one first administrator');
    t.same(await Promise.all(servers.map((server) => server.end('SIGTERM'))), [0, 0]);
  });

  t.test('without the owner’s log-in and migrated: over TLS, and no warning', async (t) => {
    const server = await startServer(t, {
      DATABASE_URL,
      DATA_DIR: dataDir,
      TLS_CERT: join(FIXTURES, 'test-only.crt'),
      TLS_KEY: join(FIXTURES, 'test-only.key'),
    });
    t.match(server.url, /^https:/);
    const { status, holder, cookie } = await getOverTls(server.url);
    t.equal(status, 200);
    t.equal(holder, 'localhost');
    t.match(cookie[0], /^__Host-shian=.*; Secure/);
    t.notMatch(server.said(), 'may alter audit rows');
    const port = new URL(server.url).port;
    await t.rejects(fetch(`http://127.0.0.1:${port}/healthz`), 'not beside it in the clear');
    t.equal(await server.end('SIGTERM'), 0);
  });

  t.test('with a log-in that could rewrite the trail: it serves, and warns', async (t) => {
    const server = await startServer(t, { DATABASE_URL: DATABASE_OWNER_URL, DATA_DIR: dataDir });
    t.match(server.said(), 'the application role may alter audit rows');
    await server.end('SIGTERM');
  });

  t.test('the application’s own log-in cannot', async (t) => {
    const client = new pg.Client({ connectionString: DATABASE_URL });
    await client.connect();
    t.teardown(() => client.end());
    for (const text of [
      `update audit_entries set action = 'x'`,
      'delete from audit_entries',
      'truncate audit_entries',
      'drop table audit_entries',
      'alter table audit_entries disable trigger all',
      'delete from kysely_migration',
      'create table mine (id int)',
    ]) {
      await t.rejects(client.query(text), { code: '42501' }, text);
    }
  });

  t.test('with a wrong password, or where nobody listens: a sentence without the password', async (t) => {
    const wrong = DATABASE_URL.replace(/:[^:@/]+@/, ':Wrong-Pass-1@');
    const refused = await failToStart(t, { DATABASE_URL: wrong, DATA_DIR: dataDir });
    t.equal(refused.status, 1);
    t.match(refused.said, '28P01');
    t.match(refused.said, name);
    t.notMatch(refused.said, 'Wrong-Pass-1');
    const nobody = 'postgres://u:Wrong-Pass-1@127.0.0.1:1/shian';
    const alone = await failToStart(t, { DATABASE_URL: nobody, DATA_DIR: dataDir });
    t.match(alone.said, '127.0.0.1:1/shian（ECONNREFUSED）');
    t.notMatch(alone.said, 'Wrong-Pass-1');
  });

  t.test('on a port another program has: a sentence', async (t) => {
    const taken = createServer().listen(0, '127.0.0.1');
    await new Promise((ready) => taken.once('listening', ready));
    t.teardown(() => void taken.close());
    const { port } = taken.address() as import('node:net').AddressInfo;
    const { status, said } = await failToStart(t, { DATABASE_URL, DATA_DIR: dataDir, PORT: String(port) });
    t.equal(status, 1);
    t.match(said, `的端口 ${port} 已被另一个程序占用`);
    t.match(said, `Port ${port} of 127.0.0.1 is in use by another program`);
  });
});

t.test('a database that would break Chinese text is refused', async (t) => {
  const { env } = await emptyDatabase(t, "encoding 'SQL_ASCII' locale_provider libc locale 'C'");
  const { status, said } = await failToStart(t, { ...env, DATA_DIR: await dataFolder(t) });
  t.equal(status, 1);
  t.match(said, '数据库编码为 SQL_ASCII，须为 UTF8');
  t.match(said, 'is encoded in SQL_ASCII');
});
