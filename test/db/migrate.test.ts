import { readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import t from 'tap';
import { connect } from '../../src/db/connect.ts';
import { migrate, pendingMigrations } from '../../src/db/migrate.ts';
import { query, started, tempFolder } from './fixtures/folders.ts';

const FOLDER = resolve(import.meta.dirname, '../../migrations');
const NAMES = readdirSync(FOLDER)
  .filter((name) => name.endsWith('.sql'))
  .map((name) => name.replace(/\.sql$/, ''))
  .toSorted();

/** Every column and constraint, whatever order they came in. */
const SHAPE = `
  select table_name || '.' || column_name || ' ' || data_type || ' ' || is_nullable || ' ' || coalesce(column_default, '') as one
    from information_schema.columns where table_schema = 'public'
  union all
  select conrelid::regclass || ' ' || conname || ' ' || pg_get_constraintdef(oid) from pg_constraint
    where connamespace = 'public'::regnamespace
  union all
  select indexdef from pg_indexes where schemaname = 'public'
  order by 1`;

t.test('a database that came by two of the same number the other way round goes on', async (t) => {
  const server = await started(t, join(tempFolder(t), 'data'));
  const databases: string[] = [];
  for (const name of ['in_order', 'otherwise']) {
    await query(server.ownerUrl, `create database ${name}`);
    databases.push(server.ownerUrl.replace(/\/[^/?]*(\?|$)/, `/${name}$1`));
  }
  const [inOrder, otherwise] = databases.map((url) => connect(url, 2));
  t.teardown(() => Promise.all([inOrder!.destroy(), otherwise!.destroy()]));
  t.same(await migrate(inOrder!, 'shian_app'), NAMES);

  const isTwin = (name: string, at: number): boolean =>
    at > 0 && name.slice(0, 4) === NAMES[at - 1]!.slice(0, 4);
  t.ok(NAMES.some(isTwin));
  const there: string[] = [];
  for (const [at, name] of NAMES.entries()) {
    // A second of a number landed, and ran here, before its twin was there; the twin came with the next.
    if (isTwin(NAMES[at + 1] ?? '', at + 1)) continue;
    there.push(name);
    if (!isTwin(name, at)) continue;
    await migrate(otherwise!, 'shian_app', there);
    there.push(NAMES[at - 1]!);
  }
  await migrate(otherwise!, 'shian_app');
  t.same(await pendingMigrations(otherwise!), []);
  t.same(await query(databases[1]!, SHAPE), await query(databases[0]!, SHAPE), 'and the schema is the same');
});
