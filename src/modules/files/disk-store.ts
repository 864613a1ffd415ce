import { access, constants, mkdir, open, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { FileStore } from '../../context.ts';
import { removeStale, requireHash, spool } from './spool.ts';

async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/**
 * Content in a folder, once per content: `<first two of the hash>/<hash>`. A file is written and flushed beside its
 * place and then renamed: whoever looks sees all of it or nothing.
 */
export function diskStore(folder: string): FileStore {
  const pathOf = (sha256: string): string => join(folder, requireHash(sha256).slice(0, 2), sha256);
  let tidied: Promise<void> | undefined;
  return {
    async put(stream, maxBytes) {
      await (tidied ??= removeStale(folder));
      const { path, ...content } = await spool(folder, stream, maxBytes);
      try {
        const target = pathOf(content.sha256);
        await mkdir(dirname(target), { recursive: true });
        await rename(path, target);
        await syncFolder(dirname(target));
        return content;
      } catch (error) {
        await rm(path, { force: true });
        throw error;
      }
    },
    async get(sha256) {
      const file = await open(pathOf(sha256), 'r');
      return file.createReadStream();
    },
    has: (sha256) =>
      access(pathOf(sha256), constants.R_OK).then(
        () => true,
        () => false,
      ),
    remove: (sha256) => rm(pathOf(sha256), { force: true }),
  };
}
