// What lies in a bucket, out to a backup and in again: in the backup it lies as a data folder would hold it.
import * as fs from 'node:fs';
import * as path from 'node:path';
import type { Readable } from 'node:stream';
import type pg from 'pg';
import { AT_ONCE, type BackupFile, type Manifest, writeBackupFile } from './backup-folder.ts';
import { startupError } from './startup-error.ts';

/** What a backup needs of a store. */
export type ContentSource = { has(sha256: string): Promise<boolean>; get(sha256: string): Promise<Readable> };

/** What a restore needs of a store. */
export type ContentTarget = {
  put(stream: Readable, maxBytes: number): Promise<{ sha256: string }>;
};

const FILES = 'data/files';

/** Copies every content the books name into the backup; one the store does not have is told and left out. */
export async function copyContents(
  client: pg.Client,
  target: string,
  { store, missing }: { store: ContentSource; missing: (sha256: string) => void },
): Promise<Pick<Manifest, 'files' | 'folders'>> {
  const { rows } = await client.query<{ sha256: string }>('select sha256 from files order by sha256');
  const folders = new Set(['data', FILES]);
  for (const { sha256 } of rows) folders.add(`${FILES}/${sha256.slice(0, 2)}`);
  for (const folder of folders) fs.mkdirSync(path.join(target, folder), { recursive: true, mode: 0o700 });
  const copy = async (sha256: string): Promise<BackupFile | null> => {
    if (!(await store.has(sha256))) {
      missing(sha256);
      return null;
    }
    const copied = await writeBackupFile(
      target,
      `${FILES}/${sha256.slice(0, 2)}/${sha256}`,
      await store.get(sha256),
    );
    if (copied.sha256 !== sha256) throw altered(sha256);
    return copied;
  };
  const files: BackupFile[] = [];
  for (let at = 0; at < rows.length; at += AT_ONCE) {
    const copied = await Promise.all(rows.slice(at, at + AT_ONCE).map(({ sha256 }) => copy(sha256)));
    files.push(...copied.filter((file) => file !== null));
  }
  return { files, folders: [...folders] };
}

/** Gives the contents that lie in `folder` to the store, and takes them out of it. */
export async function giveContents(folder: string, store: ContentTarget): Promise<void> {
  if (!fs.existsSync(folder)) return;
  const found = fs.readdirSync(folder, { recursive: true, withFileTypes: true });
  for (const { parentPath, name } of found.filter((one) => one.isFile() && /^[0-9a-f]{64}$/.test(one.name))) {
    const stream = fs.createReadStream(path.join(parentPath, name));
    const { sha256 } = await store.put(stream, Number.MAX_SAFE_INTEGER);
    if (sha256 !== name) throw altered(name);
  }
  fs.rmSync(folder, { recursive: true });
}

function altered(sha256: string): Error {
  return startupError(
    `文件 ${sha256} 的内容与其散列值不符：请先查明存储是否被改动。`,
    `The content ${sha256} is not what its hash says: find out first who altered the store.`,
  );
}
