import { deepStrictEqual } from 'node:assert';
import fc from 'fast-check';
import t from 'tap';
import { canonicalJson, contentHash, hashOf, shortHash } from '../../src/modules/documents/canonical.ts';

t.test('keys are sorted at every depth and undefined is left out', async (t) => {
  t.equal(
    canonicalJson({ b: 1, a: { d: [3, null, '牛'], c: undefined } }),
    '{"a":{"d":[3,null,"牛"]},"b":1}',
  );
});

t.test('it is JSON of the same value, whatever the order of the keys', async () => {
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      deepStrictEqual(JSON.parse(canonicalJson(value)), JSON.parse(JSON.stringify(value)));
    }),
  );
  fc.assert(
    fc.property(fc.dictionary(fc.string(), fc.jsonValue()), (value) => {
      const turned = Object.fromEntries(Object.entries(value).toReversed());
      return hashOf(value) === hashOf(turned);
    }),
  );
});

t.test('what JSON cannot hold exactly is refused', async (t) => {
  for (const value of [Number.NaN, Infinity, new Date('2024-03-07T00:00:00Z'), 1n, () => 1, new Map()]) {
    t.throws(() => canonicalJson({ value }), TypeError);
  }
});

t.test('the content hash covers data, template, number, time, bureau and substitutions', async (t) => {
  const paper = {
    template: { kind: 'item-list', version: 1, digest: 'aa' },
    data: { items: [{ name: '牛肉干' }] },
    number: '某市监强制〔2024〕1号',
    issuedAt: new Date('2024-03-07T04:20:00Z'),
    bureauName: '某局',
  };
  const hash = contentHash(paper);
  t.match(hash, /^[0-9a-f]{64}$/);
  t.equal(contentHash({ ...paper, substitutions: {} }), hash);
  const changed = [
    { ...paper, template: { ...paper.template, digest: 'bb' } },
    { ...paper, data: { items: [{ name: '牛肉条' }] } },
    { ...paper, number: null },
    { ...paper, issuedAt: null },
    { ...paper, bureauName: '他局' },
    { ...paper, substitutions: { 𪚥: '龙' } },
  ];
  t.equal(new Set([hash, ...changed.map(contentHash)]).size, changed.length + 1, 'each one matters');
  t.equal(shortHash('0123456789abcdef0123'), '0123-4567-89AB-CDEF');
});
