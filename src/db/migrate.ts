import { readdir, readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { type Kysely, sql } from 'kysely';
import { type Migration, Migrator } from 'kysely/migration';
import type { DB } from './schema.ts';

const MIGRATIONS = resolve(import.meta.dirname, '../../migrations');

/** The plain SQL files of `migrations/` (of these names alone, where given), by name; forward only. */
async function sqlFiles(only?: readonly string[]): Promise<Record<string, Migration>> {
  const names = (await readdir(MIGRATIONS))
    .filter((name) => name.endsWith('.sql') && (only?.includes(name.replace(/\.sql$/, '')) ?? true))
    .toSorted();
  const files = await Promise.all(names.map((name) => readFile(join(MIGRATIONS, name), 'utf8')));
  return Object.fromEntries(
    names.map((name, at) => [
      name.replace(/\.sql$/, ''),
      {
        up: async (db: Kysely<unknown>) => void (await sql.raw(files[at]!).execute(db)),
      },
    ]),
  );
}

/**
 * What is pending runs in the order of the names. A database may have come by two that share a number the other way
 * round, or have missed one that landed late under an earlier name: it starts all the same, the late one runs last.
 */
function migrator(db: Kysely<DB>, only?: readonly string[]): Migrator {
  return new Migrator({
    db,
    provider: { getMigrations: () => sqlFiles(only) },
    allowUnorderedMigrations: true,
  });
}

/** Names of the migrations this version knows and the database has not. */
export async function pendingMigrations(db: Kysely<DB>): Promise<string[]> {
  const all = await migrator(db).getMigrations();
  return all.filter((migration) => !migration.executedAt).map((migration) => migration.name);
}

/**
 * Runs every pending migration (or those of `only`) in one transaction, one process at a time (Kysely takes a lock), then gives the
 * application's role what it may do: everything but changing or deleting a line of the audit trail.
 * Answers with the names that ran; throws where one failed, and then nothing has changed.
 */
export async function migrate(
  owner: Kysely<DB>,
  appRole: string,
  only?: readonly string[],
): Promise<string[]> {
  const { error, results } = await migrator(owner, only).migrateToLatest();
  if (error) throw error instanceof Error ? error : new Error('migration failed', { cause: error });
  await grant(owner, appRole);
  return (results ?? [])
    .filter((result) => result.status === 'Success')
    .map((result) => result.migrationName);
}

/** Tables the application's role may only add to and read. */
export const APPEND_ONLY = [
  'audit_entries',
  'audit_batches',
  'corrections',
  'assignments',
  'goods_movements',
  'clock_history',
  'sample_custody',
  'operation_log',
] as const;

async function grant(owner: Kysely<DB>, appRole: string): Promise<void> {
  const role = sql.id(appRole);
  await owner.transaction().execute(async (trx) => {
    // Two grants at once on the same table end in "tuple concurrently updated".
    await sql`select pg_advisory_xact_lock(hashtext('shian:grant'))`.execute(trx);
    await sql`grant usage on schema public to ${role}`.execute(trx);
    await sql`grant select, insert, update, delete on all tables in schema public to ${role}`.execute(trx);
    await sql`grant usage, select on all sequences in schema public to ${role}`.execute(trx);
    // A restore migrates only as far as its backup had come: not every table may be there yet.
    for (const table of await existing(trx, APPEND_ONLY)) {
      await sql`revoke update, delete, truncate on ${sql.table(table)} from ${role}`.execute(trx);
    }
    await sql`revoke all on kysely_migration, kysely_migration_lock from ${role}`.execute(trx);
    await sql`grant select on kysely_migration to ${role}`.execute(trx);
  });
}

async function existing(db: Kysely<DB>, tables: readonly string[]): Promise<string[]> {
  const { rows } = await sql<{ name: string }>`
    select name from unnest(${sql.val(tables)}::text[]) as name where to_regclass('public.' || name) is not null`.execute(
    db,
  );
  return rows.map((row) => row.name);
}

/** Whether the logged-in role could alter the audit trail: start-up warns about it. */
export async function mayAlterAudit(db: Kysely<DB>): Promise<boolean> {
  const { rows } = await sql<{ may: boolean }>`
    select has_table_privilege(current_user, 'audit_entries', 'update')
        or has_table_privilege(current_user, 'audit_entries', 'delete') as may`.execute(db);
  return rows[0]?.may ?? false;
}

/** Refuses a database whose encoding would break Chinese text. */
export async function requireUtf8(db: Kysely<DB>): Promise<void> {
  const { rows } = await sql<{ encoding: string; version: number }>`
    select current_setting('server_encoding') as encoding, current_setting('server_version_num')::int as version`.execute(
    db,
  );
  const { encoding, version } = rows[0]!;
  if (encoding !== 'UTF8') {
    throw new Error(
      `数据库编码为 ${encoding}，须为 UTF8。请用 UTF8 编码重建数据库。\nThe database is encoded in ${encoding}; make one in UTF8.`,
    );
  }
  if (version < 160000) {
    throw new Error(
      `数据库版本过低（${version}），须为 PostgreSQL 16 或更高。\nPostgreSQL ${version} is too old; 16 or newer is needed.`,
    );
  }
}
