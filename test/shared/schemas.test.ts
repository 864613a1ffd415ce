import fc from 'fast-check';
import t from 'tap';
import { DayText, FenAmount, InstantText, Line, Narrative } from '../../src/shared/schemas.ts';

t.test('a line is trimmed, NFC, on one line; rare characters and emoji stay', async (t) => {
  t.equal(Line(20).parse('  新都　蜀香  牛肉干 '), '新都 蜀香 牛肉干');
  t.equal(Line(20).parse('e\u0301'), '\u00e9');
  t.equal(Line(20).parse('𠮷㐂🐄'), '𠮷㐂🐄');
  t.equal(Line(20).parse('=1+1'), '=1+1');
  t.equal(Line(20).parse('甲\n乙'), '甲 乙');
  t.ok(Line(3).safeParse('𠮷㐂🐄').success, 'a character counts one, whatever its size in memory');
});

t.test('control characters are refused, in prose all but tab and line ends', async (t) => {
  for (const bad of ['a\u0000b', 'a\u0007b', 'a\u001bb', 'a\u009fb']) {
    t.notOk(Line(20).safeParse(bad).success, JSON.stringify(bad));
  }
  t.notOk(Narrative(20).safeParse('a\u0000b').success);
  t.equal(Narrative(20).parse('甲\r\n乙\t丙 '), '甲\n乙\t丙');
});

t.test('what is empty after trimming is refused', async (t) => {
  t.notOk(Line(5).safeParse('   ').success);
  t.notOk(Narrative(5).safeParse('\n \u200b').success);
});

t.test('the longest that fits is taken, one more is not', async (t) => {
  t.ok(Line(5).safeParse('甲乙丙丁戊').success);
  t.notOk(Line(5).safeParse('甲乙丙丁戊己').success);
  t.notOk(Narrative(5).safeParse('x'.repeat(1000)).success);
});

t.test('days are real days', async (t) => {
  t.equal(DayText.parse('2024-02-29'), '2024-02-29');
  for (const bad of [
    '2023-02-29',
    '2024-13-01',
    '2024-2-1',
    '0001-01-01',
    '2024-02-29T00:00',
    '',
    20240229,
    null,
  ]) {
    t.notOk(DayText.safeParse(bad).success, String(bad));
  }
  t.match(DayText.safeParse('2023-02-29').error?.issues, [{ params: { code: 'field.day' } }]);
});

t.test('instants carry an offset', async (t) => {
  t.ok(InstantText.safeParse('2024-02-05T10:00:00+08:00').success);
  t.ok(InstantText.safeParse('2024-02-05T02:00:00Z').success);
  t.notOk(InstantText.safeParse('2024-02-05T10:00:00').success);
  t.notOk(InstantText.safeParse('2024-02-30T10:00:00Z').success);
});

t.test('money is whole fen, not negative, not beyond counting', async (t) => {
  t.equal(FenAmount.parse(0), 0);
  for (const bad of [-1, 0.5, 1e16, Infinity, NaN, '100']) {
    t.notOk(FenAmount.safeParse(bad).success, String(bad));
  }
});

t.test('whatever a line accepts, it accepts again unchanged', async () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 30 }), (text) => {
      const once = Line(40).safeParse(text);
      if (!once.success) return;
      const twice = Line(40).parse(once.data);
      if (twice !== once.data) throw new Error(JSON.stringify(text));
    }),
  );
});
