import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { rm } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { Test } from 'tap';
import { makeTempFolder } from '../../src/db/temp-folder.ts';

const MAIN = resolve(import.meta.dirname, '../../src/main.ts');

/** A server in a process of its own. */
export type Child = {
  process: ChildProcess;
  /** Where it listens. */
  url: string;
  /** All it has written, to both streams. */
  said(): string;
  /** Sends the signal and waits for the end: the exit status, or the signal it died of. */
  end(signal: NodeJS.Signals): Promise<number | string>;
};

/** A data folder that goes at the end of the test. */
export async function dataFolder(t: Test): Promise<string> {
  const folder = await makeTempFolder('shian-server-');
  t.teardown(() => rm(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 }));
  return folder;
}

/** Nothing of the surroundings but the way to programs: what is configured is what the test says. */
export const bareEnv = (env: Record<string, string>): Record<string, string> => ({
  PATH: process.env['PATH'] ?? '',
  HOME: process.env['HOME'] ?? '/',
  NODE_COMPILE_CACHE: process.env['NODE_COMPILE_CACHE'] ?? '',
  PORT: '0',
  ...env,
});

type Spawned = { child: ChildProcess; said: () => string; ended: Promise<number | string> };

function spawnServer(t: Test, env: Record<string, string>, words: string[] = [MAIN]): Spawned {
  const child = spawn(process.execPath, words, {
    env: bareEnv(env),
    cwd: '/',
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let text = '';
  child.stdout!.on('data', (chunk: Buffer) => (text += chunk.toString('utf8')));
  child.stderr!.on('data', (chunk: Buffer) => (text += chunk.toString('utf8')));
  const ended = once(child, 'close').then(([code, signal]) => (code ?? signal) as number | string);
  t.teardown(async () => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    child.kill('SIGTERM');
    await ended;
  });
  return { child, said: () => text, ended };
}

/** Starts the server, by `src/main.ts` or by other words, and waits until it listens. */
export async function startServer(t: Test, env: Record<string, string>, words?: string[]): Promise<Child> {
  const { child, said, ended } = spawnServer(t, env, words);
  const url = await new Promise<string>((done, failed) => {
    const look = (): void => {
      const found = /Shian: (https?:\S+)/.exec(said())?.[1];
      if (found) done(found);
    };
    child.stdout!.on('data', look);
    child.on('exit', () => failed(new Error(`it ended: ${said()}`)));
  });
  const end = (signal: NodeJS.Signals): Promise<number | string> => {
    child.kill(signal);
    return ended;
  };
  return { process: child, url, said, end };
}

/** Starts a server that is expected not to come up: its exit status and what it said. */
export async function failToStart(
  t: Test,
  env: Record<string, string>,
): Promise<{ status: number | string; said: string }> {
  const { said, ended } = spawnServer(t, env);
  return { status: await ended, said: said() };
}

/** The token of the set-up link among what a server said; undefined where it printed none. */
export const setupTokenIn = (said: string): string | undefined => /\/setup#token=([\w-]+)/.exec(said)?.[1];

/** What the first administrator enters. */
export const SETUP = {
  bureau: { areaCode: '510114', name: '成都市新都区市场监督管理局', shortName: '新都' },
  administrator: { login: 'root-admin', name: '管理员', password: 'Xindu-Test-2024' },
};
