import t from 'tap';
import { checkExclusion, nextState, pendingOf, SOURCE_FLOW } from '../../src/modules/sources/rules.ts';
import { SourceState } from '../../src/modules/sources/schemas.ts';

const FREE = { matters: [], extended: false, isOver: false };

t.test('the flow knows every state', async (t) => {
  t.same(Object.keys(SOURCE_FLOW), SourceState.options);
});

t.test('each state × action leads where the law leads, or is refused', async (t) => {
  const leads: Record<string, Record<string, string>> = {
    registered: { verify: 'verifying', extend: 'registered', exclude: 'registered' },
    verifying: {
      verify: 'verifying',
      record_verification: 'verifying',
      extend: 'verifying',
      exclude: 'verifying',
      decline: 'declined',
      hand_over: 'handed_over',
      open_case: 'case_opened',
    },
    case_opened: { open_case: 'case_opened' },
  };
  const actions = [
    'verify',
    'record_verification',
    'extend',
    'exclude',
    'decline',
    'hand_over',
    'open_case',
  ] as const;
  for (const state of SourceState.options) {
    for (const action of actions) {
      const act = () => nextState({ state, verification: '已核查' }, action, FREE);
      const expected = leads[state]?.[action];
      if (expected) t.equal(act(), expected, `${state} ${action}`);
      else t.throws(act, { status: 409, code: 'workflow.action_not_allowed' }, `${state} ${action}`);
    }
  }
});

t.test('nothing is decided on what was not verified', async (t) => {
  for (const action of ['decline', 'hand_over'] as const) {
    const act = () => nextState({ state: 'verifying', verification: null }, action, FREE);
    t.throws(act, { status: 422, code: 'source.not_verified' });
  }
});

t.test('what lies with the head is not asked again, and nothing goes round him', async (t) => {
  const verified = { state: 'verifying', verification: '已核查' } as const;
  const asked = (matter: string) => ({ ...FREE, matters: [matter] });
  t.throws(() => nextState(verified, 'extend', asked('source.extend')), { code: 'source.decision_pending' });
  t.throws(() => nextState(verified, 'decline', asked('source.decline')), {
    code: 'source.decision_pending',
  });
  t.throws(() => nextState(verified, 'hand_over', asked('source.decline')), {
    code: 'source.decision_pending',
  });
  t.equal(nextState(verified, 'decline', asked('source.extend')), 'declined');
});

t.test('fifteen days more, once', async (t) => {
  const once = pendingOf([], [{ rule: 'R01', extensions: 1, overdue: false }]);
  t.throws(() => nextState({ state: 'verifying', verification: null }, 'extend', once), {
    code: 'source.already_extended',
    params: { article: /第十八条/ },
  });
  const over = pendingOf([], [{ rule: 'R01', extensions: 0, overdue: true }]);
  t.throws(() => nextState({ state: 'registered', verification: null }, 'extend', over), {
    code: 'source.extend_too_late',
  });
  t.equal(nextState({ state: 'registered', verification: null }, 'verify', over), 'verifying');
});

t.test(
  'days taken out lie in the run of R01, have passed or stand on a paper, and are not endless',
  async (t) => {
    const run = { foundOn: '2024-02-05', lastOn: '2024-03-01', taken: 0, today: '2024-02-20' };
    const paper = '00000000-0000-7000-8000-000000000000';
    const cases: [object, object, string | null][] = [
      [{ from: '2024-02-05', to: '2024-02-05' }, {}, null],
      [{ from: '2024-02-09', to: '2024-02-08' }, {}, 'source.exclusion_reversed'],
      [{ from: '2024-02-04', to: '2024-02-08' }, {}, 'source.exclusion_too_early'],
      [{ from: '2024-02-05', to: '2024-02-20' }, {}, null],
      [{ from: '2024-02-05', to: '2024-02-21' }, {}, 'source.exclusion_future'],
      [{ from: '2024-02-05', to: '2024-02-21', documentId: paper }, {}, null],
      [{ from: '2024-03-01', to: '2024-03-05', documentId: paper }, {}, null],
      [{ from: '2024-03-02', to: '2024-03-05', documentId: paper }, {}, 'source.exclusion_after_end'],
      [{ from: '2024-03-02', to: '2024-03-05', documentId: paper }, { lastOn: null }, null],
      [{ from: '2024-02-06', to: '2024-02-06' }, { taken: 365 }, null],
      [{ from: '2024-02-06', to: '2024-02-06' }, { taken: 366 }, 'source.exclusion_too_long'],
    ];
    for (const [days, change, code] of cases) {
      const check = () => checkExclusion(days as { from: string; to: string }, { ...run, ...change });
      if (code === null) t.doesNotThrow(check, JSON.stringify([days, change]));
      else t.throws(check, { code, params: { article: /第十八条第二款/ } });
    }
  },
);
