import * as fc from 'fast-check';
import t from 'tap';
import { surchargeOf, type SurchargeFacts } from '../../src/modules/payments/surcharge.ts';
import { addDays, type Day } from '../../src/shared/clock.ts';

const FINE = 7_000_000;
const late = (more: Partial<SurchargeFacts>): SurchargeFacts => ({
  fineFen: FINE,
  dues: [{ dueOn: '2026-06-10', amountFen: FINE }],
  paid: [],
  stops: [],
  asOf: '2026-06-30',
  ...more,
});

t.test('a payment late by eleven days costs a third of the fine', async (t) => {
  const { fen, runs, isCapped } = surchargeOf(late({ paid: [{ paidOn: '2026-06-21', amountFen: FINE }] }));
  t.equal(fen, 2_310_000, '70,000.00 × 3 % × 11');
  t.same(runs, [{ from: '2026-06-11', to: '2026-06-21', days: 11, baseFen: FINE }]);
  t.notOk(isCapped);
});

t.test('nothing on the last day, three per cent the day after', async (t) => {
  t.equal(surchargeOf(late({ asOf: '2026-06-10' })).fen, 0);
  t.equal(surchargeOf(late({ asOf: '2026-06-11' })).fen, 210_000);
  t.equal(surchargeOf(late({ paid: [{ paidOn: '2026-06-10', amountFen: FINE }] })).fen, 0, 'paid in time');
});

t.test('capped at the fine from the 34th day', async (t) => {
  const on = (days: number) => surchargeOf(late({ asOf: addDays('2026-06-10', days) }));
  t.match(on(33), { fen: 6_930_000, isCapped: false });
  t.match(on(34), { fen: FINE, sumFen: 7_140_000, isCapped: true });
  t.match(on(400), { fen: FINE, isCapped: true });
});

t.test('a part paid costs no more; reconsideration stands still, both ends in', async (t) => {
  const half = surchargeOf(
    late({ paid: [{ paidOn: '2026-06-15', amountFen: 3_500_000 }], asOf: '2026-06-20' }),
  );
  t.equal(half.fen, 5 * 210_000 + 5 * 105_000);
  const stopped = surchargeOf(
    late({ stops: [{ fromOn: '2026-06-13', toOn: '2026-06-20' }], asOf: '2026-06-22' }),
  );
  t.same(
    stopped.runs.map(({ from, to, days }) => [from, to, days]),
    [
      ['2026-06-11', '2026-06-12', 2],
      ['2026-06-21', '2026-06-22', 2],
    ],
  );
  t.equal(surchargeOf(late({ stops: [{ fromOn: '2026-06-11', toOn: null }] })).fen, 0, 'still going on');
});

t.test('each instalment falls due by itself', async (t) => {
  const dues = [
    { dueOn: '2026-06-20', amountFen: 3_000_000 },
    { dueOn: '2026-06-28', amountFen: 4_000_000 },
  ];
  const { fen } = surchargeOf(late({ dues, asOf: '2026-06-30' }));
  t.equal(fen, 8 * 90_000 + 2 * 210_000);
});

t.test('a part of a fen is dropped', async (t) => {
  const odd = { fineFen: 101, dues: [{ dueOn: '2026-06-10', amountFen: 101 }], asOf: '2026-06-11' };
  t.equal(surchargeOf(late(odd)).fen, 3, '3.03 fen');
  t.equal(surchargeOf(late({ ...odd, asOf: '2026-06-21' })).fen, 33, '33.33 fen');
});

const stands = (day: Day, { stops }: SurchargeFacts): boolean => {
  for (const stop of stops) if (stop.fromOn <= day && (!stop.toOn || stop.toOn >= day)) return true;
  return false;
};

function baseOn(day: Day, { dues, paid }: SurchargeFacts): number {
  let base = 0;
  for (const due of dues) if (due.dueOn < day) base += due.amountFen;
  for (const one of paid) if (one.paidOn < day) base -= one.amountFen;
  return Math.max(base, 0);
}

/** Day by day with a pencil: no segments, no sorting. */
function naive(facts: SurchargeFacts): number {
  let hundredths = 0n;
  for (let day: Day = '2026-01-01'; day <= facts.asOf; day = addDays(day, 1))
    if (!stands(day, facts)) hundredths += BigInt(baseOn(day, facts)) * 3n;
  const fen = hundredths / 100n;
  return fen > BigInt(facts.fineFen) ? facts.fineFen : Number(fen);
}

t.test('as a count day by day, whatever comes in whenever', async (t) => {
  const day = fc.integer({ min: 0, max: 120 }).map((days) => addDays('2026-03-01', days));
  const amount = fc.integer({ min: 1, max: 40_000_000 });
  const dues = fc.array(fc.record({ dueOn: day, amountFen: amount }), { minLength: 1, maxLength: 4 });
  const paid = fc.array(fc.record({ paidOn: day, amountFen: amount }), { maxLength: 5 });
  const stop = fc.tuple(day, fc.option(day)).map(([one, other]) => {
    const [fromOn, toOn] = other === null || one <= other ? [one, other] : [other, one];
    return { fromOn, toOn };
  });
  const facts = fc.record({ dues, paid, stops: fc.array(stop, { maxLength: 3 }), asOf: day }).map((one) => ({
    ...one,
    fineFen: one.dues.reduce((sum, { amountFen }) => sum + amountFen, 0),
  }));
  t.doesNotThrow(() =>
    fc.assert(
      fc.property(facts, (one) => {
        const { fen, runs } = surchargeOf(one);
        const days = runs.reduce((sum, run) => sum + run.days, 0);
        return fen === naive(one) && fen <= one.fineFen && days <= 121;
      }),
      { numRuns: 500 },
    ),
  );
});
