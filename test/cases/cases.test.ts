import t from 'tap';
import { testApp } from '../app.ts';
import {
  decide,
  filedCase,
  filingOf,
  must,
  officersOf,
  proposedCase,
  registeredSource,
  strangerOf,
  verifiedSource,
} from '../given/cases.ts';

type Clock = { rule: string; rawOn: string; state: string; triggeredOn: string; extensions: number };
type Detail = {
  id: string;
  state: string;
  number: string | null;
  filedOn: string | null;
  version: number;
  clocks: Clock[];
  approvals: { id: string; matter: string; state: string }[];
  officers: { id: string; name: string; certificateNumber: string }[];
};

t.test('a case is filed by the head: number, day, P04, and the source has opened it', async (t) => {
  const app = await testApp(t);
  app.setNow('2024-03-08T09:00:00+08:00');
  const officer = await app.as('case_officer');
  const proposed = await proposedCase(app);
  const before = await must<Detail>(officer.get(`/api/cases/${proposed.id}`));
  t.match(before, { state: 'proposed', number: null, filedOn: null, clocks: [] });
  app.setNow('2024-03-08T16:00:00+08:00');
  await decide(app, proposed.approvalId);
  const filed = await must<Detail>(officer.get(`/api/cases/${proposed.id}`));
  t.match(filed, { state: 'investigating', number: '新都市监案〔2024〕1号', filedOn: '2024-03-08' });
  t.match(filed.officers, [{ certificateNumber: '川A01140021' }, { certificateNumber: '川A01140022' }]);
  // 90 natural days after 2024-03-08
  const clocks = filed.clocks.filter(({ rule }) => rule === 'P04');
  t.match(clocks, [{ triggeredOn: '2024-03-08', rawOn: '2024-06-06', state: 'running' }]);
  const source = await must<{ state: string; clocks: Clock[] }>(
    officer.get(`/api/sources/${proposed.sourceId}`),
  );
  t.equal(source.state, 'case_opened');
  t.match(
    source.clocks.find(({ rule }) => rule === 'R01'),
    { state: 'met' },
  );
  const trail = await app.owner
    .selectFrom('auditEntries')
    .select('action')
    .where('subjectId', '=', proposed.id)
    .orderBy('id')
    .execute();
  t.same(
    trail.map(({ action }) => action),
    ['case.propose', 'case.file'],
    'each change left one entry',
  );
});

t.test('what is wrong with a proposal is said with gate and article', async (t) => {
  const app = await testApp(t);
  const officer = await app.as('case_officer');
  const fresh = await registeredSource(app);
  const unverified = await officer.post('/api/cases', filingOf(app, fresh.id));
  t.match(unverified, { status: 409, body: { code: 'case.source_not_verified', article: /第十八条/ } });
  const source = await verifiedSource(app);
  const filing = filingOf(app, source.id);
  const [one] = officersOf(app);
  const alone = await officer.post('/api/cases', { ...filing, officerIds: [one] });
  t.match(alone, { status: 422, body: { code: 'officer.two_certified', gate: 'K1' } });
  const twice = await officer.post('/api/cases', { ...filing, officerIds: [one, one] });
  t.match(twice, { status: 422, body: { gate: 'K1' } }, 'the same officer twice is one officer');
  const clerk = app.filled.users.intake_officer!.id;
  const uncertified = await officer.post('/api/cases', { ...filing, officerIds: [one, clerk] });
  t.match(uncertified, { status: 422, body: { gate: 'K1' } });
  const { jurisdictionBasis: _, ...groundless } = filing;
  t.match(await officer.post('/api/cases', groundless), {
    status: 400,
    body: { errors: [{ field: 'jurisdictionBasis' }] },
  });
  t.match(await officer.post('/api/cases', { ...filing, surprise: 1 }), {
    status: 400,
    body: { errors: [{ field: 'surprise', code: 'field.unknown' }] },
  });
  t.match(await officer.post('/api/cases', { ...filing, title: '案\u0007' }), { status: 400 });
  t.match(await officer.post('/api/cases', { ...filing, sourceId: crypto.randomUUID() }), { status: 404 });
  await must(officer.post('/api/cases', filing), 201);
  const again = await officer.post('/api/cases', filing);
  t.match(again, { status: 409, body: { code: 'case.already_proposed' } });
  const english = await officer.post('/api/cases', filing, { headers: { 'accept-language': 'en' } });
  t.match(english.body, { title: /proposed or filed already/ });
});

t.test('a source without a known party: the proposal names one', async (t) => {
  const app = await testApp(t);
  const officer = await app.as('case_officer');
  const body = {
    origin: 'inspection',
    foundOn: '2024-02-05',
    partyName: '某网店',
    content: '网店销售无证食品。',
  };
  const { id } = await must(officer.post('/api/sources', body), 201);
  await must(officer.post(`/api/sources/${id}/verify`, { verifierIds: officersOf(app) }));
  await must(officer.post(`/api/sources/${id}/verification`, { verification: '属实。' }));
  t.match(await officer.post('/api/cases', filingOf(app, id)), {
    status: 422,
    body: { code: 'case.party_required', errors: [{ field: 'party' }] },
  });
  const party = { kind: 'person', name: '张某某' };
  const named = await must(officer.post('/api/cases', { ...filingOf(app, id), party }), 201);
  t.match(named, { party: { name: '张某某' } });
});

t.test(
  'one source opens several cases, each against another party; a refused number leaves no gap',
  async (t) => {
    const app = await testApp(t);
    const officer = await app.as('case_officer');
    const first = await filedCase(app);
    const filing = { ...filingOf(app, first.sourceId), party: { kind: 'person', name: '出租人李某' } };
    const second = await must<{ id: string; approvalId: string }>(officer.post('/api/cases', filing), 201);
    await decide(app, second.approvalId, { decision: 'refused' });
    t.match(await must<Detail>(officer.get(`/api/cases/${second.id}`)), { state: 'declined', number: null });
    const third = await must<{ id: string; approvalId: string }>(officer.post('/api/cases', filing), 201);
    await decide(app, third.approvalId);
    t.match(await must<Detail>(officer.get(`/api/cases/${third.id}`)), {
      state: 'investigating',
      number: '新都市监案〔2024〕2号',
    });
  },
);

t.test('a refused or withdrawn proposal leaves the source in verification', async (t) => {
  const app = await testApp(t);
  const officer = await app.as('case_officer');
  const refused = await proposedCase(app);
  await decide(app, refused.approvalId, { decision: 'refused' });
  t.match(await must(officer.get(`/api/cases/${refused.id}`)), { state: 'declined' });
  t.match(await must(officer.get(`/api/sources/${refused.sourceId}`)), { state: 'verifying' });
  const withdrawn = await must<{ id: string; approvalId: string }>(
    officer.post('/api/cases', filingOf(app, refused.sourceId)),
    201,
  );
  await must(officer.post(`/api/approvals/${withdrawn.approvalId}/withdraw`, { reason: '事实需要补充' }));
  t.match(await must(officer.get(`/api/cases/${withdrawn.id}`)), { state: 'declined' });
  await must(officer.post('/api/cases', filingOf(app, refused.sourceId)), 201);
});

t.test('who handles a case does not decide its filing', async (t) => {
  const app = await testApp(t);
  const source = await verifiedSource(app);
  const head = app.filled.users.bureau_head!.id;
  const filing = { ...filingOf(app, source.id), officerIds: [officersOf(app)[0], head] };
  const { approvalId } = await must<{ approvalId: string }>(
    (await app.as('case_officer')).post('/api/cases', filing),
    201,
  );
  const decision = { decision: 'approved', opinion: '同意。' };
  const own = await (await app.as('bureau_head')).post(`/api/approvals/${approvalId}/decide`, decision);
  t.match(own, { status: 422, body: { code: 'approval.own_proposal' } });
  for (const role of ['case_officer_2', 'unit_head', 'auditor']) {
    const other = await (await app.as(role)).post(`/api/approvals/${approvalId}/decide`, decision);
    t.equal(other.status, 403, role);
  }
  await decide(app, approvalId, { as: 'deputy_head' });
});

t.test('who types a proposal for others is one of its proposers', async (t) => {
  const app = await testApp(t);
  const source = await verifiedSource(app);
  const head = await app.as('unit_head');
  const { approvalId } = await must<{ approvalId: string }>(
    head.post('/api/cases', filingOf(app, source.id)),
    201,
  );
  const opined = await head.post(`/api/approvals/${approvalId}/opine`, { opinion: '同意立案。' });
  t.match(opined, { status: 422, body: { code: 'approval.own_proposal' } });
});

t.test('two heads decide at once: one wins, the other is told, nothing is done twice', async (t) => {
  const app = await testApp(t);
  const { id, approvalId } = await proposedCase(app);
  const [bureauHead, deputy] = [await app.as('bureau_head'), await app.as('deputy_head')];
  const answers = await Promise.all([
    bureauHead.post(`/api/approvals/${approvalId}/decide`, { decision: 'approved', opinion: '同意。' }),
    deputy.post(`/api/approvals/${approvalId}/decide`, { decision: 'refused', opinion: '不同意。' }),
  ]);
  t.same(
    answers.map(({ status }) => status).toSorted((a, b) => a - b),
    [200, 409],
  );
  const filed = await must<Detail>(bureauHead.get(`/api/cases/${id}`));
  const won = answers[0]!.status === 200 ? 'investigating' : 'declined';
  t.equal(filed.state, won);
  t.equal(filed.clocks.length, won === 'investigating' ? 1 : 0);
});

t.test('a source handed over meanwhile: the decision to file is not made either', async (t) => {
  const app = await testApp(t);
  const { approvalId, sourceId } = await proposedCase(app);
  await app.owner.updateTable('sources').set({ state: 'handed_over' }).where('id', '=', sourceId).execute();
  const head = await app.as('bureau_head');
  const answer = await head.post(`/api/approvals/${approvalId}/decide`, {
    decision: 'approved',
    opinion: '同意。',
  });
  t.match(answer, { status: 409, body: { code: 'case.source_concluded' } });
  t.match(await must(head.get(`/api/approvals/${approvalId}`)), { state: 'proposed' });
  const { count } = await app.owner
    .selectFrom('documentCounters')
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .where('code', '=', '案')
    .executeTakeFirstOrThrow();
  t.equal(Number(count), 0, 'no number was taken');
});

t.test('a repeat with the same key is the same request', async (t) => {
  const app = await testApp(t);
  const officer = await app.as('case_officer');
  const source = await verifiedSource(app);
  const headers = { 'idempotency-key': 'file-once' };
  const [one, two] = await Promise.all([
    officer.post('/api/cases', filingOf(app, source.id), { headers }),
    officer.post('/api/cases', filingOf(app, source.id), { headers }),
  ]);
  t.match([one.status, two.status], [201, 201]);
  t.same(one.body, two.body);
  const other = await officer.post(
    '/api/cases',
    { ...filingOf(app, source.id), title: '另一案' },
    { headers },
  );
  t.match(other, { status: 422, body: { code: 'request.idempotency_key_reused' } });
});

t.test('another bureau sees nothing and can do nothing', async (t) => {
  const app = await testApp(t);
  const { id, approvalId, sourceId } = await proposedCase(app);
  const stranger = await strangerOf(app);
  t.equal((await stranger.get(`/api/cases/${id}`)).status, 404);
  t.match(await must(stranger.get('/api/cases')), { items: [] });
  t.equal((await stranger.post(`/api/cases/${id}/extend`, { reason: '案情复杂' })).status, 404);
  t.equal((await stranger.post('/api/cases', filingOf(app, sourceId))).status, 404);
  t.equal(
    (await stranger.post(`/api/cases/${id}/amend`, { changes: { title: '改' }, reason: '试' })).status,
    404,
  );
  const decision = { decision: 'approved', opinion: '同意。' };
  t.equal((await stranger.post(`/api/approvals/${approvalId}/decide`, decision)).status, 404);
});
