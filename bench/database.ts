import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import pg from 'pg';
import { startEmbedded } from '../src/db/embedded.ts';
import { makeTempFolder } from '../src/db/temp-folder.ts';
import { fillTemplate, type Template } from '../test/template.ts';

/** A filled database with the settings a bureau runs with: what is committed is on the disk. */
export type BenchDatabase = {
  folder: string;
  template: Template;
  /** One statement as the owner, in the database of that name. */
  asOwner: (text: string, values?: unknown[], database?: string) => Promise<pg.QueryResult>;
  stop: () => Promise<void>;
};

/** The URL of another database of the same server. */
export const withDatabase = (url: string, name: string): string => url.replace(/\/[^/]*$/, `/${name}`);

/** Starts and fills a PostgreSQL of its own in a temp folder; `stop` deletes it. */
export async function startDatabase(): Promise<BenchDatabase> {
  const folder = await makeTempFolder('shian-bench-');
  const server = await startEmbedded({ dataDir: join(folder, 'db'), log: () => undefined });
  const stop = async (): Promise<void> => {
    await server.stop();
    await rm(folder, { recursive: true, force: true });
  };
  try {
    const template = await fillTemplate(server, folder);
    const asOwner: BenchDatabase['asOwner'] = async (text, values = [], database = 'shian') => {
      const client = new pg.Client({ connectionString: withDatabase(server.ownerUrl, database) });
      await client.connect();
      try {
        return await client.query(text, values);
      } finally {
        await client.end();
      }
    };
    return { folder, template, asOwner, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}
