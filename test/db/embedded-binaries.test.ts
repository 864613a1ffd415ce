import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import * as fs from 'node:fs';
import * as path from 'node:path';
import t from 'tap';
import { locateBinaries, serverUser } from '../../src/db/embedded-binaries.ts';
import { tempFolder } from './fixtures/folders.ts';

const ROOT = process.getuid?.() === 0;
const WRITER = path.join(import.meta.dirname, 'fixtures', 'writer.ts');

/** A copy of the installed package as npm unpacks it: without its links. */
async function unpacked(folder: string): Promise<string> {
  const { postgres } = await locateBinaries(await serverUser());
  const packageDir = path.resolve(postgres, '..', '..', '..');
  const copy = path.join(folder, 'package');
  fs.cpSync(packageDir, copy, { recursive: true, verbatimSymlinks: true });
  for (const entry of fs.readdirSync(copy, { recursive: true, withFileTypes: true })) {
    if (entry.isSymbolicLink()) fs.rmSync(path.join(entry.parentPath, entry.name));
  }
  return copy;
}

t.test('the programs say their version', async (t) => {
  const found = await locateBinaries(await serverUser());
  t.equal(found.major, 18);
  t.match(found.version, /^18\.\d+$/);
  t.match(execFileSync(found.initdb, ['-V']).toString(), 'PostgreSQL) 18');
});

t.test('links the install script did not make are made', async (t) => {
  const base = tempFolder(t);
  const packageDir = await unpacked(base);
  const found = await locateBinaries(await serverUser(), { packageDir, cacheRoot: base });
  t.ok(found.postgres.startsWith(packageDir), 'in place');
});

const copied = 'a package the server user cannot reach is copied once, and again when the copy is damaged';
t.test(copied, { skip: !ROOT && 'only root runs the server as another user' }, async (t) => {
  const base = tempFolder(t);
  const runAs = await serverUser();
  const closed = path.join(base, 'closed');
  fs.mkdirSync(closed);
  const packageDir = await unpacked(closed);
  fs.chmodSync(closed, 0o700);
  const cacheRoot = path.join(base, 'cache');
  fs.mkdirSync(cacheRoot, { mode: 0o755 });

  const found = await locateBinaries(runAs, { packageDir, cacheRoot });
  t.ok(found.postgres.startsWith(cacheRoot));
  const [copy] = fs.readdirSync(cacheRoot);
  t.match(copy, /^shian-pg-18\..*-0$/);
  const stamp = path.join(cacheRoot, copy!, 'stamp.json');
  const made = fs.statSync(stamp).ino;
  t.same(await locateBinaries(runAs, { packageDir, cacheRoot }), found);
  t.equal(fs.statSync(stamp).ino, made, 'the second time it is there');

  fs.truncateSync(found.initdb, 100);
  t.same(await locateBinaries(runAs, { packageDir, cacheRoot }), found);
  t.match(execFileSync(found.initdb, ['-V']).toString(), 'PostgreSQL) 18', 'made anew');
  t.same(fs.readdirSync(cacheRoot), [copy], 'nothing left behind');

  // A folder of that name that others may write: its programs could be anybody's.
  fs.chmodSync(path.join(cacheRoot, copy!), 0o777);
  await locateBinaries(runAs, { packageDir, cacheRoot });
  t.equal(fs.statSync(path.join(cacheRoot, copy!)).mode & 0o777, 0o755);
});

t.test('nothing that runs: one sentence with the way out', async (t) => {
  const base = tempFolder(t);
  const packageDir = path.join(base, 'package');
  fs.mkdirSync(path.join(packageDir, 'native', 'bin'), { recursive: true });
  fs.writeFileSync(path.join(packageDir, 'package.json'), '{"version":"18.0.0"}');
  await t.rejects(locateBinaries(await serverUser(), { packageDir, cacheRoot: base }), {
    message: /DATABASE_URL.*。\n.*set DATABASE_URL to a PostgreSQL 16 or later\.$/,
  });
});

t.test('an ordinary user runs it as itself', { skip: !ROOT && 'as all other tests do' }, async (t) => {
  const runAs = (await serverUser())!;
  const dataDir = tempFolder(t);
  fs.chownSync(dataDir, runAs.uid, runAs.gid);
  const child = spawn(process.execPath, [WRITER, dataDir, 'throwaway'], {
    ...runAs,
    cwd: '/',
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [answered] = await once(child.stdout, 'data');
  t.match(String(answered), /^1\n/);
  t.equal(fs.statSync(path.join(dataDir, 'pg')).uid, runAs.uid);
  child.kill('SIGKILL');
  await once(child, 'close');
});
