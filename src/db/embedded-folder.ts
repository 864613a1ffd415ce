// The data folder of the embedded server: can the server reach it, is it ours to use, initdb, passwords, log.
import { execFile, execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { promisify } from 'node:util';
import { SERVER_ENV } from './embedded-binaries.ts';
import type { Binaries, RunAs } from './embedded-binaries.ts';
import { startupError } from './startup-error.ts';

const LOG_LIMIT_BYTES = 10 * 1024 * 1024;
/** Not every platform has C.UTF-8; as the builtin provider sorts and folds, plain C does there. */
const CTYPE = process.platform === 'linux' ? 'C.UTF-8' : 'C';

/** Passwords of the two log-ins, random, kept in a file of mode 0600 in the data folder. */
export type Passwords = { owner: string; app: string };

/**
 * Makes the data folder if it is missing and returns its real path. Throws a sentence when it cannot be made
 * or written, or when the server's user cannot pass one of the folders above it.
 */
export function openDataFolder(dataDir: string, runAs: RunAs): string {
  const wanted = path.resolve(dataDir);
  let real: string;
  try {
    makeFolder(wanted, runAs);
    real = fs.realpathSync(wanted);
    if (runAs) fs.chmodSync(real, fs.statSync(real).mode | 0o011);
    fs.accessSync(real, fs.constants.W_OK | fs.constants.X_OK);
    fs.accessSync(path.dirname(real), fs.constants.X_OK);
  } catch (e) {
    throw unwritable(wanted, (e as NodeJS.ErrnoException).code ?? 'EACCES');
  }
  const closed = runAs && firstClosed(real, runAs);
  if (closed) throw unreachable(real, closed);
  return real;
}

/** What the folder for the database holds: nothing yet, or a database of our major version. Else a sentence. */
export function inspectDatabase(pgDir: string, binaries: Binaries): 'none' | 'database' {
  if (!fs.existsSync(pgDir) || fs.readdirSync(pgDir).length === 0) return 'none';
  let major: string;
  try {
    major = fs.readFileSync(path.join(pgDir, 'PG_VERSION'), 'utf8').trim();
  } catch {
    throw startupError(
      `目录 ${pgDir} 不是空的，也不是 PostgreSQL 数据目录：请把它移走，或把 DATA_DIR 设为另一个目录。`,
      `The folder ${pgDir} is neither empty nor a PostgreSQL data folder: move it away, or set DATA_DIR to another folder.`,
    );
  }
  if (major === String(binaries.major)) return 'database';
  throw startupError(
    `目录 ${pgDir} 属于 PostgreSQL ${major}，而内置的是 PostgreSQL ${binaries.major}：请用原来的版本备份后还原到新目录，或把 DATA_DIR 设为另一个目录。`,
    `The folder ${pgDir} belongs to PostgreSQL ${major}, and the embedded one is PostgreSQL ${binaries.major}: back up with the earlier version and restore to a new folder, or set DATA_DIR to another folder.`,
  );
}

/**
 * A new database cluster. It is made beside its place and moved there whole, so a start that was cut off
 * leaves nothing that looks like a database.
 */
export async function makeDatabase(
  dataDir: string,
  passwords: Passwords,
  opts: { binaries: Binaries; runAs: RunAs; sync: boolean },
): Promise<void> {
  const draft = path.join(dataDir, 'pg.new');
  const pwfile = path.join(dataDir, 'pwfile.tmp');
  fs.rmSync(draft, { recursive: true, force: true });
  fs.rmSync(pwfile, { force: true });
  fs.mkdirSync(draft, { mode: 0o700 });
  fs.writeFileSync(pwfile, passwords.owner, { mode: 0o600, flag: 'wx' });
  if (opts.runAs) for (const p of [draft, pwfile]) fs.chownSync(p, opts.runAs.uid, opts.runAs.gid);
  const args = ['-D', draft, '-U', 'shian_owner', `--pwfile=${pwfile}`, '--auth=scram-sha-256'];
  args.push(
    '--encoding=UTF8',
    '--locale-provider=builtin',
    '--builtin-locale=C.UTF-8',
    `--lc-ctype=${CTYPE}`,
  );
  args.push('--no-instructions', opts.sync ? '--data-checksums' : '--no-sync');
  try {
    await promisify(execFile)(opts.binaries.initdb, args, { ...opts.runAs, cwd: draft, env: SERVER_ENV });
  } catch (e) {
    const said = String((e as { stderr?: string }).stderr || e).trim();
    throw startupError(
      `无法在 ${dataDir} 建立数据库：${said}`,
      `No database could be made in ${dataDir}: ${said}`,
    );
  } finally {
    fs.rmSync(pwfile, { force: true });
  }
  fs.renameSync(draft, path.join(dataDir, 'pg'));
}

/**
 * Gives the database folder to the server's user, e.g. after a restore, or when a folder made by an ordinary
 * user is started by root. Throws a sentence when it is another user's and we cannot.
 */
export function giveToServer(pgDir: string, runAs: RunAs): void {
  const holder = fs.statSync(pgDir).uid;
  const uid = runAs?.uid ?? process.getuid?.();
  if (uid === undefined || holder === uid) return;
  if (!runAs) {
    throw startupError(
      `目录 ${pgDir} 属于另一个用户（uid ${holder}）：请以该用户或 root 运行，或用 chown -R 更改其所有者。`,
      `The folder ${pgDir} belongs to another user (uid ${holder}): run as that user or as root, or change its owner with chown -R.`,
    );
  }
  for (const entry of fs.readdirSync(pgDir, { recursive: true })) {
    fs.lchownSync(path.join(pgDir, String(entry)), runAs.uid, runAs.gid);
  }
  fs.chownSync(pgDir, runAs.uid, runAs.gid);
}

/** The passwords of this folder; null where there are none yet. */
export function readPasswords(dataDir: string): Passwords | null {
  try {
    return JSON.parse(fs.readFileSync(path.join(dataDir, 'pg-passwords.json'), 'utf8')) as Passwords;
  } catch (e) {
    if ((e as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw e;
  }
}

/** New random passwords, on disk before they are used: without the file nobody could log in again. */
export function writePasswords(dataDir: string): Passwords {
  const secret = () => randomBytes(24).toString('base64url');
  const passwords = { owner: secret(), app: secret() };
  const file = path.join(dataDir, 'pg-passwords.json');
  fs.rmSync(file, { force: true });
  fs.writeFileSync(file, JSON.stringify(passwords), { mode: 0o600, flag: 'wx', flush: true });
  return passwords;
}

/** Opens the server's log for appending; one past 10 MB is put aside first, the last two are kept. */
export function openLog(dataDir: string): number {
  const file = path.join(dataDir, 'postgres.log');
  if (fs.existsSync(file) && fs.statSync(file).size > LOG_LIMIT_BYTES) {
    if (fs.existsSync(`${file}.1`)) fs.renameSync(`${file}.1`, `${file}.2`);
    fs.renameSync(file, `${file}.1`);
  }
  return fs.openSync(file, 'a', 0o600);
}

/** The end of the server's log, for an error message. */
export function logTail(dataDir: string): string {
  const text = fs.readFileSync(path.join(dataDir, 'postgres.log'), 'utf8');
  return text.trim().split('\n').slice(-3).join(' | ');
}

function makeFolder(dir: string, runAs: RunAs): void {
  const first = fs.mkdirSync(dir, { recursive: true, mode: runAs ? 0o711 : 0o700 });
  if (!first || !runAs) return;
  // Under a strict umask the folders just made would be closed to the server's user.
  for (let d = dir; d.length >= first.length; d = path.dirname(d)) fs.chmodSync(d, 0o711);
}

/** The first folder on the way that the user may not pass, asked of the system as that user. */
function firstClosed(dir: string, runAs: NonNullable<RunAs>): string | null {
  const way: string[] = [];
  for (let d = dir; d !== path.dirname(d); d = path.dirname(d)) way.unshift(d);
  const script = 'for d; do [ -x "$d" ] || { printf %s "$d"; exit; }; done';
  const answer = execFileSync('/bin/sh', ['-c', script, 'sh', ...way], {
    ...runAs,
    cwd: '/',
    env: SERVER_ENV,
  });
  return answer.toString() || null;
}

function unwritable(dir: string, code: string): Error {
  return startupError(
    `数据目录 ${dir} 无法建立或不可写（${code}）：请更改其权限，或把 DATA_DIR 设为一个可写的目录。`,
    `The data folder ${dir} cannot be made or written (${code}): change its permissions, or set DATA_DIR to a folder that can be written.`,
  );
}

function unreachable(dir: string, closed: string): Error {
  return startupError(
    `数据目录 ${dir} 无法被数据库所用的用户 nobody 到达（${closed} 不允许其通过）：请把 DATA_DIR 设为所有用户可以通过的目录（如 /var/lib/shian），或改用普通用户运行。`,
    `The data folder ${dir} cannot be reached by the user nobody, as whom the database runs (${closed} is closed to it): set DATA_DIR to a folder all users may pass, such as /var/lib/shian, or run as an ordinary user.`,
  );
}
