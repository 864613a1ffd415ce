import { createHash } from 'node:crypto';
import fc from 'fast-check';
import t from 'tap';
import {
  chainRoot,
  leafBytes,
  leafHash,
  merkleRoot,
  type SealedEntry,
} from '../../src/modules/audit/seal.ts';

const ENTRY: SealedEntry = {
  id: 7,
  xid: 900,
  bureauId: null,
  at: '2024-03-07T01:30:00.123456Z',
  actorKind: 'user',
  actorId: 'u1',
  actorName: '林晓峰',
  actorRoles: ['case_officer'],
  action: 'measure.execute',
  subjectKind: 'measure',
  subjectId: 'm1',
  detail: '{"items": 36}',
  requestId: 'r1',
};

const sha256 = (...parts: Buffer[]): Buffer => createHash('sha256').update(Buffer.concat(parts)).digest();

const entries = fc.record({
  id: fc.nat(),
  xid: fc.nat(),
  bureauId: fc.option(fc.string()),
  at: fc.string(),
  actorKind: fc.string(),
  actorId: fc.string(),
  actorName: fc.string({ unit: 'binary' }),
  actorRoles: fc.array(fc.string(), { maxLength: 4 }),
  action: fc.string(),
  subjectKind: fc.string(),
  subjectId: fc.string(),
  detail: fc.json(),
  requestId: fc.string(),
});

t.test('two different lines never have the same bytes', async (t) => {
  t.doesNotThrow(() =>
    fc.assert(
      fc.property(
        entries,
        entries,
        (a, b) => leafBytes(a).equals(leafBytes(b)) === (JSON.stringify(a) === JSON.stringify(b)),
      ),
      { numRuns: 500 },
    ),
  );
});

t.test('what lies in one field cannot be moved to the next', async (t) => {
  const apart = leafHash({ ...ENTRY, actorRoles: ['a', 'b'] });
  t.notOk(apart.equals(leafHash({ ...ENTRY, actorRoles: ['ab'] })));
  t.notOk(
    leafHash({ ...ENTRY, action: 'a', subjectKind: 'bc' }).equals(
      leafHash({ ...ENTRY, action: 'ab', subjectKind: 'c' }),
    ),
  );
  t.notOk(
    leafHash({ ...ENTRY, bureauId: '' }).equals(leafHash({ ...ENTRY, bureauId: null })),
    'nothing is not empty',
  );
});

t.test('every column is under the hash', async (t) => {
  const before = leafHash(ENTRY);
  for (const key of Object.keys(ENTRY) as (keyof SealedEntry)[]) {
    const value = ENTRY[key];
    const other = typeof value === 'number' ? value + 1 : Array.isArray(value) ? ['x'] : `${String(value)}x`;
    t.notOk(leafHash({ ...ENTRY, [key]: other } as SealedEntry).equals(before), key);
  }
  t.notOk(
    leafHash({ ...ENTRY, at: '2024-03-07T01:30:00.123457Z' }).equals(before),
    'down to the microsecond',
  );
});

t.test('the tree is RFC 6962 hashing by pairs', async (t) => {
  const [a, b, c] = ['a', 'b', 'c'].map((one) => sha256(Buffer.from(one))) as [Buffer, Buffer, Buffer];
  const node = (left: Buffer, right: Buffer): Buffer => sha256(Buffer.from([1]), left, right);
  t.ok(merkleRoot([a]).equals(a));
  t.ok(merkleRoot([a, b]).equals(node(a, b)));
  t.ok(merkleRoot([a, b, c]).equals(node(node(a, b), c)));
  t.equal(merkleRoot([]).toString('hex'), 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855');
});

t.test('another order, another number of leaves, another root', async (t) => {
  const leaf = fc.uint8Array({ minLength: 32, maxLength: 32 }).map((bytes) => Buffer.from(bytes));
  const lists = fc.array(leaf, { minLength: 1, maxLength: 17 });
  t.doesNotThrow(() =>
    fc.assert(
      fc.property(lists, lists, (a, b) => {
        const same = a.length === b.length && a.every((one, i) => one.equals(b[i]!));
        return same === merkleRoot(a).equals(merkleRoot(b));
      }),
    ),
  );
});

t.test('a root commits to all before it and to its own numbers', async (t) => {
  const merkle = sha256(Buffer.from('x'));
  const head = { id: 2, afterId: 0, fromXid: 5, toXid: 9 };
  const root = chainRoot(merkle, merkle, head);
  t.notOk(root.equals(chainRoot(null, merkle, head)));
  for (const key of ['id', 'afterId', 'fromXid', 'toXid'] as const) {
    t.notOk(root.equals(chainRoot(merkle, merkle, { ...head, [key]: head[key] + 1 })), key);
  }
});
