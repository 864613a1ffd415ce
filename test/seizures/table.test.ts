import t from 'tap';
import { MEASURE_FLOW } from '../../src/modules/seizures/rules.ts';
import { MeasureState } from '../../src/modules/seizures/schemas.ts';
import { actionsFrom } from '../../src/shared/workflow.ts';
import { testApp, type TestApp } from '../app.ts';
import { must, officersOf } from '../given/cases.ts';
import { FOUND } from '../given/raid.ts';
import {
  actionOf,
  EXECUTION,
  linesOf,
  type MeasureSeen,
  proposalOf,
  type Scene,
  scene,
} from '../given/seizures.ts';

/** Who handles measures: case officers and the head of their unit. */
const HANDLERS = ['case_officer', 'unit_head'];
/** Who sees no measures: grid workers, the administrator of users, the laboratory. */
const BLIND = ['grid_worker', 'administrator', 'laboratory_clerk'];
const OTHERS = [
  'intake_officer',
  'dispatcher',
  'case_reviewer',
  'legal_reviewer',
  'hearing_host',
  'deputy_head',
  'bureau_head',
  'principal_head',
  'property_keeper',
  'police_liaison',
  'auditor',
];
const ROLES = [...HANDLERS, ...OTHERS, ...BLIND];

const ACTIONS = ['add_items', 'execute', 'execute_urgent', 'extend', 'seal', 'lift', 'return_items'] as const;
type Action = (typeof ACTIONS)[number];

const PATHS: Record<Action, string> = {
  add_items: 'items',
  execute: 'execute',
  execute_urgent: 'execute-urgent',
  extend: 'extend',
  seal: 'seals',
  lift: 'lift',
  return_items: 'return-items',
};

/** Enough lines for every measure of one state. */
const MANY = Array.from({ length: 40 }, () => FOUND[1]!);

/** Hands out each line of a scene once. */
function linesFrom({ items }: Scene): () => object {
  let used = 0;
  return () => ({ itemId: items[(used += 1) - 1]!.id, basis: 'FSL110_4' });
}

let seal = 0;

type Body = (app: TestApp, line: () => object) => object;

/** A body that is right in itself for each action. */
const BODIES: Record<Action, Body> = {
  add_items: (_app, line) => ({ items: [line()] }),
  execute: () => EXECUTION,
  execute_urgent: () => EXECUTION,
  extend: () => ({ reason: '案情复杂。' }),
  seal: () => ({ seals: [{ number: `封${(seal += 1)}`, place: '外箱' }] }),
  lift: () => ({ ground: 'not_needed', reasons: '不再需要。' }),
  return_items: (app) => ({ receivedBy: '王某', officerIds: officersOf(app), paperNumber: '1号' }),
};

type Wanted = { site: Scene; line: () => object; state: MeasureState; isUrgent: boolean };

/** What is approved was approved by somebody, at some time: a measure is not carried out before. */
async function decided(app: TestApp, measureId: string): Promise<void> {
  const decidedBy = app.filled.users['bureau_head']!.id;
  await app.owner
    .updateTable('approvals')
    .set({ state: 'approved', decidedBy, decidedAt: app.deps.now(), opinion: '同意。' })
    .where('subjectId', '=', measureId)
    .execute();
}

/** A measure with one line as it would be in a state: what is past the proposal is put into its row by hand. */
async function forged(app: TestApp, { site, line, state, isUrgent }: Wanted): Promise<string> {
  const officer = await app.as('case_officer');
  const proposal = { ...proposalOf(app, site), items: [line()] };
  const isDone = ['in_force', 'lifted', 'expired', 'ended'].includes(state);
  const { id } = isDone
    ? await must(officer.post('/api/measures/urgent', { ...proposal, execution: EXECUTION }), 201)
    : await must(officer.post('/api/measures', { ...proposal, isUrgent: state !== 'approved' }), 201);
  await app.owner.updateTable('measures').set({ state, isUrgent }).where('id', '=', id).execute();
  if (state !== 'proposed' && state !== 'refused') await decided(app, id);
  return id;
}

/** What was let go and is still in the house, put into the ledger by hand. */
const letGo = (app: TestApp, measureId: string) =>
  app.owner
    .updateTable('goodsBalances')
    .set({ title: 'party' })
    .where('place', '=', 'store')
    .where('itemId', 'in', (eb) =>
      eb.selectFrom('goodsItems').select('id').where('measureId', '=', measureId),
    )
    .execute();

/** What stands in the flow, and of the two ways of carrying out the one the proposal asked for. */
function isOpen(action: Action, state: MeasureState, isUrgent: boolean): boolean {
  if (!(actionsFrom(MEASURE_FLOW, state) as string[]).includes(action)) return false;
  return action !== 'execute_urgent' || isUrgent;
}

t.test('every state × every action: who handles measures', async (t) => {
  const app = await testApp(t);
  for (const state of MeasureState.options) {
    const site = await scene(app, { found: MANY });
    const line = linesFrom(site);
    for (const action of ACTIONS) {
      for (const role of HANDLERS) {
        const isUrgent = action === 'execute_urgent';
        const id = await forged(app, { site, line, state, isUrgent });
        if (action === 'return_items') await letGo(app, id);
        const client = await app.as(role);
        const { body } = await client.get<MeasureSeen>(`/api/measures/${id}`);
        const open = isOpen(action, state, isUrgent);
        const shown = actionOf(body, action)!;
        t.equal(shown.allowed, open, `${state} ${action} ${role}: what the screen is told`);
        if (!open) t.match(shown.reason, /./, 'and why');
        const done = await client.post(`/api/measures/${id}/${PATHS[action]}`, BODIES[action](app, line));
        t.equal(done.status, open ? 200 : 409, `${state} ${action} ${role}: what the server does`);
      }
    }
  }
});

t.test('every state × every action: everybody else', async (t) => {
  const app = await testApp(t);
  const site = await scene(app, { found: MANY });
  const line = linesFrom(site);
  for (const state of MeasureState.options) {
    const id = await forged(app, { site, line, state, isUrgent: false });
    for (const role of [...OTHERS, ...BLIND]) {
      const client = await app.as(role);
      const { status, body } = await client.get<MeasureSeen>(`/api/measures/${id}`);
      t.equal(status, BLIND.includes(role) ? 403 : 200, `${state} ${role} reads`);
      for (const action of ACTIONS) {
        if (status === 200) t.match(actionOf(body, action), { allowed: false, reason: /./ });
        const sent = BODIES[action](app, () => ({ itemId: id, basis: 'FSL110_4' }));
        const done = await client.post(`/api/measures/${id}/${PATHS[action]}`, sent);
        t.equal(done.status, 403, `${state} ${action} ${role}`);
      }
    }
  }
});

t.test('propose, impose urgently and read: every role', async (t) => {
  const app = await testApp(t);
  for (const role of ROLES) {
    const client = await app.as(role);
    const site = await scene(app);
    const proposal = proposalOf(app, site);
    const wanted = HANDLERS.includes(role) ? 201 : 403;
    t.equal((await client.post('/api/measures', proposal)).status, wanted, `${role} proposes`);
    const urgent = { ...proposal, items: linesOf(site.items, [0]), execution: EXECUTION };
    t.equal((await client.post('/api/measures/urgent', urgent)).status, wanted, `${role} imposes`);
    t.equal((await client.get('/api/measures')).status, BLIND.includes(role) ? 403 : 200, `${role} reads`);
  }
  t.equal((await app.anonymous().get('/api/measures')).status, 401);
});
