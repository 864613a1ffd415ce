import { spawn } from 'node:child_process';
import { resolve } from 'node:path';
import { bareEnv } from '../server/child.ts';

const CLI = resolve(import.meta.dirname, '../../src/cli.ts');

/** How a command ended and what it wrote. */
export type Ran = { status: number | null; out: string; err: string };

/** Runs a program to its end. */
export function run(program: string, words: string[], env: Record<string, string> = {}): Promise<Ran> {
  return new Promise((done, failed) => {
    const child = spawn(program, words, {
      env: bareEnv(env),
      cwd: '/',
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const ran = { out: '', err: '' };
    child.stdout.on('data', (chunk: Buffer) => (ran.out += chunk.toString('utf8')));
    child.stderr.on('data', (chunk: Buffer) => (ran.err += chunk.toString('utf8')));
    child.on('error', failed);
    child.on('close', (status) => done({ status, ...ran }));
  });
}

/** Runs `shian <words>`. */
export const shian = (words: string[], env: Record<string, string> = {}): Promise<Ran> =>
  run(process.execPath, [CLI, ...words], env);

/** The one-time password that `create-user` printed. */
export const passwordIn = ({ out }: Ran): string => /password: (\S+)/.exec(out)?.[1] ?? '';
