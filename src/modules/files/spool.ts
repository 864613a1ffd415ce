import { createHash, randomUUID } from 'node:crypto';
import { type FileHandle, mkdir, open, readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { AppError } from '../../shared/errors.ts';

const HEAD_BYTES = 4100;
const PREFIX = '.incoming-';
const STALE_MS = 24 * 3_600_000;

/** Content that has wholly arrived, flushed to disk under a name that says it is not kept yet. */
export type Spooled = { path: string; sha256: string; size: number; head: Buffer };

async function writeAll(
  file: FileHandle,
  stream: Readable,
  maxBytes: number,
): Promise<Omit<Spooled, 'path'>> {
  const hash = createHash('sha256');
  let size = 0;
  let head = Buffer.alloc(0);
  for await (const chunk of stream) {
    const bytes = chunk as Buffer;
    size += bytes.length;
    if (size > maxBytes) throw new AppError(413, 'request.too_large', { limit: maxBytes });
    if (head.length < HEAD_BYTES) head = Buffer.concat([head, bytes]).subarray(0, HEAD_BYTES);
    hash.update(bytes);
    await file.writeFile(bytes);
  }
  await file.sync();
  return { sha256: hash.digest('hex'), size, head };
}

/**
 * Writes `stream` to a new file in `folder`, flushed. Nothing is left where the stream breaks or is longer than
 * `maxBytes` (413 `request.too_large`). The caller moves the file or removes it.
 */
export async function spool(folder: string, stream: Readable, maxBytes: number): Promise<Spooled> {
  await mkdir(folder, { recursive: true });
  const path = join(folder, `${PREFIX}${randomUUID()}`);
  const file = await open(path, 'wx', 0o600);
  try {
    const written = await writeAll(file, stream, maxBytes);
    await file.close();
    return { path, ...written };
  } catch (error) {
    await file.close().catch(() => undefined);
    await rm(path, { force: true });
    throw error;
  }
}

/** Removes what a process that was killed left half-written a day ago or longer. */
export async function removeStale(folder: string): Promise<void> {
  const names = await readdir(folder).catch(() => []);
  const now = performance.timeOrigin + performance.now();
  for (const name of names.filter((one) => one.startsWith(PREFIX))) {
    const path = join(folder, name);
    const found = await stat(path).catch(() => undefined);
    if (found && now - found.mtimeMs > STALE_MS) await rm(path, { force: true });
  }
}

const SHA256 = /^[0-9a-f]{64}$/;

/** The hash as a name; RangeError for anything else, so that no other path can be asked for. */
export function requireHash(sha256: string): string {
  if (!SHA256.test(sha256)) throw new RangeError('not a SHA-256');
  return sha256;
}
