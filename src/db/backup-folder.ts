// A backup is a folder: data/ (what lies in DATA_DIR), tables/ (of a running server), and, written last,
// manifest.json with the hash of every file.
import { createHash, hash } from 'node:crypto';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { pipeline } from 'node:stream/promises';
import { startupError } from './startup-error.ts';

/** A file of the backup: path inside it with `/`, size in bytes, SHA-256 in hex. */
export type BackupFile = { path: string; bytes: number; sha256: string };

/** A table: its rows lie in `file` in COPY text form; `digest` is the sum of the rows' SHA-256, in any order. */
export type BackupTable = {
  schema: string;
  name: string;
  columns: string[];
  file: string;
  rows: number;
  digest: string;
};

/** A sequence as it stood; `lastValue` is an int8 as text. */
export type BackupSequence = { schema: string; name: string; lastValue: string; isCalled: boolean };

export type Manifest = {
  format: 'shian-backup-1';
  /** stopped: data/ holds the database folder; running: the tables lie in tables/. */
  kind: 'stopped' | 'running';
  takenAt: string;
  /** e.g. 18.4 */
  postgres: string;
  /** Names of the applied migrations, in order; empty for kind stopped, whose database knows them. */
  migrations: string[];
  tables: BackupTable[];
  sequences: BackupSequence[];
  /** All folders, so that empty ones come back. */
  folders: string[];
  files: BackupFile[];
};

/** Files copied at once: each waits for the disk. */
export const AT_ONCE = 16;

type Entry = { source: string; target: string };

/** Makes the folder of a new backup. Throws a sentence when something is there, or when it lies in the data. */
export function openBackup(toDir: string, dataDir: string): string {
  const target = path.resolve(toDir);
  const inside = path.relative(path.resolve(dataDir), target);
  if (!inside.startsWith('..') && !path.isAbsolute(inside)) {
    throw startupError(
      `备份目录 ${target} 位于数据目录之内：请另选一个目录。`,
      `The backup folder ${target} lies inside the data folder: choose another one.`,
    );
  }
  if (fs.existsSync(target) && fs.readdirSync(target).length > 0) {
    throw startupError(
      `备份目录 ${target} 不是空的：请另选一个目录。`,
      `The backup folder ${target} is not empty: choose another one.`,
    );
  }
  fs.mkdirSync(target, { recursive: true, mode: 0o700 });
  return target;
}

/**
 * Copies a tree into `backup/into`, hashing on the way. A file that vanishes meanwhile (an upload cut off)
 * is left out. `skip` gets paths relative to `from`.
 */
export async function copyTree(
  from: string,
  backup: string,
  opts: { into: string; skip?: (relative: string) => boolean },
): Promise<Pick<Manifest, 'files' | 'folders'>> {
  const entries: Entry[] = [];
  const folders: string[] = [];
  const visit = (relative: string): void => {
    const target = path.posix.join(opts.into, relative);
    fs.mkdirSync(path.join(backup, target), { recursive: true, mode: 0o700 });
    folders.push(target);
    for (const name of fs.readdirSync(path.join(from, relative)).toSorted()) {
      const child = path.posix.join(relative, name);
      if (opts.skip?.(child)) continue;
      const stat = fs.statSync(path.join(from, child), { throwIfNoEntry: false });
      if (stat?.isDirectory()) visit(child);
      else if (stat?.isFile()) {
        entries.push({ source: path.join(from, child), target: path.posix.join(opts.into, child) });
      }
    }
  };
  visit('');
  const files: BackupFile[] = [];
  for (let at = 0; at < entries.length; at += AT_ONCE) {
    const copied = await Promise.all(entries.slice(at, at + AT_ONCE).map((entry) => copyFile(backup, entry)));
    files.push(...copied.filter((file) => file !== null));
  }
  return { files, folders };
}

async function copyFile(backup: string, { source, target }: Entry): Promise<BackupFile | null> {
  try {
    return await writeBackupFile(backup, target, fs.createReadStream(source));
  } catch (e) {
    if ((e as NodeJS.ErrnoException).code !== 'ENOENT' || fs.existsSync(source)) throw e;
    return null;
  }
}

/** Writes one file of the backup (mode 0600, on disk when this returns) and gives its entry. */
export async function writeBackupFile(
  backup: string,
  target: string,
  source: AsyncIterable<Buffer>,
): Promise<BackupFile> {
  const sha256 = createHash('sha256');
  let bytes = 0;
  await pipeline(
    source,
    async function* (chunks: AsyncIterable<Buffer>) {
      for await (const chunk of chunks) {
        sha256.update(chunk);
        bytes += chunk.length;
        yield chunk;
      }
    },
    fs.createWriteStream(path.join(backup, target), { mode: 0o600, flush: true }),
  );
  return { path: target, bytes, sha256: sha256.digest('hex') };
}

/** Written last: a folder with a manifest is a finished backup. */
export function writeManifest(backup: string, manifest: Manifest): void {
  const file = path.join(backup, 'manifest.json');
  fs.writeFileSync(file, JSON.stringify(manifest, null, 1), { mode: 0o600, flag: 'wx' });
}

/** The manifest, after every file was compared with its hash. Throws a sentence naming the first that differs. */
export async function readBackup(backup: string): Promise<Manifest> {
  let manifest: Manifest;
  try {
    manifest = JSON.parse(fs.readFileSync(path.join(backup, 'manifest.json'), 'utf8')) as Manifest;
  } catch {
    throw startupError(
      `目录 ${backup} 不是一份完成的备份（缺少 manifest.json 或其内容有误）：请指定另一份备份。`,
      `The folder ${backup} is not a finished backup (manifest.json is missing or broken): name another one.`,
    );
  }
  if (manifest.format !== 'shian-backup-1') {
    throw startupError(
      `备份 ${backup} 的格式不能识别：请用制作该备份的程序版本还原。`,
      `The format of the backup ${backup} is unknown: restore it with the version of the program that made it.`,
    );
  }
  for (const file of manifest.files) {
    if ((await sha256Of(path.join(backup, file.path))) !== file.sha256) throw damaged(backup, file.path);
  }
  return manifest;
}

async function sha256Of(file: string): Promise<string | null> {
  const sha256 = createHash('sha256');
  try {
    await pipeline(fs.createReadStream(file), sha256);
  } catch {
    return null;
  }
  return sha256.digest('hex');
}

function damaged(backup: string, file: string): Error {
  return startupError(
    `备份 ${backup} 已损坏（文件 ${file} 缺失或与清单不符）：请指定另一份备份。`,
    `The backup ${backup} is damaged (${file} is missing or not what the manifest says): name another one.`,
  );
}

/** Counts lines and sums their hashes while they pass: equal for equal rows in whatever order. */
export function rowTally(): {
  through(chunks: AsyncIterable<Buffer>): AsyncGenerator<Buffer>;
  result(): { rows: number; digest: string };
} {
  const LIMIT = 1n << 256n;
  let rows = 0;
  let sum = 0n;
  const line = (bytes: Buffer): void => {
    rows++;
    sum = (sum + BigInt(`0x${hash('sha256', bytes, 'hex')}`)) % LIMIT;
  };
  return {
    async *through(chunks) {
      let rest: Buffer = Buffer.alloc(0);
      for await (const chunk of chunks) {
        const bytes = rest.length ? Buffer.concat([rest, chunk]) : chunk;
        let from = 0;
        for (let to = bytes.indexOf(10); to !== -1; to = bytes.indexOf(10, from)) {
          line(bytes.subarray(from, to));
          from = to + 1;
        }
        rest = bytes.subarray(from);
        yield chunk;
      }
    },
    result: () => ({ rows, digest: sum.toString(16).padStart(64, '0') }),
  };
}
