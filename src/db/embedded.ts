// An embedded PostgreSQL 18 for when no DATABASE_URL is set: a real server, its data in <dataDir>/pg.
import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import * as fs from 'node:fs';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import * as path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import pg from 'pg';
import { locateBinaries, SERVER_ENV, serverUser } from './embedded-binaries.ts';
import type { Binaries, RunAs } from './embedded-binaries.ts';
import * as folder from './embedded-folder.ts';
import * as owner from './embedded-owner.ts';
import { startupError } from './startup-error.ts';

export { startupError } from './startup-error.ts';

export type EmbeddedServer = {
  host: '127.0.0.1';
  port: number;
  /** postgres:// URL of the superuser shian_owner, database shian. */
  ownerUrl: string;
  /** postgres:// URL of shian_app: may log in and connect, everything else is granted by the migrations. */
  appUrl: string;
  /** recovered: the database of a killed process was still running and was stopped first. */
  started: 'new' | 'warm' | 'recovered';
  /** Fast shutdown, waits for the end; a throwaway folder is gone afterwards. A second call does nothing. */
  stop(): Promise<void>;
};

export type Log = (msg: string, fields?: object) => void;
type Options = { dataDir: string; throwaway?: boolean; log: Log };
type Start = {
  dataDir: string;
  pgDir: string;
  throwaway: boolean;
  binaries: Binaries;
  runAs: RunAs;
  log: Log;
};
type Running = { child: ChildProcess; port: number };

const READY_POLL_MS = 20;
/** Crash recovery of a large database replays its log before it answers. */
const READY_LIMIT_MS = 300_000;
const START_ATTEMPTS = 5;

/**
 * Starts the server of `dataDir` on a free port of 127.0.0.1, making folder, cluster, database and both
 * log-ins where they are missing. Throws a sentence (Chinese, newline, English) that says what to do when the
 * folder is in use by a living process, unreachable, not writable, or of another PostgreSQL version.
 * `throwaway`: no fsync, and the whole folder is deleted when the server stops or this process dies.
 */
export async function startEmbedded(opts: Options): Promise<EmbeddedServer> {
  const runAs = await serverUser();
  const [binaries, dataDir] = await Promise.all([
    locateBinaries(runAs),
    Promise.resolve().then(() => folder.openDataFolder(opts.dataDir, runAs)),
  ]);
  const throwaway = opts.throwaway ?? false;
  const start: Start = {
    dataDir,
    pgDir: path.join(dataDir, 'pg'),
    throwaway,
    binaries,
    runAs,
    log: opts.log,
  };
  owner.takeOwnership(dataDir);
  try {
    return await startOwned(start);
  } catch (e) {
    owner.releaseOwnership(dataDir);
    throw e;
  }
}

/**
 * The log-ins of the server that a living process runs on this folder, or null: for a command beside
 * `npm start`.
 */
export async function findRunning(dataDir: string): Promise<{ ownerUrl: string; appUrl: string } | null> {
  if (!fs.existsSync(dataDir)) return null;
  const real = fs.realpathSync(dataDir);
  if (!owner.livingOwner(real)) return null;
  const server = owner.livingPostmaster(path.join(real, 'pg'));
  const passwords = folder.readPasswords(real);
  if (!server?.ready || !passwords) return null;
  const urls = urlsOf(passwords, server.port);
  // It counts as running once the database with both log-ins exists.
  return (await answers(urls.ownerUrl)) === 'yes' ? urls : null;
}

async function startOwned(start: Start): Promise<EmbeddedServer> {
  const { dataDir, pgDir, binaries, runAs, throwaway } = start;
  const state = folder.inspectDatabase(pgDir, binaries);
  if (state === 'database' && throwaway) throw notThrowaway(dataDir);
  const passwords = folder.readPasswords(dataDir) ?? newPasswords(start, state);
  const recovered = state === 'database' && (await owner.stopOrphan(pgDir, binaries));
  if (recovered) start.log('stopped the database that a killed process had left running', { dataDir });
  if (state === 'none') await folder.makeDatabase(dataDir, passwords, { binaries, runAs, sync: !throwaway });
  else folder.giveToServer(pgDir, runAs);
  const { child, port } = await launch(start, passwords);
  const urls = urlsOf(passwords, port);
  let stopping = false;
  child.on('exit', (code, signal) => {
    if (!stopping) start.log('the embedded database ended unexpectedly, see postgres.log', { code, signal });
  });
  const reaper = throwaway ? reapAtDeath(child.pid!, dataDir) : null;
  const started = recovered ? 'recovered' : state === 'none' ? 'new' : 'warm';
  let stopped: Promise<void> | undefined;
  const stop = (): Promise<void> => {
    stopping = true;
    return (stopped ??= shutDown(start, child, reaper));
  };
  start.log('embedded database ready', { dataDir, port, version: binaries.version, started });
  return { host: '127.0.0.1', port, ...urls, started, stop };
}

function newPasswords(start: Start, state: 'none' | 'database'): folder.Passwords {
  if (state === 'none') return folder.writePasswords(start.dataDir);
  throw startupError(
    `数据目录 ${start.dataDir} 缺少文件 pg-passwords.json，无法登录其数据库：请从备份中还原该文件。`,
    `The data folder ${start.dataDir} lacks the file pg-passwords.json, without which its database cannot be entered: restore that file from a backup.`,
  );
}

function notThrowaway(dataDir: string): Error {
  return startupError(
    `目录 ${dataDir} 已有数据库，不能用作会被删除的临时目录：请另选一个空目录。`,
    `The folder ${dataDir} holds a database and cannot serve as one that is deleted afterwards: choose an empty folder.`,
  );
}

/** Starts postgres and waits until both log-ins work; another port when somebody took ours in between. */
async function launch(start: Start, passwords: folder.Passwords): Promise<Running> {
  for (let attempt = 1; ; attempt++) {
    const port = await freePort();
    const child = spawnPostgres(start, port);
    try {
      await untilReady(child, urlsOf(passwords, port), passwords);
      return { child, port };
    } catch (e) {
      if (child.exitCode === null && child.pid)
        await owner.stopPostmaster(child.pid, start.pgDir, start.binaries);
      const tail = folder.logTail(start.dataDir);
      // "pre-existing shared memory": backends of a killed postmaster, about to notice that it is dead.
      const passing = /could not (bind|create any TCP)|pre-existing shared memory/.test(tail);
      if (!passing || attempt === START_ATTEMPTS) throw notStarted(start.dataDir, e as Error, tail);
      await wait(100);
    }
  }
}

function notStarted(dataDir: string, e: Error, tail: string): Error {
  return startupError(
    `数据目录 ${dataDir} 的数据库未能启动（${e.message}；${tail}）：请查看 ${dataDir}/postgres.log。`,
    `The database of the data folder ${dataDir} did not start (${e.message}; ${tail}): see ${dataDir}/postgres.log.`,
  );
}

/** Its own session: Ctrl-C in the terminal must reach us only, so that requests drain before it stops. */
function spawnPostgres(start: Start, port: number): ChildProcess {
  const log = folder.openLog(start.dataDir);
  try {
    const child = spawn(start.binaries.postgres, ['-D', start.pgDir, ...settings(start.throwaway, port)], {
      ...start.runAs,
      cwd: start.pgDir,
      env: SERVER_ENV,
      detached: true,
      stdio: ['ignore', log, log],
    });
    child.on('error', () => undefined); // untilReady sees that it has no pid
    child.unref();
    return child;
  } finally {
    fs.closeSync(log);
  }
}

function settings(throwaway: boolean, port: number): string[] {
  const durable = throwaway ? 'off' : 'on';
  const all: Record<string, string | number> = {
    listen_addresses: '127.0.0.1',
    port,
    unix_socket_directories: '',
    max_connections: 100,
    shared_buffers: '256MB',
    fsync: durable,
    full_page_writes: durable,
    synchronous_commit: durable,
    timezone: 'UTC',
    log_timezone: 'UTC',
    // Statements and row details in the log would be personal data.
    log_min_error_statement: 'panic',
    log_error_verbosity: 'terse',
    ...(throwaway ? { wal_level: 'minimal', max_wal_senders: 0 } : {}),
  };
  return Object.entries(all).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
}

type Urls = { ownerUrl: string; appUrl: string };

function urlsOf(passwords: folder.Passwords, port: number): Urls {
  const url = (role: string, password: string) => `postgres://${role}:${password}@127.0.0.1:${port}/shian`;
  return { ownerUrl: url('shian_owner', passwords.owner), appUrl: url('shian_app', passwords.app) };
}

async function untilReady(child: ChildProcess, urls: Urls, passwords: folder.Passwords): Promise<void> {
  for (let waited = 0; waited < READY_LIMIT_MS; waited += READY_POLL_MS) {
    if (hasEnded(child)) throw new Error(`exit ${child.exitCode ?? child.signalCode ?? 'before start'}`);
    const answer = await answers(urls.ownerUrl);
    if (answer === 'yes') return;
    if (answer === 'no database') return provision(urls.ownerUrl, passwords);
    if (answer === 'wrong password' && waited > 3000) throw new Error('pg-passwords.json');
    await wait(READY_POLL_MS);
  }
  throw new Error('not ready in time');
}

function hasEnded(child: ChildProcess): boolean {
  return child.pid === undefined || child.exitCode !== null || child.signalCode !== null;
}

async function answers(url: string): Promise<'yes' | 'no database' | 'wrong password' | 'not yet'> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 10_000 });
  client.on('error', () => undefined);
  try {
    await client.connect();
    return 'yes';
  } catch (e) {
    const { code } = e as { code?: string };
    // Another program's server on this port also answers so, until ours finds that it cannot bind.
    if (code === '28P01') return 'wrong password';
    return code === '3D000' ? 'no database' : 'not yet';
  } finally {
    await client.end().catch(() => undefined);
  }
}

/** The database comes last: that it exists says that all before it was done. */
async function provision(ownerUrl: string, passwords: folder.Passwords): Promise<void> {
  const client = new pg.Client({ connectionString: ownerUrl.replace(/\/shian$/, '/postgres') });
  await client.connect();
  try {
    await client.query('drop database if exists shian_new');
    await client.query('drop role if exists shian_app');
    await client.query(`create role shian_app login password ${pg.escapeLiteral(passwords.app)}`);
    await client.query('revoke all on database postgres, template1 from public');
    // Made under another name: it appears as "shian" with its grants, or not at all.
    await client.query('create database shian_new owner shian_owner');
    await client.query('revoke all on database shian_new from public');
    await client.query('grant connect on database shian_new to shian_app');
    await client.query('alter database shian_new rename to shian');
  } finally {
    await client.end();
  }
}

/**
 * A process that outlives us: when our end of the pipe closes without the word (we were killed), it ends the
 * throwaway server and deletes its folder.
 */
function reapAtDeath(pid: number, dataDir: string): ChildProcess | null {
  if (process.platform === 'win32') return null;
  // Bounded: a dead process nobody collects still counts as there.
  const end =
    'kill -QUIT "$1"; for i in 1 2 3 4 5 6 7 8 9; do kill -0 "$1" || break; sleep 0.1; done; rm -rf -- "$2"';
  const script = `read word || { ${end}; }`;
  const reaper = spawn('/bin/sh', ['-c', script, 'sh', String(pid), dataDir], {
    cwd: '/',
    detached: true,
    stdio: ['pipe', 'ignore', 'ignore'],
  });
  reaper.unref();
  (reaper.stdin as unknown as { unref(): void }).unref();
  return reaper;
}

async function shutDown(start: Start, child: ChildProcess, reaper: ChildProcess | null): Promise<void> {
  if (!hasEnded(child)) {
    child.ref();
    const exit = once(child, 'exit');
    await owner.stopPostmaster(child.pid!, start.pgDir, start.binaries);
    await exit;
  }
  reaper?.stdin?.end('stopped\n');
  owner.releaseOwnership(start.dataDir);
  if (start.throwaway) fs.rmSync(start.dataDir, { recursive: true, force: true, maxRetries: 3 });
}

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const { port } = probe.address() as AddressInfo;
  probe.close();
  await once(probe, 'close');
  return port;
}
