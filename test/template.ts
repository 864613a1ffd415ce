import { argon2Sync, randomBytes } from 'node:crypto';
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

/** The same kind of hash at the least cost there is: some 1,500 log-ins of a run would take two minutes of it. */
function cheapHash(password: string): string {
  const nonce = randomBytes(16);
  const cost = { memory: 8, passes: 1, parallelism: 1 };
  const tag = argon2Sync('argon2id', { message: password.normalize('NFC'), nonce, tagLength: 32, ...cost });
  const text = (bytes: Buffer): string => bytes.toString('base64').replace(/=+$/, '');
  return `$argon2id$v=19$m=8,t=1,p=1$${text(nonce)}$${text(tag)}`;
}

/** Migrates and fills the template: bureau, stations, one user per role, laboratory, grid. */
export async function fillTemplate(server: EmbeddedServer, folder: string): Promise<Template> {
  const owner = connect(server.ownerUrl, 2);
  await migrate(owner, 'shian_app');
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
    await owner
      .updateTable('users')
      .set({ passwordHash: cheapHash(filled.password) })
      .execute();
    return { ownerUrl: server.ownerUrl, appUrl: server.appUrl, vaultKeys, filled };
  } finally {
    await owner.destroy();
    await deps.close();
  }
}
