import { buffer } from 'node:stream/consumers';
import { setImmediate } from 'node:timers/promises';
import { read, type WorkSheet } from '@e965/xlsx';
import fc from 'fast-check';
import t from 'tap';
import { type Cell, MAX_CELL, workbook } from '../../src/http/xlsx.ts';

const AT = new Date('2024-03-07T01:30:00Z');

/** Writes cells as one column and reads them back with another's library. */
async function column(cells: Cell[]): Promise<WorkSheet> {
  const rows = async function* () {
    await setImmediate();
    yield cells.map((cell) => [cell]);
  };
  const bytes = await buffer(workbook([{ name: 'a/b[c]', widths: [20], frozen: 1, rows }], AT));
  return read(bytes, { cellFormula: true, cellNF: true }).Sheets['a b c ']!;
}

const text = (value: string): Cell => ({ kind: 'text', value });

t.test('what would run as a formula is a text', async (t) => {
  const hostile = [
    "=cmd|'/c calc'!A1",
    '=1+1',
    '+1',
    '-1+2',
    '@SUM(A1)',
    '\t=1',
    '\r\n=1',
    '＝1＋1',
    '</t></is></c><c><f>1+1</f></c>',
    '&lt;x&gt; " \'',
    '_x003D_1+1',
  ];
  const sheet = await column(hostile.map(text));
  for (const [i, said] of hostile.entries()) {
    const cell = sheet[`A${i + 1}`]!;
    t.equal(cell.t, 's', said);
    t.equal(cell.f, undefined, said);
    t.equal(cell.v, said.replace('\r\n', '\n'), said);
  }
});

t.test('rare characters stay, controls and half characters go, too long is cut at a whole one', async (t) => {
  const rare = '𠮷㐂\u{20BB7}\uE815龘';
  const long = `${'a'.repeat(MAX_CELL - 2)}𠮷尾`;
  const sheet = await column(
    [rare, 'a\u0000\u0007\u001b\u0085b\uFFFE\uD842', '一\n二\t三', long, '字'.repeat(MAX_CELL)].map(text),
  );
  t.equal(sheet.A1!.v, rare);
  t.equal(sheet.A2!.v, 'a\u0085b');
  t.equal(sheet.A3!.v, '一\n二\t三');
  t.equal(sheet.A4!.v, `${'a'.repeat(MAX_CELL - 2)}…`);
  t.equal((sheet.A5!.v as string).length, MAX_CELL, 'what fits is whole');
});

t.test('any text comes back as it was kept', async () => {
  const kept = fc.string({ unit: 'grapheme', maxLength: 30 }).filter((one) => !/\r/.test(one));
  await fc.assert(
    fc.asyncProperty(fc.array(kept, { minLength: 1, maxLength: 40 }), async (texts) => {
      const sheet = await column(texts.map(text));
      for (const [i, said] of texts.entries()) {
        // The reader has no cell for an empty text.
        if (said !== '' && sheet[`A${i + 1}`]?.v !== said) throw new Error(JSON.stringify(said));
      }
    }),
    { numRuns: 30 },
  );
});

t.test('days are dates, instants the time in Shanghai, decimals exact', async (t) => {
  const sheet = await column([
    { kind: 'day', value: '2024-02-29' },
    { kind: 'instant', value: '2024-03-07T00:00:00+08:00' },
    { kind: 'instant', value: '2024-12-31T16:30:00Z' },
    { kind: 'day', value: '1899-05-01' },
    { kind: 'number', value: '0.300' },
    { kind: 'number', value: '123456789012345.678' },
    { kind: 'yuan', value: '1234567.05' },
    { kind: 'number', value: -3 },
    null,
    { kind: 'number', value: '1e3' },
  ]);
  t.match(sheet.A1, { t: 'n', v: 45351, w: '2024-02-29' });
  t.match(sheet.A2, { t: 'n', v: 45358, w: '2024-03-07 00:00' });
  t.match(sheet.A3, { t: 'n', w: '2025-01-01 00:30' });
  t.match(sheet.A4, { t: 's', v: '1899-05-01' }, 'Excel has no such day');
  t.match(sheet.A5, { t: 'n', v: 0.3 });
  t.match(sheet.A6, { t: 's', v: '123456789012345.678' }, 'a number of Excel would lose its end');
  t.match(sheet.A7, { t: 'n', v: 1234567.05, w: '1,234,567.05' });
  t.match(sheet.A8, { t: 'n', v: -3 });
  t.equal(sheet.A9?.v, undefined);
  t.match(sheet.A10, { t: 's', v: '1e3' });
});

t.test('a workbook that breaks off ends nowhere, and its rows end with who reads it', async (t) => {
  let [begun, ended] = [0, 0];
  const endless = async function* () {
    begun += 1;
    try {
      for (;;) {
        await setImmediate();
        yield [[text(String(Math.random()).repeat(500))]];
      }
    } finally {
      ended += 1;
    }
  };
  const left = workbook([{ name: 'x', widths: [9], frozen: 0, rows: endless }], AT);
  left.resume();
  while (begun === 0) await setImmediate();
  left.destroy();
  while (ended === 0) await setImmediate();
  const broken = async function* (): AsyncGenerator<Cell[][]> {
    yield [[text('one')]];
    throw new Error('the database is gone');
  };
  const failing = workbook([{ name: 'x', widths: [9], frozen: 0, rows: broken }], AT);
  await t.rejects(buffer(failing), { message: 'the database is gone' });
});
