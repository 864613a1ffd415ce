import t from 'tap';
import { CaseState } from '../../src/modules/cases/schemas.ts';
import { testApp } from '../app.ts';
import { tryTable } from '../given/state-table.ts';
import { decide, filedCase, filingOf, must, verifiedSource } from '../given/cases.ts';

const ROLES = [
  'intake_officer',
  'dispatcher',
  'case_officer',
  'unit_head',
  'case_reviewer',
  'legal_reviewer',
  'hearing_host',
  'deputy_head',
  'bureau_head',
  'principal_head',
  'property_keeper',
  'police_liaison',
  'grid_worker',
  'auditor',
  'administrator',
  'laboratory_clerk',
];

/** Who may propose a case and ask for more time (办案人员 and the head of their unit). */
const HANDLERS = ['case_officer', 'unit_head'];
/** Who sees no cases: grid workers, the administrator of users, the laboratory. */
const BLIND = ['grid_worker', 'administrator', 'laboratory_clerk'];
/** P04 runs from the filing to the decision. */
const EXTENDABLE: CaseState[] = [
  'investigating',
  'in_review',
  'proposed_decision',
  'notified',
  'hearing',
  'heard',
  'rechecked',
  'submitted_to_city',
];

t.test('extend: every state × every role', async (t) => {
  const app = await testApp(t);
  const { id } = await filedCase(app);
  const reset = async (state: string): Promise<void> => {
    await app.owner
      .updateTable('cases')
      .set({ state: CaseState.parse(state) })
      .where('id', '=', id)
      .execute();
    await app.owner
      .updateTable('approvals')
      .set({ state: 'withdrawn' })
      .where('matter', '=', 'case.extend')
      .execute();
  };
  await tryTable(t, {
    app,
    thing: `/api/cases/${id}`,
    states: CaseState.options,
    roles: ROLES,
    blind: BLIND,
    rows: [
      { action: 'extend', path: 'extend', open: EXTENDABLE, who: HANDLERS, body: { reason: '案情复杂。' } },
    ],
    reset,
  });
});

t.test('propose and read: every role', async (t) => {
  const app = await testApp(t);
  for (const role of ROLES) {
    const client = await app.as(role);
    const source = await verifiedSource(app);
    const { status } = await client.post('/api/cases', filingOf(app, source.id));
    t.equal(status, HANDLERS.includes(role) ? 201 : 403, `${role} proposes`);
    t.equal((await client.get('/api/cases')).status, BLIND.includes(role) ? 403 : 200, `${role} reads`);
  }
  t.equal((await app.anonymous().get('/api/cases')).status, 401);
});

t.test('decide a filing: every role', async (t) => {
  const app = await testApp(t);
  const decision = { decision: 'approved', opinion: '同意。' };
  for (const role of ROLES) {
    const source = await verifiedSource(app);
    const officer = await app.as('case_officer');
    const filing = filingOf(app, source.id);
    const { approvalId } = await must<{ approvalId: string }>(officer.post('/api/cases', filing), 201);
    const { status } = await (await app.as(role)).post(`/api/approvals/${approvalId}/decide`, decision);
    const isHead = ['deputy_head', 'bureau_head', 'principal_head'].includes(role);
    t.equal(status, isHead ? 200 : 403, role);
    if (!isHead) await decide(app, approvalId);
  }
});
