import t from 'tap';
import { InspectionState, OperationState } from '../../src/modules/inspections/schemas.ts';
import { type TestApp, testApp } from '../app.ts';
import {
  operationOf,
  plannedInspection,
  plannedOperation,
  PLAN,
  RECORD,
  startOf,
} from '../given/inspections.ts';

const HANDLERS = ['case_officer', 'unit_head'];
const READERS = [
  'intake_officer',
  'dispatcher',
  'case_reviewer',
  'deputy_head',
  'principal_head',
  'property_keeper',
  'auditor',
];
const BLIND = ['grid_worker', 'administrator', 'laboratory_clerk'];
const ROLES = [...HANDLERS, ...READERS, 'police_liaison', ...BLIND];

type Shown = { allowedActions: { action: string; allowed: boolean }[] };

/** Who may do it, in which states, and with what it is tried. */
type Row = {
  action: string;
  path: string;
  open: readonly string[];
  who: readonly string[];
  body: (app: TestApp) => unknown;
};

const INSPECTION: Row[] = [
  { action: 'start', path: 'start', open: ['planned'], who: HANDLERS, body: startOf },
  { action: 'record', path: 'record', open: ['under_way'], who: HANDLERS, body: () => RECORD },
  {
    action: 'end',
    path: 'end',
    open: ['under_way'],
    who: HANDLERS,
    body: () => ({ closingAnswer: '属实。' }),
  },
];

const OPERATION: Row[] = [
  { action: 'start', path: 'start', open: ['planned'], who: HANDLERS, body: () => ({}) },
  {
    action: 'log',
    path: 'log',
    open: ['under_way'],
    who: [...HANDLERS, 'police_liaison'],
    body: () => ({ side: 'both', entry: '一笔' }),
  },
  {
    action: 'end',
    path: 'end',
    open: ['under_way'],
    who: HANDLERS,
    body: () => ({ outcome: '结束', bureauTook: '无', policeTook: '无' }),
  },
  {
    action: 'call_off',
    path: 'call-off',
    open: ['planned', 'under_way'],
    who: HANDLERS,
    body: () => ({ reason: '取消' }),
  },
];

t.test('an inspection: every state × action × role', async (t) => {
  const app = await testApp(t);
  const { id } = await plannedInspection(app);
  for (const state of InspectionState.options) {
    for (const { action, path, open, who, body } of INSPECTION) {
      for (const role of ROLES) {
        await app.owner.deleteFrom('inspectionPeople').where('inspectionId', '=', id).execute();
        const [first, second] = [app.filled.users.case_officer!, app.filled.users.case_officer_2!];
        const people = [first, second].map((user) => ({
          id: crypto.randomUUID(),
          inspectionId: id,
          side: 'bureau' as const,
          userId: user.id,
          name: user.name,
          credential: '证',
          createdAt: '2024-02-05T10:00:00+08:00',
        }));
        await app.owner.insertInto('inspectionPeople').values(people).execute();
        const at = state === 'planned' ? null : '2024-02-05T09:00:00+08:00';
        const record = {
          ...RECORD,
          closingAnswer: null,
          startedAt: at,
          endedAt: null,
          partyPresent: 'present' as const,
        };
        await app.owner
          .updateTable('inspections')
          .set({ state, ...record })
          .where('id', '=', id)
          .execute();
        const client = await app.as(role);
        const isOpen = open.includes(state);
        const shown = await client.get<Shown>(`/api/inspections/${id}`);
        if (BLIND.includes(role)) t.equal(shown.status, 403, `${role} does not read it`);
        else {
          const told = shown.body.allowedActions.find((one) => one.action === action)?.allowed;
          t.equal(told, isOpen && who.includes(role), `${state} ${action} ${role}: what the screen is told`);
        }
        const { status } = await client.post(`/api/inspections/${id}/${path}`, body(app));
        t.equal(status, !who.includes(role) ? 403 : isOpen ? 200 : 409, `${state} ${action} ${role}`);
      }
    }
  }
});

t.test('a joint operation: every state × action × role', async (t) => {
  const app = await testApp(t);
  const { id } = await plannedOperation(app);
  for (const state of OperationState.options) {
    for (const { action, path, open, who, body } of OPERATION) {
      for (const role of ROLES) {
        await app.owner.updateTable('operations').set({ state }).where('id', '=', id).execute();
        const client = await app.as(role);
        const isOpen = open.includes(state);
        const shown = await client.get<Shown>(`/api/operations/${id}`);
        if (BLIND.includes(role)) t.equal(shown.status, 403, `${role} does not read it`);
        else {
          const told = shown.body.allowedActions.find((one) => one.action === action)?.allowed;
          t.equal(told, isOpen && who.includes(role), `${state} ${action} ${role}: what the screen is told`);
        }
        const { status } = await client.post(`/api/operations/${id}/${path}`, body(app));
        t.equal(status, !who.includes(role) ? 403 : isOpen ? 200 : 409, `${state} ${action} ${role}`);
      }
    }
  }
});

t.test('planning: every role', async (t) => {
  const app = await testApp(t);
  for (const role of ROLES) {
    const client = await app.as(role);
    const expected = HANDLERS.includes(role) ? 201 : 403;
    t.equal((await client.post('/api/inspections', PLAN)).status, expected, `${role} plans an inspection`);
    t.equal(
      (await client.post('/api/operations', operationOf(app))).status,
      expected,
      `${role} plans an operation`,
    );
  }
});
