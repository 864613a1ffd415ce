/**
 * `npm run demo`: a throw-away database, filled; the story played through the HTTP API on the days it happened;
 * the papers in `out/`. Stays up to be looked at; with `--exit` it stops and its exit status says whether all held.
 */
import { rm } from 'node:fs/promises';
import { resolve } from 'node:path';
import { readConfig, variable } from '../config.ts';
import { makeLog } from '../log.ts';
import { serve } from '../serve.ts';
import { storyClock } from './clock.ts';
import { fill, type Filled } from './fill.ts';
import { playStory } from './story.ts';
import { makeTempFolder } from '../db/temp-folder.ts';
import { ensureWebBuilt } from '../web-build.ts';

const OUT = resolve(import.meta.dirname, '../../out');

function printUsers(address: string, filled: Filled): void {
  console.log(
    `\n地址 Address: ${address}   接口说明 API: ${address}/docs\n口令 Password (全部用户 all users): ${filled.password}`,
  );
  for (const [role, { login, name }] of Object.entries(filled.users)) {
    console.log(`  ${login.padEnd(24)} ${name}  (${role})`);
  }
}

async function main(): Promise<number> {
  const exits = process.argv.includes('--exit');
  // Nobody looks at the screens of one that does not stay up.
  if (!exits) await ensureWebBuilt();
  const folder = await makeTempFolder('shian-demo-');
  const clock = storyClock('2024-02-05T09:00:00+08:00');
  const port = variable('PORT') ?? '3000';
  const config = readConfig({
    DATA_DIR: folder,
    PORT: exits ? '0' : port,
    // What the papers' QR codes say does not depend on whether the demo stays up.
    PUBLIC_URL: `http://127.0.0.1:${port}`,
    RATE_LIMIT_PER_MINUTE: '1000000',
  });
  const serving = await serve(config, { log: makeLog('warn'), clock, throwaway: true });
  try {
    const filled = await fill(serving.deps);
    const failed = await playStory({ address: serving.address, clock, filled, out: OUT });
    clock.run();
    console.log(
      failed === 0 ? '\n全部步骤成立。 Every step held.' : `\n${failed} 步未成立 steps did not hold.`,
    );
    if (exits) return failed === 0 ? 0 : 1;
    printUsers(serving.address, filled);
    await new Promise((stop) => {
      process.once('SIGINT', stop);
      process.once('SIGTERM', stop);
    });
    return 0;
  } finally {
    await serving.close();
    await rm(folder, { recursive: true, force: true });
  }
}

process.exitCode = await main();
