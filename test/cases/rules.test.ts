import t from 'tap';
import { AppError } from '../../src/shared/errors.ts';
import {
  CASE_FLOW,
  isOpenCase,
  requireExtendable,
  requireNotFiled,
  requireSourceNotGone,
  requireVerifiedSource,
} from '../../src/modules/cases/rules.ts';
import { CaseState } from '../../src/modules/cases/schemas.ts';
import { actionsFrom, isFinal, next } from '../../src/shared/workflow.ts';

const STATES = CaseState.options;

/** The code (and gate) a rule refuses with; null where it lets it pass. */
function refusal(rule: () => unknown): { code: string; status: number; gate?: unknown } | null {
  try {
    rule();
    return null;
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    const { code, status, params } = error;
    return { code, status, gate: params.gate };
  }
}

t.test('the flow knows every state, and from every state but the last the end can be reached', async (t) => {
  t.same(Object.keys(CASE_FLOW).toSorted(), [...STATES].toSorted());
  t.same(
    STATES.filter((state) => isFinal(CASE_FLOW, state)),
    ['declined'],
  );
  const leads = (state: CaseState, seen: Set<CaseState>): boolean => {
    if (state === 'archived' || state === 'declined') return true;
    if (seen.has(state)) return false;
    seen.add(state);
    return actionsFrom(CASE_FLOW, state).some((action) => leads(next(CASE_FLOW, state, action), seen));
  };
  t.same(
    STATES.filter((state) => !leads(state, new Set())),
    [],
  );
});

t.test('every state can be reached from the proposal', async (t) => {
  const reached = new Set<CaseState>(['proposed']);
  for (const state of reached) {
    for (const action of actionsFrom(CASE_FLOW, state)) reached.add(next(CASE_FLOW, state, action));
  }
  t.same(
    STATES.filter((state) => !reached.has(state)),
    [],
  );
});

t.test('a case is open from its filing to its closing', async (t) => {
  t.same(
    STATES.filter((state) => !isOpenCase(state)),
    ['proposed', 'closed', 'archived', 'declined'],
  );
});

t.test('a case rests on a verified source', async (t) => {
  const verified = { state: 'verifying', verification: '属实', verifierIds: ['a', 'b'] };
  t.equal(
    refusal(() => requireVerifiedSource(verified)),
    null,
  );
  t.equal(
    refusal(() => requireVerifiedSource({ ...verified, state: 'case_opened' })),
    null,
    'a linked case',
  );
  for (const wrong of [
    { ...verified, state: 'registered' },
    { ...verified, state: 'declined' },
    { ...verified, state: 'handed_over' },
    { ...verified, verification: null },
    { ...verified, verifierIds: ['a'] },
  ]) {
    t.match(
      refusal(() => requireVerifiedSource(wrong)),
      { code: 'case.source_not_verified', status: 409 },
    );
  }
});

t.test('a source that went elsewhere meanwhile opens no case', async (t) => {
  for (const state of ['verifying', 'case_opened'])
    t.equal(
      refusal(() => requireSourceNotGone({ state })),
      null,
    );
  for (const state of ['declined', 'handed_over', 'registered']) {
    t.match(
      refusal(() => requireSourceNotGone({ state })),
      { code: 'case.source_concluded' },
    );
  }
});

t.test('P04 is extended once, in time, and not twice at a time', async (t) => {
  const running = { state: 'running', extensions: 0, isOver: false };
  t.equal(
    refusal(() => requireExtendable(running, false)),
    null,
  );
  t.match(
    refusal(() => requireExtendable(null, false)),
    { code: 'case.no_running_clock' },
  );
  t.match(
    refusal(() => requireExtendable({ ...running, state: 'paused' }, false)),
    { code: 'case.no_running_clock' },
  );
  t.match(
    refusal(() => requireExtendable({ ...running, extensions: 1 }, false)),
    {
      code: 'case.already_extended',
      gate: 'K8',
    },
  );
  t.match(
    refusal(() => requireExtendable({ ...running, isOver: true }, false)),
    { code: 'case.extend_too_late' },
  );
  t.match(
    refusal(() => requireExtendable(running, true)),
    { code: 'case.extension_waiting' },
  );
});

t.test('only what was never filed can be struck out', async (t) => {
  t.same(
    STATES.filter((state) => refusal(() => requireNotFiled({ state })) === null),
    ['proposed', 'declined'],
  );
});
