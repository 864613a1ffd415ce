#!/usr/bin/env node
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
const at = (path) => fileURLToPath(new URL(path, import.meta.url));
const node = at(process.platform === 'win32' ? '../node_modules/node/bin/node.exe' : '../node_modules/node/bin/node');
process.exit(spawnSync(node, [at('../src/cli.ts'), ...process.argv.slice(2)], { stdio: 'inherit' }).status ?? 1);
