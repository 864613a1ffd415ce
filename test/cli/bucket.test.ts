import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import t from 'tap';
import { makeClient } from '../../src/demo/client.ts';
import { objectStore } from '../files/object-store.ts';
import { PDF } from '../files/contents.ts';
import { dataFolder, SETUP, setupTokenIn, startServer } from '../server/child.ts';
import { passwordIn, shian } from './run.ts';

t.test('a backup takes along what lies in a bucket, and a restore brings it back', async (t) => {
  const root = await dataFolder(t);
  const { url, objects, problems } = await objectStore(t);
  const s3 = (S3_BUCKET: string) => ({
    S3_ENDPOINT: url,
    S3_BUCKET,
    S3_REGION: 'cn-west',
    S3_ACCESS_KEY: 'key',
    S3_SECRET_KEY: 'secret',
  });
  const env = { DATA_DIR: join(root, 'data'), ...s3('old') };
  const officer = async (base: string, password: string) => makeClient(base).logIn('officer', password);
  const server = await startServer(t, env);
  const token = setupTokenIn(server.said());
  t.equal((await makeClient(server.url).post('/api/setup', { ...SETUP, token })).status, 201);
  const words = [
    'create-user',
    'officer',
    '--name',
    '办案人',
    '--role',
    'case_officer',
    '--bureau',
    '510114',
  ];
  const password = passwordIn(await shian(words, env));
  const set = 'A-Pass-Of-My-Own-77';
  const first = await officer(server.url, password);
  t.ok((await first.post('/api/me/password', { current: password, next: set })).status < 300);
  const client = await officer(server.url, set);
  const party = await client.post<{ id: string }>('/api/parties', { kind: 'company', name: '演示食品厂' });
  const form = new FormData();
  form.append('file', new Blob([PDF as Uint8Array<ArrayBuffer>]), '执照.pdf');
  const path = `/api/attachments?subjectKind=party&subjectId=${party.body.id}`;
  const made = await client.post<{ id: string; sha256: string }>(path, form);
  t.equal(made.status, 201);
  const { sha256 } = made.body;
  const key = (bucket: string): string => `/${bucket}/${sha256.slice(0, 2)}/${sha256}`;
  t.ok(objects.has(key('old')), 'it lies in the bucket');

  t.match(await shian(['backup', join(root, 'running')], env), { status: 0, out: /running/ });
  t.equal(await server.end('SIGTERM'), 0);
  const stopped = await shian(['backup', join(root, 'stopped')], env);
  t.match(stopped, { status: 0 }, 'the database is started for it');
  for (const name of ['running', 'stopped']) {
    t.same(await readdir(join(root, name, 'data/files', sha256.slice(0, 2))), [sha256], name);
  }

  t.test('into another bucket', async (t) => {
    const back = { DATA_DIR: join(root, 'back'), ...s3('new') };
    t.match(await shian(['restore', join(root, 'running')], back), { status: 0 });
    t.ok(objects.get(key('new'))?.equals(PDF));
    t.notOk((await readdir(back.DATA_DIR)).includes('files'), 'and nothing of it stays in the folder');
    const again = await startServer(t, back);
    const who = await officer(again.url, set);
    const content = await fetch(`${again.url}/api/attachments/${made.body.id}/content`, {
      headers: who.headers(),
    });
    t.ok(Buffer.from(await content.arrayBuffer()).equals(PDF));
    t.equal(await again.end('SIGTERM'), 0);
  });

  t.test('into a folder outside of the data, where there is no bucket', async (t) => {
    const back = { DATA_DIR: join(root, 'outside'), FILES_DIR: join(root, 'files') };
    t.match(await shian(['restore', join(root, 'stopped')], back), { status: 0 });
    t.same(await readdir(join(back.FILES_DIR, sha256.slice(0, 2))), [sha256]);
  });

  t.test('what the bucket has lost is named', async (t) => {
    objects.delete(key('old'));
    const poor = await shian(['backup', join(root, 'poor')], env);
    t.match(poor, { status: 1, err: new RegExp(sha256) });
    await rm(join(root, 'poor'), { recursive: true });
  });
  t.same(problems, []);
});
