import t from 'tap';
import { ClueNoticeState } from '../../src/modules/referrals/schemas.ts';
import { testApp } from '../app.ts';
import { decide, must, registeredSource, strangerOf } from '../given/cases.ts';
import { type TableRow, tryTable } from '../given/state-table.ts';
import { approvedNotice, draftedNotice, NOTICE } from '../given/referrals.ts';

type Seen = { id: string; state: string; version: number; approval: { id: string; state: string } | null };

t.test(
  'drafted, approved by the head, sent, acknowledged, joined; the bureau’s own limits run on',
  async (t) => {
    const app = await testApp(t);
    const officer = await app.as('case_officer');
    const { id: sourceId } = await registeredSource(app);
    const notice = await must<Seen>(officer.post('/api/clue-notices', { sourceId, ...NOTICE }), 201);
    t.match(notice, { state: 'drafted', approval: { state: 'proposed' } });
    t.match(await officer.post(`/api/clue-notices/${notice.id}/send`, {}), {
      status: 409,
      body: { code: 'clue_notice.not_approved' },
    });
    app.setNow('2024-02-05T10:30:00+08:00');
    await decide(app, notice.approval!.id, { as: 'deputy_head' });
    app.setNow('2024-02-05T11:00:00+08:00');
    t.match(
      await officer.post(`/api/clue-notices/${notice.id}/send`, { sentAt: '2024-02-05T10:05:00+08:00' }),
      { status: 422, body: { code: 'date.before_start' } },
      'not before the head approved',
    );
    t.match(await must<Seen>(officer.post(`/api/clue-notices/${notice.id}/send`, {})), {
      state: 'sent',
      sentAt: '2024-02-05T11:00:00+08:00',
    });
    const early = { acknowledgedBy: '赵某', acknowledgedAt: '2024-02-05T10:30:00+08:00' };
    t.match(await officer.post(`/api/clue-notices/${notice.id}/acknowledge`, early), {
      status: 422,
      body: { code: 'date.before_start' },
    });
    await must(officer.post(`/api/clue-notices/${notice.id}/acknowledge`, { acknowledgedBy: '赵某' }));
    const joined = await must<Seen>(
      officer.post(`/api/clue-notices/${notice.id}/conclude`, {
        result: 'joined',
        outcome: '决定联合检查。',
      }),
    );
    t.match(joined, { state: 'joined', outcome: '决定联合检查。' });
    const clocks = await app.owner.selectFrom('clocks').select(['ruleId', 'state', 'subjectKind']).execute();
    t.same(clocks, [{ ruleId: 'R01', state: 'running', subjectKind: 'source' }], 'no clock of Order 310');
    const trail = await app.owner
      .selectFrom('auditEntries')
      .select('action')
      .where('subjectId', '=', notice.id)
      .orderBy('id')
      .execute();
    t.same(
      trail.map(({ action }) => action),
      ['clue_notice.draft', 'clue_notice.send', 'clue_notice.acknowledge', 'clue_notice.conclude'],
    );
  },
);

t.test('refused: asked again; changed after approval: asked again; sent: not changed any more', async (t) => {
  const app = await testApp(t);
  const officer = await app.as('case_officer');
  const notice = await draftedNotice(app);
  const path = `/api/clue-notices/${notice.id}`;
  const change = { changes: { content: '补充后的内容。' }, reason: '补充' };
  t.match(await officer.post(`${path}/amend`, change), {
    status: 409,
    body: { code: 'clue_notice.already_submitted' },
  });
  await decide(app, notice.approval.id, { decision: 'refused' });
  await must(officer.post(`${path}/amend`, change));
  const again = await must<Seen>(officer.post(`${path}/submit`));
  t.match(await officer.post(`${path}/submit`), {
    status: 409,
    body: { code: 'clue_notice.already_submitted' },
  });
  await decide(app, again.approval!.id);
  await must(officer.post(`${path}/amend`, { changes: { content: '又改了。' }, reason: '再改' }));
  t.match(await officer.post(`${path}/send`, {}), {
    status: 409,
    body: { code: 'clue_notice.not_approved' },
  });
  const third = await must<Seen>(officer.post(`${path}/submit`));
  await decide(app, third.approval!.id);
  await must(officer.post(`${path}/send`, {}));
  t.match(await officer.post(`${path}/amend`, change), {
    status: 409,
    body: { code: 'clue_notice.sent_already' },
  });
  t.match(await officer.post(`${path}/void`, { reason: '误录' }), {
    status: 409,
    body: { code: 'clue_notice.sent_already' },
  });
  const invented = { changes: { acknowledgedBy: '某人' }, reason: '提前填写' };
  t.match(await officer.post(`${path}/amend`, invented), {
    status: 409,
    body: { code: 'clue_notice.not_so_far' },
  });
});

t.test('nobody approves his own notice, nobody else’s bureau sees it, a void source has none', async (t) => {
  const app = await testApp(t);
  const unitHead = await app.as('unit_head');
  const { id: sourceId } = await registeredSource(app);
  const notice = await must<Seen>(unitHead.post('/api/clue-notices', { sourceId, ...NOTICE }), 201);
  const opinion = { opinion: '同意。' };
  t.match(await unitHead.post(`/api/approvals/${notice.approval!.id}/opine`, opinion), {
    status: 422,
    body: { code: 'approval.own_proposal' },
  });
  const stranger = await strangerOf(app);
  t.equal((await stranger.get(`/api/clue-notices/${notice.id}`)).status, 404);
  t.equal((await stranger.post(`/api/clue-notices/${notice.id}/send`, {})).status, 404);
  t.equal((await stranger.post('/api/clue-notices', { sourceId, ...NOTICE })).status, 404);
  t.match(await must(stranger.get('/api/clue-notices')), { items: [] });
  const other = await registeredSource(app);
  await must(unitHead.post(`/api/sources/${other.id}/void`, { reason: '误录' }));
  t.match(await unitHead.post('/api/clue-notices', { sourceId: other.id, ...NOTICE }), {
    status: 409,
    body: { code: 'record.void' },
  });
});

t.test('two send at once: it is sent once', async (t) => {
  const app = await testApp(t);
  const { id } = await approvedNotice(app);
  const clients = [await app.as('case_officer'), await app.as('police_liaison')];
  const answers = await Promise.all(clients.map((client) => client.post(`/api/clue-notices/${id}/send`, {})));
  t.same(
    answers.map(({ status }) => status).toSorted((a, b) => a - b),
    [200, 409],
  );
  const sent = await app.owner
    .selectFrom('auditEntries')
    .select('id')
    .where('action', '=', 'clue_notice.send')
    .execute();
  t.equal(sent.length, 1);
});

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

const APPROVED: TableRow[] = [
  { action: 'send', path: 'send', open: ['drafted'], who: WITH_LIAISON, body: {} },
  {
    action: 'acknowledge',
    path: 'acknowledge',
    open: ['sent'],
    who: WITH_LIAISON,
    body: { acknowledgedBy: '赵某' },
  },
  {
    action: 'conclude',
    path: 'conclude',
    open: ['acknowledged'],
    who: WITH_LIAISON,
    body: { result: 'not_taken', outcome: '不予参与。' },
  },
];

const REFUSED: TableRow[] = [
  { action: 'submit', path: 'submit', open: ['drafted'], who: HANDLERS, body: undefined },
];

t.test('every state × action × role', async (t) => {
  const app = await testApp(t);
  const { id, approval } = await approvedNotice(app);
  const reset = (decision: 'approved' | 'refused') => async (state: string) => {
    const approvals = app.owner.updateTable('approvals');
    await approvals.set({ state: 'withdrawn' }).where('state', '=', 'proposed').execute();
    await approvals.set({ state: decision }).where('id', '=', approval.id).execute();
    const next = { state: ClueNoticeState.parse(state), approvalId: approval.id };
    await app.owner.updateTable('clueNotices').set(next).where('id', '=', id).execute();
  };
  const table = {
    app,
    thing: `/api/clue-notices/${id}`,
    states: ClueNoticeState.options,
    roles: ROLES,
    blind: BLIND,
  };
  await tryTable(t, { ...table, rows: APPROVED, reset: reset('approved') });
  await tryTable(t, { ...table, rows: REFUSED, reset: reset('refused') });
});
