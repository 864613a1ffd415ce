import fc from 'fast-check';
import t from 'tap';
import { fineAnswer, thresholdAnswer } from '../../src/modules/fines/index.ts';
import { FINES, parseFines } from '../../src/modules/fines/book.ts';
import { crimeSums, fineRange, stepOf } from '../../src/modules/fines/rules.ts';
import { AppError } from '../../src/shared/errors.ts';

const range = (rule: string, value: string): [number | null, number | null] => {
  const { min, max } = fineAnswer({ rule, value }, 'zh');
  return [min, max];
};

const code = (work: () => unknown): string => {
  try {
    work();
  } catch (error) {
    if (error instanceof AppError) return error.code;
  }
  return '';
};

t.test('every rule of the book at its own edges', async (t) => {
  const table: [string, string, number, number][] = [
    ['FSL122', '0', 50_000, 100_000],
    ['FSL122', '9999.999999', 50_000, 100_000],
    ['FSL122', '10000', 100_000, 200_000],
    ['FSL122-2', '1000000', 50_000, 100_000],
    ['FSL123', '9999.99', 100_000, 150_000],
    ['FSL123', '10000.00', 150_000, 300_000],
    ['FSL123-2', '5', 100_000, 200_000],
    // V1, V2, V3 of the worked examples
    ['FSL124', '9999.99', 50_000, 100_000],
    ['FSL124', '10000.00', 100_000, 200_000],
    ['FSL124', '48600', 486_000, 972_000],
    ['FSL124-2', '48600', 486_000, 972_000],
    ['FSL125', '9999.99', 5_000, 50_000],
    ['FSL125', '10000', 50_000, 100_000],
    ['FSL130', '1', 50_000, 200_000],
    ['FSL131', '1', 50_000, 200_000],
    ['FSL132-3', '1', 50_000, 500_000],
    ['FSL133', '1', 2_000, 50_000],
    ['FSLR74', '9999.99', 10_000, 50_000],
    ['FSLR74', '10000', 50_000, 100_000],
    ['TBGD3', '4999.99', 50_000, 50_000],
    ['TBGD3', '5000', 100_000, 100_000],
    ['TBGD3', '9999.99', 100_000, 100_000],
    ['TBGD3', '10000', 100_000, 200_000],
    ['PQL49', '9999.99', 9_999.99, 29_999.97],
    ['PQL50', '9999.99', 4_999.995, 29_999.97],
    ['PQL63', '100', 100, 300],
    ['CYJY47-2', '1', 10_000, 30_000],
  ];
  for (const [rule, value, min, max] of table) t.same(range(rule, value), [min, max], `${rule} ${value}`);
  const tested = new Set(table.map(([rule]) => rule));
  const valued = FINES.fines.filter(({ versions }) => ['value', 'flat'].includes(versions.at(-1)!.basis));
  t.same(
    valued.map(({ id }) => id).filter((id) => !tested.has(id)),
    [],
    'no rule with a range is left out',
  );
});

t.test('a rule that is not counted from the value answers null and says why', async (t) => {
  const others = FINES.fines.filter(({ versions }) => !['value', 'flat'].includes(versions.at(-1)!.basis));
  t.same(
    others.map(({ id }) => id),
    [
      'FSL125-2',
      'FSL126',
      'FSL132',
      'FSL132-2',
      'FSL132-4',
      'FSL134',
      'FSL135',
      'FSLR72',
      'FSLR75',
      'CPL56',
      'CYJY47-3',
    ],
  );
  for (const { id } of others) {
    for (const locale of ['zh', 'en'] as const) {
      const answer = fineAnswer({ rule: id, value: '12345' }, locale);
      t.same([answer.min, answer.max], [null, null], id);
      t.ok(answer.text, `${id} says why`);
    }
  }
  t.match(fineAnswer({ rule: 'FSL126' }, 'zh').text, /拒不改正的处五千元以上五万元以下罚款/);
  t.match(fineAnswer({ rule: 'FSL126' }, 'zh').steps[1], { min: 5000, max: 50_000 });
});

t.test(
  'the version in force on the day: the floor of CYJY 47(3), the new paragraphs of FSL 132',
  async (t) => {
    const at = (rule: string, on: string) => fineAnswer({ rule, on }, 'zh');
    t.match(at('CYJY47-3', '2025-04-30').steps[1], { min: 2000, max: 30_000 });
    t.match(at('CYJY47-3', '2025-05-01').steps[1], { min: 0, max: 30_000 });
    t.equal(
      code(() => at('FSL132-3', '2025-11-30')),
      'fine.not_in_force',
    );
    t.match(at('FSL132-3', '2025-12-01'), { min: 50_000 });
  },
);

t.test('the arithmetic is shown step by step, with what is reached', async (t) => {
  const answer = fineAnswer({ rule: 'FSL124', value: '48600' }, 'zh');
  t.same(answer.arithmetic, [
    '货值金额 48,600.00 元，达到 10,000.00 元（“以上”包括本数）',
    '下限：48,600.00 元 × 10 倍 = 486,000.00 元',
    '上限：48,600.00 元 × 20 倍 = 972,000.00 元',
  ]);
  t.same(
    answer.marks.map(({ id, reached }) => [id, reached]),
    [
      ['K7_person', true],
      ['K7_entity', true],
      ['K9', true],
      ['FSLR67', true],
    ],
  );
  const unlicensed = fineAnswer({ rule: 'FSL122', value: '48600' }, 'zh');
  t.notOk(
    unlicensed.marks.some(({ id }) => id === 'FSLR67'),
    'FSLR 67 is not about FSL 122',
  );
  const fake = fineAnswer({ rule: 'PQL50', value: '1000000' }, 'zh');
  t.notOk(
    fake.marks.some(({ id }) => id === 'K9'),
    'K9 is about fines under the FSL and its regulation',
  );
  for (const { article } of answer.marks) t.ok(article);
  const below = fineAnswer({ rule: 'TBGD3', value: '5000' }, 'en');
  t.equal(below.arithmetic.length, 2);
});

t.test('ids as people write them; what is no rule or no amount', async (t) => {
  for (const rule of ['fsl122', 'FSL122(1)', ' FSL122 ', 'FSL122（1）'])
    t.same(range(rule, '1'), [50_000, 100_000]);
  t.same(range('FSL122(2)', '1'), [50_000, 100_000]);
  t.equal(
    code(() => range('FSL999', '1')),
    'fine.unknown_rule',
  );
  t.equal(
    code(() => range('FSL122-1-2', '1')),
    'fine.unknown_rule',
  );
  t.equal(
    code(() => fineAnswer({ rule: 'FSL122' }, 'zh')),
    'fine.value_needed',
  );
  for (const value of ['-1', '-0', '1e5', '１００', '10,000', '', ' 1', 'NaN', '1.0000001', '123456789012'])
    t.equal(
      code(() => range('FSL122', value)),
      'fine.bad_amount',
      value,
    );
});

t.test('property: the range against scaled integers, at any value', async (t) => {
  fc.assert(
    fc.property(
      fc.bigInt({ min: 0n, max: 10n ** 12n }),
      fc.constantFrom('FSL122', 'FSL123', 'FSL125'),
      (n, id) => {
        // n is in millionths of a yuan
        const value = `${n / 1_000_000n}.${String(n % 1_000_000n).padStart(6, '0')}`;
        const [low, high, from, to] = {
          FSL122: [50_000, 100_000, 10, 20],
          FSL123: [100_000, 150_000, 15, 30],
          FSL125: [5_000, 50_000, 5, 10],
        }[id]!;
        const isBelow = n < 10_000_000_000n;
        const [min, max] = range(id, value);
        const scaled = (x: number | null): bigint => BigInt(Math.round(x! * 1_000_000));
        return isBelow
          ? min === low && max === high
          : scaled(min) === n * BigInt(from!) && scaled(max) === n * BigInt(to!);
      },
    ),
  );
  t.pass('held');
});

t.test('property: more value never means a lower fine', async (t) => {
  const tiers = FINES.fines.filter(({ versions }) => versions.at(-1)!.basis === 'value');
  fc.assert(
    fc.property(fc.constantFrom(...tiers), fc.nat(10 ** 9), fc.nat(10 ** 9), (fine, a, b) => {
      const [less, more] = [Math.min(a, b), Math.max(a, b)];
      const at = (fen: number) => fineRange(fine.versions.at(-1)!.tiers, String(fen));
      return Number(at(less).min) <= Number(at(more).min) && Number(at(less).max) <= Number(at(more).max);
    }),
  );
  t.pass('held');
});

t.test('CL 140: each sum at its own edge', async (t) => {
  const reached = (sold: string, unsold: string) => thresholdAnswer({ sold, unsold }, 'zh').reached;
  t.same(reached('49999.99', '0'), []);
  t.same(reached('50000', '0'), ['CL140_sold', 'CL140_combined']);
  // V3 and V6 of the worked examples
  t.same(reached('48600', '0'), []);
  t.same(reached('0', '149999'), []);
  t.same(reached('0', '149999.999999'), []);
  t.same(reached('0', '150000'), ['CL140_unsold', 'CL140_combined']);
  t.same(reached('40000', '30000'), ['CL140_combined']);
  t.same(reached('40000', '29999.99'), []);
  const v3 = thresholdAnswer({ sold: '48600', unsold: '0' }, 'zh');
  t.equal(v3.checks[2]!.arithmetic, '3S + U = 3 × 48,600.00 + 0.00 = 145,800.00 < 150,000.00');
  t.match(v3.checks[2], { amount: 145_800, threshold: 150_000 });
  t.same(
    ['49999', '50000', '200000', '500000', '2000000'].map(
      (sold) => thresholdAnswer({ sold, unsold: '0' }, 'zh').step,
    ),
    [0, 1, 2, 3, 4],
  );
  const heavy = thresholdAnswer({ sold: '200000', unsold: '0' }, 'en');
  t.same(
    heavy.circumstances.map(({ id, reached: is }) => [id, is]),
    [
      ['CL143', true],
      ['CL144', true],
      ['CL144', false],
    ],
  );
  t.ok(
    heavy.circumstances.every(({ onlyIf }) => onlyIf.length > 0),
    'an amount alone is no crime there',
  );
  t.equal(stepOf([], '5'), 0);
  t.equal(
    code(() => reached('-1', '0')),
    'fine.bad_amount',
  );
});

t.test('property: the three sums against whole numbers', async (t) => {
  const rule = { soldFen: 5_000_000, unsoldFen: 15_000_000, combinedFen: 15_000_000, soldFactor: '3' };
  fc.assert(
    fc.property(fc.nat(20_000_000), fc.nat(20_000_000), (sold, unsold) => {
      const got = crimeSums(rule, String(sold), String(unsold)).map(({ reached }) => reached);
      return (
        JSON.stringify(got) ===
        JSON.stringify([sold >= 5_000_000, unsold >= 15_000_000, 3 * sold + unsold >= 15_000_000])
      );
    }),
  );
  t.pass('held');
});

t.test('a book that contradicts itself does not start', async (t) => {
  const broken = (change: (book: typeof FINES) => void): (() => unknown) => {
    const copy = structuredClone(FINES);
    change(copy);
    return () => parseFines(copy);
  };
  t.doesNotThrow(broken(() => undefined));
  t.throws(
    broken((book) => book.fines.push(book.fines[0]!)),
    /twice/,
  );
  t.throws(
    broken((book) => book.fines[0]!.versions[0]!.tiers.pop()),
    /gap/,
  );
  t.throws(
    broken((book) => book.fines[0]!.versions[0]!.tiers.reverse()),
    /gap/,
  );
  t.throws(
    broken((book) => book.fines[1]!.versions[0]!.tiers.push(...book.fines[0]!.versions[0]!.tiers)),
    /values/,
  );
  t.throws(
    broken((book) => (book.fines[0]!.versions[0]!.validTo = '2000-01-01')),
    /ends before/,
  );
  t.throws(
    broken((book) => Object.assign(book, { surprise: 1 })),
    /cannot be used/,
  );
});
