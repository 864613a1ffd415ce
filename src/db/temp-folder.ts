import { chmod, mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A new folder under the temp folder that the database's user may pass through (as root it runs as `nobody`). */
export async function makeTempFolder(prefix: string, under = tmpdir()): Promise<string> {
  const folder = await mkdtemp(join(under, prefix));
  await chmod(folder, 0o711);
  return folder;
}
