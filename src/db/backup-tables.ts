// The tables and sequences of a database, out to a backup and in again, value for value.
import * as fs from 'node:fs';
import * as path from 'node:path';
import pg from 'pg';
import { rowTally, writeBackupFile } from './backup-folder.ts';
import type { BackupSequence, BackupTable, Manifest } from './backup-folder.ts';
import { copyIn, copyOut, EXACT_TEXT } from './copy.ts';
import { startupError } from './startup-error.ts';

type Table = Pick<BackupTable, 'schema' | 'name' | 'columns'>;
type Dump = Pick<Manifest, 'tables' | 'sequences' | 'migrations' | 'files'>;

/**
 * Writes every table into `target`/tables as of one instant, in one read-only snapshot, then reads the
 * sequences. The connection is the caller's, not inside a transaction.
 */
export async function dumpTables(client: pg.Client, target: string): Promise<Dump> {
  fs.mkdirSync(path.join(target, 'tables'), { mode: 0o700 });
  await client.query(EXACT_TEXT);
  await client.query('begin isolation level repeatable read read only');
  const migrations = await appliedMigrations(client);
  const tables: BackupTable[] = [];
  const files: Manifest['files'] = [];
  for (const table of await listTables(client)) {
    const file = `tables/${encodeURIComponent(`${table.schema}.${table.name}`)}.copy`;
    const tally = rowTally();
    files.push(
      await writeBackupFile(target, file, tally.through(copyOut(client, `${copyText(table)} to stdout`))),
    );
    tables.push({ ...table, file, ...tally.result() });
  }
  await client.query('commit');
  // Sequences stand outside every snapshot: read after the tables, they are past all the rows hold.
  return { tables, files, migrations, sequences: await readSequences(client) };
}

/** Names of the migrations a database has, in order; none when it was never migrated. */
export async function appliedMigrations(client: pg.Client): Promise<string[]> {
  const known = await client.query<{ there: boolean }>(
    `select to_regclass('kysely_migration') is not null as there`,
  );
  if (!known.rows[0]!.there) return [];
  const { rows } = await client.query<{ name: string }>('select name from kysely_migration order by name');
  return rows.map((row) => row.name);
}

/** The tables of all schemas but the system's, with their columns; generated columns follow from the others. */
async function listTables(client: pg.Client): Promise<Table[]> {
  const { rows } = await client.query<Table>(`
    select n.nspname as schema, c.relname as name,
           array(select a.attname::text from pg_attribute a
                  where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped and a.attgenerated = ''
                  order by a.attnum) as columns
      from pg_class c join pg_namespace n on n.oid = c.relnamespace
     where c.relkind = 'r' and c.relpersistence <> 't'
       and n.nspname !~ '^pg_' and n.nspname <> 'information_schema'
     order by 1, 2`);
  return rows;
}

/** `copy "schema"."table" ("column", …)`, for both directions. */
function copyText({ schema, name, columns }: Table): string {
  return `copy ${qualified({ schema, name })} (${columns.map(pg.escapeIdentifier).join(', ')})`;
}

/** A table's or sequence's name, quoted. */
function qualified({ schema, name }: { schema: string; name: string }): string {
  return `${pg.escapeIdentifier(schema)}.${pg.escapeIdentifier(name)}`;
}

async function readSequences(client: pg.Client): Promise<BackupSequence[]> {
  const { rows } = await client.query<{ schema: string; name: string }>(
    'select schemaname as schema, sequencename as name from pg_sequences order by 1, 2',
  );
  const sequences: BackupSequence[] = [];
  for (const row of rows) {
    const value = await client.query<{ last: string; called: boolean }>(
      `select last_value::text as last, is_called as called from ${qualified(row)}`,
    );
    sequences.push({ ...row, lastValue: value.rows[0]!.last, isCalled: value.rows[0]!.called });
  }
  return sequences;
}

/**
 * Fills a migrated, unused database with the tables of a backup in one transaction, triggers and foreign keys
 * off (the rows were consistent when they were read), then reads all of it back and compares counts and
 * digests. `owner` is a superuser. Throws a sentence naming what does not fit; then nothing has changed.
 */
export async function loadTables(owner: pg.Client, backup: string, manifest: Manifest): Promise<void> {
  await requireSameSchema(owner, manifest);
  await owner.query(EXACT_TEXT);
  await owner.query('begin');
  await owner.query('set local session_replication_role = replica');
  // Migrations may bring rows of their own; the backup has those too, as they stood.
  if (manifest.tables.length > 0) await owner.query(`truncate ${manifest.tables.map(qualified).join(', ')}`);
  for (const table of manifest.tables) {
    const rows = fs.createReadStream(path.join(backup, table.file));
    await copyIn(owner, `${copyText(table)} from stdin`, rows);
  }
  for (const sequence of manifest.sequences) {
    const args = [qualified(sequence), sequence.lastValue, sequence.isCalled];
    await owner.query('select setval($1::regclass, $2::bigint, $3::boolean)', args);
  }
  for (const table of manifest.tables) await requireSameRows(owner, table);
  await owner.query('commit');
  await owner.query('analyze');
}

async function requireSameSchema(owner: pg.Client, manifest: Manifest): Promise<void> {
  const migrations = await appliedMigrations(owner);
  const shape = (tables: Table[]) =>
    tables.map((table) => `${qualified(table)}: ${table.columns.toSorted().join(', ')}`).toSorted();
  const here = shape(await listTables(owner));
  const there = shape(manifest.tables);
  if (migrations.join() === manifest.migrations.join() && here.join() === there.join()) return;
  const last = manifest.migrations.at(-1) ?? '-';
  throw startupError(
    `备份的数据库结构（到 ${last}）与本程序迁移出的结构（到 ${migrations.at(-1) ?? '-'}）不同：请用制作该备份的程序版本还原，再升级。`,
    `The schema of the backup (up to ${last}) is not the one this program makes (up to ${migrations.at(-1) ?? '-'}): restore with the version of the program that made the backup, then upgrade.`,
  );
}

async function requireSameRows(owner: pg.Client, table: BackupTable): Promise<void> {
  const tally = rowTally();
  const rows = tally.through(copyOut(owner, `${copyText(table)} to stdout`));
  while (!(await rows.next()).done);
  const found = tally.result();
  if (found.rows === table.rows && found.digest === table.digest) return;
  throw startupError(
    `还原后表 ${qualified(table)} 与备份不符（${found.rows} 行，应为 ${table.rows} 行）：请勿使用该目录，另选一份备份。`,
    `After restoring, the table ${qualified(table)} is not what the backup holds (${found.rows} rows of ${table.rows}): do not use that folder, restore another backup.`,
  );
}
