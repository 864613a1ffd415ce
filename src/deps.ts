import { existsSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { randomBytes } from 'node:crypto';
import type { FastifyBaseLogger } from 'fastify';
import type { Kysely } from 'kysely';
import type { Config } from './config.ts';
import type { Actor, Ctx, FileStore, Papers } from './context.ts';
import { connect } from './db/connect.ts';
import type { DB } from './db/schema.ts';
import { diskStore, s3Store } from './modules/files/index.ts';
import { loadFonts } from './modules/documents/fonts.ts';
import { loadTemplates } from './modules/documents/template.ts';
import { type Renderer, startRenderer } from './modules/documents/render-worker.ts';
import { react } from './reactions.ts';
import { uuidV7 } from './shared/ids.ts';
import { makeVault, type Vault, type VaultKey } from './shared/vault.ts';

/** The one clock: the demo sets it to the days of its story, tests fix it. */
export type Clock = { now(): Date };

/** Everything a process holds for as long as it lives. */
export type Deps = {
  readonly config: Config;
  readonly db: Kysely<DB>;
  readonly clock: Clock;
  readonly files: FileStore;
  readonly vault: Vault;
  readonly papers: Papers;
  readonly log: FastifyBaseLogger;
  now(): Date;
  /** Milliseconds of a monotonic clock, for ages and limits: no story and no wrong wall clock moves it. */
  ticks(): number;
  close(): Promise<void>;
};

/** What the process is started with besides its configuration; tests bring their own clocks. */
export type Start = {
  config: Config;
  appUrl: string;
  log: FastifyBaseLogger;
  clock?: Clock;
  ticks?: () => number;
  /** One that others draw with too: it is not ended with these. */
  renderer?: Renderer;
};

const origin = performance.timeOrigin;
const monotonic = (): number => Math.round(origin + performance.now());

/** The only wiring there is. */
export async function createDeps({
  config,
  appUrl,
  log,
  clock = { now: () => new Date() },
  ticks = monotonic,
  renderer: shared,
}: Start): Promise<Deps> {
  await mkdir(config.filesDir, { recursive: true });
  const db = connect(appUrl, config.databasePool);
  const renderer = shared ?? startRenderer({ fontDir: config.fontDir, templateDirs: config.templateDirs });
  return {
    config,
    db,
    clock,
    log,
    files: fileStore(config, config.filesDir),
    vault: await openVault(config),
    papers: {
      templates: loadTemplates(config.templateDirs),
      fonts: loadFonts(config.fontDir),
      render: (input) => renderer.render(input),
      verifyUrl: (code) => `${config.publicUrl ?? localUrl(config)}/v/${code}`,
    },
    now: () => clock.now(),
    ticks,
    close: async () => {
      if (!shared) await renderer.close();
      await db.destroy();
    },
  };
}

const localUrl = ({ host, port, secrets }: Config): string =>
  `${secrets.tls ? 'https' : 'http'}://${host}:${port}`;

/** Where contents lie; `folder` holds them, or what is on its way to the bucket. */
export function fileStore({ s3, secrets }: Config, folder: string): FileStore {
  if (s3 && secrets.s3) return s3Store({ ...s3, ...secrets.s3, spoolDir: folder });
  return diskStore(folder);
}

/** A context for `actor`; the clock is read once, so that everything written under it agrees. */
export function contextOf(deps: Deps, actor: Actor, requestId: string): Ctx {
  const now = deps.now();
  const ctx: Ctx = {
    db: deps.db,
    now,
    actor,
    requestId,
    locale: 'zh',
    log: deps.log,
    files: deps.files,
    vault: deps.vault,
    auditRootsFile: deps.config.auditRootsFile,
    papers: deps.papers,
    idempotency: null,
    ifMatch: null,
    said: null,
    newId: () => uuidV7(now.getTime()),
    react,
    afterCommit: (work) =>
      void work(ctx).catch((error: unknown) => deps.log.error({ err: error }, 'after-commit')),
    afterRollback: () => undefined,
  };
  return ctx;
}

/** The named system actor of a job or a command: it may do what its code does, and is named in the trail. */
export const systemActor = (name: string): Actor => ({
  kind: 'system',
  id: `system:${name}`,
  name,
  bureauId: null,
  unitId: null,
  laboratoryId: null,
  roles: [],
  permissions: new Set(),
});

type KeyFile = { search: string; keys: { id: string; alg: 'aes-256-gcm'; key: string }[] };

/** Keys from VAULT_KEYS (the JSON itself), else from a file made on first start that only its owner reads. */
async function openVault(config: Config): Promise<Vault> {
  const given = config.secrets.vaultKeys ?? (await keyFile(join(config.dataDir, 'keys')));
  const { search, keys } = JSON.parse(given) as KeyFile;
  const decoded: VaultKey[] = keys.map(({ id, alg, key }) => ({ id, alg, key: Buffer.from(key, 'base64') }));
  return makeVault(decoded, Buffer.from(search, 'base64'));
}

async function keyFile(folder: string): Promise<string> {
  const path = join(folder, 'vault.json');
  if (!existsSync(path)) {
    const secret = (): string => randomBytes(32).toString('base64');
    const fresh: KeyFile = { search: secret(), keys: [{ id: 'k1', alg: 'aes-256-gcm', key: secret() }] };
    await mkdir(folder, { recursive: true, mode: 0o700 });
    await writeFile(path, JSON.stringify(fresh, null, 2), { mode: 0o600, flag: 'wx' });
  }
  return readFile(path, 'utf8');
}
