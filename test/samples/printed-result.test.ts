import fc from 'fast-check';
import t from 'tap';
import { parsePrinted } from '../../src/modules/samples/printed-result.ts';

const cases: [string, ReturnType<typeof parsePrinted>][] = [
  ['<0.01', { operator: '<', value: '0.01', unit: null, detected: false }],
  ['＜０.０１', { operator: '<', value: '0.01', unit: null, detected: false }],
  ['<0.25 %', { operator: '<', value: '0.25', unit: '%', detected: false }],
  ['未检出', { operator: null, value: null, unit: null, detected: false }],
  ['未检出（检出限：0.01mg/kg）', { operator: null, value: null, unit: null, detected: false }],
  ['未检出(<0.25%)', { operator: null, value: null, unit: null, detected: false }],
  ['ND', { operator: null, value: null, unit: null, detected: false }],
  ['N.D.', { operator: null, value: null, unit: null, detected: false }],
  ['nd', { operator: null, value: null, unit: null, detected: false }],
  ['检出', { operator: null, value: null, unit: null, detected: true }],
  ['阳性', { operator: null, value: null, unit: null, detected: true }],
  ['88%', { operator: '=', value: '88', unit: '%', detected: true }],
  ['88 %', { operator: '=', value: '88', unit: '%', detected: true }],
  ['８８％', { operator: '=', value: '88', unit: '%', detected: true }],
  ['88.0', { operator: '=', value: '88', unit: null, detected: true }],
  ['1.2×10³', { operator: '=', value: '1200', unit: null, detected: true }],
  ['1.2×10³ copies/μL', { operator: '=', value: '1200', unit: 'copies/μL', detected: true }],
  ['1.2x10^3 CFU/g', { operator: '=', value: '1200', unit: 'CFU/g', detected: true }],
  ['4.5×10⁻²mg/kg', { operator: '=', value: '0.045', unit: 'mg/kg', detected: true }],
  ['1.5e-3', { operator: '=', value: '0.0015', unit: null, detected: true }],
  ['≥5', { operator: '≥', value: '5', unit: null, detected: true }],
  ['>=5 %', { operator: '≥', value: '5', unit: '%', detected: true }],
  ['≤0.5g/kg', { operator: '≤', value: '0.5', unit: 'g/kg', detected: true }],
  ['1,234.5 mg/kg', { operator: '=', value: '1234.5', unit: 'mg/kg', detected: true }],
  ['0', { operator: '=', value: '0', unit: null, detected: false }],
];

t.test('reads results as they are printed', async (t) => {
  for (const [printed, expected] of cases) t.strictSame(parsePrinted(printed), expected, printed);
});

t.test('leaves alone what it cannot read, instead of guessing', async (t) => {
  const unread = { operator: null, value: null, unit: null, detected: null };
  for (const printed of [
    '',
    '约 88%',
    '80~90%',
    '-3',
    '88±3%',
    '见附页',
    '12 34',
    '1,2',
    '1.2.3',
    '9'.repeat(13),
  ])
    t.strictSame(parsePrinted(printed), unread, printed);
});

t.test('any figure comes back as it went in, and nothing makes it throw', async (t) => {
  fc.assert(
    fc.property(fc.nat({ max: 999_999 }), fc.nat({ max: 999 }), (whole, thousandths) => {
      const figure = `${whole}.${String(thousandths).padStart(3, '0')}`;
      return Number(parsePrinted(`${figure}%`).value) === Number(figure);
    }),
  );
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 60 }), (printed) => {
      const { value, operator } = parsePrinted(printed);
      return (value === null) === (operator === null);
    }),
  );
  t.pass('holds');
});
