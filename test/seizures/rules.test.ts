import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import t from 'tap';
import { CATEGORIES } from '../../src/modules/goods/schemas.ts';
import { basisText } from '../../src/modules/seizures/basis-text.ts';
import {
  BASES,
  checkExecution,
  checkLines,
  clockRules,
  endOf,
  type Execution,
  isExpired,
  type Line,
  MEASURE_FLOW,
  requireExtendable,
  requireWay,
} from '../../src/modules/seizures/rules.ts';
import { Basis, MeasureState } from '../../src/modules/seizures/schemas.ts';
import { actionsFrom, isFinal } from '../../src/shared/workflow.ts';

const LINE: Line = {
  category: 'product',
  basis: 'FSL110_4',
  quantity: '10',
  found: '10',
  sealedBy: null,
  isTaken: false,
  isOfMatter: true,
};

const EXECUTION: Execution = {
  kind: 'seizure',
  inspectionStarted: true,
  idsShown: true,
  isDwelling: false,
  officersOnScene: 2,
  partyPresent: true,
  witnessName: undefined,
  rightsTold: true,
  isToldOnRecord: true,
  keepingPlace: '局涉案物品仓库',
  dwellingHandover: undefined,
  seals: 0,
  items: 1,
};

t.test('the flow knows the states the schema knows, and which are the end', async (t) => {
  t.same(Object.keys(MEASURE_FLOW).toSorted(), [...MeasureState.options].toSorted());
  for (const state of ['refused', 'expired', 'ended'] as const) t.ok(isFinal(MEASURE_FLOW, state), state);
  t.same(actionsFrom(MEASURE_FLOW, 'lifted'), ['return_items'], 'what is lifted is still to be handed back');
});

t.test('K19: every category against every basis', async (t) => {
  const expected: Record<string, string[]> = {
    product: ['FSL110_4', 'PQL18'],
    raw_material: ['FSL110_4', 'PQL18'],
    semi_finished: ['FSL110_4', 'PQL18'],
    packaging: ['FSL110_4', 'PQL18', 'TBGD15_3'],
    food_tool: ['FSL110_4', 'PQL18'],
    other_tool: ['TBGD15_3', 'PQL18'],
    documents: ['TBGD15_2'],
    device: [],
    premises: ['FSL110_5'],
    daily_necessities: [],
    other: ['TBGD15_3', 'PQL18'],
  };
  for (const category of CATEGORIES) {
    t.same(BASES[category], expected[category], category);
    for (const basis of Basis.options) {
      const line = { ...LINE, category, basis, quantity: undefined };
      const check = (): void => checkLines('sealing', [line]);
      if (BASES[category].includes(basis)) t.doesNotThrow(check, `${category} ${basis}`);
      else t.throws(check, { code: /^measure\./ }, `${category} ${basis}`);
    }
  }
});

t.test('each refusal names its gate, its article and every line', async (t) => {
  const refusals: [Partial<Line>, string, string, string][] = [
    [{ category: 'daily_necessities' }, 'measure.daily_necessities', 'K18', 'itemId'],
    [{ sealedBy: '公安机关' }, 'measure.sealed_elsewhere', 'K18', 'itemId'],
    [{ isTaken: true }, 'measure.in_other_measure', 'K18', 'itemId'],
    [{ isOfMatter: false }, 'measure.of_other_matter', 'K18', 'itemId'],
    [{ quantity: '10.000001' }, 'measure.more_than_found', 'K18', 'quantity'],
    [{ category: 'device', basis: 'TBGD15_3' }, 'measure.device', 'K19', 'itemId'],
    [{ found: '0', quantity: undefined }, 'measure.more_than_found', 'K18', 'quantity'],
    [{ basis: 'TBGD15_3' }, 'measure.basis_not_of_category', 'K19', 'basis'],
    [
      { category: 'premises', basis: 'FSL110_5', found: null, quantity: undefined },
      'measure.premises_seized',
      'K19',
      'itemId',
    ],
  ];
  for (const [change, code, gate, field] of refusals) {
    t.throws(
      () => checkLines('seizure', [LINE, { ...LINE, ...change }, LINE, { ...LINE, ...change }]),
      {
        status: 422,
        code,
        params: { gate, article: /《/ },
        errors: [
          { field: `items.1.${field}`, code },
          { field: `items.3.${field}`, code },
        ],
      },
      code,
    );
  }
  t.throws(
    () =>
      checkLines('sealing', [
        { ...LINE, category: 'premises', basis: 'FSL110_5', found: null, quantity: '1' },
      ]),
    { code: 'measure.more_than_found' },
    'premises have no quantity',
  );
  t.doesNotThrow(() => checkLines('seizure', []));
});

t.test('K17, K20: what the carrying out must show', async (t) => {
  t.doesNotThrow(() => checkExecution(EXECUTION));
  t.doesNotThrow(() =>
    checkExecution({ ...EXECUTION, idsShown: false, partyPresent: false, witnessName: '张某' }),
  );
  t.doesNotThrow(() =>
    checkExecution({ ...EXECUTION, isDwelling: true, dwellingHandover: '当事人自行取出。' }),
  );
  t.doesNotThrow(() => checkExecution({ ...EXECUTION, kind: 'sealing', keepingPlace: undefined, seals: 1 }));
  const refusals: [Partial<Execution>, string, string | undefined][] = [
    [{ inspectionStarted: false }, 'measure.no_inspection', 'K17'],
    [{ officersOnScene: 1 }, 'measure.officers_on_scene', 'K17'],
    [{ partyPresent: false }, 'measure.nobody_present', 'K17'],
    [{ idsShown: false }, 'measure.ids_not_shown', 'K17'],
    [{ rightsTold: false }, 'measure.rights_not_told', 'K17'],
    [{ isToldOnRecord: false }, 'measure.telling_not_recorded', 'K17'],
    [{ items: 0 }, 'measure.no_items', 'K17'],
    [{ isDwelling: true }, 'measure.dwelling', 'K20'],
    [{ keepingPlace: undefined }, 'measure.keeping_place', undefined],
    [{ kind: 'sealing' }, 'measure.seals_needed', undefined],
  ];
  for (const [change, code, gate] of refusals) {
    t.throws(
      () => checkExecution({ ...EXECUTION, ...change }),
      { status: 422, code, ...(gate ? { params: { gate } } : {}) },
      code,
    );
  }
});

t.test('approved beforehand, or urgent: never the other way', async (t) => {
  const code = (
    state: MeasureState,
    isUrgent: boolean,
    way: 'execute' | 'execute_urgent',
  ): string | undefined => {
    try {
      requireWay({ state, isUrgent }, way);
      return undefined;
    } catch (error) {
      return (error as { code: string }).code;
    }
  };
  t.equal(code('proposed', false, 'execute'), 'measure.not_approved');
  t.equal(code('proposed', true, 'execute'), 'measure.is_urgent');
  t.equal(code('proposed', false, 'execute_urgent'), 'measure.not_urgent');
  t.equal(code('proposed', true, 'execute_urgent'), undefined);
  t.equal(code('approved', false, 'execute'), undefined);
});

t.test('which clocks run, and which ends first', async (t) => {
  t.same(clockRules(['FSL110_4', 'FSL110_5']), ['S04f']);
  t.same(clockRules(['TBGD15_3', 'PQL18']), ['S04']);
  t.same(clockRules(['FSL110_4', 'TBGD15_2']), ['S04f', 'S04']);
  t.equal(endOf(['2024-05-21', null, '2024-05-06']), '2024-05-06');
  t.equal(endOf([null]), null);
});

t.test('expired: the day after the last day, while anything is held', async (t) => {
  const held = { state: 'in_force' as const, endsOn: '2024-04-06', holding: 1 };
  t.notOk(isExpired(held, '2024-04-06'), 'the last day is a Saturday and does not roll, but it counts whole');
  t.ok(isExpired(held, '2024-04-07'));
  t.notOk(isExpired({ ...held, holding: 0 }, '2024-04-07'));
  t.notOk(isExpired({ ...held, state: 'lifted' }, '2024-04-07'));
  t.notOk(isExpired({ ...held, endsOn: null }, '2024-04-07'));
});

t.test('an extension comes once, and before the last day ends', async (t) => {
  const open = { extendedOn: null, endsOn: '2024-04-06' };
  t.doesNotThrow(() => requireExtendable(open, '2024-04-06', false));
  t.throws(() => requireExtendable(open, '2024-04-07', false), { code: 'measure.extend_too_late' });
  t.throws(() => requireExtendable({ ...open, extendedOn: '2024-04-01' }, '2024-04-02', false), {
    code: 'measure.already_extended',
  });
  t.throws(() => requireExtendable(open, '2024-04-02', true), { code: 'measure.extension_waiting' });
  t.throws(() => requireExtendable({ ...open, endsOn: null }, '2024-04-02', false), {
    code: 'measure.extend_too_late',
  });
});

t.test('the basis in words: each law once, its items together', async (t) => {
  t.equal(basisText(new Set(['FSL110_4'])), '《中华人民共和国食品安全法》第一百一十条第四项');
  t.equal(
    basisText(new Set(['TBGD15_3', 'FSL110_5', 'FSL110_4'])),
    '《中华人民共和国食品安全法》第一百一十条第四项、第五项和《国务院关于加强食品等产品安全监督管理的特别规定》第十五条第三项',
  );
  t.equal(
    basisText(new Set(['PQL18', 'TBGD15_2', 'FSL110_4'])),
    '《中华人民共和国食品安全法》第一百一十条第四项、《国务院关于加强食品等产品安全监督管理的特别规定》第十五条第二项和《中华人民共和国产品质量法》第十八条第一款第四项',
  );
  fc.assert(
    fc.property(
      fc.subarray(Basis.options),
      (bases) => (bases.length === 0) === (basisText(new Set(bases)) === ''),
    ),
  );
});

t.test('every code these rules throw has a sentence in both languages', async (t) => {
  const source = readFileSync(join(import.meta.dirname, '../../src/modules/seizures/rules.ts'), 'utf8');
  const codes = [...source.matchAll(/'(measure\.[a-z_]+)'/g)].map((match) => match[1]!);
  t.ok(codes.length > 20);
  for (const locale of ['zh', 'en']) {
    const texts = JSON.parse(
      readFileSync(join(import.meta.dirname, `../../src/i18n/seizures.${locale}.json`), 'utf8'),
    ) as Record<string, string>;
    t.same(
      codes.filter((code) => !texts[code]),
      [],
      locale,
    );
  }
});
