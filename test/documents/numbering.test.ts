import fc from 'fast-check';
import t from 'tap';
import { NUMBER_PATTERN, formatNumber, patternProblems } from '../../src/modules/documents/numbering.ts';

t.test('the official shape: six-cornered brackets, year in full, no leading zeros', async (t) => {
  const parts = { prefix: '新都', code: '强制', year: 2024, seq: 12 };
  t.equal(formatNumber(NUMBER_PATTERN, parts), '新都市监强制〔2024〕12号');
  t.equal(formatNumber('（{prefix}）市监{code}[{year}]第{seq}号', parts), '（新都）市监强制[2024]第12号');
});

t.test('a prefix is text, never a pattern', async (t) => {
  t.equal(
    formatNumber(NUMBER_PATTERN, { prefix: '{seq}$1', code: '', year: 2024, seq: 1 }),
    '{seq}$1市监〔2024〕1号',
  );
});

t.test('different sequences give different numbers', async () => {
  const seq = fc.integer({ min: 1, max: 1_000_000 });
  fc.assert(
    fc.property(seq, seq, (a, b) => {
      const at = (n: number): string =>
        formatNumber(NUMBER_PATTERN, { prefix: '甲', code: '罚', year: 2026, seq: n });
      return (at(a) === at(b)) === (a === b);
    }),
  );
});

t.test('what cannot be a number is a bug', async (t) => {
  const parts = { prefix: '甲', code: '罚', year: 2024, seq: 1 };
  for (const wrong of [{ seq: 0 }, { seq: 1.5 }, { year: 24 }]) {
    t.throws(() => formatNumber(NUMBER_PATTERN, { ...parts, ...wrong }), RangeError);
  }
  t.throws(() => formatNumber('{prefix}{seq}号', parts), RangeError);
  t.same(patternProblems('{prefix}〔{jahr}〕{seq}号'), ['unknown {jahr}', 'no {year}']);
  t.same(patternProblems(NUMBER_PATTERN), []);
});
