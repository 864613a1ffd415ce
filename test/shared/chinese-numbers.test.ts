import fc from 'fast-check';
import t from 'tap';
import { readChineseNumber } from '../../src/shared/chinese-numbers.ts';
import { capitals } from '../../src/shared/money.ts';

t.test('numbers as people write them', async (t) => {
  const cases: [string, number | null][] = [
    ['零', 0],
    ['九', 9],
    ['十', 10],
    ['十五', 15],
    ['九十八', 98],
    ['一百', 100],
    ['一百零三', 103],
    ['一百一十', 110],
    ['两百三', 230],
    ['三千五', 3500],
    ['三千零五', 3005],
    ['一千零五十', 1050],
    ['一万二', 12_000],
    ['一万二千三百四十五', 12_345],
    ['一亿零二十万', 100_200_000],
    ['壹仟贰佰叁拾肆', 1234],
    ['98', 98],
    ['98.5', 98.5],
    ['1万2千', 12_000],
    ['3.5万', 35_000],
    ['2千', 2000],
    ['二〇二四', 2024],
    ['二零二四', 2024],
    ['', null],
    ['牛', null],
    ['三x', null],
    ['1 2', null],
    ['一'.repeat(41), null],
  ];
  for (const [text, value] of cases) t.equal(readChineseNumber(text), value, text);
});

t.test('what money is written as in capitals is read back', async (t) => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 99_999_999 }), (yuan) => {
      const words = capitals(yuan * 100).replace('元整', '');
      t.equal(readChineseNumber(words), yuan, words);
    }),
  );
});
