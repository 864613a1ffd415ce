import fc from 'fast-check';
import t from 'tap';
import {
  INSPECTION_FLOW,
  OPERATION_FLOW,
  type RecordFields,
  remindersFor,
  requireOperationOpen,
  requireOperationUnderWay,
  requireRightsTold,
  requireSameProgress,
  requireUnused,
  requireWholeRecord,
  type Scene,
} from '../../src/modules/inspections/rules.ts';
import { InspectionState, OperationState } from '../../src/modules/inspections/schemas.ts';
import { AppError } from '../../src/shared/errors.ts';
import { isFinal } from '../../src/shared/workflow.ts';

const whole: RecordFields = {
  partyPresent: 'present',
  idsShownAnswer: '看清楚了',
  rightsToldAnswer: '不申请回避',
  findings: '现场有设备',
  measuresTold: null,
  partyStatement: null,
  closingAnswer: '属实',
  partyRefusedToSign: false,
  refusalNote: null,
};

const scene: Scene = { officers: 2, witnesses: 0, hasMeasure: false };

const refusal = (rule: () => unknown): string | null => {
  try {
    rule();
    return null;
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    const { gate } = error.params;
    return typeof gate === 'string' ? `${error.code} ${gate}` : error.code;
  }
};

const whyNot = (record: Partial<RecordFields>, there: Partial<Scene> = {}): string | null =>
  refusal(() => requireWholeRecord({ ...whole, ...record }, { ...scene, ...there }));

t.test('the flows know every state', async (t) => {
  t.same(Object.keys(INSPECTION_FLOW), InspectionState.options);
  t.same(Object.keys(OPERATION_FLOW), OperationState.options);
  t.same(
    OperationState.options.filter((state) => isFinal(OPERATION_FLOW, state)),
    ['ended', 'called_off'],
  );
});

t.test('rights before evidence', async (t) => {
  const told = (record: Partial<RecordFields>): string | null =>
    refusal(() => requireRightsTold({ ...whole, ...record }));
  t.equal(told({}), null);
  t.equal(told({ idsShownAnswer: null }), 'inspection.rights_not_told K2');
  t.equal(told({ rightsToldAnswer: null }), 'inspection.rights_not_told K2');
  t.equal(told({ rightsToldAnswer: null, findings: null }), null, 'nothing is taken yet');
  t.equal(
    told({ rightsToldAnswer: null, findings: null, partyStatement: '我认' }),
    'inspection.rights_not_told K2',
  );
  t.equal(told({ idsShownAnswer: null, rightsToldAnswer: null, partyPresent: 'absent' }), null);
});

t.test('a whole record', async (t) => {
  t.equal(whyNot({}), null);
  t.equal(whyNot({}, { officers: 1 }), 'officer.two_certified K1');
  t.equal(whyNot({ findings: null }), 'inspection.findings_missing');
  t.equal(whyNot({ closingAnswer: null }), 'inspection.closing_answer_missing');
  t.equal(whyNot({ closingAnswer: null, partyRefusedToSign: true }), 'inspection.refusal_not_noted K17');
  t.equal(whyNot({ closingAnswer: null, partyRefusedToSign: true, refusalNote: '拒绝签名，已录像' }), null);
  t.equal(whyNot({ partyPresent: 'absent' }), 'inspection.witness_missing K17');
  t.equal(whyNot({ partyPresent: 'absent', closingAnswer: null }, { witnesses: 1 }), null);
  t.equal(whyNot({}, { hasMeasure: true }), 'inspection.measure_not_told K17');
  t.equal(whyNot({ measuresTold: '已告知' }, { hasMeasure: true }), null);
});

t.test('no record with fewer than two officers or without findings is ever whole', async () => {
  const text = fc.option(fc.string({ minLength: 1 }), { nil: null });
  const record = fc.record({
    partyPresent: fc.constantFrom('present' as const, 'absent' as const, null),
    idsShownAnswer: text,
    rightsToldAnswer: text,
    findings: text,
    measuresTold: text,
    partyStatement: text,
    closingAnswer: text,
    partyRefusedToSign: fc.option(fc.boolean(), { nil: null }),
    refusalNote: text,
  });
  const there = fc.record({ officers: fc.nat(4), witnesses: fc.nat(2), hasMeasure: fc.boolean() });
  fc.assert(
    fc.property(record, there, (one, around) => {
      if (refusal(() => requireWholeRecord(one, around)) !== null) return;
      if (around.officers < 2 || one.findings === null) throw new Error('let through');
      if (one.partyPresent === 'absent' && around.witnesses === 0) throw new Error('nobody saw it');
      if (one.partyPresent !== 'absent' && one.rightsToldAnswer === null) throw new Error('rights not told');
      if (around.hasMeasure && one.measuresTold === null) throw new Error('measure not told');
    }),
  );
});

t.test('an inspection of a joint operation runs inside it', async (t) => {
  t.equal(
    refusal(() => requireOperationUnderWay(null)),
    null,
  );
  t.equal(
    refusal(() => requireOperationUnderWay('under_way')),
    null,
  );
  for (const state of ['planned', 'ended', 'called_off'] as const) {
    t.equal(
      refusal(() => requireOperationUnderWay(state)),
      'inspection.operation_not_under_way',
    );
  }
  t.equal(
    refusal(() => requireOperationOpen('planned')),
    null,
  );
  t.equal(
    refusal(() => requireOperationOpen('ended')),
    'operation.not_open',
  );
});

t.test('a dwelling is not searched by the bureau', async (t) => {
  t.match(remindersFor({ isDwelling: true }), [{ gate: 'K20', article: /第四十条/ }]);
  t.same(remindersFor({ isDwelling: false }), []);
});

t.test('a correction invents no time and strikes out nothing others rest on', async (t) => {
  const at = new Date(0);
  t.equal(
    refusal(() => requireSameProgress({ startedAt: at, endedAt: null }, { startedAt: at, endedAt: null })),
    null,
  );
  t.equal(
    refusal(() => requireSameProgress({ startedAt: at, endedAt: null }, { startedAt: at, endedAt: at })),
    'inspection.not_so_far',
  );
  t.equal(
    refusal(() => requireUnused(0, 'inspection.in_use')),
    null,
  );
  t.equal(
    refusal(() => requireUnused(2, 'operation.in_use')),
    'operation.in_use',
  );
});
