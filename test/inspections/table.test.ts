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
import { officersOf } from '../given/cases.ts';
import { type TableRow, tryTable } from '../given/state-table.ts';

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

const inspectionRows = (app: TestApp): TableRow[] => [
  { action: 'start', path: 'start', open: ['planned'], who: HANDLERS, body: startOf(app) },
  { action: 'record', path: 'record', open: ['under_way'], who: HANDLERS, body: RECORD },
  { action: 'end', path: 'end', open: ['under_way'], who: HANDLERS, body: { closingAnswer: '属实。' } },
];

const OPERATION: TableRow[] = [
  { action: 'start', path: 'start', open: ['planned'], who: HANDLERS, body: {} },
  {
    action: 'log',
    path: 'log',
    open: ['under_way'],
    who: [...HANDLERS, 'police_liaison'],
    body: { side: 'both', entry: '一笔' },
  },
  {
    action: 'end',
    path: 'end',
    open: ['under_way'],
    who: HANDLERS,
    body: { outcome: '结束', bureauTook: '无', policeTook: '无' },
  },
  {
    action: 'call_off',
    path: 'call-off',
    open: ['planned', 'under_way'],
    who: HANDLERS,
    body: { reason: '取消' },
  },
];

/** The inspection in `state`, with a whole record and its two officers. */
async function resetInspection(app: TestApp, id: string, state: string): Promise<void> {
  const startedAt = state === 'planned' ? null : '2024-02-05T09:00:00+08:00';
  const record = {
    ...RECORD,
    closingAnswer: null,
    startedAt,
    endedAt: null,
    partyPresent: 'present' as const,
  };
  await app.owner
    .updateTable('inspections')
    .set({ ...record, state: InspectionState.parse(state) })
    .where('id', '=', id)
    .execute();
  await app.owner.deleteFrom('inspectionPeople').where('inspectionId', '=', id).execute();
  const people = officersOf(app).map((userId) => ({
    id: crypto.randomUUID(),
    inspectionId: id,
    side: 'bureau' as const,
    userId,
    name: '某',
    credential: '证',
    createdAt: '2024-02-05T10:00:00+08:00',
  }));
  await app.owner.insertInto('inspectionPeople').values(people).execute();
}

t.test('an inspection: every state × action × role', async (t) => {
  const app = await testApp(t);
  const { id } = await plannedInspection(app);
  await tryTable(t, {
    app,
    thing: `/api/inspections/${id}`,
    states: InspectionState.options,
    roles: ROLES,
    blind: BLIND,
    rows: inspectionRows(app),
    reset: (state) => resetInspection(app, id, state),
  });
});

t.test('a joint operation: every state × action × role', async (t) => {
  const app = await testApp(t);
  const { id } = await plannedOperation(app);
  const reset = async (state: string): Promise<void> => {
    const next = OperationState.parse(state);
    await app.owner.updateTable('operations').set({ state: next }).where('id', '=', id).execute();
  };
  await tryTable(t, {
    app,
    thing: `/api/operations/${id}`,
    states: OperationState.options,
    roles: ROLES,
    blind: BLIND,
    rows: OPERATION,
    reset,
  });
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
