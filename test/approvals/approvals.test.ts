import t from 'tap';
import { type Ctx, type DomainEvent, inTx } from '../../src/context.ts';
import { conflict } from '../../src/shared/errors.ts';
import { type Proposal, proposeApproval } from '../../src/modules/approvals/index.ts';
import { decideApproval } from '../../src/modules/approvals/decide-approval.ts';
import { APPROVAL_FLOW } from '../../src/modules/approvals/rules.ts';
import { ApprovalState } from '../../src/modules/approvals/schemas.ts';
import { actionsFrom } from '../../src/shared/workflow.ts';
import { testApp, type TestApp } from '../app.ts';

type View = {
  id: string;
  state: string;
  allowedActions: { action: string; allowed: boolean; code?: string; gate?: string; article?: string }[];
};

/** Proposes something no module reacts to. */
function propose(app: TestApp, extra: Partial<Proposal> = {}): Promise<{ id: string }> {
  const base = app.ctx();
  const ctx: Ctx = { ...base, actor: { ...base.actor, bureauId: app.filled.bureauId } };
  const proposal: Proposal = {
    matter: 'test.matter',
    subject: { kind: 'test', id: base.newId() },
    title: '关于某某的审批',
    grounds: '理由',
    proposedBy: [app.filled.users.case_officer!.id, app.filled.users.case_officer_2!.id],
    decides: 'head',
    ...extra,
  };
  return inTx(ctx, (tx) => proposeApproval(tx, proposal));
}

const actionOf = (view: View, action: string) => view.allowedActions.find((one) => one.action === action)!;

t.test('proposal, opinion, decision', async (t) => {
  const app = await testApp(t);
  const { as, owner, filled } = app;
  const [officer, unitHead, head] = [
    await as('case_officer'),
    await as('unit_head'),
    await as('bureau_head'),
  ];

  t.test('the way of a proposal', async (t) => {
    const { id } = await propose(app);
    const seen = (await officer.get<View>(`/api/approvals/${id}`)).body;
    t.match(seen, { state: 'proposed', proposedBy: [{ name: '林晓峰' }, { name: '周敏' }], unitBy: null });
    t.match(actionOf(seen, 'decide'), { allowed: false, code: 'approval.own_proposal' });
    t.match(actionOf(seen, 'withdraw'), { allowed: true });
    const opined = await unitHead.post<View>(`/api/approvals/${id}/opine`, { opinion: '拟同意立案' });
    t.match(opined.body, {
      unitOpinion: '拟同意立案',
      unitBy: { name: '罗建国' },
      state: 'proposed',
      version: 2,
    });
    const twice = await unitHead.post(`/api/approvals/${id}/opine`, { opinion: '再议' });
    t.match(twice, { status: 409, body: { code: 'approval.opinion_given' } });
    const decided = await head.post<View>(`/api/approvals/${id}/decide`, {
      decision: 'approved',
      opinion: '同意',
    });
    t.match(decided.body, {
      state: 'approved',
      opinion: '同意',
      decidedBy: { name: '邓志远' },
      isOverdue: false,
    });
    for (const action of ['opine', 'decide', 'withdraw']) t.notOk(actionOf(decided.body, action).allowed);
    const again = await head.post(`/api/approvals/${id}/decide`, { decision: 'refused', opinion: '不同意' });
    t.match(again, { status: 409, body: { code: 'workflow.action_not_allowed' } });
    const trail = await owner
      .selectFrom('auditEntries')
      .select('action')
      .where('subjectId', '=', id)
      .orderBy('id')
      .execute();
    t.same(
      trail.map((one) => one.action),
      ['approval.opine', 'approval.decide'],
    );
  });

  t.test(
    'nobody decides on what he handles, also where he proposed something else on it before',
    async (t) => {
      const subject = { kind: 'test', id: app.ctx().newId() };
      const { id: first } = await propose(app, { subject, proposedBy: [filled.users.bureau_head!.id] });
      const own = await head.post(`/api/approvals/${first}/decide`, {
        decision: 'approved',
        opinion: '同意',
      });
      t.match(own, { status: 422, body: { code: 'approval.own_proposal' } });
      await (
        await as('deputy_head')
      ).post(`/api/approvals/${first}/decide`, { decision: 'refused', opinion: '不同意' });
      const { id: second } = await propose(app, { subject, matter: 'test.other' });
      const later = await head.post(`/api/approvals/${second}/decide`, {
        decision: 'approved',
        opinion: '同意',
      });
      t.match(later, { status: 422, body: { code: 'approval.own_proposal' } }, 'the whole history counts');
      const opinion = await propose(app, { proposedBy: [filled.users.unit_head!.id] });
      const opine = await unitHead.post(`/api/approvals/${opinion.id}/opine`, { opinion: '同意' });
      t.equal(opine.body.code, 'approval.own_proposal');
    },
  );

  t.test('what is the principal head’s is decided by nobody else (K25)', async (t) => {
    const { id } = await propose(app, { decides: 'principal_head' });
    const answer = await head.post(`/api/approvals/${id}/decide`, { decision: 'approved', opinion: '同意' });
    t.match(answer, { status: 403, body: { code: 'approval.principal_only', gate: 'K25' } });
    t.match(answer.body.article, /移送涉嫌犯罪案件的规定/);
    const seen = (await head.get<View>(`/api/approvals/${id}`)).body;
    t.match(actionOf(seen, 'decide'), { allowed: false, gate: 'K25' });
    const principal = await as('principal_head');
    const decided = await principal.post<View>(`/api/approvals/${id}/decide`, {
      decision: 'approved',
      opinion: '同意',
    });
    t.equal(decided.body.state, 'approved');
  });

  t.test('only who proposed it takes it back, and only before the decision', async (t) => {
    const { id } = await propose(app);
    const other = await unitHead.post(`/api/approvals/${id}/withdraw`, { reason: '材料不全' });
    t.equal(other.body.code, 'approval.withdraw_own');
    const done = await officer.post<View>(`/api/approvals/${id}/withdraw`, { reason: '材料不全' });
    t.equal(done.body.state, 'withdrawn');
    const late = await head.post(`/api/approvals/${id}/decide`, { decision: 'approved', opinion: '同意' });
    t.equal(late.status, 409);
  });

  t.test('the same is not asked twice at once', async (t) => {
    const subject = { kind: 'test', id: app.ctx().newId() };
    const { id } = await propose(app, { subject });
    await t.rejects(propose(app, { subject }), { code: 'approval.already_waiting' });
    await t.resolves(propose(app, { subject, matter: 'test.other' }));
    await officer.post(`/api/approvals/${id}/withdraw`, { reason: '重报' });
    await t.resolves(propose(app, { subject }));
  });

  t.test('two heads at once decide once', async (t) => {
    const { id } = await propose(app);
    const deputy = await as('deputy_head');
    const answers = await Promise.all([
      head.post(`/api/approvals/${id}/decide`, { decision: 'approved', opinion: '同意' }),
      deputy.post(`/api/approvals/${id}/decide`, { decision: 'refused', opinion: '不同意' }),
    ]);
    t.same(
      answers.map((one) => one.status).toSorted((a, b) => a - b),
      [200, 409],
    );
  });

  t.test('an approval after the fact is late after its due time', async (t) => {
    const dueAt = new Date('2024-02-06T10:00:00+08:00');
    const { id } = await propose(app, { afterTheFact: true, dueAt });
    const view = async () => (await head.get(`/api/approvals/${id}`)).body;
    app.setNow('2024-02-06T10:00:00+08:00');
    t.match(await view(), { afterTheFact: true, dueAt: '2024-02-06T10:00:00+08:00', isOverdue: false });
    app.setNow('2024-02-06T10:00:01+08:00');
    t.match(await view(), { isOverdue: true });
    await t.rejects(propose(app, { afterTheFact: true }), RangeError);
  });

  t.test('who may not', async (t) => {
    const { id } = await propose(app);
    const body = { decision: 'approved', opinion: '同意' };
    for (const role of ['case_officer', 'unit_head', 'auditor', 'intake_officer']) {
      t.equal((await (await as(role)).post(`/api/approvals/${id}/decide`, body)).status, 403, role);
    }
    t.equal(
      (await head.post(`/api/approvals/${id}/decide`, { decision: 'maybe', opinion: 'x' })).status,
      400,
    );
    t.equal((await head.post(`/api/approvals/${app.ctx().newId()}/decide`, body)).status, 404);
  });
});

t.test('what waits for whom', async (t) => {
  const app = await testApp(t);
  const { as, filled } = app;
  const mine = await propose(app, { proposedBy: [filled.users.bureau_head!.id] });
  const head = await propose(app);
  const principal = await propose(app, { decides: 'principal_head' });
  const waiting = async (role: string) =>
    (await (await as(role)).get<{ items: View[] }>('/api/approvals?waiting=me')).body.items
      .map((one) => one.id)
      .toSorted();
  t.same(
    await waiting('bureau_head'),
    [head.id, principal.id].toSorted(),
    'an opinion on the principal head’s too',
  );
  t.same(await waiting('principal_head'), [mine.id, head.id, principal.id].toSorted());
  t.same(await waiting('case_officer'), []);
  await (await as('unit_head')).post(`/api/approvals/${principal.id}/opine`, { opinion: '拟同意' });
  t.same(await waiting('bureau_head'), [head.id], 'the opinion is given: no longer');
  await (
    await as('principal_head')
  ).post(`/api/approvals/${head.id}/decide`, { decision: 'approved', opinion: '同意' });
  t.same(await waiting('bureau_head'), []);
  const list = await (await as('auditor')).get<{ items: View[] }>('/api/approvals?state=proposed&limit=1');
  t.equal(list.body.items.length, 1);
});

t.test('whoever waits for a decision moves with it, or it is not made', async (t) => {
  const app = await testApp(t);
  const { filled, owner } = app;
  const { id } = await propose(app);
  const events: DomainEvent[] = [];
  const base = app.ctx();
  const actor = { ...base.actor, id: filled.users.bureau_head!.id, bureauId: filled.bureauId };
  const ctx = { ...base, actor };
  const body = { decision: 'approved', opinion: '同意' } as const;
  const refusing = { ...ctx, react: async () => Promise.reject(conflict('measure.too_late')) };
  await t.rejects(decideApproval(refusing, id, body), { code: 'measure.too_late' });
  const row = await owner.selectFrom('approvals').selectAll().where('id', '=', id).executeTakeFirstOrThrow();
  t.match(row, { state: 'proposed', decidedBy: null });
  const listening = { ...ctx, react: async (_: unknown, event: DomainEvent) => void events.push(event) };
  await decideApproval(listening, id, body);
  t.match(events, [
    {
      type: 'approval.decided',
      approvalId: id,
      matter: 'test.matter',
      subject: { kind: 'test' },
      decision: 'approved',
    },
  ]);
});

t.test('the database itself knows the states and forbids one’s own proposal', async (t) => {
  const { owner, filled, ctx } = await testApp(t);
  const row = (state: string, decidedBy: string | null) => ({
    id: ctx().newId(),
    bureauId: filled.bureauId,
    matter: 'm',
    subjectKind: 'test',
    subjectId: ctx().newId(),
    title: 't',
    grounds: 'g',
    proposedBy: [filled.users.case_officer!.id],
    proposedAt: new Date(0),
    decides: 'head' as const,
    state: state as 'proposed',
    decidedBy,
    decidedAt: decidedBy === null ? null : new Date(0),
    createdAt: new Date(0),
  });
  const insert = (state: string, decidedBy: string | null = null) =>
    owner.insertInto('approvals').values(row(state, decidedBy)).execute();
  for (const state of ApprovalState.options) {
    const decided = state === 'approved' || state === 'refused' ? filled.users.bureau_head!.id : null;
    await t.resolves(insert(state, decided), state);
  }
  await t.rejects(insert('decided'), /approvals_state_check/);
  await t.rejects(insert('approved', filled.users.case_officer!.id), /approvals_own_proposal_check/);
  t.same(Object.keys(APPROVAL_FLOW), ApprovalState.options);
  t.same(actionsFrom(APPROVAL_FLOW, 'approved'), []);
});
