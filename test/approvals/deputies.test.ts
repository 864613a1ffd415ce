import t from 'tap';
import { type Ctx, inTx } from '../../src/context.ts';
import { type Proposal, proposeApproval } from '../../src/modules/approvals/index.ts';
import { placeOf } from '../../src/modules/approvals/rules.ts';
import { deputyState } from '../../src/modules/identity/rules.ts';
import { testApp, type TestApp } from '../app.ts';

type Deputy = {
  id: string;
  state: string;
  version: number;
  deputy: { name: string };
  head: { name: string };
};
type View = {
  decidedBy: { name: string } | null;
  decidedFor: { name: string } | null;
  unitFor: { name: string } | null;
};

const TERM = { fromOn: '2024-02-05', toOn: '2024-02-09', reason: '外出学习' };

function propose(app: TestApp, extra: Partial<Proposal> = {}): Promise<{ id: string }> {
  const base = app.ctx();
  const ctx: Ctx = { ...base, actor: { ...base.actor, bureauId: app.filled.bureauId } };
  return inTx(ctx, (tx) =>
    proposeApproval(tx, {
      matter: 'test.matter',
      subject: { kind: 'test', id: base.newId() },
      title: '关于某某的审批',
      grounds: '理由',
      proposedBy: [app.filled.users.case_officer!.id],
      decides: 'head',
      ...extra,
    }),
  );
}

const YES = { decision: 'approved', opinion: '同意' };

const waiting = async (app: TestApp, role: string): Promise<string[]> => {
  const { body } = await (await app.as(role)).get<{ items: { id: string }[] }>('/api/approvals?waiting=me');
  return body.items.map(({ id }) => id);
};

t.test(
  'a deputy decides in the place of the head, between the two days and until it is taken back',
  async (t) => {
    const app = await testApp(t);
    const { as, filled, owner } = app;
    const head = await as('bureau_head');
    const officer = await as('case_officer_2');
    const me = filled.users.case_officer_2!.id;
    const { id } = await propose(app);
    t.equal((await officer.post(`/api/approvals/${id}/decide`, YES)).status, 403, 'not before he is named');

    const made = await head.post<Deputy>('/api/deputies', { ...TERM, deputyId: me });
    t.match(made, {
      status: 201,
      body: { state: 'standing', deputy: { name: '周敏' }, head: { name: '邓志远' } },
    });
    t.same(await waiting(app, 'case_officer_2'), [id]);
    const seen = (await officer.get<{ permissions: string[]; standsFor: object[] }>('/api/me')).body;
    t.match(seen, { standsFor: [{ name: '邓志远' }] });
    const decided = await officer.post<View>(`/api/approvals/${id}/decide`, YES);
    t.match(decided, { status: 200, body: { decidedBy: { name: '周敏' }, decidedFor: { name: '邓志远' } } });
    const trail = await owner
      .selectFrom('auditEntries')
      .select('detail')
      .where('subjectId', '=', id)
      .where('action', '=', 'approval.decide')
      .executeTakeFirstOrThrow();
    t.match(trail.detail, { inPlaceOf: filled.users.bureau_head!.id });
    t.equal((await head.post('/api/deputies', { ...TERM, deputyId: me })).status, 409, 'one at a time');

    const own = await propose(app, { proposedBy: [filled.users.bureau_head!.id] });
    t.match(await officer.post(`/api/approvals/${own.id}/decide`, YES), {
      status: 422,
      body: { code: 'approval.own_proposal' },
    });
    t.same(
      await waiting(app, 'case_officer_2'),
      [],
      'what the head may not decide does not wait for his deputy',
    );
    const inPerson = await propose(app, { decides: 'principal_head' });
    t.match(await officer.post(`/api/approvals/${inPerson.id}/decide`, YES), {
      status: 403,
      body: { code: 'approval.principal_only', gate: 'K25' },
    });
    t.equal(
      (await officer.post('/api/deputies', { ...TERM, deputyId: filled.users.auditor!.id })).status,
      403,
      'a power that is lent is not lent on',
    );

    const next = await propose(app);
    app.setNow('2024-02-10T00:00:00+08:00');
    t.equal(
      (await officer.post(`/api/approvals/${next.id}/decide`, YES)).status,
      403,
      'over on the day after',
    );
    app.setNow('2024-02-09T23:59:59+08:00');
    const stale = { reason: '提前返回' };
    t.equal((await (await as('unit_head')).post(`/api/deputies/${made.body.id}/end`, stale)).status, 404);
    t.match(await head.post(`/api/deputies/${made.body.id}/end`, stale), {
      status: 200,
      body: { state: 'ended' },
    });
    t.equal((await officer.post(`/api/approvals/${next.id}/decide`, YES)).status, 403, 'at once');
    t.equal((await head.post(`/api/deputies/${made.body.id}/end`, stale)).status, 409);
    const list = await (await as('auditor')).get<{ items: Deputy[] }>('/api/deputies?active=false');
    t.match(list, {
      status: 200,
      body: { items: [{ state: 'ended', headName: '邓志远', deputyName: '周敏' }] },
    });
  },
);

t.test('the principal head lends his decisions, not what he must do in person', async (t) => {
  const app = await testApp(t);
  const { as, filled } = app;
  const term = { ...TERM, deputyId: filled.users.unit_head!.id };
  t.equal((await (await as('principal_head')).post('/api/deputies', term)).status, 201);
  const unitHead = await as('unit_head');
  const { id } = await propose(app, { decides: 'principal_head' });
  t.match(await unitHead.post(`/api/approvals/${id}/decide`, YES), { status: 403, body: { gate: 'K25' } });
  const both = await propose(app);
  t.equal((await unitHead.post(`/api/approvals/${both.id}/opine`, { opinion: '拟同意' })).status, 200);
  t.match(await unitHead.post(`/api/approvals/${both.id}/decide`, YES), {
    status: 422,
    body: { code: 'approval.own_opinion' },
  });
  const lentOn = await unitHead.post('/api/deputies', { ...TERM, deputyId: filled.users.case_officer_2!.id });
  t.equal(lentOn.status, 201, 'he may name one for what is his own');
  const third = await propose(app);
  const far = await as('case_officer_2');
  t.equal(
    (await far.post(`/api/approvals/${third.id}/decide`, YES)).status,
    403,
    'but not for what is lent to him',
  );
  t.match(await far.post(`/api/approvals/${third.id}/opine`, { opinion: '拟同意' }), {
    status: 200,
    body: { unitFor: { name: '罗建国' } },
  });
});

t.test('what is refused', async (t) => {
  const app = await testApp(t);
  const { as, filled } = app;
  const head = await as('bureau_head');
  const deputyId = filled.users.unit_head!.id;
  for (const [what, body, status, code] of [
    ['a day gone by', { ...TERM, deputyId, fromOn: '2024-02-04' }, 422, 'deputy.days'],
    ['reversed', { ...TERM, deputyId, toOn: '2024-02-04' }, 422, 'deputy.days'],
    ['for ever', { ...TERM, deputyId, toOn: '2026-01-01' }, 422, 'deputy.days'],
    ['a day there is not', { ...TERM, deputyId, toOn: '2024-02-30' }, 400, undefined],
    ['oneself', { ...TERM, deputyId: filled.users.bureau_head!.id }, 422, 'deputy.oneself'],
    ['a laboratory’s person', { ...TERM, deputyId: filled.users.laboratory_clerk!.id }, 422, 'deputy.nobody'],
    ['without a reason', { ...TERM, deputyId, reason: ' ' }, 400, undefined],
    ['an unknown key', { ...TERM, deputyId, permissions: ['user.create'] }, 400, undefined],
  ] as const) {
    const answer = await head.post<{ code: string }>('/api/deputies', body);
    t.equal(answer.status, status, what);
    if (code) t.equal(answer.body.code, code, what);
  }
  for (const role of ['case_officer', 'auditor', 'administrator', 'intake_officer'])
    t.equal((await (await as(role)).post('/api/deputies', { ...TERM, deputyId })).status, 403, role);
  const both = await Promise.all(
    [deputyId, filled.users.case_officer!.id].map((one) =>
      head.post('/api/deputies', { ...TERM, deputyId: one }),
    ),
  );
  t.same(
    both.map(({ status }) => status).toSorted((a, b) => a - b),
    [201, 409],
    'two at once: one',
  );
});

t.test('whose power it is', (t) => {
  const proposal = {
    state: 'proposed',
    decides: 'head',
    unitBy: null,
    unitFor: null,
    proposedBy: ['a'],
    handlers: ['a', 'h1'],
  } as const;
  const person = (heads: string[]) => ({
    id: 'p',
    permissions: new Set(['approval.decide']),
    standsFor: heads.map((id) => ({ id, permissions: ['approval.decide'] })),
  });
  t.equal(placeOf(proposal, person([]), 'decide'), null, 'his own');
  t.equal(placeOf(proposal, person(['h1', 'h2']), 'decide'), 'h2', 'the head who has no hand in it');
  t.throws(() => placeOf(proposal, person(['h1']), 'decide'), { code: 'approval.own_proposal' });
  t.throws(() => placeOf({ ...proposal, unitFor: 'h2' }, person(['h2']), 'decide'), {
    code: 'approval.own_opinion',
  });
  const term = { fromOn: '2024-02-05', toOn: '2024-02-09', endedAt: null };
  t.same(
    ['2024-02-04', '2024-02-05', '2024-02-09', '2024-02-10'].map((day) => deputyState(term, day)),
    ['coming', 'standing', 'standing', 'over'],
  );
  t.end();
});
