import { mkdir } from 'node:fs/promises';
import type { FastifyBaseLogger } from 'fastify';
import pg from 'pg';
import type { Config } from '../config.ts';
import { connect } from './connect.ts';
import { startEmbedded } from './embedded.ts';
import { mayAlterAudit, migrate, pendingMigrations, requireUtf8 } from './migrate.ts';
import { startupError } from './startup-error.ts';

/** A database ready to serve: migrated, the application's log-in granted what it may do. */
export type OpenDatabase = { appUrl: string; ownerUrl: string | null; close(): Promise<void> };

/** The user name of a PostgreSQL URL. */
const roleOf = (url: string): string => decodeURIComponent(new URL(url).username);

/** A sentence instead of a socket's error, and never the password. */
async function requireReachable(url: string, variable: string): Promise<void> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 10_000 });
  client.on('error', () => undefined);
  try {
    await client.connect();
  } catch (error) {
    const { host, pathname } = new URL(url);
    const { code = 'timeout' } = error as { code?: string };
    throw startupError(
      `无法连接数据库 ${host}${pathname}（${code}）：请检查 ${variable} 的地址、用户和口令，以及数据库是否在运行。`,
      `Cannot connect to the database ${host}${pathname} (${code}): check address, user and password in ${variable}, and whether the database runs.`,
    );
  } finally {
    await client.end().catch(() => undefined);
  }
}

async function migrateAs(ownerUrl: string, appUrl: string, log: FastifyBaseLogger): Promise<void> {
  const owner = connect(ownerUrl, 2);
  try {
    await requireUtf8(owner);
    const ran = await migrate(owner, roleOf(appUrl));
    if (ran.length > 0) log.info({ migrations: ran }, 'migrated');
  } finally {
    await owner.destroy();
  }
}

/** Without the owner's log-in nothing is migrated: the schema is checked, and a role that is too strong named. */
async function checkOnly(appUrl: string, log: FastifyBaseLogger): Promise<void> {
  const app = connect(appUrl, 2);
  try {
    await requireUtf8(app);
    const pending = await pendingMigrations(app);
    if (pending.length > 0) {
      const names = pending.join(', ');
      throw startupError(
        `数据库结构不是最新的（缺 ${names}）。请设置 DATABASE_OWNER_URL 后重新启动，或先运行 shian migrate。`,
        `The database lacks ${names}: set DATABASE_OWNER_URL and start again, or run "shian migrate" first.`,
      );
    }
    if (await mayAlterAudit(app)) {
      log.warn(
        'the application role may alter audit rows: give it INSERT and SELECT only (set DATABASE_OWNER_URL)',
      );
    }
  } finally {
    await app.destroy();
  }
}

/** Opens the database the configuration names: any PostgreSQL by URL, else the embedded one in DATA_DIR. */
export async function openDatabase(
  config: Config,
  log: FastifyBaseLogger,
  { throwaway = false } = {},
): Promise<OpenDatabase> {
  const { databaseUrl, databaseOwnerUrl } = config.secrets;
  if (databaseUrl) {
    await requireReachable(databaseUrl, 'DATABASE_URL');
    if (databaseOwnerUrl) await requireReachable(databaseOwnerUrl, 'DATABASE_OWNER_URL');
    if (databaseOwnerUrl) await migrateAs(databaseOwnerUrl, databaseUrl, log);
    else await checkOnly(databaseUrl, log);
    return { appUrl: databaseUrl, ownerUrl: databaseOwnerUrl ?? null, close: async () => undefined };
  }
  await mkdir(config.dataDir, { recursive: true }).catch(() => undefined);
  const server = await startEmbedded({
    dataDir: config.dataDir,
    throwaway,
    log: (message, fields) => log.info(fields ?? {}, message),
  });
  try {
    await migrateAs(server.ownerUrl, server.appUrl, log);
  } catch (error) {
    await server.stop();
    throw error;
  }
  return { appUrl: server.appUrl, ownerUrl: server.ownerUrl, close: () => server.stop() };
}
