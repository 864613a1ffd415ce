/**
 * Writes `src/db/schema.ts` from a freshly migrated database: `npm run db:types`.
 * With `--verify` it compares instead and exits 1 where the file has drifted.
 * Columns that a CHECK limits to a list become unions of that list.
 */
import { spawn } from 'node:child_process';
import { readFile, rm, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import pg from 'pg';
import { connect } from '../../src/db/connect.ts';
import { startEmbedded } from '../../src/db/embedded.ts';
import { migrate } from '../../src/db/migrate.ts';
import { makeTempFolder } from '../../src/db/temp-folder.ts';

const TARGET = resolve(import.meta.dirname, '../../src/db/schema.ts');

async function unions(url: string): Promise<Record<string, string>> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  const { rows } = await client.query<{ table: string; column: string; definition: string }>(`
    select c.conrelid::regclass::text as table, a.attname as column, pg_get_constraintdef(c.oid) as definition
    from pg_constraint c
    join pg_attribute a on a.attrelid = c.conrelid and a.attnum = c.conkey[1]
    where c.contype = 'c' and array_length(c.conkey, 1) = 1
      and pg_get_constraintdef(c.oid) ~ '= ANY \\(ARRAY\\['`);
  await client.end();
  const nullable = await nullableColumns(url);
  return Object.fromEntries(
    rows.map(({ table, column, definition }) => {
      const values = [...definition.matchAll(/'([^']+)'::text/g)].map((match) => `'${match[1]}'`);
      const name = `${table}.${column}`;
      return [name, nullable.has(name) ? [...values, 'null'].join(' | ') : values.join(' | ')];
    }),
  );
}

async function nullableColumns(url: string): Promise<Set<string>> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  const { rows } = await client.query<{ name: string }>(`
    select table_name || '.' || column_name as name from information_schema.columns
    where table_schema = 'public' and is_nullable = 'YES'`);
  await client.end();
  return new Set(rows.map((row) => row.name));
}

function codegen(url: string, outFile: string, columns: Record<string, string>): Promise<void> {
  const args = [
    resolve(import.meta.dirname, '../../node_modules/kysely-codegen/dist/cli/bin.js'),
    ['--dialect', 'postgres', '--url', url, '--camel-case', '--out-file', outFile],
    ['--date-parser', 'string', '--numeric-parser', 'string', '--log-level', 'error'],
    ['--type-mapping', JSON.stringify({ int8: 'number' })],
    ['--overrides', JSON.stringify({ columns })],
    ['--exclude-pattern', 'public.kysely_*'],
  ].flat();
  return new Promise((done, failed) => {
    // It grumbles at length that it finds no JavaScript API in TypeScript 7 and then takes the union as written.
    const child = spawn(process.execPath, args, { stdio: ['ignore', 'ignore', 'pipe'] });
    let grumble = '';
    child.stderr.on('data', (chunk: Buffer) => (grumble += chunk.toString()));
    child.on('error', failed);
    child.on('exit', (code) =>
      code === 0 ? done() : failed(new Error(`kysely-codegen: ${code}\n${grumble}`)),
    );
  });
}

async function generate(): Promise<string> {
  const folder = await makeTempFolder('shian-types-');
  const server = await startEmbedded({ dataDir: join(folder, 'db'), throwaway: true, log: () => undefined });
  try {
    const db = connect(server.ownerUrl, 2);
    await migrate(db, 'shian_app');
    await db.destroy();
    const outFile = join(folder, 'schema.ts');
    await codegen(server.ownerUrl, outFile, await unions(server.ownerUrl));
    return await readFile(outFile, 'utf8');
  } finally {
    await server.stop();
    await rm(folder, { recursive: true, force: true });
  }
}

const fresh = await generate();
if (process.argv.includes('--verify')) {
  if ((await readFile(TARGET, 'utf8')) !== fresh) {
    console.error('src/db/schema.ts has drifted from the migrations: run `npm run db:types`.');
    process.exit(1);
  }
} else {
  await writeFile(TARGET, fresh);
}
