#!/usr/bin/env node
// Whatever Node starts this hands on to the pinned one, which alone runs the sources.
import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
const at = (path) => fileURLToPath(new URL(path, import.meta.url));
const node = at(`../node_modules/node/bin/node${process.platform === 'win32' ? '.exe' : ''}`);
const child = spawn(node, [at('../src/cli.ts'), ...process.argv.slice(2)], { stdio: 'inherit' });
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => child.kill(signal));
child.on('error', ({ code }) => {
  process.stderr.write(`请先运行 npm ci。 Run npm ci first. (${node}: ${code})\n`);
  process.exitCode = 1;
});
child.on('exit', (code, signal) => (process.exitCode = code ?? (signal === 'SIGINT' ? 130 : 143)));
