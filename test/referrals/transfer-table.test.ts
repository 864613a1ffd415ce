import t from 'tap';
import { TransferState } from '../../src/modules/referrals/schemas.ts';
import { testApp } from '../app.ts';
import { filedCase } from '../given/cases.ts';
import { approvedTransfer, attachedFile, encloseAll, transferOf } from '../given/referrals.ts';

const HANDLERS = ['case_officer', 'unit_head'];
const WITH_LIAISON = [...HANDLERS, 'police_liaison'];
const READERS = [
  'intake_officer',
  'dispatcher',
  'legal_reviewer',
  'deputy_head',
  'principal_head',
  'auditor',
];
const BLIND = ['grid_worker', 'administrator', 'laboratory_clerk'];
const ROLES = [...WITH_LIAISON, ...READERS, ...BLIND];

t.test('every state × action × role', async (t) => {
  const app = await testApp(t);
  const { id, caseId, approval } = await approvedTransfer(app);
  await encloseAll(app, { id, caseId, approval });
  const attachmentId = await attachedFile(app, caseId, '再一份');
  const actions: { action: string; path: string; open: readonly string[]; body: unknown }[] = [
    {
      action: 'enclose',
      path: 'enclosures',
      open: ['proposed', 'approved', 'supplementing'],
      body: { item: 5, title: '再一份', attachmentId },
    },
    {
      action: 'deliver',
      path: 'deliver',
      open: ['approved', 'supplementing'],
      body: { deliveredTo: '赵某' },
    },
    {
      action: 'copy_to_procuratorate',
      path: 'copy-to-procuratorate',
      open: ['delivered', 'acknowledged', 'police_filed'],
      body: {},
    },
    { action: 'acknowledge', path: 'acknowledge', open: ['delivered'], body: { acknowledgedBy: '赵某' } },
    {
      action: 'police_decision',
      path: 'police-decision',
      open: ['acknowledged'],
      body: { decision: 'filed', on: '2024-02-05', number: '立字1号' },
    },
  ];
  for (const state of TransferState.options) {
    for (const { action, path, open, body } of actions) {
      for (const role of ROLES) {
        await app.owner
          .updateTable('transfers')
          .set({ state, procuratorateCopiedAt: null })
          .where('id', '=', id)
          .execute();
        const client = await app.as(role);
        const may = WITH_LIAISON.includes(role);
        const isOpen = open.includes(state);
        const shown = await client.get<{ allowedActions: { action: string; allowed: boolean }[] }>(
          `/api/transfers/${id}`,
        );
        if (BLIND.includes(role)) t.equal(shown.status, 403, `${role} does not read it`);
        else {
          const told = shown.body.allowedActions.find((one) => one.action === action)?.allowed;
          t.equal(told, isOpen && may, `${state} ${action} ${role}: what the screen is told`);
        }
        const { status } = await client.post(`/api/transfers/${id}/${path}`, body);
        t.equal(status, !may ? 403 : isOpen ? 200 : 409, `${state} ${action} ${role}`);
      }
    }
  }
});

t.test('proposing: every role', async (t) => {
  const app = await testApp(t);
  const { id } = await filedCase(app);
  for (const role of ROLES) {
    await app.owner.updateTable('transfers').set({ state: 'returned' }).execute();
    const { status } = await (await app.as(role)).post('/api/transfers', transferOf(app, id));
    t.equal(status, HANDLERS.includes(role) ? 201 : 403, role);
  }
});
