import { spawn } from 'node:child_process';
import { rm } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { median } from './measure.ts';
import { makeTempFolder } from '../src/db/temp-folder.ts';

const MAIN = resolve(import.meta.dirname, '../src/main.ts');

/** Starts the server as `npm start` does, waits until it answers, stops it; answers the seconds to ready. */
async function startOnce(dataDir: string): Promise<number> {
  const began = performance.now();
  const env = { ...process.env, DATA_DIR: dataDir, PORT: '0', LOG_LEVEL: 'silent' };
  const child = spawn(process.execPath, [MAIN], { env, stdio: ['ignore', 'pipe', 'inherit'] });
  const address = await new Promise<string>((found, failed) => {
    let output = '';
    child.stdout.on('data', (chunk: Buffer) => {
      output += chunk.toString();
      const match = /Shian: (http:\S+)/.exec(output);
      if (match) found(match[1]!);
    });
    child.on('exit', (code) => failed(new Error(`the server ended with ${code}`)));
  });
  const response = await fetch(`${address}/readyz`);
  if (!response.ok) throw new Error(`readyz: ${response.status}`);
  const seconds = (performance.now() - began) / 1000;
  child.removeAllListeners('exit');
  const ended = new Promise((done) => child.on('exit', done));
  child.kill('SIGTERM');
  await ended;
  return seconds;
}

/** Seconds from the command to an answer: cold (initdb and migrations) ≤ 4, warm ≤ 1.5. */
export async function benchStart(): Promise<Record<string, unknown>> {
  const cold: number[] = [];
  const warm: number[] = [];
  for (let round = 0; round < 3; round += 1) {
    const folder = await makeTempFolder('shian-bench-');
    cold.push(await startOnce(join(folder, 'var')));
    warm.push(await startOnce(join(folder, 'var')));
    await rm(folder, { recursive: true, force: true });
  }
  return { coldSeconds: median(cold), warmSeconds: median(warm), limits: { cold: 4, warm: 1.5 } };
}
