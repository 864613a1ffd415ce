import t from 'tap';
import { testApp } from '../app.ts';
import { decide, filedCase, filingOf, must, officersOf, proposedCase } from '../given/cases.ts';

type Item = { id: string; title: string };
type Page = { items: Item[]; next: string | null };

t.test('the list pages without losing or doubling, and filters', async (t) => {
  const app = await testApp(t);
  const officer = await app.as('case_officer');
  const ids: string[] = [];
  for (let i = 0; i < 5; i += 1) {
    app.setNow(`2024-02-05T1${i}:00:00+08:00`);
    ids.unshift((await proposedCase(app)).id);
  }
  const seen: string[] = [];
  let cursor: string | null = '';
  while (cursor !== null) {
    const page: Page = await must<Page>(
      officer.get(`/api/cases?limit=2${cursor ? `&cursor=${cursor}` : ''}`),
    );
    seen.push(...page.items.map(({ id }) => id));
    cursor = page.next;
  }
  t.same(seen, ids, 'newest first');
  const approval = await app.owner
    .selectFrom('cases')
    .select('approvalId')
    .where('id', '=', ids[0]!)
    .executeTakeFirstOrThrow();
  await decide(app, approval.approvalId!);
  t.same(
    (await must<Page>(officer.get('/api/cases?state=investigating'))).items.map(({ id }) => id),
    [ids[0]],
  );
  t.equal((await must<Page>(officer.get('/api/cases?state=proposed'))).items.length, 4);
  const by = officersOf(app)[1];
  t.equal((await must<Page>(officer.get(`/api/cases?officerId=${by}`))).items.length, 5);
  t.equal((await must<Page>(officer.get(`/api/cases?officerId=${crypto.randomUUID()}`))).items.length, 0);
  const named = await must<Page>(officer.get(`/api/cases?q=${encodeURIComponent('监案〔2024〕1')}`));
  t.same(
    named.items.map(({ id }) => id),
    [ids[0]],
  );
  t.equal(
    (await must<Page>(officer.get('/api/cases?q=%25'))).items.length,
    0,
    '% is a character like any other',
  );
  t.equal((await must<Page>(officer.get('/api/cases?filedFrom=2024-02-06'))).items.length, 0);
  t.equal((await officer.get('/api/cases?filedFrom=2024-02-30')).status, 400);
  t.equal((await officer.get('/api/cases?cursor=nonsense')).status, 400);
});

t.test('a correction keeps what was, who and why; two officers stay two', async (t) => {
  const app = await testApp(t);
  const officer = await app.as('case_officer');
  const { id } = await filedCase(app);
  const amend = (changes: Record<string, unknown>) =>
    officer.post(`/api/cases/${id}/amend`, { changes, reason: '笔误' });
  await must(amend({ cause: '涉嫌生产经营掺假掺杂的食品' }));
  const history = await must<{ items: { source: string; action: string; detail: { before?: unknown } }[] }>(
    officer.get(`/api/cases/${id}/history`),
  );
  t.match(
    history.items.find(({ source }) => source === 'correction'),
    { action: 'amend', detail: { before: { cause: '涉嫌生产经营掺假掺杂食品' }, reason: '笔误' } },
  );
  const alone = await amend({ officerIds: [officersOf(app)[0]] });
  t.match(alone, { status: 422, body: { code: 'officer.two_certified', gate: 'K1' } });
  t.match(await amend({ partyId: crypto.randomUUID() }), { status: 422 });
  t.equal((await amend({ state: 'closed' })).status, 400, 'a state is not corrected by hand');
  const shown = await must(officer.get(`/api/cases/${id}`));
  t.match(shown, { officers: { length: 2 }, cause: '涉嫌生产经营掺假掺杂的食品' });
});

t.test('what lies before the head is not changed under his eyes', async (t) => {
  const app = await testApp(t);
  const officer = await app.as('case_officer');
  const { id } = await proposedCase(app);
  const change = await officer.post(`/api/cases/${id}/amend`, {
    changes: { facts: '另一事实' },
    reason: '补充',
  });
  t.match(change, { status: 409, body: { code: 'case.approval_waiting' } });
  const strike = await officer.post(`/api/cases/${id}/void`, { reason: '误录' });
  t.match(strike, { status: 409, body: { code: 'case.approval_waiting' } });
});

t.test('a filed case is not struck out; a declined one is, and its place is free', async (t) => {
  const app = await testApp(t);
  const officer = await app.as('case_officer');
  const { id } = await filedCase(app);
  const strike = await officer.post(`/api/cases/${id}/void`, { reason: '误录' });
  t.match(strike, { status: 409, body: { code: 'case.filed_not_void', article: /第四十七条/ } });
  const proposed = await proposedCase(app);
  await must(officer.post(`/api/approvals/${proposed.approvalId}/withdraw`, { reason: '误录' }));
  await must(officer.post(`/api/cases/${proposed.id}/void`, { reason: '误录' }));
  t.match(await must(officer.get('/api/cases')), { items: { length: 1 } }, 'the list leaves it out');
  t.match(await must(officer.get(`/api/cases/${proposed.id}`)), { voidReason: '误录' });
  await must(officer.post('/api/cases', filingOf(app, proposed.sourceId)), 201);
});

t.test('form 8 of a filing, with its opinions, is drafted and issued', async (t) => {
  const app = await testApp(t);
  const officer = await app.as('case_officer');
  const { approvalId } = await proposedCase(app);
  await must(
    (await app.as('unit_head')).post(`/api/approvals/${approvalId}/opine`, { opinion: '建议立案。' }),
  );
  await decide(app, approvalId);
  const draft = { kind: 'matter-approval', subjectKind: 'approval', subjectId: approvalId };
  const paper = await must<{ id: string; data: Record<string, unknown>; problems: unknown[] }>(
    officer.post('/api/documents', draft),
    201,
  );
  t.match(paper.data, {
    caseName: '某某食品有限公司涉嫌生产经营掺假掺杂食品案',
    matter: '立案',
    reasons: /检出鸭源性成分[\s\S]*依据：[\s\S]*管辖：/,
    handlers: [{ name: '林晓峰' }, { name: '周敏' }],
    proposedOn: '2024-02-05',
    unitOpinion: '建议立案。',
    unitHead: '罗建国',
    bureauOpinion: '同意。',
    bureauHead: '邓志远',
    bureauOpinionOn: '2024-02-05',
  });
  t.equal(paper.data.bureauOpinion, '同意。', 'the verdict stands there once');
  t.notOk('remark' in paper.data, 'not after the fact');
  t.same(paper.problems, []);
  await must(officer.post(`/api/documents/${paper.id}/issue`, {}));
});
