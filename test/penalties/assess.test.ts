import fc from 'fast-check';
import t from 'tap';
import {
  actsOf,
  appliedRange,
  bandOf,
  type Breach,
  gainsOf,
  lawChoice,
  totalRange,
} from '../../src/modules/penalties/assess.ts';
import { bandsOf, checkDiscretion, FACTORS } from '../../src/modules/penalties/discretion.ts';
import {
  checkGains,
  checkViolation,
  limitationOf,
  needsPrincipal,
  requireFactsOpen,
} from '../../src/modules/penalties/rules.ts';
import { CaseState } from '../../src/modules/cases/schemas.ts';
import { findFine } from '../../src/modules/fines/book.ts';
import { TIERS } from '../../src/modules/penalties/schemas.ts';
import { AppError } from '../../src/shared/errors.ts';
import { cmp } from '../../src/shared/decimal.ts';

const BANDS = { lighterTo: '0.3', heavierFrom: '0.7' };

function refusal(rule: () => unknown): { code: string; fields: string[] } | null {
  try {
    rule();
    return null;
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    return { code: error.code, fields: (error.errors ?? []).map(({ field }) => field) };
  }
}

const bases = { value: '4860000', income: null, gains: null };

t.test('several norms broken by one act: fined once, by the highest (the duck sold as beef)', async (t) => {
  const at = { actTo: '2026-05-01', today: '2026-08-01' };
  const range = (id: string) => appliedRange(lawChoice(findFine(id)!, at, bases));
  const breach = (id: string, rule: string, actNo = 1): Breach => ({
    id,
    actNo,
    discretion: 'normal',
    range: range(rule),
  });
  const acts = actsOf(
    [
      breach('label', 'FSL125'),
      breach('duck', 'FSL124'),
      breach('fake', 'PQL50'),
      breach('books', 'FSL126', 2),
    ],
    BANDS,
  );
  t.match(acts, [
    { actNo: 1, chosenId: 'duck', range: { min: '48600000', max: '97200000' } },
    { actNo: 2, chosenId: 'books', range: { min: '500000', max: '5000000' } },
  ]);
  t.same(acts[0]!.ids, ['label', 'duck', 'fake']);
  t.same(totalRange(acts, 'range'), { min: '49100000', max: '102200000' });
  const none = actsOf([breach('three', 'FSL134')], BANDS);
  t.match(none, [{ chosenId: 'three', range: null, band: null }]);
  t.same(totalRange(none, 'band'), { min: '0', max: '0' });
});

t.test('the law of the act, or that of the decision where it is lighter', async (t) => {
  const fine = findFine('CYJY47-3')!;
  const across = lawChoice(fine, { actTo: '2025-04-30', today: '2026-01-05' }, bases);
  t.equal(across.applied, 'decision', 'the floor of 2,000 is gone: the later law is lighter');
  t.same(appliedRange(across), { min: '0', max: '3000000' });
  t.same(across.atAct!.range, { min: '200000', max: '3000000' });
  const same = lawChoice(fine, { actTo: '2025-06-01', today: '2026-01-05' }, bases);
  t.equal(same.applied, 'act');
  const within = lawChoice(findFine('FSL124')!, { actTo: '2024-01-01', today: '2026-01-05' }, bases);
  t.equal(within.atAct!.version, within.atDecision!.version, 'one version, shown twice');
  const before = lawChoice(findFine('FSL132-3')!, { actTo: '2025-11-30', today: '2026-01-05' }, bases);
  t.match(before, { atAct: null, applied: 'decision' });
});

t.test('persons are fined by income, consumers’ rights by gains', async (t) => {
  const at = { actTo: '2026-05-01', today: '2026-08-01' };
  const range = (id: string, more: object) =>
    appliedRange(lawChoice(findFine(id)!, at, { ...bases, ...more }));
  t.equal(range('FSLR75', {}), null, 'without the income there is no range');
  t.same(range('FSLR75', { income: 6_000_000 }), { min: '6000000', max: '60000000' });
  t.same(range('CPL56', { gains: 100_000 }), { min: '100000', max: '1000000' });
  t.same(range('CPL56', { gains: 0 }), { min: '0', max: '50000000' });
  t.equal(range('FSL135', {}), null);
});

t.test('the bands of discretion: lowest and highest thirty per cent, below the range, nothing', async (t) => {
  const whole = { min: '10000000', max: '20000000' };
  t.same(bandOf(whole, 'lighter', BANDS), { min: '10000000', max: '13000000' });
  t.same(bandOf(whole, 'normal', BANDS), { min: '13000000', max: '17000000' });
  t.same(bandOf(whole, 'heavier', BANDS), { min: '17000000', max: '20000000' });
  t.same(bandOf(whole, 'reduced', BANDS), { min: '0', max: '10000000' });
  t.same(bandOf(whole, 'exempt', BANDS), { min: '0', max: '0' });
  t.same(bandsOf({}), { ...bandsOf(null) });
  t.match(bandsOf({ discretionLighterTo: '0.2' }), { lighterTo: '0.2', heavierFrom: '0.7' });
  t.match(bandsOf({ discretionLighterTo: '0.9' }), { lighterTo: '0.3' }, 'bands that cross are none');
  fc.assert(
    fc.property(fc.nat(10 ** 9), fc.nat(10 ** 9), fc.constantFrom(...TIERS), (a, b, tier) => {
      const range = { min: String(Math.min(a, b)), max: String(Math.max(a, b)) };
      const { min, max } = bandOf(range, tier, BANDS);
      return cmp(min, max) <= 0 && cmp(max, range.max) <= 0;
    }),
  );
});

t.test('a tier stands on a ground that allows it, with a reason', async (t) => {
  const judged = { discretion: 'normal', factors: [], serious: [], fslr67: true } as const;
  t.equal(
    refusal(() => checkDiscretion(judged)),
    null,
  );
  const wrong = (more: object) => refusal(() => checkDiscretion({ ...judged, ...more }))?.fields;
  t.same(wrong({ discretion: 'lighter' }), ['factors', 'discretionReason']);
  t.same(wrong({ discretion: 'lighter', factors: ['repeated'], discretionReason: '理由' }), ['factors']);
  t.equal(wrong({ discretion: 'lighter', factors: ['removed_harm'], discretionReason: '理由' }), undefined);
  t.same(wrong({ factors: ['no_such'] }), ['factors']);
  t.same(wrong({ serious: ['harm'] }), ['seriousReason']);
  t.same(wrong({ serious: ['harm'], seriousReason: '三十二人', fslr67: false }), ['serious']);
  t.ok(FACTORS.every(({ citation }) => citation.length > 0));
  for (const tier of TIERS.filter((one) => one !== 'normal'))
    t.ok(
      FACTORS.some(({ tiers }) => tiers.includes(tier)),
      `${tier} has a ground`,
    );
});

t.test('illegal gains by Order 118', async (t) => {
  const deductions = [
    { kind: 'materials' as const, amountFen: 2_000_000, accepted: true },
    { kind: 'other' as const, amountFen: 900_000, accepted: false },
  ];
  const input = { receiptsFen: 4_860_000, refundedFen: 360_000, deductions };
  t.same(gainsOf({ ...input, method: 'deducting' }), { gainsFen: 2_860_000, forfeitFen: 2_500_000 });
  t.same(gainsOf({ ...input, method: 'whole' }), { gainsFen: 4_860_000, forfeitFen: 4_500_000 });
  t.same(gainsOf({ ...input, method: 'not_calculable' }), { gainsFen: 0, forfeitFen: 0 });
  t.same(gainsOf({ ...input, receiptsFen: 100, method: 'deducting' }), { gainsFen: 0, forfeitFen: 0 });
  fc.assert(
    fc.property(
      fc.nat(10 ** 9),
      fc.nat(10 ** 9),
      fc.array(fc.nat(10 ** 8), { maxLength: 5 }),
      (receipts, refunded, costs) => {
        const { gainsFen, forfeitFen } = gainsOf({
          method: 'deducting',
          receiptsFen: receipts,
          refundedFen: refunded,
          deductions: costs.map((amountFen) => ({ kind: 'materials', amountFen, accepted: true })),
        });
        return gainsFen >= 0 && forfeitFen >= 0 && forfeitFen <= gainsFen && gainsFen <= receipts;
      },
    ),
  );
});

t.test('when the method is in force, what must be proved, whom it needs', async (t) => {
  const none = { deductions: [], proofDueOn: null };
  t.equal(refusal(() => checkGains('deducting', none, '2026-03-19'))?.code, 'gains.not_in_force');
  t.equal(
    refusal(() => checkGains('whole', none, '2026-03-19')),
    null,
  );
  t.equal(
    refusal(() => checkGains('deducting', none, '2026-03-20')),
    null,
  );
  const claim = (provenOn: string | null, accepted = true) => ({
    deductions: [{ provenOn, accepted }],
    proofDueOn: '2026-04-10',
  });
  t.equal(
    refusal(() => checkGains('deducting', claim('2026-04-10'), '2026-05-01')),
    null,
  );
  t.equal(
    refusal(() => checkGains('deducting', claim('2026-04-11'), '2026-05-01'))?.code,
    'gains.not_proven',
  );
  t.equal(refusal(() => checkGains('deducting', claim(null), '2026-05-01'))?.code, 'gains.not_proven');
  t.equal(
    refusal(() => checkGains('deducting', claim(null, false), '2026-05-01')),
    null,
  );
  t.equal(
    refusal(() => checkGains('whole', claim('2026-04-01'), '2026-05-01'))?.code,
    'gains.nothing_to_deduct',
  );
  t.same(
    ['deducting', 'whole', 'partly', 'not_calculable', 'not_separate'].filter((m) =>
      needsPrincipal(m as 'whole'),
    ),
    ['partly', 'not_calculable'],
  );
});

t.test('a violation names an article in force, days in order, a value with its basis', async (t) => {
  const facts = { fineRule: 'FSL124', actFrom: '2026-03-01', actTo: '2026-05-01' };
  t.equal(
    refusal(() => checkViolation(facts, '2026-06-01')),
    null,
  );
  const wrong = (more: object) => refusal(() => checkViolation({ ...facts, ...more }, '2026-06-01'))?.fields;
  t.same(wrong({ fineRule: 'FSL999' }), ['fineRule']);
  t.same(wrong({ fineRule: 'FSL132-3', actFrom: '2025-01-01', actTo: '2025-11-30' }), ['fineRule']);
  t.same(wrong({ actFrom: '2026-05-02' }), ['actTo']);
  t.same(wrong({ actTo: '2026-06-02' }), ['actTo']);
  t.same(wrong({ valueFen: 1 }), ['valueBasis']);
  t.same(wrong({ valueBasis: '单独核算' }), ['valueBasis']);
});

t.test('limitation: two years, five where life was harmed', async (t) => {
  t.same(limitationOf('2024-02-29', false, '2026-02-28'), { years: 2, endsOn: '2026-02-28', isOver: false });
  t.match(limitationOf('2024-02-29', false, '2026-03-01'), { isOver: true });
  t.match(limitationOf('2024-02-29', true, '2026-03-01'), { years: 5, isOver: false });
});

t.test('facts are open while nobody judges the file', async (t) => {
  t.same(
    CaseState.options.filter((state) => refusal(() => requireFactsOpen({ state })) === null),
    ['investigating', 'proposed_decision', 'notified', 'heard', 'rechecked'],
  );
});
