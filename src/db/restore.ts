// Restores a backup into a new data folder.
import * as fs from 'node:fs';
import * as path from 'node:path';
import pg from 'pg';
import { type ContentTarget, giveContents } from './backup-contents.ts';
import { copyTree, readBackup } from './backup-folder.ts';
import type { Manifest } from './backup-folder.ts';
import { loadTables } from './backup-tables.ts';
import { startEmbedded } from './embedded.ts';
import type { Log } from './embedded.ts';
import { serverUser } from './embedded-binaries.ts';
import { openDataFolder } from './embedded-folder.ts';
import { startupError } from './startup-error.ts';

/**
 * Runs in a new database the migrations of these names (those the backup has) and grants the application's role what
 * it may do.
 */
export type Migrate = (
  server: { ownerUrl: string; appUrl: string },
  names: readonly string[],
) => Promise<void>;

/**
 * Restores the backup in `fromDir` into the new or empty folder `dataDir`, checks it (hash of every file;
 * for a backup of a running server also count and digest of every table read back) and leaves it stopped,
 * ready for a start. Nothing stands in its place before all is checked: a restore that was cut off or failed
 * can be run again. What a store keeps elsewhere is given to it. Throws a sentence when the backup is damaged or the folder is not empty.
 */
export async function restore(opts: {
  fromDir: string;
  dataDir: string;
  migrate: Migrate;
  log: Log;
  /** Where contents are kept, if not in `dataDir`/files; it may spool in the folder it is given. */
  storeFor?: (spoolDir: string) => ContentTarget;
}): Promise<Manifest> {
  const manifest = await readBackup(opts.fromDir);
  const dataDir = openDataFolder(opts.dataDir, await serverUser());
  if (fs.readdirSync(dataDir).some((name) => name !== 'restoring')) throw notEmpty(dataDir);
  const draft = path.join(dataDir, 'restoring');
  fs.rmSync(draft, { recursive: true, force: true });
  fs.mkdirSync(draft, { mode: 0o711 });
  if (manifest.folders.includes('data')) await copyTree(path.join(opts.fromDir, 'data'), draft, { into: '' });
  await fillDatabase(draft, manifest, opts);
  const files = path.join(draft, 'files');
  if (opts.storeFor) await giveContents(files, opts.storeFor(files));
  moveIn(draft, dataDir);
  opts.log('restored', { dataDir, takenAt: manifest.takenAt, tables: manifest.tables.length });
  return manifest;
}

/** Also for a copied database folder: that it starts shows that it is one. */
async function fillDatabase(
  draft: string,
  manifest: Manifest,
  opts: { fromDir: string; migrate: Migrate; log: Log },
): Promise<void> {
  const server = await startEmbedded({ dataDir: draft, log: opts.log });
  try {
    if (manifest.kind === 'stopped') return;
    await opts.migrate(server, manifest.migrations);
    const owner = new pg.Client({ connectionString: server.ownerUrl });
    await owner.connect();
    try {
      await loadTables(owner, opts.fromDir, manifest);
    } finally {
      await owner.end();
    }
  } finally {
    await server.stop();
  }
}

/** The database last: a folder without it is not taken for an installation. */
function moveIn(draft: string, dataDir: string): void {
  fs.rmSync(path.join(draft, 'postgres.log'), { force: true });
  const names = fs.readdirSync(draft).filter((name) => name !== 'pg');
  for (const name of [...names, 'pg']) fs.renameSync(path.join(draft, name), path.join(dataDir, name));
  fs.rmdirSync(draft);
}

function notEmpty(dataDir: string): Error {
  return startupError(
    `数据目录 ${dataDir} 不是空的：还原只写入新的空目录，请另选一个。`,
    `The data folder ${dataDir} is not empty: restoring writes into a new, empty folder only, choose another one.`,
  );
}
