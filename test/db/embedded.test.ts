import { spawn } from 'node:child_process';
import { once } from 'node:events';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as wait } from 'node:timers/promises';
import t from 'tap';
import { findRunning, startEmbedded } from '../../src/db/embedded.ts';
import { query, started, tempFolder } from './fixtures/folders.ts';

const ROOT = process.getuid?.() === 0;
const WRITER = path.join(import.meta.dirname, 'fixtures', 'writer.ts');
const quiet = () => undefined;
/** Two sentences, Chinese then English, the second matching. */
const sentences = (english: RegExp) => ({
  message: new RegExp(`\\p{sc=Han}.*。\n.*${english.source}.*\\.$`, 'u'),
});

/** Runs the writer until `count` pairs were answered, kills it the hard way, returns the answered numbers. */
async function writeThenKill(dataDir: string, count: number, mode = ''): Promise<number[]> {
  const child = spawn(process.execPath, [WRITER, dataDir, mode], { stdio: ['ignore', 'pipe', 'inherit'] });
  const closed = new Promise((done) => child.on('close', done));
  const answered: number[] = [];
  for await (const line of createInterface(child.stdout)) {
    answered.push(Number(line));
    if (answered.length === count) child.kill('SIGKILL');
  }
  await closed;
  return answered;
}

/** One folder serves the tests that do not need a new one: initdb is most of their time. */
const shared = path.join(tempFolder(t), 'var');

t.test('cold, then warm: data, log-ins and settings', async (t) => {
  const first = await started(t, shared);
  t.match(first, { host: '127.0.0.1', started: 'new' });
  const [facts] = await query(
    first.ownerUrl,
    `select current_user as "user", current_database() as db, length('牛肉干') as characters, upper('é') as upper,
            current_setting('server_encoding') as encoding, current_setting('fsync') as fsync,
            current_setting('synchronous_commit') as commit, current_setting('listen_addresses') as listens,
            current_setting('unix_socket_directories') as sockets, current_setting('data_checksums') as checksums,
            (select datlocprovider::text || ' ' || datlocale || ' ' || datctype from pg_database where datname = 'shian') as locale`,
  );
  t.match(facts, {
    user: 'shian_owner',
    db: 'shian',
    characters: 3,
    upper: 'É',
    encoding: 'UTF8',
    fsync: 'on',
  });
  t.match(facts, { commit: 'on', listens: '127.0.0.1', sockets: '', checksums: 'on' });
  t.match(facts, { locale: process.platform === 'linux' ? 'b C.UTF-8 C.UTF-8' : /^b C.UTF-8/ });
  t.match(await query(first.appUrl, 'select current_user as "user", current_database() as db'), [
    { user: 'shian_app', db: 'shian' },
  ]);
  await query(first.ownerUrl, `create table kept as select '鸭肉 88 %' as note`);
  await first.stop();
  await first.stop();
  await t.rejects(query(first.ownerUrl, 'select 1'), { code: 'ECONNREFUSED' }, 'stopped');

  const second = await started(t, shared);
  t.equal(second.started, 'warm');
  t.match(await query(second.ownerUrl, 'select note from kept'), [{ note: '鸭肉 88 %' }]);
  t.equal(fs.statSync(path.join(shared, 'pg-passwords.json')).mode & 0o777, 0o600);
  await second.stop();
  t.notOk(fs.existsSync(path.join(shared, 'owner.json')), 'given up at the stop');
});

t.test('the application role can connect and nothing else; a wrong password does not enter', async (t) => {
  const server = await started(t, shared);
  const denied = { code: '42501' };
  await t.rejects(query(server.appUrl, 'create table t (a int)'), denied);
  await t.rejects(query(server.appUrl, 'create temp table t (a int)'), denied);
  await t.rejects(query(server.appUrl, 'create schema s'), denied);
  await t.rejects(query(server.appUrl, 'create database d'), denied);
  await t.rejects(query(server.appUrl.replace(/\/shian$/, '/postgres'), 'select 1'), denied);
  const wrong = new URL(server.ownerUrl);
  wrong.password = 'wrong';
  await t.rejects(query(wrong.href, 'select 1'), { code: '28P01' });
  wrong.password = '';
  await t.rejects(query(wrong.href, 'select 1'), 'no password, no entry');
});

t.test('in use: a second start is refused, findRunning gives the log-ins', async (t) => {
  const dataDir = shared;
  t.equal(await findRunning(dataDir), null);
  t.equal(await findRunning(path.join(dataDir, 'missing')), null);
  const server = await started(t, dataDir);
  const inUse = sentences(new RegExp(`in use by a running process \\(pid ${process.pid}\\): .*DATA_DIR`));
  await t.rejects(startEmbedded({ dataDir, log: quiet }), inUse);
  t.same(await findRunning(dataDir), { ownerUrl: server.ownerUrl, appUrl: server.appUrl });
  t.same(await query(server.ownerUrl, 'select 1 as one'), [{ one: 1 }], 'the refused start harmed nothing');
  await server.stop();
  t.equal(await findRunning(dataDir), null);
});

t.test('two starts at once: one serves, the other is told', async (t) => {
  const dataDir = tempFolder(t);
  const results = await Promise.allSettled([1, 2].map(() => started(t, dataDir)));
  const failed = results.filter((r) => r.status === 'rejected');
  t.equal(failed.length, 1);
  t.match(failed[0]!.reason, sentences(/in use by a running process/));
});

t.test(
  'killed in the middle of writes: the orphan is stopped, every answered write is there, no half',
  async (t) => {
    const dataDir = tempFolder(t);
    const answered = await writeThenKill(dataDir, 200);
    t.ok(answered.length >= 200);
    t.equal(await findRunning(dataDir), null, 'an orphan is not a running server');
    const lines: string[] = [];
    const server = await started(t, dataDir, lines);
    t.equal(server.started, 'recovered');
    t.match(lines, [/killed process had left running/]);
    const rows = await query(
      server.ownerUrl,
      'select n, count(*)::int as halves from pair group by n order by n',
    );
    t.ok(
      rows.every((r) => r.halves === 2),
      'no half',
    );
    const kept = new Set(rows.map((r) => r.n));
    t.same(
      answered.filter((n) => !kept.has(n)),
      [],
      'every answered write',
    );
    t.ok(rows.length <= answered.length + 1, 'at most the one under way was kept without an answer');
  },
);

t.test('Ctrl-C reaches this process only: its requests can drain before the database stops', async (t) => {
  // Ctrl-C goes to the whole process group; the writer leads one and has no handler, so it dies of it.
  const child = spawn(process.execPath, [WRITER, shared], {
    stdio: ['ignore', 'pipe', 'inherit'],
    detached: true,
  });
  await once(child.stdout, 'data');
  process.kill(-child.pid!, 'SIGINT');
  const [, signal] = (await once(child, 'close')) as [unknown, string];
  t.equal(signal, 'SIGINT');
  const server = await started(t, shared);
  t.equal(server.started, 'recovered', 'the database was still running');
});

t.test('files of a dead owner and a dead database do not bar', async (t) => {
  // Another program has the numbers now: this very one, which is neither that owner nor a postgres.
  fs.writeFileSync(
    path.join(shared, 'owner.json'),
    JSON.stringify({ pid: process.pid, started: 'long ago' }),
  );
  fs.writeFileSync(path.join(shared, 'pg', 'postmaster.pid'), `${process.pid}\n${shared}/pg\n1\n5432\n`);
  const again = await started(t, shared);
  t.equal(again.started, 'warm');
});

t.test('an initdb that was cut off is started over', async (t) => {
  const dataDir = tempFolder(t);
  fs.mkdirSync(path.join(dataDir, 'pg.new', 'base'), { recursive: true });
  fs.writeFileSync(path.join(dataDir, 'pg.new', 'PG_VERSION'), '18\n');
  fs.writeFileSync(path.join(dataDir, 'pwfile.tmp'), 'left over');
  const server = await started(t, dataDir);
  t.equal(server.started, 'new');
  t.same(fs.readdirSync(dataDir).sort(), ['owner.json', 'pg', 'pg-passwords.json', 'postgres.log']);
  // Cut off after initdb, before the log-ins: done when the server starts.
  await query(server.ownerUrl.replace(/\/shian$/, '/postgres'), 'alter database shian rename to shian_new');
  await server.stop();
  const again = await started(t, dataDir);
  t.match(await query(again.appUrl, 'select 1 as one'), [{ one: 1 }]);
});

t.test('folders that cannot serve are refused with what to do, and left as they are', async (t) => {
  const base = tempFolder(t);
  const refused = (dataDir: string, english: RegExp) =>
    t.rejects(startEmbedded({ dataDir, log: quiet }), sentences(english), path.basename(dataDir));

  const old = path.join(base, 'old');
  fs.mkdirSync(path.join(old, 'pg'), { recursive: true });
  fs.writeFileSync(path.join(old, 'pg', 'PG_VERSION'), '16\n');
  await refused(old, /belongs to PostgreSQL 16, and the embedded one is PostgreSQL 18: .*DATA_DIR/);
  t.same(fs.readdirSync(path.join(old, 'pg')), ['PG_VERSION']);
  t.notOk(fs.existsSync(path.join(old, 'owner.json')), 'a refused start does not hold the folder');

  const other = path.join(base, 'other');
  fs.mkdirSync(path.join(other, 'pg'), { recursive: true });
  fs.writeFileSync(path.join(other, 'pg', 'thesis.txt'), '');
  await refused(other, /neither empty nor a PostgreSQL data folder: .*DATA_DIR/);
  t.ok(fs.existsSync(path.join(other, 'pg', 'thesis.txt')));

  fs.writeFileSync(path.join(base, 'file'), '');
  await refused(path.join(base, 'file', 'var'), /cannot be made or written \(ENOTDIR\): .*DATA_DIR/);
});

t.test('a folder closed to the user of the database is refused, naming the closed one', async (t) => {
  const base = tempFolder(t);
  const closed = path.join(base, 'closed');
  fs.mkdirSync(closed, { mode: ROOT ? 0o700 : 0o500 });
  const english = ROOT
    ? new RegExp(`cannot be reached by the user nobody.*\\(${closed} is closed to it\\): .*DATA_DIR`)
    : /cannot be made or written \(EACCES\): .*DATA_DIR/;
  await t.rejects(startEmbedded({ dataDir: path.join(closed, 'var'), log: quiet }), sentences(english));
});

t.test('a lost password file is named', async (t) => {
  const file = path.join(shared, 'pg-passwords.json');
  fs.renameSync(file, `${file}.lost`);
  const lost = sentences(/lacks the file pg-passwords.json.*backup/);
  await t.rejects(startEmbedded({ dataDir: shared, log: quiet }), lost);
  fs.renameSync(`${file}.lost`, file);
});

t.test('throwaway: no fsync, never over a kept database, gone after the stop', async (t) => {
  await t.rejects(
    startEmbedded({ dataDir: shared, throwaway: true, log: quiet }),
    sentences(/holds a database/),
  );

  const dataDir = tempFolder(t);
  const server = await startEmbedded({ dataDir, throwaway: true, log: quiet });
  t.match(await query(server.ownerUrl, 'show fsync'), [{ fsync: 'off' }]);
  await server.stop();
  t.notOk(fs.existsSync(dataDir));
});

t.test('throwaway, killed: nothing is left behind', { skip: process.platform === 'win32' }, async (t) => {
  const dataDir = tempFolder(t);
  await writeThenKill(dataDir, 3, 'throwaway');
  for (let i = 0; i < 500 && fs.existsSync(dataDir); i++) await wait(20);
  t.notOk(fs.existsSync(dataDir), 'the server ended and its folder was deleted');
});

t.test('a log past its size is put aside at the start', async (t) => {
  const dataDir = shared;
  fs.writeFileSync(path.join(dataDir, 'postgres.log'), '');
  fs.truncateSync(path.join(dataDir, 'postgres.log'), 11 * 1024 * 1024);
  await started(t, dataDir);
  t.ok(fs.existsSync(path.join(dataDir, 'postgres.log.1')));
  t.ok(fs.statSync(path.join(dataDir, 'postgres.log')).size < 100_000);
});
