// Backup of everything an installation keeps: database, files, keys. Restoring is restore.ts.
import * as fs from 'node:fs';
import * as path from 'node:path';
import pg from 'pg';
import * as backup from './backup-folder.ts';
import type { Manifest } from './backup-folder.ts';
import { copyContents, type ContentSource } from './backup-contents.ts';
import { dumpTables } from './backup-tables.ts';
import { locateBinaries, serverUser } from './embedded-binaries.ts';
import * as owner from './embedded-owner.ts';
import { startupError } from './startup-error.ts';

export { restore } from './restore.ts';
export type { Migrate } from './restore.ts';

/** What lies in DATA_DIR but belongs to one start of one process only. */
const PASSING = /^(owner\.json.*|postgres\.log.*|pg\.new|pwfile\.tmp|restoring|pg\/postmaster\.(pid|opts))$/;
const OF_THE_SERVER = /^(pg|pg-passwords\.json)$/;

/** Where the data lies: `filesDir` only where the files are kept outside `dataDir`. */
export type BackupSource = { dataDir: string; filesDir?: string };

/** A bucket that holds the contents; `missing` is told of each that the books name and the bucket has not. */
export type Bucket = { store: ContentSource; missing: (sha256: string) => void };

/**
 * Backs up a stopped installation into the empty or new folder `toDir`: database folder, files, keys.
 * It holds the data folder meanwhile. Throws a sentence when a living process uses it, or none is there.
 * The backup holds the keys: who can read it can read the reporters' data; it is written with mode 0700.
 */
export async function backupStopped(source: BackupSource, toDir: string, takenAt: Date): Promise<Manifest> {
  const pgDir = path.join(path.resolve(source.dataDir), 'pg');
  if (!fs.existsSync(path.join(pgDir, 'PG_VERSION'))) throw noDatabase(source.dataDir);
  const dataDir = fs.realpathSync(source.dataDir);
  const binaries = await locateBinaries(await serverUser());
  const target = backup.openBackup(toDir, dataDir);
  owner.takeOwnership(dataDir);
  try {
    await owner.stopOrphan(path.join(dataDir, 'pg'), binaries);
    const manifest: Manifest = {
      ...head('stopped', takenAt, binaries.version),
      ...(await copyData({ ...source, dataDir }, target, (file) => PASSING.test(file))),
    };
    backup.writeManifest(target, manifest);
    return manifest;
  } finally {
    owner.releaseOwnership(dataDir);
  }
}

/**
 * Backs up an installation that goes on working: all tables as of one instant, in one read-only snapshot,
 * then sequences, then files and keys (files are only ever added, so all the rows know are there).
 * `ownerUrl` is the log-in of the owner, of the embedded or any other PostgreSQL. What lies in a bucket comes along as
 * files, as if it had lain in the data folder.
 */
export async function backupRunning(
  source: BackupSource & { ownerUrl: string; bucket?: Bucket },
  toDir: string,
  takenAt: Date,
): Promise<Manifest> {
  const target = backup.openBackup(toDir, source.dataDir);
  const client = new pg.Client({ connectionString: source.ownerUrl });
  await client.connect();
  try {
    const tables = await dumpTables(client, target);
    const skip = (file: string) => PASSING.test(file) || OF_THE_SERVER.test(file);
    const data = source.bucket
      ? await copyData({ dataDir: source.dataDir }, target, (file) => skip(file) || file === 'files')
      : await copyData(source, target, skip);
    const contents = source.bucket ? await copyContents(client, target, source.bucket) : NOTHING;
    const { rows } = await client.query<{ version: string }>(
      `select current_setting('server_version') as version`,
    );
    const manifest: Manifest = {
      ...head('running', takenAt, rows[0]!.version.split(' ')[0]!),
      ...tables,
      folders: ['tables', ...data.folders, ...contents.folders],
      files: [...tables.files, ...data.files, ...contents.files],
    };
    backup.writeManifest(target, manifest);
    return manifest;
  } finally {
    await client.end();
  }
}

const NOTHING: Pick<Manifest, 'files' | 'folders'> = { files: [], folders: [] };

function head(kind: Manifest['kind'], takenAt: Date, postgres: string): Manifest {
  const empty = { migrations: [], tables: [], sequences: [], folders: [], files: [] };
  return { format: 'shian-backup-1', kind, takenAt: takenAt.toISOString(), postgres, ...empty };
}

async function copyData(
  { dataDir, filesDir }: BackupSource,
  target: string,
  skip: (file: string) => boolean,
): Promise<Pick<Manifest, 'files' | 'folders'>> {
  const outside = filesDir !== undefined && path.resolve(filesDir) !== path.resolve(dataDir, 'files');
  const main = fs.existsSync(dataDir)
    ? await backup.copyTree(dataDir, target, {
        into: 'data',
        skip: (file) => skip(file) || (outside && file === 'files'),
      })
    : { files: [], folders: [] };
  if (!outside || !fs.existsSync(filesDir)) return main;
  const extra = await backup.copyTree(filesDir, target, { into: 'data/files' });
  return { files: [...main.files, ...extra.files], folders: [...main.folders, ...extra.folders] };
}

function noDatabase(dataDir: string): Error {
  return startupError(
    `数据目录 ${dataDir} 中没有数据库，无可备份：请检查 DATA_DIR。`,
    `The data folder ${dataDir} holds no database to back up: check DATA_DIR.`,
  );
}
