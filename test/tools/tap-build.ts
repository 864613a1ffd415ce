import { spawnSync } from 'node:child_process';
import { existsSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';

const TAP = resolve(import.meta.dirname, '../../node_modules/tap/dist/esm/run.mjs');
// Inside the package it marks: a new `npm ci` takes the mark away with the plugins.
const MARK = resolve(import.meta.dirname, '../../node_modules/@tapjs/test/.shian-built');

/** Builds tap's plugins once an install: on a fresh clone its first run would find no test, and tsc no types. */
export function ensureTapBuilt(): void {
  if (existsSync(MARK)) return;
  const { status } = spawnSync(process.execPath, [TAP, 'build'], { stdio: 'inherit' });
  if (status !== 0) throw new Error(`tap build: ${status}`);
  writeFileSync(MARK, '');
}

if (import.meta.main) ensureTapBuilt();
