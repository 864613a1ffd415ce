import fc from 'fast-check';
import t from 'tap';
import {
  add,
  cmp,
  isDecimal,
  isNegative,
  isZero,
  mul,
  normalise,
  parseDecimal,
  sub,
  sum,
} from '../../src/shared/decimal.ts';

const anyDecimal = fc
  .tuple(fc.bigInt({ min: -(10n ** 17n), max: 10n ** 17n }), fc.nat(6))
  .map(([n, scale]) => fromScaled(n, scale));

/** n / 10^scale as text, by string work only: the independent opinion the tests compare with. */
function fromScaled(n: bigint, scale: number): string {
  const digits = (n < 0n ? -n : n).toString().padStart(scale + 1, '0');
  const whole = digits.slice(0, digits.length - scale);
  const fraction = digits.slice(digits.length - scale);
  return `${n < 0n ? '-' : ''}${whole}${fraction === '' ? '' : `.${fraction}`}`;
}

/** text as an integer of 10^-12, exact. */
function toScaled(text: string): bigint {
  const negative = text.startsWith('-');
  const [whole = '0', fraction = ''] = text.replace('-', '').split('.');
  const n = BigInt(whole + fraction.padEnd(12, '0'));
  return negative ? -n : n;
}

t.test('strict parse', async (t) => {
  t.equal(parseDecimal('12.50'), '12.5');
  t.equal(parseDecimal('007'), '7');
  t.equal(parseDecimal('-0.00'), '0', 'there is one zero');
  t.equal(parseDecimal('123456789012345678.123456'), '123456789012345678.123456');
  for (const bad of [
    '',
    '.5',
    '5.',
    '+5',
    '1e3',
    '1,000',
    ' 1',
    '1 ',
    '１',
    'NaN',
    '--1',
    '0x10',
    '1.2.3',
    '1\n',
  ]) {
    t.notOk(isDecimal(bad), JSON.stringify(bad));
    t.throws(() => parseDecimal(bad), { status: 400, code: 'decimal.format', params: { value: bad } }, bad);
  }
  t.throws(() => parseDecimal('1234567890123456789'), {
    code: 'decimal.integer_digits',
    params: { max: 18 },
  });
  t.throws(() => parseDecimal('0.1234567'), { code: 'decimal.fraction_digits', params: { max: 6 } });
  t.equal(parseDecimal('0.1230000'), '0.123', 'zeros that say nothing are not counted');
  t.equal(parseDecimal('0001234567890123456789'.slice(0, 20)), '12345678901234567');
});

t.test('limits are set per call', async (t) => {
  t.ok(isDecimal('99.99', { integerDigits: 2, fractionDigits: 2 }));
  t.notOk(isDecimal('100', { integerDigits: 2 }));
  t.throws(() => parseDecimal('1.5', { fractionDigits: 0 }), {
    code: 'decimal.fraction_digits',
    params: { max: 0 },
  });
  t.throws(() => parseDecimal('-1', { nonNegative: true }), { code: 'decimal.negative' });
  t.equal(parseDecimal('-0', { nonNegative: true }), '0');
});

t.test('exact sums', async (t) => {
  t.equal(add('0.1', '0.2'), '0.3');
  t.equal(sub('1', '0.9'), '0.1');
  t.equal(mul('1.15', '100'), '115');
  t.equal(mul('0.000001', '0.000001'), '0.000000000001', 'never in exponent notation');
  t.equal(add('999999999999999999', '1'), '1000000000000000000');
  t.equal(mul('123456789012345678', '123456789012345678'), '15241578753238836527968299765279684');
  t.equal(sum([]), '0');
  t.equal(sum(['1.5', '-0.5', '2']), '3');
  t.equal(cmp('10', '9.999999'), 1);
  t.equal(cmp('1.0', '1'), 0);
  t.equal(cmp('-1', '0'), -1);
  t.ok(isNegative('-0.000001'));
  t.notOk(isNegative('-0'));
  t.ok(isZero('0.000'));
  t.equal(normalise('-000.500'), '-0.5');
  t.throws(() => add('1e3', '1'), { name: 'RangeError' }, 'an operand that was never parsed is a bug');
});

t.test('properties: agrees with integers, whatever the operands', async () => {
  fc.assert(fc.property(anyDecimal, anyDecimal, (a, b) => toScaled(add(a, b)) === toScaled(a) + toScaled(b)));
  fc.assert(fc.property(anyDecimal, anyDecimal, (a, b) => toScaled(sub(a, b)) === toScaled(a) - toScaled(b)));
  fc.assert(
    fc.property(
      anyDecimal,
      anyDecimal,
      (a, b) => toScaled(mul(a, b)) * 10n ** 12n === toScaled(a) * toScaled(b),
    ),
  );
  fc.assert(
    fc.property(anyDecimal, anyDecimal, (a, b) => {
      const order = toScaled(a) < toScaled(b) ? -1 : toScaled(a) > toScaled(b) ? 1 : 0;
      return cmp(a, b) === order && isNegative(sub(a, b)) === order < 0;
    }),
  );
  fc.assert(fc.property(fc.array(anyDecimal), (list) => sum(list) === sum(list.toReversed())));
  fc.assert(
    fc.property(anyDecimal, (a) => {
      const n = normalise(a);
      return normalise(n) === n && toScaled(n) === toScaled(a) && parseDecimal(a) === n;
    }),
  );
});
