import t from 'tap';
import { CaseState } from '../../src/modules/cases/schemas.ts';
import { type TestApp, testApp } from '../app.ts';
import { type TableRow, tryTable } from '../given/state-table.ts';
import { servedCase } from '../given/penalty.ts';
import { paid } from '../given/payments.ts';

const ROLES = [
  'intake_officer',
  'case_officer',
  'unit_head',
  'case_reviewer',
  'legal_reviewer',
  'hearing_host',
  'bureau_head',
  'principal_head',
  'fines_clerk',
  'archive_clerk',
  'auditor',
  'administrator',
];
const HANDLERS = ['case_officer', 'unit_head'];
const OPEN = ['performing'];

/** Every state and role, the account as it was before each try. */
async function tryAccount(t: Tap, app: TestApp, rows: TableRow[], on?: string): Promise<void> {
  const { id } = await servedCase(app);
  if (on) app.setNow(on);
  const reset = async (state: string): Promise<void> => {
    const set = { state: CaseState.parse(state) };
    await app.owner.updateTable('cases').set(set).where('id', '=', id).execute();
    for (const table of ['payments', 'paymentPlans', 'surchargeStops', 'demands'] as const)
      await app.owner.deleteFrom(table).execute();
    const matters = ['payment.plan', 'surcharge.remit'];
    await app.owner
      .updateTable('approvals')
      .set({ state: 'withdrawn' })
      .where('matter', 'in', matters)
      .execute();
  };
  const thing = `/api/cases/${id}`;
  const table = {
    app,
    thing,
    view: `${thing}/payments`,
    states: CaseState.options,
    roles: ROLES,
    rows,
    reset,
  };
  await tryTable(t, { ...table, blind: ['administrator'] });
}

type Tap = Parameters<typeof tryTable>[0];

t.test('in time: every state × every role', async (t) => {
  const app = await testApp(t);
  const plan = {
    appliedOn: '2024-02-07',
    reason: '困难',
    instalments: [{ dueOn: '2024-04-01', amountFen: 7_000_000 }],
  };
  const stop = { ground: 'suit', body: '法院', fromOn: '2024-02-07' };
  await tryAccount(t, app, [
    {
      action: 'payment.record',
      path: 'payments',
      open: OPEN,
      who: [...HANDLERS, 'fines_clerk'],
      body: paid('2024-02-07', 1),
      done: 201,
    },
    { action: 'payment.plan', path: 'payment-plans', open: OPEN, who: HANDLERS, body: plan, done: 201 },
    { action: 'surcharge.stop', path: 'surcharge/stop', open: OPEN, who: HANDLERS, body: stop },
  ]);
});

t.test('late: every state × every role', async (t) => {
  const app = await testApp(t);
  const rows = [
    {
      action: 'surcharge.remit',
      path: 'surcharge/remit',
      open: OPEN,
      who: HANDLERS,
      body: { amountFen: 1, reason: '补救' },
    },
    {
      action: 'demand.make',
      path: 'demands',
      open: OPEN,
      who: HANDLERS,
      body: { duties: '缴清罚款' },
      done: 201 as const,
    },
  ];
  await tryAccount(t, app, rows, '2024-03-04T10:00:00+08:00');
});
