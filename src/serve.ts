import type { FastifyBaseLogger } from 'fastify';
import { buildApp } from './app.ts';
import type { Config } from './config.ts';
import type { App } from './context.ts';
import { openDatabase } from './db/open.ts';
import { startupError } from './db/startup-error.ts';
import { type Clock, contextOf, createDeps, type Deps, systemActor } from './deps.ts';
import { JOBS } from './jobs/list.ts';
import { startJobs } from './jobs/runner.ts';
import { makeLog } from './log.ts';
import { sealAudit } from './modules/audit/index.ts';
import { makeSetupLink } from './modules/identity/index.ts';

/** A server that listens. */
export type Serving = { app: App; deps: Deps; address: string; close(): Promise<void> };

type Options = {
  log?: FastifyBaseLogger;
  clock?: Clock;
  throwaway?: boolean;
  announce?: (line: string) => void;
};

/**
 * Database → deps → app → jobs → listen; `close` goes the same way back and drains what is under way.
 * What was already opened is closed again where a later step fails.
 */
export async function serve(config: Config, options: Options = {}): Promise<Serving> {
  const log = options.log ?? makeLog(config.logLevel);
  const closers: (() => Promise<void>)[] = [];
  const close = async (): Promise<void> => {
    for (const closer of closers.splice(0).toReversed()) await closer();
  };
  try {
    const database = await openDatabase(config, log, { throwaway: options.throwaway ?? false });
    closers.push(() => database.close());
    const deps = await createDeps({
      config,
      appUrl: database.appUrl,
      log,
      ...(options.clock ? { clock: options.clock } : {}),
    });
    closers.push(() => deps.close());
    const app = await buildApp(deps);
    closers.push(() => drain(app));
    // Before the first new line: a database restored into another cluster begins its own era in the trail.
    await sealAudit(contextOf(deps, systemActor('start'), 'start'));
    const address = await listen(app, config);
    closers.push(startJobs(deps, JOBS));
    await announceSetup(deps, address, options.announce);
    return { app, deps, address, close };
  } catch (error) {
    await close();
    throw error;
  }
}

/** With no users yet, whoever can read the terminal becomes the first administrator: once. */
async function announceSetup(deps: Deps, address: string, announce?: (line: string) => void): Promise<void> {
  const token = await makeSetupLink(deps.db, { now: deps.now(), ticks: deps.ticks() });
  if (!token || !announce) return;
  announce(
    `首次使用，请打开一次性链接设置管理员 First start: set up the administrator once at\n  ${deps.config.publicUrl ?? address}/setup#token=${token}`,
  );
}

// Less than what a container is given before it is killed.
const DRAIN_MS = 8000;

/** Takes no more requests and lets those under way finish; who takes longer than eight seconds is cut off. */
async function drain(app: App): Promise<void> {
  const cut = setTimeout(() => app.server.closeAllConnections(), DRAIN_MS);
  try {
    await app.close();
  } finally {
    clearTimeout(cut);
  }
}

async function listen(app: App, { host, port }: Config): Promise<string> {
  try {
    return await app.listen({ host, port });
  } catch (error) {
    const { code } = error as { code?: string };
    if (code === 'EADDRINUSE') {
      throw startupError(
        `${host} 的端口 ${port} 已被另一个程序占用：请先停止该程序，或把 PORT 设为另一个端口。`,
        `Port ${port} of ${host} is in use by another program: stop it first, or set PORT to another port.`,
      );
    }
    throw startupError(
      `无法在 ${host} 的端口 ${port} 上监听（${code}）：请检查 HOST 和 PORT。`,
      `Cannot listen on port ${port} of ${host} (${code}): check HOST and PORT.`,
    );
  }
}
