import { once } from 'node:events';
import { connect as connectSocket, type Socket } from 'node:net';
import { sql } from 'kysely';
import t from 'tap';
import { connect } from '../../src/db/connect.ts';
import { findRunning } from '../../src/db/embedded.ts';
import { type Client, makeClient } from '../../src/demo/client.ts';
import { type Child, dataFolder, failToStart, SETUP, setupTokenIn, startServer } from './child.ts';

const { login, password } = SETUP.administrator;
const logIn = (url: string): Promise<Client> => makeClient(url).logIn(login, password);

/** A request whose body is only half there, so that the server has it under way for as long as the test likes. */
async function halfRequest(url: string, client: Client, name: string) {
  const { hostname, port } = new URL(url);
  const socket: Socket = connectSocket(Number(port), hostname);
  await once(socket, 'connect');
  let answer = '';
  socket.on('data', (chunk: Buffer) => (answer += chunk.toString('utf8')));
  const body = Buffer.from(JSON.stringify({ kind: 'section', name }));
  const head = [
    'POST /api/units HTTP/1.1',
    `host: ${hostname}:${port}`,
    `cookie: ${client.cookie()}`,
    `x-csrf-token: ${client.csrf()}`,
    'content-type: application/json',
    'idempotency-key: half',
    `content-length: ${body.length}`,
    '\r\n',
  ].join('\r\n');
  socket.write(head);
  socket.write(body.subarray(0, 10));
  return {
    /** Sends the rest and waits until the server closes the connection. */
    finish: async (): Promise<string> => {
      const closed = once(socket, 'close');
      socket.write(body.subarray(10));
      await closed;
      return answer;
    },
  };
}

const refuses = (url: string): Promise<boolean> =>
  fetch(`${url}/healthz`).then(
    () => false,
    () => true,
  );

/** Asks until the server takes no more: the signal has then arrived. */
async function untilClosed(url: string): Promise<void> {
  for (let asked = 0; asked < 500; asked += 1) if (await refuses(url)) return;
  throw new Error('it still takes requests');
}

/** Units without their entry in the trail or kept answer, and the other way round: what half a write would leave. */
async function halves(ownerUrl: string): Promise<unknown[]> {
  const db = connect(ownerUrl, 1);
  try {
    const { rows } = await sql`
      select u.name, e.id as entry, k.key
      from units u
      full join audit_entries e on e.subject_id = u.id::text and e.action = 'unit.create'
      full join idempotency_keys k on k.answer->>'id' = coalesce(u.id::text, e.subject_id)
      where (e.action = 'unit.create' or e.id is null)
        and (u.id is null or e.id is null or k.key is null or k.answer is null)`.execute(db);
    return rows;
  } finally {
    await db.destroy();
  }
}

/** Several clients at once make units under names of their own, until the server is gone. */
async function storm(server: Child, killAfter: number): Promise<string[]> {
  const answered: string[] = [];
  const client = await logIn(server.url);
  let sent = 0;
  const worker = async (): Promise<void> => {
    for (;;) {
      const name = `storm-${(sent += 1)}`;
      const headers = { 'idempotency-key': name };
      const answer = await client
        .post('/api/units', { kind: 'section', name }, { headers })
        .catch(() => null);
      if (!answer) return;
      if (answer.status === 201) answered.push(name);
      if (answered.length >= killAfter) server.process.kill('SIGKILL');
    }
  };
  await Promise.all(Array.from({ length: 12 }, worker));
  return answered;
}

t.test('the life of a server on its own database', async (t) => {
  const dataDir = await dataFolder(t);
  let server: Child;

  t.test('first start: a link, once, and nobody who could log in without it', async (t) => {
    server = await startServer(t.parent as typeof t, { DATA_DIR: dataDir });
    t.equal(server.said().match(/\/setup#token=/g)?.length, 1);
    for (const [name, word] of [
      ['admin', 'admin'],
      ['administrator', 'Xindu-Demo-2024'],
      ['shian', 'shian'],
    ]) {
      const { status } = await makeClient(server.url).post('/api/login', { login: name, password: word });
      t.equal(status, 401, name!);
    }
    const token = setupTokenIn(server.said())!;
    const page = await fetch(`${server.url}/setup`);
    t.equal(page.status, 200, 'the link leads to a page');
    const done = await makeClient(server.url).post('/api/setup', { ...SETUP, token });
    t.equal(done.status, 201);
    const again = await makeClient(server.url).post('/api/setup', { ...SETUP, token });
    t.match(again, { status: 404, body: { code: 'setup.link_dead' } });
    const client = await logIn(server.url);
    t.match((await client.get('/api/me')).body, { roles: [{ key: 'administrator' }] });
    t.notMatch(server.said(), password);
  });

  t.test('a second server on the same folder: one sentence in each language, exit 1', async (t) => {
    const { status, said } = await failToStart(t, { DATA_DIR: dataDir });
    t.equal(status, 1);
    t.match(said, `进程号 ${server.process.pid}`);
    t.match(said, `in use by a running process (pid ${server.process.pid})`);
    t.equal(said.trim().split('\n').length, 2);
  });

  t.test('SIGTERM: what is under way is finished, nothing new is taken, exit 0', async (t) => {
    const client = await logIn(server.url);
    const half = await halfRequest(server.url, client, '收尾科');
    await client.get('/api/me');
    const ended = server.end('SIGTERM');
    await untilClosed(server.url);
    const answer = await half.finish();
    t.match(answer, /^HTTP\/1\.1 201 /);
    t.match(answer, /connection: close/i);
    t.equal(await ended, 0);
    t.equal(await findRunning(dataDir), null, 'and its database is down');
  });

  t.test('second start: no link, everything there', async (t) => {
    server = await startServer(t.parent as typeof t, { DATA_DIR: dataDir });
    t.equal(setupTokenIn(server.said()), undefined);
    const { items } = (await (await logIn(server.url)).get<{ items: { name: string }[] }>('/api/units')).body;
    t.same(
      items.map(({ name }) => name),
      ['收尾科'],
    );
  });

  t.test(
    'SIGKILL in a storm of writes, then a start: nothing answered is lost, nothing is half',
    async (t) => {
      const answered = await storm(server, 120);
      t.ok(answered.length >= 120);
      server = await startServer(t.parent as typeof t, { DATA_DIR: dataDir });
      t.match(server.said(), 'stopped the database that a killed process had left running');
      const client = await logIn(server.url);
      const { items } = (await client.get<{ items: { name: string }[] }>('/api/units')).body;
      const there = new Set(items.map(({ name }) => name));
      t.same(
        answered.filter((name) => !there.has(name)),
        [],
      );
      t.ok(there.size - answered.length <= 13, 'at most those under way besides');
      const { ownerUrl } = (await findRunning(dataDir))!;
      t.same(await halves(ownerUrl), []);
      const name = answered.at(-1)!;
      const headers = { 'idempotency-key': name };
      const repeated = await client.post('/api/units', { kind: 'section', name }, { headers });
      t.equal(repeated.headers.get('idempotency-replayed'), 'true', 'a repeat finds its answer');
    },
  );

  t.test('a connection that is kept alive does not hold up the end', async (t) => {
    await (await logIn(server.url)).get('/api/me');
    t.equal(await server.end('SIGINT'), 0);
  });
});

t.test('what keeps a server from starting', async (t) => {
  t.test('a folder that cannot be made', async (t) => {
    const { status, said } = await failToStart(t, { DATA_DIR: `${import.meta.filename}/var` });
    t.equal(status, 1);
    t.match(said, import.meta.filename);
    t.match(said, 'DATA_DIR');
    t.notMatch(said, /at .*\.ts:\d/, 'a sentence, not a stack');
  });

  t.test('wrong variables, all named at once', async (t) => {
    const { status, said } = await failToStart(t, {
      PORT: '70000',
      LOG_LEVEL: 'loud',
      SESSION_HOURS: 'many',
    });
    t.equal(status, 1);
    for (const name of ['PORT', 'LOG_LEVEL', 'SESSION_HOURS']) t.match(said, name);
    const half = await failToStart(t, { TLS_CERT: '/nowhere.crt' });
    t.match(half.said, 'TLS_KEY');
    const absent = await failToStart(t, { TLS_CERT: '/nowhere.crt', TLS_KEY: '/nowhere.key' });
    t.match(absent.said, '/nowhere.crt (ENOENT)');
  });
});
