import { randomBytes } from 'node:crypto';
import type { EmbeddedServer } from '../src/db/embedded.ts';
import { readConfig } from '../src/config.ts';
import { connect } from '../src/db/connect.ts';
import { migrate } from '../src/db/migrate.ts';
import { createDeps } from '../src/deps.ts';
import { fill, type Filled } from '../src/demo/fill.ts';
import { makeLog } from '../src/log.ts';

/** The variable through which a test process learns where the template is. */
export const TEMPLATE_ENV = 'SHIAN_TEST_TEMPLATE';

/** Where the template database is and what it holds. */
export type Template = { ownerUrl: string; appUrl: string; vaultKeys: string; filled: Filled };

/** The day every test begins on, unless it sets its own: a Monday before Spring Festival 2024. */
export const TEST_NOW = '2024-02-05T10:00:00+08:00';

/** Migrates and fills the template: bureau, stations, one user per role, laboratory, grid. */
export async function fillTemplate(server: EmbeddedServer, folder: string): Promise<Template> {
  const owner = connect(server.ownerUrl, 2);
  await migrate(owner, 'shian_app');
  await owner.destroy();
  const secret = (): string => randomBytes(32).toString('base64');
  const vaultKeys = JSON.stringify({
    search: secret(),
    keys: [{ id: 'k1', alg: 'aes-256-gcm', key: secret() }],
  });
  const config = readConfig({ DATA_DIR: folder, VAULT_KEYS: vaultKeys, LOG_LEVEL: 'silent' });
  const deps = await createDeps({
    config,
    appUrl: server.appUrl,
    log: makeLog('silent'),
    clock: { now: () => new Date(TEST_NOW) },
  });
  try {
    const filled = await fill(deps);
    return { ownerUrl: server.ownerUrl, appUrl: server.appUrl, vaultKeys, filled };
  } finally {
    await deps.close();
  }
}
