import t from 'tap';
import { TransferState } from '../../src/modules/referrals/schemas.ts';
import { testApp } from '../app.ts';
import { filedCase } from '../given/cases.ts';
import { type TableRow, tryTable } from '../given/state-table.ts';
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
  const row = (action: string, path: string, open: readonly string[], body: unknown): TableRow => ({
    action,
    path,
    open,
    who: WITH_LIAISON,
    body,
  });
  const decision = { decision: 'filed', on: '2024-02-05', number: '立字1号' };
  const enclosed = { item: 5, title: '再一份', attachmentId };
  await tryTable(t, {
    app,
    thing: `/api/transfers/${id}`,
    states: TransferState.options,
    roles: ROLES,
    blind: BLIND,
    rows: [
      row('enclose', 'enclosures', ['proposed', 'approved', 'supplementing'], enclosed),
      row('deliver', 'deliver', ['approved', 'supplementing'], { deliveredTo: '赵某' }),
      row(
        'copy_to_procuratorate',
        'copy-to-procuratorate',
        ['delivered', 'acknowledged', 'police_filed'],
        {},
      ),
      row('acknowledge', 'acknowledge', ['delivered'], { acknowledgedBy: '赵某' }),
      row('police_decision', 'police-decision', ['acknowledged'], decision),
    ],
    reset: async (state) => {
      const next = { state: TransferState.parse(state), procuratorateCopiedAt: null };
      await app.owner.updateTable('transfers').set(next).where('id', '=', id).execute();
    },
  });
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
