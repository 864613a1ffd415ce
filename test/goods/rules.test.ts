import fc from 'fast-check';
import t from 'tap';
import {
  AT_SCENE,
  checkAccounts,
  checkAmendable,
  type Entry,
  FOUND,
  FOUND_LESS,
  isPriceSlip,
  recount,
  replay,
  totalOf,
  valueOf,
  whereaboutsOf,
} from '../../src/modules/goods/rules.ts';
import { ItemLine, PLACES, TITLES } from '../../src/modules/goods/schemas.ts';
import { COUNTED_CATEGORIES, valuation } from '../../src/modules/goods/valuation.ts';
import { add, cmp, sum } from '../../src/shared/decimal.ts';

const entry = (cause: string, from: string, to: string, quantity: string): Entry => {
  const [fromPlace = '', fromTitle = ''] = from.split('/');
  const [toPlace = '', toTitle = ''] = to.split('/');
  return { cause, fromPlace, fromTitle, toPlace, toTitle, quantity };
};

t.test('the ledger sums to balances, and the whereabouts add up to what was found', async (t) => {
  const balances = replay([
    entry(FOUND, 'scene/party', 'scene/party', '100'),
    entry(FOUND_LESS, 'scene/party', 'scene/party', '0.5'),
    entry('sample.collect', 'scene/party', 'laboratory/held', '2.25'),
    entry('goods.take_by_police', 'scene/party', 'police/held', '10'),
    entry('measure.execute', 'scene/party', 'store/held', '50'),
    entry('measure.execute', 'scene/party', 'site/held', '20'),
    entry('goods.leave_on_site', 'scene/party', 'site/party', '15'),
  ]);
  t.strictSame(whereaboutsOf(balances), {
    found: '99.5',
    atScene: '2.25',
    sampled: '2.25',
    preservedOrSeized: '50',
    sealedInPlace: '20',
    toReturn: '0',
    takenByPolice: '10',
    leftOnSite: '15',
    disposed: '0',
  });
});

t.test('every place and title belongs to exactly one part', async (t) => {
  for (const place of PLACES) {
    for (const title of TITLES) {
      const parts = whereaboutsOf([{ place, title, quantity: '1' }]);
      t.equal(parts.found, '1', `${place}/${title}`);
    }
  }
});

t.test('any sequence of moves conserves what was found', async (t) => {
  const account = fc.record({ place: fc.constantFrom(...PLACES), title: fc.constantFrom(...TITLES) });
  const amount = fc.integer({ min: 1, max: 10 ** 9 }).map((n) => (n / 1000).toFixed(3));
  fc.assert(
    fc.property(
      fc.array(amount, { minLength: 1 }),
      fc.array(fc.tuple(account, account, amount)),
      (found, moves) => {
        const entries = found.map((quantity) => entry(FOUND, 'scene/party', 'scene/party', quantity));
        for (const [from, to, quantity] of moves) {
          entries.push(entry('x', `${from.place}/${from.title}`, `${to.place}/${to.title}`, quantity));
        }
        const total = sum(replay(entries).map((balance) => balance.quantity));
        return cmp(total, sum(found)) === 0;
      },
    ),
  );
  t.pass('conserved');
});

t.test('an entry leads somewhere else; a re-count says which way', async (t) => {
  t.throws(() => checkAccounts(AT_SCENE, { ...AT_SCENE }), { code: 'goods.same_account' });
  t.doesNotThrow(() => checkAccounts(AT_SCENE, { place: 'site', title: 'party' }));
  t.equal(recount('10', '10.0'), null);
  t.strictSame(recount('10', '12.5'), { cause: FOUND, quantity: '2.5' });
  t.strictSame(recount('10', '9'), { cause: FOUND_LESS, quantity: '1' });
  t.throws(() => checkAmendable({ measureId: 'm', version: 1 }), { code: 'goods.in_measure' });
});

t.test('value is price × quantity, exact, and only counted categories make the sum', async (t) => {
  const item = (
    category: 'product' | 'raw_material',
    quantity: string | null,
    unitPriceFen: number | null,
  ) => ({
    category,
    quantity,
    unitPriceFen,
  });
  t.equal(valueOf(item('product', '0.333', 4990)), '1661.67');
  t.equal(valueOf(item('product', '3', null)), null);
  t.equal(valueOf(item('product', null, 3)), null);
  const items = [item('product', '0.333', 4990), item('raw_material', '10', 100), item('product', '5', null)];
  t.equal(totalOf(items, new Set(COUNTED_CATEGORIES)), '1661.67');
  t.equal(totalOf(items, new Set(['product', 'raw_material'])), '2661.67');
  t.ok(isPriceSlip(10 ** 12, '1'));
  t.notOk(isPriceSlip(4990, '100000'));
});

t.test('the valuation shows figures, capitals and flags; it decides nothing', async (t) => {
  const items = [
    {
      id: 'a',
      foundNo: 1,
      name: '牛肉干',
      category: 'product' as const,
      unit: '袋',
      quantity: '200',
      unitPriceFen: 4990,
      priceBasis: 'label' as const,
    },
    {
      id: 'b',
      foundNo: 2,
      name: '鸭肉',
      category: 'raw_material' as const,
      unit: '千克',
      quantity: '30.5',
      unitPriceFen: 1200,
      priceBasis: 'invoice' as const,
    },
  ];
  const counted = new Set(COUNTED_CATEGORIES);
  const value = valuation(items, { counted, soldFen: '2000', locale: 'zh' });
  t.equal(value.items[0]!.arithmetic, '49.90 × 200 = 9,980.00');
  t.equal(value.items[1]!.counted, false);
  t.strictSame(value.total, { exactFen: '1000000', figures: '10,000.00', capitals: '壹万元整' });
  const flag = (id: string) => value.flags.find((one) => one.id === id);
  t.equal(flag('FSL124')!.reached, true);
  t.equal(flag('FSL124')!.min!.capitals, '壹拾万元整');
  t.match(flag('FSL124')!.arithmetic, /10,000\.00 × 10–20 = 100,000\.00–200,000\.00/);
  t.equal(flag('K7_entity')!.reached, true);
  t.equal(flag('K9')!.reached, false);
  t.equal(flag('CL140_sold')!.reached, false);
  for (const one of value.flags) t.ok(one.citation, one.id);
  const under = valuation(items, { counted, soldFen: '1999.999', locale: 'en' });
  t.equal(under.flags.find(({ id }) => id === 'FSL122')!.reached, false, 'never rounded before comparing');
});

t.test(
  'a line of the list: premises have no quantity, the rest has one and says how it is known',
  async (t) => {
    const paths = (line: unknown): string[] =>
      ItemLine.safeParse(line).error?.issues.map((issue) => issue.path.join('.')) ?? [];
    const jerky = { category: 'product', name: '牛肉干', unit: '袋', quantity: '12', measured: 'counted' };
    t.strictSame(paths(jerky), []);
    t.strictSame(paths({ category: 'premises', name: '一楼' }), []);
    t.strictSame(paths({ ...jerky, category: 'premises' }), ['unit', 'quantity', 'measured']);
    t.strictSame(paths({ category: 'product', name: '牛肉干' }), ['unit', 'quantity', 'measured']);
    t.strictSame(paths({ ...jerky, unitPriceFen: 1 }), ['priceBasis']);
    t.strictSame(paths({ ...jerky, netContent: '0.5' }), ['netUnit']);
    for (const quantity of ['-1', '1e3', '１２', '0', '1234567890123456789', '1.0000001', ''])
      t.strictSame(paths({ ...jerky, quantity }), ['quantity'], quantity);
    t.strictSame(paths({ ...jerky, colour: 'red' }), ['']);
  },
);

t.test('sums of decimals do not drift', async (t) => {
  t.equal(add('0.1', '0.2'), '0.3');
});
