// Who uses a data folder: the node process that owns it (owner.json) and the postgres that serves it.
import { execFileSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import type { Binaries } from './embedded-binaries.ts';
import { startupError } from './startup-error.ts';

type Owner = { pid: number; started: string };

const STOP_WAIT_MS = 30_000;

/**
 * What tells this process from a later one with the same number: boot id and start tick on Linux, the start
 * time elsewhere. Null when no such process lives; a zombie does not.
 */
function processStart(pid: number): string | null {
  try {
    if (process.platform === 'linux') {
      const stat = fs.readFileSync(`/proc/${pid}/stat`, 'utf8');
      const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
      if (fields[0] === 'Z' || fields[0] === 'X') return null;
      return `${fs.readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim()}:${fields[19]}`;
    }
    process.kill(pid, 0);
    return process.platform === 'win32' ? '' : ps(pid, 'lstart');
  } catch {
    return null;
  }
}

function ps(pid: number, column: 'lstart' | 'command'): string {
  const env = { LC_ALL: 'C', TZ: 'UTC', PATH: process.env.PATH };
  return execFileSync('ps', ['-o', `${column}=`, '-p', String(pid)], { env, encoding: 'utf8' }).trim();
}

/** The living process that owns the folder, or null. Never throws. */
export function livingOwner(dataDir: string): Owner | null {
  const owner = parseOwner(read(ownerFile(dataDir)));
  return owner && processStart(owner.pid) === owner.started ? owner : null;
}

/**
 * Makes this process the owner of the folder. Two starts at once: one gets it. Throws the sentence "in use"
 * when another living process (or this one) has it.
 */
export function takeOwnership(dataDir: string): void {
  const file = ownerFile(dataDir);
  const mine: Owner = { pid: process.pid, started: processStart(process.pid) ?? '' };
  const draft = `${file}.${randomUUID()}`;
  fs.writeFileSync(draft, JSON.stringify(mine), { mode: 0o600 });
  try {
    for (let attempt = 0; attempt < 10; attempt++) {
      const before = read(file);
      const living = livingOwner(dataDir);
      if (living) throw inUse(dataDir, living.pid);
      if (before !== null) removeDead(file, before);
      // A link, not a write: it appears whole or not at all, and only where there is none.
      if (linked(draft, file)) return;
    }
    throw inUse(dataDir, livingOwner(dataDir)?.pid);
  } finally {
    fs.rmSync(draft, { force: true });
  }
}

/** Gives the folder up, if this process owns it. */
export function releaseOwnership(dataDir: string): void {
  if (parseOwner(read(ownerFile(dataDir)))?.pid === process.pid)
    fs.rmSync(ownerFile(dataDir), { force: true });
}

/** The living postgres of this database folder, by its postmaster.pid; null when none serves it. */
export function livingPostmaster(pgDir: string): { pid: number; port: number; ready: boolean } | null {
  const lines = read(path.join(pgDir, 'postmaster.pid'))?.split('\n') ?? [];
  const pid = Number(lines[0]);
  if (!Number.isSafeInteger(pid) || pid <= 1 || !isPostgresOf(pid, pgDir)) return null;
  return { pid, port: Number(lines[3]), ready: lines[7]?.trim() === 'ready' };
}

/**
 * Makes the folder free of any postgres: fast shutdown, waits for its end. Returns whether one was there.
 * A postmaster.pid whose number now belongs to some other program would keep postgres from starting: removed
 * (postgres still refuses a folder whose shared memory some backend holds).
 */
export async function stopOrphan(pgDir: string, binaries: Binaries): Promise<boolean> {
  const orphan = livingPostmaster(pgDir);
  if (!orphan) {
    fs.rmSync(path.join(pgDir, 'postmaster.pid'), { force: true });
    return false;
  }
  await stopPostmaster(orphan.pid, pgDir, binaries);
  return true;
}

/** Fast shutdown (clients are cut off, open transactions rolled back), then waits; at last immediate shutdown. */
export async function stopPostmaster(pid: number, pgDir: string, binaries: Binaries): Promise<void> {
  const started = processStart(pid);
  if (started === null) return;
  for (const signal of ['SIGINT', 'SIGQUIT'] as const) {
    sendStop(pid, signal, pgDir, binaries);
    for (let waited = 0; waited < STOP_WAIT_MS; waited += 10) {
      if (processStart(pid) !== started) return;
      await wait(10);
    }
  }
  throw startupError(
    `数据目录 ${pgDir} 的数据库进程（进程号 ${pid}）无法停止：请手工结束该进程后重试。`,
    `The database process of the data folder ${pgDir} (pid ${pid}) does not stop: end it by hand and try again.`,
  );
}

function sendStop(pid: number, signal: 'SIGINT' | 'SIGQUIT', pgDir: string, binaries: Binaries): void {
  try {
    if (process.platform === 'win32') {
      const mode = signal === 'SIGINT' ? 'fast' : 'immediate';
      execFileSync(binaries.pgCtl, ['stop', '-W', '-D', pgDir, '-m', mode], { stdio: 'ignore' });
    } else process.kill(pid, signal);
  } catch {
    // Gone in the meantime, or not ours: the wait that follows finds out.
  }
}

function isPostgresOf(pid: number, pgDir: string): boolean {
  if (processStart(pid) === null) return false;
  if (process.platform === 'win32') return true;
  try {
    const command =
      process.platform === 'linux'
        ? fs.readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0')
        : ps(pid, 'command').split(' ');
    return (
      path.basename(command[0] ?? '').startsWith('postgres') && command.join(' ').includes(`-D ${pgDir} `)
    );
  } catch {
    return false;
  }
}

function removeDead(file: string, before: string): void {
  const aside = `${file}.${randomUUID()}`;
  try {
    fs.renameSync(file, aside);
  } catch {
    return;
  }
  // Another start may have put its own file there between our look and the move: give it back.
  if (read(aside) !== before) linked(aside, file);
  fs.rmSync(aside, { force: true });
}

function linked(draft: string, file: string): boolean {
  try {
    fs.linkSync(draft, file);
    return true;
  } catch (e) {
    if ((e as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw e;
  }
}

function inUse(dataDir: string, pid: number | undefined): Error {
  return startupError(
    `数据目录 ${dataDir} 正被另一个运行中的进程（进程号 ${pid ?? '不详'}）使用：请先停止该进程，或把 DATA_DIR 设为另一个目录。`,
    `The data folder ${dataDir} is in use by a running process (pid ${pid ?? 'unknown'}): stop that process first, or set DATA_DIR to another folder.`,
  );
}

const ownerFile = (dataDir: string) => path.join(dataDir, 'owner.json');

function read(file: string): string | null {
  try {
    return fs.readFileSync(file, 'utf8');
  } catch {
    return null;
  }
}

function parseOwner(text: string | null): Owner | null {
  try {
    const value = JSON.parse(text ?? '') as Partial<Owner>;
    return typeof value.pid === 'number' && typeof value.started === 'string' ? (value as Owner) : null;
  } catch {
    return null;
  }
}
