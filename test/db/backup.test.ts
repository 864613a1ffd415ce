import * as fs from 'node:fs';
import * as path from 'node:path';
import t, { type Test } from 'tap';
import pg from 'pg';
import { backupRunning, backupStopped, restore } from '../../src/db/backup.ts';
import type { Migrate } from '../../src/db/backup.ts';
import { query, started, tempFolder } from './fixtures/folders.ts';

const quiet = () => undefined;
const TAKEN_AT = new Date('2024-03-07T10:00:00+08:00');
const sentences = (english: RegExp) => ({
  message: new RegExp(`\\p{sc=Han}.*。\n.*${english.source}.*\\.$`, 'u'),
});

/** What the migrations of this made-up program do: rules that would bar a row-by-row restore included. */
const SCHEMA = `
  create table kysely_migration (name text primary key, "timestamp" text not null);
  insert into kysely_migration values ('0001-first', 'then'), ('0002-second', 'then');
  create sequence paper_number;
  create schema "Other schema";
  create table sample (
    id bigint generated always as identity primary key,
    parent bigint references sample,
    amount numeric(30, 10), ratio float8, seal bytea, facts jsonb, raw json, taken_at timestamptz, due_on date,
    names text[], note text, span interval, tag uuid,
    doubled numeric generated always as (amount * 2) stored
  );
  create table "Other schema"."strange ""name""" (n int, "a ""column""" text);
  create table nothing_in_it (n int);
  create table account (id int primary key, held int not null);
  insert into account values (1, 0);
  create function refuse() returns trigger language plpgsql as $$ begin raise 'append only'; end $$;`;
const GUARD = `
  create trigger guard before delete or truncate on "Other schema"."strange ""name"""
    for each statement execute function refuse();
  create trigger no_insert before insert on sample for each row execute function refuse()`;

const ROWS = `
  insert into sample (parent, amount, ratio, seal, facts, raw, taken_at, due_on, names, note, span, tag) values
    (null, 0.0000000001, 0.1::float8 + 0.2::float8, '\\x00ff0a5c09', '{"牛肉": 88.10, "b": null}', '{"b":1,  "a":2}',
     '2024-03-07 10:00:00.123456+08', '2024-02-29', array['a,b', null, '"', '\\', '鸭'], E'行1\\n行2\\t\\\\N\\r', '1 mon 2 days 03:04:05.6',
     '00000000-0000-4000-8000-000000000001'),
    (1, 99999999999999999999.9999999999, 'NaN', '', '[]', '1.10', 'infinity', '-infinity', '{}', '', '-1 year', null),
    (2, null, '-infinity', null, null, null, '0001-01-01 00:00:00+00 BC', null, null, null, null, null);
  insert into sample (note) select repeat('证', n % 50) from generate_series(1, 20000) n;
  insert into sample (seal) select decode(repeat('ab', 3000000), 'hex');
  insert into "Other schema"."strange ""name""" values (1, 'x'), (2, null);
  update account set held = 5 where id = 1;
  insert into account select n, 0 from generate_series(2, 10) n;
  select nextval('paper_number') from generate_series(1, 41)`;

/** Every value of every table, in PostgreSQL's own words, and where the sequences stand. */
const CONTENT = `
  select (select md5(string_agg(s::text, '|' order by id)) from sample s) as sample,
         (select count(*)::int from sample) as samples,
         (select sum(doubled)::text from sample) as doubled,
         (select string_agg(o::text, '|' order by n) from "Other schema"."strange ""name""" o) as other,
         (select string_agg(a::text, '|' order by id) from account a) as accounts,
         (select string_agg(m::text, '|' order by name) from kysely_migration m) as migrations,
         (select last_value || ' ' || is_called from paper_number) as number,
         (select last_value || ' ' || is_called from sample_id_seq) as identity`;

const migrate: Migrate = async ({ ownerUrl }) => void (await query(ownerUrl, SCHEMA + GUARD));
const list = (folder: string) => fs.readdirSync(folder).toSorted();

function writeFiles(dataDir: string): void {
  fs.mkdirSync(path.join(dataDir, 'files', 'ab', 'empty'), { recursive: true });
  fs.writeFileSync(path.join(dataDir, 'files', 'ab', 'abcd'), Buffer.from([0, 1, 2, 255]));
  fs.mkdirSync(path.join(dataDir, 'keys'));
  fs.writeFileSync(path.join(dataDir, 'keys', 'vault.json'), 'secret', { mode: 0o600 });
}

function sameFiles(t: Test, dataDir: string): void {
  t.same(fs.readFileSync(path.join(dataDir, 'files', 'ab', 'abcd')), Buffer.from([0, 1, 2, 255]));
  t.ok(fs.existsSync(path.join(dataDir, 'files', 'ab', 'empty')), 'empty folders too');
  const key = path.join(dataDir, 'keys', 'vault.json');
  t.equal(fs.readFileSync(key, 'utf8'), 'secret');
  t.equal(fs.statSync(key).mode & 0o777, 0o600);
}

const base = tempFolder(t);
const origin = path.join(base, 'origin');
const running = path.join(base, 'running');
const stopped = path.join(base, 'stopped');
let content: Record<string, unknown>[];

t.test('a running server is backed up and restored to a new folder, value for value', async (t) => {
  const server = await started(t, origin);
  await query(server.ownerUrl, SCHEMA);
  await query(server.ownerUrl, ROWS);
  await query(server.ownerUrl, GUARD);
  writeFiles(origin);
  content = await query(server.ownerUrl, CONTENT);
  const manifest = await backupRunning({ ownerUrl: server.ownerUrl, dataDir: origin }, running, TAKEN_AT);
  t.match(manifest, { kind: 'running', takenAt: '2024-03-07T02:00:00.000Z', postgres: /^18\./ });
  t.same(manifest.migrations, ['0001-first', '0002-second']);
  t.same(Object.fromEntries(manifest.tables.map((table) => [table.name, table.rows])), {
    account: 10,
    kysely_migration: 2,
    nothing_in_it: 0,
    sample: 20004,
    'strange "name"': 2,
  });
  t.same(list(path.join(running, 'data')), ['files', 'keys'], 'no passwords, no database folder, no log');
  t.equal(fs.statSync(running).mode & 0o777, 0o700);

  const target = path.join(base, 'from-running');
  const asked: (readonly string[])[] = [];
  await restore({
    fromDir: running,
    dataDir: target,
    log: quiet,
    migrate: async (server, names) => {
      asked.push(names);
      await migrate(server, names);
    },
  });
  t.same(asked, [['0001-first', '0002-second']]);
  t.same(list(target), ['files', 'keys', 'pg', 'pg-passwords.json']);
  sameFiles(t, target);
  const restored = await started(t, target);
  t.equal(restored.started, 'warm');
  t.same(await query(restored.ownerUrl, CONTENT), content);
  await t.rejects(
    query(restored.ownerUrl, `insert into sample (note) values ('x')`),
    /append only/,
    'triggers are on',
  );
  t.match(await query(restored.ownerUrl, `select nextval('paper_number')::int as n`), [{ n: 42 }]);
});

t.test('a backup amid writes holds one instant', async (t) => {
  const server = await started(t, origin);
  const clients = await Promise.all(
    [1, 2, 3].map(() => new pg.Client({ connectionString: server.ownerUrl }).connect()),
  );
  let going = true;
  let transfers = 0;
  await query(server.ownerUrl, 'create table mirror as select id, held from account');
  const transferring = clients.map(async (client, i) => {
    while (going) {
      // One transaction moves the same amount in two tables; any instant sees both or neither.
      await client.query(`begin; update account set held = held + 1 where id = ${i + 1}`);
      await client.query(`update mirror set held = held + 1 where id = ${i + 1}; commit`);
      transfers++;
    }
    await client.end();
  });
  const target = path.join(base, 'amid');
  const before = transfers;
  const manifest = await backupRunning({ ownerUrl: server.ownerUrl, dataDir: origin }, target, TAKEN_AT);
  going = false;
  await Promise.all(transferring);
  t.ok(transfers > before, 'writes went on');
  const rows = (name: string) => {
    const { file } = manifest.tables.find((table) => table.name === name)!;
    return fs.readFileSync(path.join(target, file), 'utf8').trim().split('\n').toSorted();
  };
  t.same(rows('mirror'), rows('account'));
  await query(server.ownerUrl, 'drop table mirror; update account set held = 0 where id > 1');
  await query(server.ownerUrl, 'update account set held = 5 where id = 1');
});

t.test('a stopped installation is backed up and restored with its log-ins', async (t) => {
  const server = await started(t, origin);
  const whileRunning = backupStopped({ dataDir: origin }, stopped, TAKEN_AT);
  await t.rejects(whileRunning, sentences(/in use by a running process/));
  await server.stop();
  const manifest = await backupStopped({ dataDir: origin }, stopped, TAKEN_AT);
  t.match(manifest, { kind: 'stopped', tables: [] });
  t.same(list(path.join(stopped, 'data')), ['files', 'keys', 'pg', 'pg-passwords.json']);
  t.notOk(fs.existsSync(path.join(origin, 'owner.json')), 'the folder is given up again');
  const target = path.join(base, 'from-stopped');
  const unused: Migrate = async () => void t.fail('a database folder needs no migration');
  await restore({ fromDir: stopped, dataDir: target, migrate: unused, log: quiet });
  sameFiles(t, target);
  const restored = await started(t, target);
  t.same(await query(restored.ownerUrl, CONTENT), content);
  t.equal(new URL(restored.appUrl).password, new URL(server.appUrl).password);
  t.match(await query(restored.appUrl, 'select 1 as one'), [{ one: 1 }]);
});

t.test('files kept outside the data folder come along', async (t) => {
  const outside = path.join(base, 'outside');
  fs.mkdirSync(outside);
  fs.writeFileSync(path.join(outside, 'beef.jpg'), 'picture');
  const target = path.join(base, 'with-outside');
  await backupStopped({ dataDir: origin, filesDir: outside }, target, TAKEN_AT);
  t.same(list(path.join(target, 'data', 'files')), ['beef.jpg']);
});

t.test(
  'a backup that is damaged, unfinished or of another schema is refused and can be tried again',
  async (t) => {
    const dataDir = path.join(base, 'again');
    const tryFrom = (fromDir: string, by: Migrate = migrate) =>
      restore({ fromDir, dataDir, migrate: by, log: quiet });
    await t.rejects(tryFrom(base), sentences(/is not a finished backup/));

    const file = path.join(running, 'tables', 'public.account.copy');
    const bytes = fs.readFileSync(file);
    fs.writeFileSync(file, Buffer.from(bytes.toString().replace('5', '6')));
    await t.rejects(tryFrom(running), sentences(/damaged \(tables\/public.account.copy/));
    fs.rmSync(file);
    await t.rejects(tryFrom(running), sentences(/damaged \(tables\/public.account.copy/));
    fs.writeFileSync(file, bytes);

    const older: Migrate = async ({ ownerUrl }) => {
      await query(ownerUrl, SCHEMA);
      await query(ownerUrl, `alter table account add remark text`);
    };
    await t.rejects(tryFrom(running, older), sentences(/schema of the backup \(up to 0002-second\)/));
    await tryFrom(running);
    const server = await started(t, dataDir);
    t.same(await query(server.ownerUrl, CONTENT), content);
  },
);

t.test('rows that come back otherwise than they went in are noticed', async (t) => {
  // A trigger that fires even in replica mode changes a row while it is loaded.
  const meddling: Migrate = async ({ ownerUrl }) => {
    await query(ownerUrl, SCHEMA);
    await query(
      ownerUrl,
      `create function meddle() returns trigger language plpgsql as $$ begin new.held := new.held + 1; return new; end $$;
       create trigger meddle before insert on account for each row execute function meddle();
       alter table account enable always trigger meddle`,
    );
  };
  const dataDir = path.join(base, 'meddled');
  await t.rejects(
    restore({ fromDir: running, dataDir, migrate: meddling, log: quiet }),
    sentences(/the table "public"."account" is not what the backup holds/),
  );
  t.notOk(fs.existsSync(path.join(dataDir, 'pg')), 'nothing stands in its place');
});

t.test(
  'folders: nothing is overwritten, nothing is backed up into itself, nothing out of nothing',
  async (t) => {
    const filled = path.join(base, 'filled');
    fs.mkdirSync(filled);
    fs.writeFileSync(path.join(filled, 'thesis.txt'), '');
    await t.rejects(backupStopped({ dataDir: origin }, filled, TAKEN_AT), sentences(/is not empty/));
    const into = restore({ fromDir: stopped, dataDir: filled, migrate, log: quiet });
    await t.rejects(into, sentences(/is not empty/));
    t.same(list(filled), ['thesis.txt']);
    const itself = backupStopped({ dataDir: origin }, path.join(origin, 'backup'), TAKEN_AT);
    await t.rejects(itself, sentences(/lies inside the data folder/));
    const none = backupStopped({ dataDir: path.join(base, 'none') }, path.join(base, 'x'), TAKEN_AT);
    await t.rejects(none, sentences(/holds no database/));
  },
);
