import t from 'tap';
import { type TestApp, testApp } from '../app.ts';
import { must, strangerOf } from '../given/cases.ts';
import {
  AGREE,
  DECIDE,
  decideMatter,
  handed,
  notifiedCase,
  proposalOf,
  SALE,
  WAIVER,
} from '../given/penalty.ts';

type Clock = { rule: string; rawOn: string; state: string; subject: { kind: string } };
type View = {
  state: string;
  hearings: { id: string; state: string; noticeServedOn: string | null; adjournments: object[] }[];
  clocks: Clock[];
  allowedActions: { action: string; allowed: boolean; code?: string; gate?: string }[];
};

const clock = ({ clocks }: View, rule: string, state = 'running'): Clock | undefined =>
  clocks.find((one) => one.rule === rule && one.state === state);
const told = ({ allowedActions }: View, action: string) =>
  allowedActions.find((one) => one.action === action);

/** Value 12,000 yuan: a fine of 160,000 is offered a hearing. */
const HEAVY = { sale: { ...SALE, amountFen: 1_200_000 }, fineFen: 16_000_000 };
const REQUEST = { requestedOn: '2024-02-06', requestedBy: '当事人', request: '要求举行听证。' };

const panelOf = ({ filled: { users } }: TestApp) => ({
  hostId: users.hearing_host!.id,
  recorderId: users.hearing_recorder!.id,
});

async function served(app: TestApp, options: object = HEAVY): Promise<{ id: string; path: string }> {
  const { id } = await notifiedCase(app, options);
  app.setNow('2024-02-06T10:00:00+08:00');
  await must((await app.as('case_officer')).post(`/api/cases/${id}/notice/serve`, handed(app, '2024-02-05')));
  return { id, path: `/api/cases/${id}/hearing` };
}

async function scheduled(app: TestApp): Promise<{ id: string; path: string }> {
  const { id, path } = await served(app);
  const [officer, head, host] = [
    await app.as('case_officer'),
    await app.as('bureau_head'),
    await app.as('hearing_host'),
  ];
  await must(officer.post(`${path}/request`, REQUEST), 201);
  await must(head.post(`${path}/appoint`, panelOf(app)));
  await must(officer.post(`${path}/hand-file`, { handedOn: '2024-02-06' }));
  const body = { heldAt: '2024-03-01T09:30:00+08:00', place: '本局三楼会议室', isPublic: true };
  await must(host.post(`${path}/schedule`, body));
  return { id, path };
}

t.test('asked for, prepared, held, reported, reviewed, discussed, decided', async (t) => {
  const app = await testApp(t);
  const [officer, head, host] = [
    await app.as('case_officer'),
    await app.as('bureau_head'),
    await app.as('hearing_host'),
  ];
  const { id, path } = await served(app);
  const asked = await must<View>(officer.post(`${path}/request`, REQUEST), 201);
  t.match(asked, { state: 'hearing', hearings: [{ state: 'requested' }] });
  // 02-07, 02-08, 02-09 (New Year's Eve was worked in 2024)
  t.match(clock(asked, 'P07'), { rawOn: '2024-02-09' });
  const during = await must<View>(officer.get(`/api/cases/${id}/penalty`));
  t.equal(during.clocks.find(({ rule }) => rule === 'P04')!.state, 'paused', 'the limit stands still');
  const named = await must<View>(head.post(`${path}/appoint`, panelOf(app)));
  t.ok(clock(named, 'P07', 'met') && clock(named, 'P08'));
  const file = await must<View>(officer.post(`${path}/hand-file`, { handedOn: '2024-02-06' }));
  t.match(clock(file, 'P09'), { rawOn: '2024-02-19' });
  const body = { heldAt: '2024-03-01T09:30:00+08:00', place: '本局三楼会议室', isPublic: true };
  const fixed = await must<View>(host.post(`${path}/schedule`, body));
  // seven working days between the notice and the hearing: 02-21 is the last day
  t.match(clock(fixed, 'P10'), { rawOn: '2024-02-21' });
  t.match(clock(fixed, 'P11'), { rawOn: '2024-02-27' });
  t.match(
    await host.post(`${path}/end`, {
      endedAt: '2024-02-06T10:00:00+08:00',
      participants: '双方',
      record: '笔录',
    }),
    {
      status: 409,
      body: { code: 'hearing.not_told' },
    },
  );
  await must(officer.post(`${path}/serve-notice`, handed(app, '2024-02-06')));
  await must((await app.as('hearing_recorder')).post(`${path}/announce`, { announcedOn: '2024-02-06' }));
  app.setNow('2024-03-01T11:00:00+08:00');
  const end = {
    endedAt: '2024-03-01T10:45:00+08:00',
    participants: '办案人员、当事人及代理人',
    record: '听证笔录全文。',
  };
  t.match(await host.post(`${path}/end`, { ...end, endedAt: '2024-03-01T09:00:00+08:00' }), { status: 422 });
  const held = await must<View>(host.post(`${path}/end`, end));
  t.match(clock(held, 'P12'), { rawOn: '2024-03-08' });
  const reported = await must<View>(
    host.post(`${path}/report`, { report: '听证情况。', opinion: '建议维持。' }),
  );
  t.match(reported, { state: 'heard', hearings: [{ state: 'reported' }] });
  const after = await must<View>(officer.get(`/api/cases/${id}/penalty`));
  // 05-05 and the days from 02-06 to 03-01
  t.match(
    after.clocks.find(({ rule }) => rule === 'P04'),
    { state: 'running', rawOn: '2024-05-30' },
  );
  t.match(await (await app.as('case_reviewer')).post(`/api/cases/${id}/review`, AGREE), {
    status: 409,
    body: { code: 'case.legal_review_due', gate: 'K4' },
  });
  await must((await app.as('legal_reviewer')).post(`/api/cases/${id}/legal-review`, AGREE));
  t.match(await officer.post(`/api/cases/${id}/decide`, DECIDE), {
    status: 409,
    body: { code: 'penalty.not_discussed' },
  });
  const opinion = (name: string) => ({ name, post: '局领导', opinion: '同意维持。' });
  const discussion = {
    about: 'penalty',
    heldOn: '2024-03-01',
    place: '会议室',
    chair: '彭国安',
    recorder: '曾法生',
    attendees: [opinion('彭国安'), opinion('邓志远')],
    record: '讨论经过。',
    conclusion: '维持处罚建议。',
  };
  await must((await app.as('legal_reviewer')).post(`/api/cases/${id}/discussions`, discussion), 201);
  await must(officer.post(`/api/cases/${id}/decide`, DECIDE));
  await decideMatter(app, id, 'penalty.decide');
  t.match(await must(officer.get(`/api/cases/${id}`)), { state: 'decided' });
});

t.test('K7, K5: only where it was offered, in time, and not given up', async (t) => {
  const app = await testApp(t);
  const officer = await app.as('case_officer');
  const small = await served(app, {});
  t.match(await officer.post(`${small.path}/request`, REQUEST), {
    status: 409,
    body: { code: 'hearing.not_offered', gate: 'K7', article: /第五条/ },
  });
  app.setNow('2024-02-05T10:00:00+08:00');
  const late = await served(app);
  app.setNow('2024-02-20T10:00:00+08:00');
  t.match(await officer.post(`${late.path}/request`, { ...REQUEST, requestedOn: '2024-02-19' }), {
    status: 409,
    body: { code: 'hearing.too_late' },
  });
  await must(officer.post(`${late.path}/request`, { ...REQUEST, requestedOn: '2024-02-18' }), 201);
  app.setNow('2024-02-05T10:00:00+08:00');
  const waived = await served(app);
  await must(officer.post(`/api/cases/${waived.id}/waive`, WAIVER));
  t.match(await officer.post(`${waived.path}/request`, REQUEST), {
    status: 409,
    body: { code: 'hearing.waived', gate: 'K5' },
  });
});

t.test(
  'K3: nobody sits there who handles or reviewed the case, nobody twice, and the host does it himself',
  async (t) => {
    const app = await testApp(t);
    const [officer, head] = [await app.as('case_officer'), await app.as('bureau_head')];
    const { path } = await served(app);
    await must(officer.post(`${path}/request`, REQUEST), 201);
    const { users } = app.filled;
    const appoint = (body: object) => head.post(`${path}/appoint`, { ...panelOf(app), ...body });
    t.match(await appoint({ hostId: users.case_officer!.id }), {
      status: 422,
      body: { code: 'hearing.panel', gate: 'K3', errors: [{ field: 'hostId', code: 'hearing.handles' }] },
    });
    t.match(await appoint({ memberIds: [users.case_reviewer!.id] }), {
      body: { errors: [{ field: 'memberIds.0', code: 'hearing.reviewed' }] },
    });
    t.match(await appoint({ recorderId: users.hearing_host!.id }), {
      body: { errors: [{ field: 'recorderId', code: 'hearing.two_seats' }] },
    });
    t.match(await appoint({ hostId: crypto.randomUUID() }), {
      status: 422,
      body: { code: 'hearing.unknown_person' },
    });
    await must(appoint({ hostId: users.archive_clerk!.id }));
    await must(officer.post(`${path}/hand-file`, { handedOn: '2024-02-06' }));
    const host = await app.as('hearing_host');
    const body = { heldAt: '2024-03-01T09:30:00+08:00', place: '会议室', isPublic: true };
    t.match(await host.post(`${path}/schedule`, body), {
      status: 422,
      body: { code: 'hearing.host_only', gate: 'K3' },
    });
    const view = await must<View>(host.get(path.replace(/\/hearing$/, '/hearings')));
    t.match(told(view, 'schedule'), { allowed: false, code: 'hearing.host_only' });
    await must(appoint({ reason: '原主持人回避。' }));
    t.match(await host.post(`${path}/schedule`, { ...body, isPublic: false }), {
      status: 422,
      body: { code: 'hearing.closed_reason' },
    });
    t.match(await host.post(`${path}/schedule`, { ...body, heldAt: '2024-02-18T09:30:00+08:00' }), {
      status: 422,
      body: { code: 'hearing.too_soon' },
    });
    await must(host.post(`${path}/schedule`, body));
    const legal = await app.as('legal_reviewer');
    t.equal((await legal.post(`${path}/schedule`, body)).status, 403);
  },
);

t.test('told late, put off to another day, and told anew', async (t) => {
  const app = await testApp(t);
  const [officer, host] = [await app.as('case_officer'), await app.as('hearing_host')];
  const { path } = await scheduled(app);
  app.setNow('2024-02-23T10:00:00+08:00');
  t.match(await officer.post(`${path}/serve-notice`, handed(app, '2024-02-22')), {
    status: 409,
    body: { code: 'hearing.told_late' },
  });
  const put = { heldAt: '2024-03-15T09:30:00+08:00', place: '本局二楼', reason: '当事人申请延期。' };
  const off = await must<View>(host.post(`${path}/adjourn`, put));
  t.match(off.hearings, [{ adjournments: [{ place: '本局三楼会议室' }], noticeServedOn: null }]);
  t.match(clock(off, 'P10'), { rawOn: '2024-03-06' });
  await must(officer.post(`${path}/serve-notice`, handed(app, '2024-02-23')));
});

t.test('given up before it is held: the case goes on and its limit with it', async (t) => {
  const app = await testApp(t);
  const [officer, host] = [await app.as('case_officer'), await app.as('hearing_host')];
  const { id, path } = await scheduled(app);
  app.setNow('2024-02-20T10:00:00+08:00');
  const over = await must<View>(
    host.post(`${path}/terminate`, { ground: 'withdrawn', reason: '当事人撤回听证要求。' }),
  );
  t.match(over, { state: 'rechecked', hearings: [{ state: 'terminated' }] });
  const track = await must<View>(officer.get(`/api/cases/${id}/penalty`));
  t.match(
    track.clocks.find(({ rule }) => rule === 'P04'),
    { state: 'running', rawOn: '2024-05-20' },
  );
  t.match(await host.post(`${path}/report`, { report: '无', opinion: '无' }), { status: 409 });
});

t.test(
  'after the report a file sent back is put right: another notice, or another investigation',
  async (t) => {
    const app = await testApp(t);
    const [officer, host, legal] = [
      await app.as('case_officer'),
      await app.as('hearing_host'),
      await app.as('legal_reviewer'),
    ];
    const { id, path } = await scheduled(app);
    await must(officer.post(`${path}/serve-notice`, handed(app, '2024-02-06')));
    await must(host.post(`${path}/announce`, { announcedOn: '2024-02-06' }));
    app.setNow('2024-03-01T11:00:00+08:00');
    const end = { endedAt: '2024-03-01T10:45:00+08:00', participants: '双方', record: '笔录。' };
    await must(host.post(`${path}/end`, end));
    await must(host.post(`${path}/report`, { report: '情况。', opinion: '建议降低。' }));
    await must(
      legal.post(`/api/cases/${id}/legal-review`, { opinion: 'correct', comment: '裁量理由不足。' }),
    );
    t.match(await must(officer.get(`/api/cases/${id}`)), { state: 'heard' });
    await must(officer.post(`/api/cases/${id}/resubmit`));
    t.match(await officer.post(`/api/cases/${id}/resubmit`), {
      status: 409,
      body: { code: 'case.review_open' },
    });
    await must(legal.post(`/api/cases/${id}/legal-review`, { opinion: 'correct', comment: '处罚过重。' }));
    const lower = {
      ...(await proposalOf(app, id, 15_700_000)),
      changed: ['penalty'],
      changeReason: '采纳听证意见，降低罚款。',
    };
    await must(officer.post(`/api/cases/${id}/proposals`, lower), 201);
    await decideMatter(app, id, 'penalty.approve_notice');
    t.match(await must(officer.get(`/api/cases/${id}`)), { state: 'notified' });
  },
);

t.test('another bureau is nowhere', async (t) => {
  const app = await testApp(t);
  const { id, path } = await served(app);
  const stranger = await strangerOf(app);
  t.equal((await stranger.get(`/api/cases/${id}/hearings`)).status, 404);
  t.equal((await stranger.post(`${path}/request`, REQUEST)).status, 404);
});
