import t from 'tap';
import {
  checkFines,
  checkOther,
  checkPenalty,
  checkRenewal,
  type FinedAct,
  hearingGrounds,
  isHeavier,
} from '../../src/modules/penalties/proposal-rules.ts';
import { checkNotHeavier, needsCity } from '../../src/modules/penalties/decide-rules.ts';
import { isPublished } from '../../src/modules/penalties/decision-rules.ts';
import { AppError } from '../../src/shared/errors.ts';

function refusal(
  rule: () => unknown,
): { code: string; gate: unknown; errors: (string | undefined)[] } | null {
  try {
    rule();
    return null;
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    return {
      code: error.code,
      gate: error.params['gate'],
      errors: (error.errors ?? []).map(({ code }) => code),
    };
  }
}

const ACT: FinedAct = {
  actNo: 1,
  ids: ['a', 'b'],
  range: { min: '5000000', max: '10000000' },
  band: { min: '6500000', max: '8500000' },
  tier: 'normal',
  isOutright: true,
  isFood: true,
  isTooOld: false,
};

t.test('a fine lies in the range of its act, in the band of its tier or with a reason', async (t) => {
  const wrong = (fineFen: number, act: Partial<FinedAct> = {}, reason?: string) =>
    refusal(() =>
      checkFines([{ violationId: 'a', fineFen, ...(reason ? { reason } : {}) }], [{ ...ACT, ...act }]),
    )?.errors ?? [];
  t.same(wrong(7_000_000), []);
  t.same(wrong(6_500_000), [], 'both ends are in');
  t.same(wrong(4_999_999), ['penalty.outside_range']);
  t.same(wrong(10_000_001), ['penalty.outside_range']);
  t.same(wrong(9_000_000), ['penalty.outside_band']);
  t.same(wrong(9_000_000, {}, '理由'), []);
  t.same(wrong(10_000_001, {}, '理由'), ['penalty.outside_range'], 'a reason does not widen the law');
  t.same(wrong(5_000_000, { tier: 'reduced', band: { min: '0', max: '5000000' } }), ['penalty.not_reduced']);
  t.same(wrong(4_999_999, { tier: 'reduced', band: { min: '0', max: '5000000' } }), []);
  t.same(wrong(1, { tier: 'exempt' }), ['penalty.exempt_fined']);
  t.same(wrong(0, { tier: 'exempt' }), []);
  t.same(wrong(7_000_000, { isTooOld: true }), ['penalty.limitation_over']);
  t.same(wrong(1, { range: null, isOutright: false }), ['penalty.no_range']);
  t.same(wrong(1, { ids: ['x'] }), ['penalty.unknown_violation', 'penalty.fine_missing']);
  // a part of a fen in the range (0.5 × the value) is never rounded away
  t.same(wrong(499_999, { range: { min: '499999.5', max: '9' } }), ['penalty.outside_range']);
});

t.test('no act is fined twice, none that fines outright is left out', async (t) => {
  const line = (violationId: string) => ({ violationId, fineFen: 7_000_000 });
  t.same(refusal(() => checkFines([line('a'), line('b')], [ACT]))?.errors, ['penalty.act_twice']);
  t.same(refusal(() => checkFines([], [ACT]))?.errors, ['penalty.fine_missing']);
  t.equal(
    refusal(() => checkFines([], [{ ...ACT, tier: 'exempt' }])),
    null,
  );
  t.equal(
    refusal(() => checkFines([], [{ ...ACT, isOutright: false }])),
    null,
    'an order first',
  );
});

const PENALTY = {
  kind: 'penalty' as const,
  facts: 'f',
  evidence: 'e',
  basis: 'b',
  reasons: 'r',
  changed: [],
  fines: [{ violationId: 'a', fineFen: 7_000_000 }],
  gainsFen: 0,
  goodsFen: 0,
  others: [],
  orderToCorrect: '改正',
  isListed: false,
  afterCriminalFine: false,
};
const FACTS = { forfeitFen: null, isGainsWaiting: false, needsListingConsent: true };

t.test('what goes with every penalty, and what bars one', async (t) => {
  const wrong = (more: object, facts: object = {}) =>
    refusal(() => checkPenalty({ ...PENALTY, ...more }, { ...FACTS, ...facts }));
  t.equal(wrong({}), null);
  t.match(wrong({ orderToCorrect: undefined }), { code: 'penalty.order_needed', gate: 'K29' });
  t.match(wrong({ afterCriminalFine: true }), { code: 'penalty.fined_by_court', gate: 'K26' });
  t.equal(
    wrong({ afterCriminalFine: true, fines: [], others: [{ kind: 'revoke_licence', text: '吊销' }] }),
    null,
  );
  t.match(wrong({ isListed: true }), { code: 'penalty.listing_consent', gate: 'K11' });
  t.equal(wrong({ isListed: true }, { needsListingConsent: false }), null);
  t.match(wrong({ gainsFen: 5 }), { code: 'penalty.gains_differ' });
  t.match(
    wrong({}, { forfeitFen: 5 }),
    { code: 'penalty.gains_differ' },
    'gains that were found are confiscated',
  );
  t.match(wrong({}, { isGainsWaiting: true }), { code: 'gains.waiting' });
  t.match(wrong({ fines: [] }), { code: 'penalty.nothing' });
  t.match(wrong({ goodsFen: 5 }), { code: 'penalty.goods_text' });
});

t.test('other outcomes: education, the agency, a transfer that was delivered', async (t) => {
  const other = (more: object, isTransferred = false) =>
    refusal(() => checkOther({ ...PENALTY, ...more } as never, { isTransferred }))?.code;
  t.equal(other({ kind: 'no_penalty' }), 'penalty.education_needed');
  t.equal(other({ kind: 'no_penalty', education: '教育' }), undefined);
  t.equal(other({ kind: 'not_made_out' }), undefined);
  t.equal(other({ kind: 'other_agency' }), 'penalty.agency_needed');
  t.equal(other({ kind: 'judicial_organ' }), 'penalty.not_transferred');
  t.equal(other({ kind: 'judicial_organ' }, true), undefined);
});

t.test('K7 at its edges', async (t) => {
  const base = { fineFen: 0, gainsFen: 0, goodsFen: 0, kinds: [], limitFen: 10_000_000 };
  t.same(hearingGrounds(base), []);
  t.same(hearingGrounds({ ...base, fineFen: 9_999_999 }), []);
  t.equal(hearingGrounds({ ...base, fineFen: 10_000_000 }).length, 1);
  t.equal(hearingGrounds({ ...base, gainsFen: 6_000_000, goodsFen: 4_000_000 }).length, 1);
  t.same(hearingGrounds({ ...base, kinds: ['warning', 'stop_business'] }), ['责令停产停业']);
});

t.test('K6: heavier is heavier in anything; only changed facts or another basis carry it', async (t) => {
  const before = { fineFen: 10, gainsFen: 10, goodsFen: 10, kinds: ['warning'] };
  t.notOk(isHeavier(before, before));
  for (const more of [{ fineFen: 11 }, { gainsFen: 11 }, { goodsFen: 11 }, { kinds: ['warning', 'close'] }])
    t.ok(isHeavier({ ...before, ...more }, before));
  t.notOk(isHeavier({ fineFen: 9, gainsFen: 0, goodsFen: 0, kinds: [] }, before));
  const renewal = { changed: ['penalty'], changeReason: '理由' };
  t.equal(
    refusal(() => checkRenewal(renewal, false)),
    null,
  );
  t.match(
    refusal(() => checkRenewal(renewal, true)),
    { code: 'penalty.heavier', gate: 'K6' },
  );
  t.equal(
    refusal(() => checkRenewal({ ...renewal, changed: ['facts'] }, true)),
    null,
  );
  t.match(
    refusal(() => checkRenewal({ changed: [] }, false)),
    { code: 'penalty.change_needed', gate: 'K5' },
  );
  const told = { fineFen: 10, gainsFen: 10, fines: [{ violationId: 'a', fineFen: 10 }] };
  t.equal(
    refusal(() => checkNotHeavier({ fines: [{ violationId: 'a', fineFen: 9 }] }, told)),
    null,
  );
  t.match(
    refusal(() => checkNotHeavier({ fines: [{ violationId: 'a', fineFen: 11 }] }, told)),
    { gate: 'K6' },
  );
  t.match(
    refusal(() => checkNotHeavier({ fines: [{ violationId: 'x', fineFen: 1 }] }, told)),
    { gate: 'K6' },
  );
  t.match(
    refusal(() => checkNotHeavier({ gainsFen: 11 }, told)),
    { gate: 'K6' },
  );
});

t.test('K9 at its edge; what is published', async (t) => {
  const limit = { isCityLevel: false, limitFen: 30_000_000 };
  t.notOk(needsCity({ foodFineFen: 29_999_999 }, limit));
  t.ok(needsCity({ foodFineFen: 30_000_000 }, limit));
  t.notOk(needsCity({ foodFineFen: 30_000_000 }, { ...limit, isCityLevel: true }));
  const warned = { kind: 'penalty' as const, fineFen: 0, gainsFen: 0, goodsText: null, kinds: ['warning'] };
  t.notOk(isPublished(warned), 'a warning and nothing else is not');
  t.ok(isPublished({ ...warned, fineFen: 1 }));
  t.ok(isPublished({ ...warned, kinds: ['warning', 'criticism'] }));
  t.notOk(isPublished({ ...warned, kind: 'no_penalty', fineFen: 0 }));
});
