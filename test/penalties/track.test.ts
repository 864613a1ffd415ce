import t from 'tap';
import { type TestApp, testApp } from '../app.ts';
import { decide, must, strangerOf } from '../given/cases.ts';
import {
  AGREE,
  DECIDE,
  decidedCase,
  decideMatter,
  handed,
  notifiedCase,
  proposalOf,
  reviewedCase,
  REPORT,
  SALE,
  servedCase,
  waitedOn,
  waivedCase,
  WAIVER,
  waiting,
} from '../given/penalty.ts';

type Clock = { rule: string; rawOn: string; rolledOn: string; state: string };
type Track = {
  state: string;
  proposals: {
    id: string;
    state: string;
    servedOn: string | null;
    windowEndsOn: string | null;
    services: object[];
  }[];
  statements: { id: string; isLate: boolean; adopted: string | null }[];
  decisions: { id: string; kind: string; payBy: string; servedOn: string; fine: { figures: string } }[];
  violations: { id: string }[];
  clocks: Clock[];
  allowedActions: { action: string; allowed: boolean; code?: string; gate?: string; article?: string }[];
};

const see = async (app: TestApp, id: string): Promise<Track> =>
  must<Track>((await app.as('case_officer')).get(`/api/cases/${id}/penalty`));

const clock = ({ clocks }: Track, rule: string): Clock | undefined => clocks.find((one) => one.rule === rule);
const told = ({ allowedActions }: Track, action: string) =>
  allowedActions.find((one) => one.action === `penalty.${action}`);

t.test('proposed, approved, told, given up, decided, served', async (t) => {
  const app = await testApp(t);
  const officer = await app.as('case_officer');
  const { id } = await reviewedCase(app);
  const path = `/api/cases/${id}`;
  const proposed = await must<Track>(officer.post(`${path}/proposals`, await proposalOf(app, id)), 201);
  t.match(proposed, {
    state: 'proposed_decision',
    proposals: [{ state: 'proposed', hearingGrounds: [], needsCity: false }],
  });
  t.match(await officer.post(`${path}/proposals`, await proposalOf(app, id)), {
    status: 409,
    body: { code: 'penalty.proposal_waiting' },
  });
  await decideMatter(app, id, 'penalty.approve_notice', { as: 'deputy_head' });
  const notified = await see(app, id);
  t.match(notified, { state: 'notified', proposals: [{ state: 'approved', servedOn: null }] });
  t.match(told(notified, 'lapse'), {
    allowed: false,
    code: 'penalty.notice_not_served',
    gate: 'K5',
    article: /第五十七条/,
  });
  t.match(await officer.post(`${path}/waive`, WAIVER), {
    status: 409,
    body: { code: 'penalty.notice_not_served' },
  });
  await must(officer.post(`${path}/notice/serve`, handed(app, '2024-02-05')));
  const served = await see(app, id);
  // five working days over the Spring Festival: 02-06, 07, 08, 09 (worked), 18 (a Sunday that was worked)
  t.match(clock(served, 'P06'), { rawOn: '2024-02-18', state: 'running' });
  t.match(served.proposals, [
    { servedOn: '2024-02-05', windowEndsOn: '2024-02-18', services: [{ way: 'direct' }] },
  ]);
  t.match(await officer.post(`${path}/notice/serve`, handed(app, '2024-02-05')), {
    status: 409,
    body: { code: 'penalty.notice_served' },
  });
  t.match(await officer.post(`${path}/lapse`), {
    status: 409,
    body: { code: 'penalty.window_open', gate: 'K5' },
  });
  app.setNow('2024-02-19T09:00:00+08:00');
  t.match(await must(officer.post(`${path}/lapse`)), { state: 'rechecked' });
  await must(officer.post(`${path}/decide`, DECIDE));
  t.match(await officer.post(`${path}/decide`, DECIDE), {
    status: 409,
    body: { code: 'penalty.decision_waiting' },
  });
  await decideMatter(app, id, 'penalty.decide');
  const decided = await see(app, id);
  t.match(decided, { state: 'decided', decisions: [{ kind: 'penalty', fine: { figures: '70,000.00' } }] });
  t.match(clock(decided, 'P04'), { state: 'met' });
  t.match(clock(decided, 'P13'), { rawOn: '2024-02-28', state: 'running' });
  const body = handed(app, '2024-02-19');
  t.match(await officer.post(`${path}/decision/serve`, body), {
    status: 422,
    body: { code: 'decision.publicity_not_told', gate: 'K12', errors: [{ field: 'toldOfPublicity' }] },
  });
  await must(
    officer.post(`${path}/decision/serve`, {
      ...body,
      toldOfPublicity: true,
      paperNumber: '新都市监处罚〔2024〕9号',
    }),
  );
  const performing = await see(app, id);
  t.match(performing, {
    state: 'performing',
    decisions: [{ servedOn: '2024-02-19', payBy: '2024-03-05', number: '新都市监处罚〔2024〕9号' }],
  });
  t.match(clock(performing, 'F01'), { rawOn: '2024-03-05', state: 'running' });
  t.match(clock(performing, 'F05'), { rawOn: '2024-04-19' });
  t.match(clock(performing, 'F06'), { rawOn: '2024-08-19' });
  t.match(clock(performing, 'F04'), { rawOn: '2024-11-19' });
  t.equal(clock(performing, 'P13')!.state, 'met');
  const trail = await app.owner
    .selectFrom('auditEntries')
    .select('action')
    .where('subjectId', '=', id)
    .where('action', 'like', 'penalty.%')
    .orderBy('id')
    .execute();
  t.same(
    trail.map(({ action }) => action),
    [
      'penalty.propose',
      'penalty.approve',
      'penalty.serve_notice',
      'penalty.lapse',
      'penalty.decide',
      'penalty.decision_approved',
      'penalty.serve',
    ],
  );
});

t.test(
  'K5: what the party says is re-checked, and its time is waited for, before anything is decided',
  async (t) => {
    const app = await testApp(t);
    const officer = await app.as('case_officer');
    const { id } = await notifiedCase(app);
    const path = `/api/cases/${id}`;
    await must(officer.post(`${path}/notice/serve`, handed(app, '2024-02-05')));
    const said = { receivedOn: '2024-02-05', byWhom: '当事人', content: '标签印错，并非故意。' };
    t.match(await officer.post(`${path}/statements`, { ...said, receivedOn: '2024-02-06' }), { status: 422 });
    const track = await must<Track>(officer.post(`${path}/statements`, said), 201);
    t.match(track, { state: 'rechecked', statements: [{ isLate: false, adopted: null }] });
    t.match(told(track, 'decide'), { allowed: false, code: 'penalty.window_open', gate: 'K5' });
    app.setNow('2024-02-19T09:00:00+08:00');
    t.match(told(await see(app, id), 'decide'), { allowed: false, code: 'penalty.not_rechecked' });
    const late = await must<Track>(
      officer.post(`${path}/statements`, { ...said, receivedOn: '2024-02-19' }),
      201,
    );
    t.match(late.statements, [{ isLate: false }, { isLate: true }]);
    for (const { id: statementId } of late.statements) {
      const body = { adopted: 'none', recheck: '标签与原料采购记录相互印证，申辩理由不成立。' };
      await must(officer.post(`${path}/statements/${statementId}/recheck`, body));
    }
    t.equal(
      (
        await officer.post(`${path}/statements/${crypto.randomUUID()}/recheck`, {
          adopted: 'all',
          recheck: '是',
        })
      ).status,
      404,
    );
    t.match(told(await see(app, id), 'decide'), { allowed: true });
  },
);

t.test(
  'K6: a renewed notice says what changed; a lower decision needs none, a heavier one is told again',
  async (t) => {
    const app = await testApp(t);
    const officer = await app.as('case_officer');
    const { id } = await waivedCase(app);
    const path = `/api/cases/${id}`;
    const { violations } = await see(app, id);
    const line = (fineFen: number) => ({ violationId: violations[0]!.id, fineFen });
    t.match(await officer.post(`${path}/decide`, { ...DECIDE, fines: [line(7_000_001)] }), {
      status: 422,
      body: { code: 'penalty.heavier_than_told', gate: 'K6' },
    });
    const heavier = { ...(await proposalOf(app, id, 8_000_000)), changeReason: '当事人态度恶劣' };
    t.match(await officer.post(`${path}/proposals`, heavier), {
      status: 422,
      body: { code: 'penalty.change_needed' },
    });
    t.match(await officer.post(`${path}/proposals`, { ...heavier, changed: ['penalty'] }), {
      status: 422,
      body: { code: 'penalty.heavier', gate: 'K6' },
    });
    await must(
      officer.post(`${path}/proposals`, { ...heavier, changed: ['facts'], changeReason: '查明另一批次。' }),
      201,
    );
    t.match(await officer.post(`${path}/decide`, DECIDE), {
      status: 409,
      body: { code: 'penalty.decision_waiting' },
    });
    await decideMatter(app, id, 'penalty.approve_notice');
    const renewed = await see(app, id);
    t.match(renewed, {
      state: 'notified',
      proposals: [{ state: 'replaced' }, { state: 'approved', servedOn: null, changed: ['facts'] }],
    });
    await must(officer.post(`${path}/notice/serve`, handed(app, '2024-02-06')));
    await must(officer.post(`${path}/waive`, WAIVER));
    await must(officer.post(`${path}/decide`, { ...DECIDE, fines: [line(6_600_000)] }));
    await decideMatter(app, id, 'penalty.decide');
    t.match(await see(app, id), { decisions: [{ fine: { figures: '66,000.00' } }] });
  },
);

t.test('facts corrected after the notice: it is renewed first', async (t) => {
  const app = await testApp(t);
  const officer = await app.as('case_officer');
  const { id } = await waivedCase(app);
  const { violations } = await see(app, id);
  const amend = { changes: { facts: '另一事实。' }, reason: '补充' };
  await must(officer.post(`/api/violations/${violations[0]!.id}/amend`, amend));
  t.match(await officer.post(`/api/cases/${id}/decide`, DECIDE), {
    status: 409,
    body: { code: 'penalty.facts_changed', gate: 'K5' },
  });
});

t.test('K8: where the law review was asked for, the heads discuss it, each with an opinion', async (t) => {
  const app = await testApp(t);
  const officer = await app.as('case_officer');
  const { id } = await waitedOn(app, { report: { legalGrounds: ['complex'] } });
  const path = `/api/cases/${id}`;
  t.match(await officer.post(`${path}/decide`, DECIDE), {
    status: 409,
    body: { code: 'penalty.not_discussed', gate: 'K8' },
  });
  const attendee = (name: string) => ({ name, post: '副局长', opinion: '同意。' });
  const discussion = {
    about: 'penalty',
    heldOn: '2024-02-06',
    place: '会议室',
    chair: '彭国安',
    recorder: '曾法生',
    attendees: [attendee('彭国安'), attendee('邓志远')],
    record: '办案机构汇报，审核机构说明，出席人员讨论。',
    conclusion: '同意给予行政处罚。',
  };
  const legal = await app.as('legal_reviewer');
  t.match(await legal.post(`${path}/discussions`, { ...discussion, attendees: [attendee('彭国安')] }), {
    status: 422,
    body: { code: 'discussion.two_needed' },
  });
  await must(legal.post(`${path}/discussions`, discussion), 201);
  await must(officer.post(`${path}/decide`, DECIDE));
  await decideMatter(app, id, 'penalty.decide');
  const kept = await app.owner.selectFrom('decisions').select('discussionId').executeTakeFirstOrThrow();
  t.ok(kept.discussionId);
});

t.test('K9: a food fine of 300,000 yuan goes up, is decided there or comes back', async (t) => {
  const app = await testApp(t);
  const officer = await app.as('case_officer');
  const { id } = await waivedCase(app, { sale: { ...SALE, amountFen: 2_000_000 }, fineFen: 30_000_000 });
  const path = `/api/cases/${id}`;
  t.match(await officer.post(`${path}/decide`, DECIDE), {
    status: 409,
    body: { code: 'penalty.needs_city', gate: 'K9' },
  });
  const up = { submittedTo: '成都市市场监督管理局', reason: '罚款三十万元以上。' };
  t.match(await must(officer.post(`${path}/submit-to-city`, up)), { state: 'submitted_to_city' });
  const answered = { answeredOn: '2024-02-06', answer: '补充裁量理由。' };
  t.match(await must(officer.post(`${path}/city-answer`, { outcome: 'sent_back', ...answered })), {
    state: 'rechecked',
  });
  await must(officer.post(`${path}/submit-to-city`, up));
  const decision = { ...DECIDE, ...answered, outcome: 'decided', decider: '成都市市场监督管理局' };
  t.match(await must(officer.post(`${path}/city-answer`, decision)), {
    state: 'decided',
    submissions: [{ outcome: 'sent_back' }, { outcome: 'decided' }],
    decisions: [{ decidedBy: 'city', decider: '成都市市场监督管理局' }],
  });
  const small = await waivedCase(app);
  t.match(await officer.post(`/api/cases/${small.id}/submit-to-city`, up), {
    status: 409,
    body: { code: 'penalty.own_power' },
  });
});

t.test('K10: no penalty while the case is with the police', async (t) => {
  const app = await testApp(t);
  const officer = await app.as('case_officer');
  const { id } = await waivedCase(app);
  const transfer = {
    caseId: id,
    suspectedCrime: '生产、销售伪劣产品罪',
    facts: '销售金额可能达到追诉标准。',
    recipient: '新都区公安分局',
    procuratorate: '新都区人民检察院',
    groupIds: [app.filled.users.case_officer!.id, app.filled.users.case_officer_2!.id],
    reportReceivedAt: '2024-02-06T09:00:00+08:00',
  };
  await must(officer.post('/api/transfers', transfer), 201);
  t.match(await officer.post(`/api/cases/${id}/decide`, DECIDE), {
    status: 409,
    body: { code: 'penalty.with_police', gate: 'K10', article: /第十七条/ },
  });
});

t.test('outcomes that are no penalty: decided by the head, served, finished', async (t) => {
  const app = await testApp(t);
  const officer = await app.as('case_officer');
  const { id } = await reviewedCase(app, { report: { suggested: 'no_penalty' } });
  const path = `/api/cases/${id}`;
  const body = {
    kind: 'no_penalty',
    facts: '轻微。',
    evidence: '笔录。',
    basis: '《行政处罚法》第三十三条',
    reasons: '及时改正。',
  };
  t.match(await officer.post(`${path}/proposals`, body), {
    status: 422,
    body: { code: 'penalty.education_needed' },
  });
  await must(officer.post(`${path}/proposals`, { ...body, education: '告知食品标签要求。' }), 201);
  await decideMatter(app, id, 'penalty.approve_other', { decision: 'refused' });
  t.match(await see(app, id), { state: 'proposed_decision', proposals: [{ state: 'refused' }] });
  await must(officer.post(`${path}/proposals`, { ...body, education: '告知食品标签要求。' }), 201);
  await decideMatter(app, id, 'penalty.approve_other');
  t.match(await see(app, id), { state: 'decided', decisions: [{ kind: 'no_penalty' }] });
  t.match(await officer.post(`${path}/finish`), { status: 409, body: { code: 'decision.not_served' } });
  await must(officer.post(`${path}/decision/serve`, handed(app, '2024-02-05')));
  t.match(await must(officer.post(`${path}/finish`)), { state: 'closing' });
  t.match(await must(officer.get(path)), {
    procedure: { closingGround: 'no_penalty', decisionKind: 'no_penalty' },
  });
});

t.test(
  'served by public notice: deemed served after thirty days, which do not count in the limit',
  async (t) => {
    const app = await testApp(t);
    const officer = await app.as('case_officer');
    const { id } = await notifiedCase(app);
    const path = `/api/cases/${id}`;
    const attempt = {
      way: 'post',
      serverIds: [app.filled.users.case_officer!.id],
      proof: '退件',
      failedReason: '查无此人',
    };
    t.match(await must(officer.post(`${path}/notice/serve`, attempt)), {
      proposals: [{ servedOn: null, services: { length: 1 } }],
    });
    const notice = {
      way: 'public_notice',
      postedOn: '2024-02-05',
      postedWhere: '本局公告栏、门户网站',
      noticeReason: '邮寄退回，登记住所查无下落。',
      serverIds: [app.filled.users.case_officer!.id],
      proof: '张贴照片、网页截图',
    };
    const posted = await must<Track>(officer.post(`${path}/notice/serve`, notice));
    t.match(posted.proposals, [{ servedOn: '2024-03-06' }]);
    t.match(clock(posted, 'P04'), { rawOn: '2024-06-04' });
    t.match(clock(posted, 'P06'), { rawOn: '2024-03-13' });
    t.match(told(posted, 'waive'), { allowed: false, code: 'penalty.notice_not_served' });
  },
);

t.test('a file not told yet is taken up again and reviewed anew', async (t) => {
  const app = await testApp(t);
  const officer = await app.as('case_officer');
  const { id } = await reviewedCase(app);
  t.match(await must(officer.post(`/api/cases/${id}/take-up-again`, { reason: '补充检验' })), {
    state: 'investigating',
  });
  await must(officer.post(`/api/cases/${id}/conclude`, REPORT));
  await must((await app.as('case_reviewer')).post(`/api/cases/${id}/review`, AGREE));
  t.match(await see(app, id), { state: 'proposed_decision' });
});

t.test('the workbench names the next act as the page of the case does', async (t) => {
  const app = await testApp(t);
  const officer = await app.as('case_officer');
  const { id } = await notifiedCase(app);
  const users = [app.filled.users.case_officer!.id];
  const assigned = { kind: 'assign', userIds: users };
  await must((await app.as('unit_head')).post(`/api/cases/${id}/assign`, assigned));
  const { items } = await must<{ items: { rule: string; nextAction: string }[] }>(
    officer.get('/api/workbench'),
  );
  const next = items.find(({ rule }) => rule === 'P04')?.nextAction;
  t.equal(next, 'penalty.serve_notice');
  t.ok((await see(app, id)).allowedActions.some(({ action, allowed }) => allowed && action === next));
});

t.test('two heads decide the penalty at once: it is made once', async (t) => {
  const app = await testApp(t);
  const { id } = await waivedCase(app);
  await must((await app.as('case_officer')).post(`/api/cases/${id}/decide`, DECIDE));
  const approval = await waiting(app, id, 'penalty.decide');
  const [head, deputy] = [await app.as('bureau_head'), await app.as('deputy_head')];
  const word = { decision: 'approved', opinion: '同意。' };
  const answers = await Promise.all([
    head.post(`/api/approvals/${approval}/decide`, word),
    deputy.post(`/api/approvals/${approval}/decide`, word),
  ]);
  t.same(
    answers.map(({ status }) => status).toSorted((a, b) => a - b),
    [200, 409],
  );
  t.equal((await see(app, id)).decisions.length, 1);
});

t.test('the proposal waits: gates are asked again when the head decides', async (t) => {
  const app = await testApp(t);
  const officer = await app.as('case_officer');
  const { id } = await waivedCase(app);
  await must(officer.post(`/api/cases/${id}/decide`, DECIDE));
  const approval = await waiting(app, id, 'penalty.decide');
  const said = { receivedOn: '2024-02-06', byWhom: '当事人', content: '反悔，要求申辩。' };
  await must(officer.post(`/api/cases/${id}/statements`, said), 201);
  const head = await app.as('bureau_head');
  t.match(await head.post(`/api/approvals/${approval}/decide`, { decision: 'approved', opinion: '同意。' }), {
    status: 409,
    body: { code: 'penalty.not_rechecked' },
  });
  await decide(app, approval, { decision: 'refused' });
});

t.test('another bureau is nowhere; hostile input is refused', async (t) => {
  const app = await testApp(t);
  const officer = await app.as('case_officer');
  const { id } = await servedCase(app);
  const stranger = await strangerOf(app);
  for (const path of ['waive', 'decide', 'statements', 'notice/serve', 'decision/serve', 'finish', 'lapse'])
    t.equal(
      (await stranger.post(`/api/cases/${id}/${path}`, path === 'decide' ? DECIDE : WAIVER)).status === 200,
      false,
      path,
    );
  app.setNow('2024-02-05T10:00:00+08:00');
  const other = await decidedCase(app);
  const serve = (more: object) =>
    officer.post(
      `/api/cases/${other.id}/decision/serve`,
      handed(app, '2024-02-06', { toldOfPublicity: true, ...more }),
    );
  t.match(await serve({ servedOn: '2024-02-05' }), { status: 422, body: { code: 'service.too_early' } });
  t.match(await serve({ servedOn: '2031-01-01' }), { status: 422, body: { code: 'service.incomplete' } });
  t.match(await serve({ serverIds: [crypto.randomUUID()] }), {
    status: 422,
    body: { code: 'service.unknown_server' },
  });
  t.match(await serve({ documentId: crypto.randomUUID() }), {
    status: 422,
    body: { code: 'service.unknown_paper' },
  });
  t.match(await serve({ receiver: undefined }), { status: 422, body: { errors: [{ field: 'receiver' }] } });
  t.equal((await serve({ way: 'pigeon' })).status, 400);
});
