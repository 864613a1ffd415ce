import t from 'tap';
import { COMPLAINT_FLOW } from '../../src/modules/tips/rules.ts';
import { testApp } from '../app.ts';
import { type TableRow, tryTable } from '../given/state-table.ts';
import { COMPLAINT, givenTip } from '../tips/given.ts';
import { begin, SETTLED } from './given.ts';

const DAY = '2026-05-11';
const ROLES = [
  'intake_officer',
  'dispatcher',
  'case_officer',
  'unit_head',
  'bureau_head',
  'auditor',
  'administrator',
];
const HANDLERS = ['intake_officer', 'case_officer', 'unit_head'];
const STATES = Object.keys(COMPLAINT_FLOW) as (keyof typeof COMPLAINT_FLOW)[];

/** The states in which the flow knows an act. */
const openFor = (act: string): string[] =>
  STATES.filter((state) => Object.hasOwn(COMPLAINT_FLOW[state], act));

const row = (act: string, path: string, body: unknown, action = act): TableRow => ({
  action,
  path,
  open: openFor(act),
  who: HANDLERS,
  body,
});

const test = { kind: 'testing', institution: '院', chosenBy: 'agreed', tested: '货', costShare: '各半' };
const tell = { about: 'meeting', whom: 'both', way: 'phone', content: '告知。' };

const OF_TIP: TableRow[] = [
  row('accept', 'accept', {}),
  row('refuse', 'refuse', { ground: 1, reasons: '无权限。' }),
  row('request_identity', 'request-identity', { material: '身份证', dueOn: DAY }),
  row('identity_supplied', 'identity-supplied', { supplied: '身份证' }),
  row('withdraw', 'withdraw', { reason: '撤回' }),
  row('forward', 'forward', { forwardedTo: '某局', reason: '无权限' }),
];

const OF_MEDIATION: TableRow[] = [
  row('start_mediation', 'mediation/start', begin(DAY), 'mediation.start'),
  row('delegate', 'mediation/delegate', { ...begin(DAY), delegatedTo: '消协' }, 'mediation.delegate'),
  row(
    'suspend',
    'mediation/suspend',
    { askedBy: 'respondent', mediator: '赵调解', reason: '近亲属' },
    'mediation.suspend',
  ),
  row('resume', 'mediation/resume', { recused: false, decision: '不成立' }, 'mediation.resume'),
  row('start_testing', 'mediation/start-testing', test, 'mediation.start_testing'),
  row('report_clue', 'mediation/report-clue', { content: '无标签' }, 'mediation.report_clue'),
  row('tell', 'mediation/tell', tell, 'mediation.tell'),
  row('settle', 'mediation/settle', SETTLED, 'mediation.settle'),
  row('terminate', 'mediation/terminate', { ground: 1, reasons: '撤回' }, 'mediation.terminate'),
];

t.test('the complaint: every state × every act × every role', async (t) => {
  const app = await testApp(t);
  app.setNow(`${DAY}T10:00:00+08:00`);
  const { id } = await givenTip(await app.as('intake_officer'), COMPLAINT);
  const [mediationId, made] = [app.ctx().newId(), new Date(`${DAY}T10:00:00+08:00`)];
  const { bureauId } = app.filled;
  const started = new Set(['mediating', 'suspended', 'settled', 'terminated']);
  const trace = { actorId: 'x', createdAt: made };
  const reset = async (state: string): Promise<void> => {
    const set = {
      state: state as (typeof STATES)[number],
      refusalGround: 1,
      refusalReasons: '无',
      decidedOn: DAY,
      forwardedTo: '某局',
    };
    for (const table of ['mediationTests', 'mediationChallenges', 'mediations', 'identityRequests'] as const)
      await app.owner.deleteFrom(table).execute();
    await app.owner.updateTable('tips').set(set).where('id', '=', id).execute();
    await app.owner
      .updateTable('clocks')
      .set({ state: 'running', cancelledAt: null, cancelReason: null, metAt: null })
      .where('ruleId', '=', 'C01')
      .execute();
    const asked = { id: app.ctx().newId(), bureauId, tipId: id, askedOn: DAY, dueOn: DAY, material: '证' };
    await app.owner
      .insertInto('identityRequests')
      .values({ ...asked, ...trace })
      .execute();
    if (!started.has(state)) return;
    const { meetAt: _m, ...fields } = begin(DAY);
    const mediation = {
      ...fields,
      mode: 'on_site' as const,
      id: mediationId,
      bureauId,
      tipId: id,
      startedOn: DAY,
    };
    await app.owner
      .insertInto('mediations')
      .values({ ...mediation, createdBy: 'x', createdAt: made })
      .execute();
    if (state !== 'suspended') return;
    const challenge = {
      id: app.ctx().newId(),
      bureauId,
      mediationId,
      askedBy: 'respondent' as const,
      mediator: '赵调解',
    };
    await app.owner
      .insertInto('mediationChallenges')
      .values({ ...challenge, reason: '近亲属', suspendedOn: DAY, ...trace })
      .execute();
  };
  const thing = `/api/tips/${id}`;
  const table = { app, thing, states: STATES, roles: ROLES, reset };
  await tryTable(t, { ...table, rows: OF_TIP, blind: ['administrator'] });
  await tryTable(t, { ...table, view: `${thing}/mediation`, rows: OF_MEDIATION, blind: ['administrator'] });
});
