import fc from 'fast-check';
import t from 'tap';
import {
  fenOf,
  hasOddPrice,
  isBlank,
  lineOf,
  nextRow,
  repeated,
  withErrors,
} from '../../src/web/pages/scene/rows.ts';
import { isSheet, linesOf } from '../../src/web/pages/scene/sheet.ts';

const columns = ['name', 'quantity', 'unit', 'spec'] as const;
const words = { category: new Map([['原料', 'raw_material']]) };

t.test('a sheet without headings is read in the order of the columns', async (t) => {
  t.same(linesOf('牛肉干\t120\t袋\t200g\n鸭胸肉\t350.5\t千克\t/\n', { columns, words }), [
    { name: '牛肉干', quantity: '120', unit: '袋', spec: '200g' },
    { name: '鸭胸肉', quantity: '350.5', unit: '千克' },
  ]);
  t.same(linesOf('a\t1\textra\tx\tbeyond', { columns, words }), [
    { name: 'a', quantity: '1', unit: 'extra', spec: 'x' },
  ]);
});

t.test('headings say which column is which, and words become choices', async (t) => {
  const text =
    '序号\t类别\t品名\t单位\t数量\t备注\r\n1\t原料\t冻鸭胸肉\t千克\t1,260\t"第一行\n第二行"\r\n2\t什么\t盐\t袋\t3\t\r\n';
  t.same(linesOf(text, { columns, words }), [
    { category: 'raw_material', name: '冻鸭胸肉', unit: '千克', quantity: '1,260', remark: '第一行 第二行' },
    { category: '什么', name: '盐', unit: '袋', quantity: '3' },
  ]);
});

t.test('what is typed into one cell is no sheet', async (t) => {
  t.notOk(isSheet('牛肉干'));
  t.notOk(isSheet('牛肉干\n'));
  t.ok(isSheet('牛肉干\t1'));
  t.ok(isSheet('牛肉干\n鸭肉'));
});

t.test('every cell of a sheet arrives where it was', async (t) => {
  const cell = fc
    .string({ minLength: 1, maxLength: 8 })
    .filter((text) => /^[^\t\r\n"/\-—\s][^\t\r\n"]*$/.test(text));
  fc.assert(
    fc.property(fc.array(fc.tuple(cell, cell, cell, cell), { minLength: 1, maxLength: 30 }), (rows) => {
      const read = linesOf(rows.map((cells) => cells.join('\t')).join('\r\n'), { columns, words: {} });
      t.same(
        read,
        rows.map(([name, quantity, unit, spec]) => ({
          name: name.trim(),
          quantity: quantity.trim(),
          unit: unit.trim(),
          spec: spec.trim(),
        })),
      );
    }),
    { numRuns: 200 },
  );
});

t.test('yuan become whole fen, or are refused', async (t) => {
  for (const [text, fen] of [
    ['24.5', 2450],
    ['¥1,234.56', 123_456],
    ['１２．３', 1230],
    ['0', 0],
    ['19.99元', 1999],
  ] as const)
    t.equal(fenOf(text), fen, text);
  for (const text of ['', '十元', '1.234', '-1', '1e3']) t.equal(fenOf(text), undefined, text);
  fc.assert(
    fc.property(fc.nat(100_000_000), (fen) => {
      t.equal(fenOf(`${Math.trunc(fen / 100)}.${String(fen % 100).padStart(2, '0')}`), fen);
    }),
  );
});

t.test('a line takes over what mostly follows; the same line is another one', async (t) => {
  const first = {
    ...nextRow(),
    name: '牛肉干',
    quantity: '１２',
    unit: '袋',
    price: '24.5',
    category: 'raw_material',
  };
  t.match(lineOf(first), { quantity: '12', unitPriceFen: 2450, priceBasis: 'label', measured: 'counted' });
  t.match(nextRow(first), { name: '', quantity: '', unit: '袋', category: 'raw_material' });
  t.match(repeated({ ...first, errors: { name: '错' } }), { name: '牛肉干', errors: {} });
  t.not(repeated(first).key, first.key);
  t.ok(isBlank(nextRow(first)));
  t.notOk('priceBasis' in lineOf({ ...first, price: '' }), 'no basis without a price');
  t.same(lineOf({ ...nextRow(first), name: '加工间', category: 'premises' }), {
    category: 'premises',
    name: '加工间',
  });
  t.ok(hasOddPrice({ ...first, price: '约十元' }));
});

t.test('what the server refuses stands beside its line and field', async (t) => {
  const rows = [nextRow(), nextRow()];
  const problem = {
    type: '',
    title: '',
    detail: '',
    status: 400,
    code: 'request.invalid',
    errors: [
      { field: 'items.1.unitPriceFen', code: 'x', message: '太大' },
      { field: 'items.0.quantity', code: 'x', message: '必填' },
      { field: 'items', code: 'x', message: '太多' },
    ],
  };
  const placed = withErrors(rows, problem);
  t.same(
    placed.rows.map(({ errors }) => errors),
    [{ quantity: '必填' }, { price: '太大' }],
  );
  t.same(
    placed.problem.errors?.map(({ field }) => field),
    ['items'],
  );
});
