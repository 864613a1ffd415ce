import fc from 'fast-check';
import t from 'tap';
import {
  capitals,
  formatYuan,
  formatYuanGrouped,
  moneyView,
  parseYuan,
  roundFen,
  timesQuantity,
  wholeFen,
  yuanText,
} from '../../src/shared/money.ts';

t.test('yuan in and out', async (t) => {
  t.equal(parseYuan('12.34'), 1234);
  t.equal(parseYuan('12.3'), 1230);
  t.equal(parseYuan('0'), 0);
  t.equal(parseYuan('-0.01'), -1);
  t.equal(parseYuan('9999.99'), 999_999);
  t.equal(parseYuan('12.340'), 1234);
  t.equal(parseYuan('90071992547409.91'), Number.MAX_SAFE_INTEGER);
  t.throws(() => parseYuan('90071992547409.92'), { status: 400, code: 'money.too_large' });
  t.throws(() => parseYuan('1.005'), { code: 'decimal.fraction_digits', params: { max: 2 } });
  for (const bad of ['', '¥1', '1,000', '1e3', ' 1'])
    t.throws(() => parseYuan(bad), { code: 'decimal.format' }, bad);
  t.equal(formatYuan(1234), '12.34');
  t.equal(formatYuan(5), '0.05');
  t.equal(formatYuan(-5), '-0.05');
  t.equal(formatYuan(-0), '0.00');
  t.equal(formatYuanGrouped(123_456_789), '1,234,567.89');
  t.equal(formatYuanGrouped(-100_000), '-1,000.00');
  t.throws(() => formatYuan(1.5), { name: 'RangeError' });
  t.throws(() => formatYuan(2 ** 53), { name: 'RangeError' });
});

t.test('price times quantity is exact; rounding is a separate step', async (t) => {
  t.equal(timesQuantity(1999, '2.5'), '4997.5');
  t.equal(roundFen('4997.5'), 4998);
  t.equal(roundFen('4997.499999'), 4997);
  t.equal(roundFen('-0.5'), -1);
  t.throws(() => roundFen('90071992547409919'), { code: 'money.too_large' });
});

t.test('capitals, by the rules for bills and vouchers', async (t) => {
  const table: [string, string][] = [
    ['12.34', '壹拾贰元叁角肆分'],
    ['0', '零元整'],
    ['0.05', '伍分'],
    ['0.50', '伍角整'],
    ['0.56', '伍角陆分'],
    ['1', '壹元整'],
    ['10', '壹拾元整'],
    ['1.30', '壹元叁角整'],
    ['325.04', '叁佰贰拾伍元零肆分'],
    ['1409.50', '壹仟肆佰零玖元伍角整'],
    ['6007.14', '陆仟零柒元壹角肆分'],
    ['1680.32', '壹仟陆佰捌拾元零叁角贰分'],
    ['107000.53', '壹拾万柒仟元零伍角叁分'],
    ['16409.02', '壹万陆仟肆佰零玖元零贰分'],
    ['10.01', '壹拾元零壹分'],
    ['100', '壹佰元整'],
    ['1001', '壹仟零壹元整'],
    ['10001', '壹万零壹元整'],
    ['10010', '壹万零壹拾元整'],
    ['100000', '壹拾万元整'],
    ['100500', '壹拾万零伍佰元整'],
    ['1000000', '壹佰万元整'],
    ['100000000', '壹亿元整'],
    ['100000001', '壹亿零壹元整'],
    ['100010000', '壹亿零壹万元整'],
    ['110000000', '壹亿壹仟万元整'],
    ['1000000000000', '壹万亿元整'],
    ['1000100000000', '壹万零壹亿元整'],
    ['90071992547409.91', '玖拾万零柒佰壹拾玖亿玖仟贰佰伍拾肆万柒仟肆佰零玖元玖角壹分'],
    ['-12.34', '负壹拾贰元叁角肆分'],
  ];
  for (const [yuan, words] of table) t.equal(capitals(parseYuan(yuan)), words, yuan);
  t.throws(() => capitals(0.5), { name: 'RangeError' });
});

/** Reads capitals back, character by character, knowing nothing of how they were written. */
function readCapitals(words: string): number {
  const digit = (c: string): number => '零壹贰叁肆伍陆柒捌玖'.indexOf(c);
  const unit: Record<string, number> = { 拾: 10, 佰: 100, 仟: 1000 };
  let [fen, myriad, section, last] = [0, 0, 0, 0];
  for (const c of words.replace(/[负整]/g, '')) {
    if (digit(c) >= 0) last = digit(c);
    else if (unit[c] !== undefined) [section, last] = [section + last * unit[c], 0];
    else if (c === '万') [myriad, section, last] = [myriad + (section + last) * 10_000, 0, 0];
    else if (c === '亿') [myriad, section, last] = [(myriad + section + last) * 100_000_000, 0, 0];
    else if (c === '元') [fen, myriad, section, last] = [(myriad + section + last) * 100, 0, 0, 0];
    else if (c === '角') [fen, last] = [fen + last * 10, 0];
    else if (c === '分') [fen, last] = [fen + last, 0];
  }
  return words.startsWith('负') ? -fen : fen;
}

const anyFen = fc.oneof(
  fc.integer({ min: 0, max: 1_000_000 }),
  fc.maxSafeInteger(),
  // many zeros, where the rules are
  fc
    .array(fc.constantFrom('0', '0', '0', '1', '7'), { minLength: 1, maxLength: 15 })
    .map((d) => Number(d.join(''))),
);

t.test('properties', async () => {
  fc.assert(
    fc.property(anyFen, (fen) => parseYuan(formatYuan(fen)) === fen),
    { numRuns: 1000 },
  );
  fc.assert(
    fc.property(anyFen, (fen) => readCapitals(capitals(fen)) === fen),
    { numRuns: 2000 },
  );
  fc.assert(
    fc.property(anyFen, (fen) => {
      const words = capitals(fen);
      const whole = fen % 10 === 0;
      return (
        !words.includes('零零') &&
        !/零[拾佰仟万亿角分]/.test(words) &&
        words.endsWith('整') === whole &&
        !/分整/.test(words)
      );
    }),
    { numRuns: 2000 },
  );
});

t.test(
  'exact money as it is shown: a part of a fen is kept, what cannot be printed has no capitals',
  async (t) => {
    t.equal(yuanText('999999.5'), '9,999.995');
    t.equal(yuanText('100000000'), '1,000,000.00');
    t.equal(yuanText('1'), '0.01');
    t.same(moneyView('1000000'), { exactFen: '1000000', figures: '10,000.00', capitals: '壹万元整' });
    t.equal(moneyView('1'.repeat(25)).capitals, null);
    t.equal(wholeFen('9'.repeat(20)), null);
  },
);
