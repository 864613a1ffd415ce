import { type Config, readConfig } from '../config.ts';
import type { Ctx } from '../context.ts';
import { findRunning } from '../db/embedded.ts';
import { openDatabase } from '../db/open.ts';
import { contextOf, createDeps, type Deps, systemActor } from '../deps.ts';
import { commandLog } from '../log.ts';

/** What a command works with: the same wiring as the server, no HTTP. */
export type Tools = { deps: Deps; ctx: Ctx; config: Config; ownerUrl: string | null };

/** The database of a server that is running on DATA_DIR, else one opened for this command alone. */
export async function openForCommand(config: Config) {
  const running = config.secrets.databaseUrl ? null : await findRunning(config.dataDir);
  if (running) return { ...running, close: async () => undefined };
  return openDatabase(config, commandLog('warn'));
}

/** Gives `work` the product's deps under a system actor named after the command, and closes them after it. */
export async function withDeps<T>(name: string, work: (tools: Tools) => Promise<T>): Promise<T> {
  const config = readConfig();
  const database = await openForCommand(config);
  try {
    const deps = await createDeps({ config, appUrl: database.appUrl, log: commandLog('warn') });
    try {
      const ctx = contextOf(deps, systemActor(`cli:${name}`), `cli:${name}`);
      return await work({ deps, ctx, config, ownerUrl: database.ownerUrl });
    } finally {
      await deps.close();
    }
  } finally {
    await database.close();
  }
}
