import { createHash, randomBytes } from 'node:crypto';
import { mkdir, mkdtemp, readdir, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import fc from 'fast-check';
import t, { type Test } from 'tap';
import type { FileStore } from '../../src/context.ts';
import { diskStore, s3Store } from '../../src/modules/files/index.ts';
import { makeVault } from '../../src/shared/vault.ts';
import { objectStore } from './object-store.ts';

const NO_LIMIT = Number.MAX_SAFE_INTEGER;
const hashOf = (content: Uint8Array): string => createHash('sha256').update(content).digest('hex');
const files = async (folder: string): Promise<string[]> =>
  (await readdir(folder, { recursive: true, withFileTypes: true }))
    .filter((one) => one.isFile())
    .map((one) => one.name);

async function folder(t: Test): Promise<string> {
  const path = await mkdtemp(join(tmpdir(), 'shian-store-'));
  t.teardown(() => rm(path, { recursive: true, force: true }));
  return path;
}

/** What every store must do. */
async function behaves(t: Test, store: FileStore, spool: string): Promise<void> {
  const content = Buffer.from('牛肉干'.repeat(1000));
  const sha256 = hashOf(content);
  t.equal(await store.has(sha256), false);
  await t.rejects(store.get(sha256));
  const put = await store.put(Readable.from([content.subarray(0, 100), content.subarray(100)]), NO_LIMIT);
  t.match(put, { sha256, size: content.length });
  t.ok(put.head.equals(content.subarray(0, 4100)));
  t.equal(await store.has(sha256), true);
  t.ok((await buffer(await store.get(sha256))).equals(content));
  t.match(await store.put(Readable.from([content]), NO_LIMIT), { sha256 }, 'again');
  const exact = Buffer.from('x');
  t.match(await store.put(Readable.from([exact]), 1), { size: 1 });
  await t.rejects(store.put(Readable.from([Buffer.from('xy')]), 1), {
    status: 413,
    code: 'request.too_large',
  });
  const breaking = Readable.from(
    (async function* () {
      yield Buffer.from('half');
      throw new Error('the line broke');
    })(),
  );
  await t.rejects(store.put(breaking, NO_LIMIT), /the line broke/);
  t.notOk(
    (await files(spool)).some((name) => name.startsWith('.')),
    'nothing half-written is left',
  );
  await store.remove(sha256);
  await store.remove(sha256);
  t.equal(await store.has(sha256), false);
  for (const path of ['../etc/passwd', '', 'ab', sha256.toUpperCase()]) {
    await t.rejects((async () => store.get(path))(), RangeError, path);
  }
}

t.test('a folder', async (t) => {
  const path = await folder(t);
  const store = diskStore(path);
  await behaves(t, store, path);

  t.test('any content comes back as it went in, once', async (t) => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 5000 }), async (bytes) => {
        const [one, two] = await Promise.all([
          store.put(Readable.from([Buffer.from(bytes)]), NO_LIMIT),
          store.put(Readable.from([Buffer.from(bytes)]), NO_LIMIT),
        ]);
        const back = await buffer(await store.get(one.sha256));
        return one.sha256 === two.sha256 && one.sha256 === hashOf(bytes) && back.equals(bytes);
      }),
      { numRuns: 40 },
    );
    const names = await files(path);
    t.equal(new Set(names).size, names.length);
  });

  t.test('what a killed process left is removed a day later', async (t) => {
    const path = await folder(t);
    await mkdir(path, { recursive: true });
    await writeFile(join(path, '.incoming-old'), 'x');
    await writeFile(join(path, '.incoming-new'), 'x');
    await utimes(join(path, '.incoming-old'), 1_000_000, 1_000_000);
    await diskStore(path).put(Readable.from([Buffer.from('y')]), NO_LIMIT);
    const names = await files(path);
    t.ok(names.includes('.incoming-new'));
    t.notOk(names.includes('.incoming-old'));
  });
});

t.test('an S3-compatible store', async (t) => {
  const { url, objects, problems } = await objectStore(t);
  const spoolDir = await folder(t);
  const setting = {
    endpoint: `${url}/`,
    bucket: 'shian',
    region: 'cn-west',
    accessKey: 'key',
    secretKey: 'secret',
    spoolDir,
  };
  const store = s3Store(setting);
  await behaves(t, store, spoolDir);
  t.same(problems, []);
  const vault = makeVault([{ id: 'k1', alg: 'aes-256-gcm', key: randomBytes(32) }], randomBytes(32));
  const letter = Buffer.from('举报信'.repeat(50_000));
  const { stream, ...by } = vault.sealStream(Readable.from([letter]));
  const sealed = await store.put(stream, Number.MAX_SAFE_INTEGER);
  t.notOk(objects.get(`/shian/${sealed.sha256.slice(0, 2)}/${sealed.sha256}`)?.includes('举报信'));
  t.ok(
    (await buffer(vault.openStream(await store.get(sealed.sha256), by))).equals(letter),
    'sealed and opened',
  );
  t.same(problems, [], 'the store got what the signature says');
  await store.remove(sealed.sha256);
  t.same(await files(spoolDir), [], 'the spool is empty');
  const sha256 = hashOf(Buffer.from('x'));
  t.same([...objects.keys()], [`/shian/${sha256.slice(0, 2)}/${sha256}`]);
});
