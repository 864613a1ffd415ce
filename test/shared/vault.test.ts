import { randomBytes } from 'node:crypto';
import { buffer } from 'node:stream/consumers';
import t from 'tap';
import { makeVault, type VaultKey } from '../../src/shared/vault.ts';

const key = (id: string): VaultKey => ({ id, alg: 'aes-256-gcm', key: randomBytes(32) });
const [k1, k2] = [key('k1'), key('k2')];
const search = randomBytes(32);
const vault = makeVault([k1], search);

const PIECE = 64 * 1024;
const BOX = PIECE + 16;
const SALT = 32;

/** The bytes, as they might come over a line. */
async function* inChunks(bytes: Buffer, size: number) {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

async function sealed(plain: Buffer, size = 16_384) {
  const { stream, ...by } = vault.sealStream(inChunks(plain, size));
  return { by, bytes: await buffer(stream) };
}

t.test('a stream is opened as it was sealed, whatever its length and its chunks', async (t) => {
  for (const length of [0, 1, PIECE - 1, PIECE, PIECE + 1, 3 * PIECE, 3 * PIECE + 77]) {
    const plain = randomBytes(length);
    for (const chunk of [1000, PIECE, 200_000]) {
      const { by, bytes } = await sealed(plain, chunk);
      t.same(by, { keyId: 'k1', alg: 'aes-256-gcm-64k' });
      t.equal(bytes.length, SALT + length + 16 * Math.max(1, Math.ceil(length / PIECE)));
      for (const back of [7777, BOX, 500_000]) {
        const opened = await buffer(vault.openStream(inChunks(bytes, back), by));
        if (!opened.equals(plain)) t.fail(`${length} by ${chunk}, back by ${back}`);
      }
    }
  }
});

t.test('the same content is never the same bytes twice', async (t) => {
  const plain = Buffer.from('举报信');
  const [one, two] = [await sealed(plain), await sealed(plain)];
  t.notOk(one.bytes.equals(two.bytes));
  t.notOk(one.bytes.includes(plain));
});

t.test('what was altered, moved, cut off or put on is refused, and none of it given away', async (t) => {
  const plain = randomBytes(3 * PIECE + 5);
  const { by, bytes } = await sealed(plain);
  const flip = (at: number): Buffer => {
    const copy = Buffer.from(bytes);
    copy[at]! ^= 1;
    return copy;
  };
  const box = (n: number): Buffer => bytes.subarray(SALT + n * BOX, SALT + (n + 1) * BOX);
  const salt = bytes.subarray(0, SALT);
  const wrong: [string, Buffer, number][] = [
    ['the salt', flip(3), 0],
    ['the first byte', flip(SALT), 0],
    ['in the third piece', flip(SALT + 2 * BOX + 9), 2],
    ['the last tag', flip(bytes.length - 1), 3],
    ['two pieces exchanged', Buffer.concat([salt, box(1), box(0), box(2), box(3)]), 0],
    ['a piece left out', Buffer.concat([salt, box(0), box(2), box(3)]), 1],
    ['the end cut off at a piece', Buffer.concat([salt, box(0), box(1), box(2)]), 2],
    ['the end cut off within', bytes.subarray(0, -3), 3],
    ['a piece put on', Buffer.concat([bytes, box(0)]), 3],
    ['nothing but salt', salt, 0],
    ['less', bytes.subarray(0, 20), 0],
    ['nothing', Buffer.alloc(0), 0],
  ];
  for (const [name, content, whole] of wrong) {
    const given: Buffer[] = [];
    const read = async () => {
      for await (const chunk of vault.openStream(inChunks(content, BOX), by)) given.push(chunk as Buffer);
    };
    await t.rejects(read(), name);
    t.ok(
      Buffer.concat(given).equals(plain.subarray(0, whole * PIECE)),
      `${name}: whole pieces before it only`,
    );
  }
});

t.test('keys rotate: the newest seals, the older still open', async (t) => {
  const plain = Buffer.from('举报信');
  const old = await sealed(plain);
  const rotated = makeVault([k2, k1], search);
  t.ok((await buffer(rotated.openStream(inChunks(old.bytes, 10), old.by))).equals(plain));
  const { stream: _, ...by } = rotated.sealStream(inChunks(plain, 10));
  t.equal(by.keyId, 'k2');
  t.equal(rotated.open(vault.seal('张三')), '张三');
  t.same(rotated.lookup('phone', '1'), vault.lookup('phone', '1'), 'and what is looked for is still found');
  t.throws(
    () => makeVault([k2], search).openStream(inChunks(old.bytes, 10), old.by),
    /key k1 .* is not loaded/,
  );
  t.throws(() => vault.openStream(inChunks(old.bytes, 10), { keyId: 'k1', alg: 'sm4' }), /not loaded/);
  t.throws(() => vault.open({ keyId: 'k1', alg: old.by.alg, data: old.bytes }), /not loaded/);
});

t.test('it never holds more than it needs: what arrives goes on', async (t) => {
  let asked = 0;
  async function* endless() {
    for (;;) {
      asked += 1;
      yield Buffer.alloc(PIECE);
    }
  }
  const { stream } = vault.sealStream(endless());
  let seen = 0;
  for await (const chunk of stream) {
    seen += (chunk as Buffer).length;
    if (seen > 100 * PIECE) break;
  }
  t.ok(asked < 110, `${asked} pieces for a hundred`);
});
