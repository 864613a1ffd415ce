/**
 * `npm run bench [-- name …]`: prints figures and writes bench/results.json. Figures are ratios against something
 * measured in the same run wherever two things are compared.
 */
import { readFile, writeFile } from 'node:fs/promises';
import { cpus } from 'node:os';
import { join } from 'node:path';
import { benchDeadlines } from './deadlines.ts';
import { benchCandidates } from './candidates.ts';
import { benchDocuments } from './documents.ts';
import { benchLists } from './lists.ts';
import { benchScreens } from './screens.ts';
import { benchStart } from './start.ts';
import { benchTips } from './tips.ts';

const BENCHES: Record<string, () => Promise<Record<string, unknown>>> = {
  tips: benchTips,
  lists: benchLists,
  deadlines: benchDeadlines,
  candidates: benchCandidates,
  documents: benchDocuments,
  screens: benchScreens,
  start: benchStart,
};

const RESULTS = join(import.meta.dirname, 'results.json');

const wanted = process.argv.slice(2);
// Those not asked for keep the figures of their last run.
const known = JSON.parse(await readFile(RESULTS, 'utf8').catch(() => '{}')) as Record<string, unknown>;
const results: Record<string, unknown> = { ...known, node: process.version, cpus: cpus().length };
for (const [name, bench] of Object.entries(BENCHES)) {
  if (wanted.length > 0 && !wanted.includes(name)) continue;
  console.log(`\n== ${name}`);
  results[name] = await bench();
  console.log(JSON.stringify(results[name], null, 2));
}
await writeFile(RESULTS, `${JSON.stringify(results, null, 2)}\n`);
