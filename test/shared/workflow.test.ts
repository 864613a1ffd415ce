import t from 'tap';
import { AppError } from '../../src/shared/errors.ts';
import { actionsFrom, isFinal, next } from '../../src/shared/workflow.ts';
import type { ActionOf, Flow, StateOf } from '../../src/shared/workflow.ts';

type SampleState = 'planned' | 'collected' | 'received' | 'rejected';

const SAMPLE_FLOW = {
  planned: { collect: 'collected' },
  collected: { receive: 'received', reject: 'rejected', assign: 'collected' },
  received: {},
  rejected: { collect: 'collected' },
} satisfies Flow<SampleState>;

const thrownBy = (act: () => unknown): AppError => {
  try {
    act();
  } catch (error) {
    if (error instanceof AppError) return error;
    throw error;
  }
  throw new Error('nothing was thrown');
};

t.test('next returns the state the table names', async (t) => {
  const state: SampleState = next(SAMPLE_FLOW, 'planned', 'collect');
  t.equal(state, 'collected');
  t.equal(next(SAMPLE_FLOW, 'collected', 'reject'), 'rejected');
  t.equal(next(SAMPLE_FLOW, 'collected', 'assign'), 'collected', 'an action may stay in its state');
  t.equal(next(SAMPLE_FLOW, 'rejected', 'collect'), 'collected');
});

t.test('an action the state does not know is a conflict that names the open actions', async (t) => {
  const error = thrownBy(() => next(SAMPLE_FLOW, 'collected', 'collect'));
  t.equal(error.status, 409);
  t.equal(error.code, 'workflow.action_not_allowed');
  t.same(error.params, { state: 'collected', action: 'collect', allowed: ['receive', 'reject', 'assign'] });
  t.same(thrownBy(() => next(SAMPLE_FLOW, 'received', 'collect')).params['allowed'], []);
});

t.test('names every object inherits are neither states nor actions', async (t) => {
  const inherited = 'constructor' as ActionOf<typeof SAMPLE_FLOW>;
  t.equal(thrownBy(() => next(SAMPLE_FLOW, 'planned', inherited)).code, 'workflow.action_not_allowed');
  const noState = 'toString' as StateOf<typeof SAMPLE_FLOW>;
  t.throws(() => next(SAMPLE_FLOW, noState, 'collect'), { name: 'RangeError' }, 'an unknown state is a bug');
  t.throws(() => actionsFrom(SAMPLE_FLOW, noState), { name: 'RangeError' });
});

t.test('actionsFrom lists the actions in the order of the table; isFinal says there are none', async (t) => {
  const actions: ActionOf<typeof SAMPLE_FLOW>[] = actionsFrom(SAMPLE_FLOW, 'collected');
  t.same(actions, ['receive', 'reject', 'assign']);
  t.same(actionsFrom(SAMPLE_FLOW, 'received'), []);
  t.ok(isFinal(SAMPLE_FLOW, 'received'));
  t.notOk(isFinal(SAMPLE_FLOW, 'planned'));
});

t.test('a table typed by its states and actions works as well as an inferred one', async (t) => {
  const flow: Flow<'open' | 'closed', 'close' | 'reopen'> = {
    open: { close: 'closed' },
    closed: { reopen: 'open' },
  };
  t.equal(next(flow, 'open', 'close'), 'closed');
  t.same(actionsFrom(flow, 'closed'), ['reopen']);
});
