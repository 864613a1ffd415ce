/**
 * `npm test [files]`: one throw-away PostgreSQL with a filled template database, then tap, and a closing line of
 * its own. Each test file clones the template (see app.ts), so none sees another's rows.
 */
import { spawn } from 'node:child_process';
import { globSync } from 'node:fs';
import { readFile, rm, statfs } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { startEmbedded } from '../src/db/embedded.ts';
import { fillTemplate, TEMPLATE_ENV } from './template.ts';
import { groupedFiles } from './groups.ts';
import { makeTempFolder } from '../src/db/temp-folder.ts';
import { ensureWebBuilt } from '../src/web-build.ts';
import { ensureTapBuilt } from './tools/tap-build.ts';

// Each test file and each server it starts loads the whole product: compiled once for all of them.
const COMPILED = resolve(import.meta.dirname, '../node_modules/.cache/compiled');
const TAP = resolve(import.meta.dirname, '../node_modules/tap/dist/esm/run.mjs');

function run(args: string[], env: NodeJS.ProcessEnv): Promise<number> {
  return new Promise((done) => {
    const child = spawn(process.execPath, [TAP, ...args], { stdio: 'inherit', env });
    child.on('exit', (code) => done(code ?? 1));
  });
}

const MEMORY = '/dev/shm';
const ROOM = 4e9;

/** In memory where there is room: each test makes a thousand small files of a database and throws them away. */
async function runFolder(): Promise<string> {
  const memory = await statfs(MEMORY).catch(() => null);
  const hasRoom = memory !== null && memory.bavail * memory.bsize >= ROOM;
  return makeTempFolder('shian-test-', hasRoom ? MEMORY : undefined);
}

type Counts = { pass: number; fail: number; skip: number };

/** What failed, each with the files and tests it stands in: a reporter that draws on a terminal may have hidden it. */
function failures(report: string): string[] {
  const lines = report.split('\n').filter((line) => /^\s*(not ok|Bail out!)/.test(line));
  return lines.map((line) => line.replace(/ # time=.*$/, ''));
}

/** Reads tap's own closing count; a run that was cut off counts as a failure. */
function counts(report: string): Counts {
  const total = report.match(/^# \{ total: .*\}$/gm)?.at(-1) ?? '';
  const number = (name: string): number => Number(new RegExp(`${name}: (\\d+)`).exec(total)?.[1] ?? 0);
  return total
    ? { pass: number('pass'), fail: number('fail'), skip: number('skip') + number('todo') }
    : { pass: 0, fail: 1, skip: 0 };
}

async function main(files: string[]): Promise<number> {
  const folder = await runFolder();
  const output = join(folder, 'results.tap');
  ensureTapBuilt();
  await ensureWebBuilt();
  const server = await startEmbedded({ dataDir: join(folder, 'db'), throwaway: true, log: () => undefined });
  try {
    const template = await fillTemplate(server, folder);
    const env = { ...process.env, [TEMPLATE_ENV]: JSON.stringify(template), NODE_COMPILE_CACHE: COMPILED };
    const code = await run(['run', '-R', 'terse', `--output-file=${output}`, ...files], env);
    const report = await readFile(output, 'utf8').catch(() => '');
    const { pass, fail, skip } = counts(report);
    const failed = code === 0 ? fail : Math.max(fail, 1);
    if (failed > 0) console.log(['', `tap ended with ${code}:`, ...failures(report)].join('\n'));
    console.log(`\n${pass} passed, ${failed} failed${skip > 0 ? `, ${skip} skipped` : ''}`);
    return failed > 0 ? 1 : 0;
  } finally {
    await server.stop();
    await rm(folder, { recursive: true, force: true });
  }
}

/** A folder stands for the test files in it. */
const testFiles = (path: string): string[] =>
  path.endsWith('.ts') ? [path] : globSync(`${path}/**/*.test.ts`);

const asked = process.argv.slice(2).flatMap(testFiles);
process.exitCode = await main(asked.length > 0 ? asked : groupedFiles());
