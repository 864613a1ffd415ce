import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, readFile } from 'node:fs/promises';
import { delimiter, join, resolve } from 'node:path';
import t from 'tap';
import { makeClient } from '../../src/demo/client.ts';
import { type Child, dataFolder, SETUP, setupTokenIn, startServer } from '../server/child.ts';
import { passwordIn, run, shian } from './run.ts';

const BIN = resolve(import.meta.dirname, '../../bin/shian.mjs');

/** The nodes on the PATH that are not the pinned one. */
function otherNodes(): string[] {
  const names = (process.env['PATH'] ?? '').split(delimiter).map((folder) => join(folder, 'node'));
  const version = (node: string): string =>
    spawnSync(node, ['-p', 'process.version']).stdout?.toString().trim();
  return [...new Set([...names, '/usr/local/bin/node', '/usr/bin/node'])].filter(
    (node) => existsSync(node) && version(node) !== process.version,
  );
}

t.test('commands beside the embedded database', async (t) => {
  const root = await dataFolder(t);
  const env = { DATA_DIR: join(root, 'data') };
  const backups = { running: join(root, 'running'), stopped: join(root, 'stopped') };
  let server: Child;
  let firstPassword = '';

  t.test('while the server runs they work on its database', async (t) => {
    server = await startServer(t.parent as typeof t, env);
    const token = setupTokenIn(server.said());
    t.equal((await makeClient(server.url).post('/api/setup', { ...SETUP, token })).status, 201);
    const made = await shian(
      ['create-user', 'second', '--name', '第二人', '--role', 'auditor', '--bureau', '510114'],
      env,
    );
    t.equal(made.status, 0, made.err);
    firstPassword = passwordIn(made);
    const client = await makeClient(server.url).logIn('second', firstPassword);
    t.equal((await client.get('/api/me')).status, 200);
    t.match(await shian(['migrate'], env), { status: 0, out: /已是最新/ });
    t.match(await shian(['run-job', 'audit.seal'], env), { status: 0 });
    t.match(await shian(['verify-audit'], env), { status: 0, out: /审计链完整/ });
    t.equal((await fetch(`${server.url}/readyz`)).status, 200, 'and leave it running');
  });

  t.test('whatever node starts bin/shian.mjs hands on to the pinned one', async (t) => {
    const others = otherNodes();
    if (others.length === 0) t.comment('there is no other node here: started by the pinned one');
    for (const node of others.length > 0 ? others.slice(0, 2) : [process.execPath]) {
      const words = ['deadline', 'S04f', '--from', '2024-03-07', '--json'];
      const ran = await run(node, [BIN, ...words], env);
      t.match(ran, { status: 0, err: '' });
      t.match(JSON.parse(ran.out), { raw: '2024-04-06' });
      t.equal((await run(node, [BIN, 'dance'], env)).status, 2, 'the exit status comes through');
    }
  });

  t.test('backup while it runs, and once it has stopped', async (t) => {
    const copied = await shian(['backup', backups.running], env);
    t.match(copied, { status: 0, out: /running/ }, copied.err);
    t.equal(await server.end('SIGTERM'), 0);
    const whole = await shian(['backup', backups.stopped], env);
    t.match(whole, { status: 0, out: /stopped/ }, whole.err);
    const again = await shian(['backup', backups.stopped], env);
    t.equal(again.status, 1, 'never over another');
    t.equal((await shian(['backup'], env)).status, 2);
  });

  for (const [kind, folder] of Object.entries(backups)) {
    t.test(
      `restore of the ${kind} one into a new folder: everything is there and the trail holds`,
      async (t) => {
        const restored = { DATA_DIR: join(root, `from-${kind}`) };
        const done = await shian(['restore', folder], restored);
        t.equal(done.status, 0, done.err);
        t.match(await shian(['verify-audit'], restored), { status: 0, out: /审计链完整/ });
        const key = 'keys/vault.json';
        t.equal(
          await readFile(join(restored.DATA_DIR, key), 'utf8'),
          await readFile(join(env.DATA_DIR, key), 'utf8'),
          'with the keys of what is encrypted',
        );
        const again = await shian(['restore', folder], restored);
        t.match(again, { status: 1, err: /不是空的/ }, 'never over another');
      },
    );
  }

  t.test('`shian serve` on what was restored: the people can log in, and it goes on', async (t) => {
    const back = await startServer(t, { DATA_DIR: join(root, 'from-running') }, [BIN, 'serve']);
    t.equal(setupTokenIn(back.said()), undefined);
    const { administrator } = SETUP;
    const admin = await makeClient(back.url).logIn(administrator.login, administrator.password);
    const made = await admin.post('/api/units', { kind: 'section', name: '恢复后科' });
    t.equal(made.status, 201);
    t.ok(await makeClient(back.url).logIn('second', firstPassword));
    t.equal(await back.end('SIGTERM'), 0, 'the signal reaches the server through the bin');
    t.notOk(existsSync(join(root, 'from-running/owner.json')), 'which has stopped in order');
    t.match(await shian(['verify-audit'], { DATA_DIR: join(root, 'from-running') }), { status: 0 });
  });

  t.test('without a server a command starts the database for itself, and stops it', async (t) => {
    const alone = { DATA_DIR: join(root, 'alone') };
    await mkdir(alone.DATA_DIR);
    t.match(await shian(['migrate'], alone), { status: 0, out: /已是最新/ });
    const nobody = await shian(
      ['create-user', 'first', '--name', '第一人', '--role', 'administrator', '--bureau', '510114'],
      alone,
    );
    t.match(nobody, { status: 2, err: /510114/ });
    t.notOk(existsSync(join(alone.DATA_DIR, 'owner.json')));
    t.notOk(existsSync(join(alone.DATA_DIR, 'pg/postmaster.pid')));
  });
});
