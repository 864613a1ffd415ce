import t from 'tap';
import { testApp } from '../app.ts';
import { must, officersOf, strangerOf } from '../given/cases.ts';
import { operationOf, plannedInspection, plannedOperation, startOf } from '../given/inspections.ts';

type Seen = {
  id: string;
  version: number;
  state: string;
  log: { at: string; side: string; entry: string; actorName: string }[];
  people: { side: string; name: string; credential: string }[];
  inspections: { id: string }[];
};

const END = {
  outcome: '查获涉嫌无证生产的成品、半成品、原料和设备一批。',
  bureauTook: '扣押成品320袋、半成品85公斤、切片机1台。',
  policeTook: '手机2部、账本3册（由公安机关依法提取）。',
};

t.test('a joint operation: plan, start, log of both sides, end with what each side took', async (t) => {
  const app = await testApp(t);
  const officer = await app.as('case_officer');
  const planned = await must<Seen>(officer.post('/api/operations', operationOf(app)), 201);
  t.match(planned.people, [
    { side: 'bureau', credential: '川A01140021' },
    { side: 'bureau', credential: '川A01140022' },
    { side: 'police', name: '赵某', credential: '510114001' },
  ]);
  const { id } = planned;
  const inspection = await plannedInspection(app, { operationId: id });
  t.match(await officer.post(`/api/inspections/${inspection.id}/start`, startOf(app)), {
    status: 409,
    body: { code: 'inspection.operation_not_under_way' },
  });
  app.setNow('2024-02-06T09:00:00+08:00');
  await must(officer.post(`/api/operations/${id}/start`, {}));
  await must(officer.post(`/api/inspections/${inspection.id}/start`, startOf(app)));
  app.setNow('2024-02-06T12:00:00+08:00');
  const liaison = await app.as('police_liaison');
  await must(
    liaison.post(`/api/operations/${id}/log`, {
      side: 'police',
      entry: '控制现场。',
      at: '2024-02-06T09:05:00+08:00',
    }),
  );
  await must(
    officer.post(`/api/operations/${id}/log`, {
      side: 'bureau',
      entry: '开始清点。',
      at: '2024-02-06T10:00:00+08:00',
    }),
  );
  const late = { side: 'both', entry: '更早的事', at: '2024-02-06T08:59:00+08:00' };
  t.match(await officer.post(`/api/operations/${id}/log`, late), {
    status: 422,
    body: { code: 'date.before_start' },
  });
  const future = { side: 'both', entry: '将来的事', at: '2024-02-06T12:01:00+08:00' };
  t.match(await officer.post(`/api/operations/${id}/log`, future), {
    status: 422,
    body: { code: 'field.future' },
  });
  t.equal(
    (await officer.post(`/api/operations/${id}/end`, { outcome: END.outcome })).status,
    400,
    'both sides are told of',
  );
  const ended = await must<Seen>(officer.post(`/api/operations/${id}/end`, END));
  t.match(ended, { state: 'ended', ...END, inspections: [{ id: inspection.id }] });
  t.same(
    ended.log.map(({ side, entry, actorName }) => [side, entry, actorName]),
    [
      ['police', '控制现场。', app.filled.users['police_liaison']!.name],
      ['bureau', '开始清点。', app.filled.users['case_officer']!.name],
    ],
  );
  t.match(await officer.post(`/api/operations/${id}/log`, { side: 'bureau', entry: '再记一笔' }), {
    status: 409,
  });
  t.match(await officer.post('/api/inspections', { subjectMatter: '某', place: '某', operationId: id }), {
    status: 409,
    body: { code: 'operation.not_open' },
  });
  t.match(await officer.post(`/api/operations/${id}/void`, { reason: '误录' }), {
    status: 409,
    body: { code: 'operation.in_use' },
  });
});

t.test('the bureau brings two certified officers of its own, however many police come', async (t) => {
  const app = await testApp(t);
  const officer = await app.as('case_officer');
  const [one] = officersOf(app);
  const alone = await officer.post('/api/operations', { ...operationOf(app), officerIds: [one] });
  t.match(alone, { status: 422, body: { gate: 'K1' } });
  const laboratory = app.filled.users.laboratory_clerk!.id;
  const foreign = await officer.post('/api/operations', {
    ...operationOf(app),
    officerIds: [one, laboratory],
  });
  t.match(foreign, { status: 422, body: { gate: 'K1' } });
  t.equal((await officer.post('/api/operations', { ...operationOf(app), sites: [] })).status, 400);
  const { id } = await plannedOperation(app);
  await app.owner.updateTable('users').set({ certificateTo: '2024-02-04' }).where('id', '=', one).execute();
  t.match(await officer.post(`/api/operations/${id}/start`, {}), { status: 422, body: { gate: 'K1' } });
});

t.test('lines are appended by two at once, neither lost; the version stays', async (t) => {
  const app = await testApp(t);
  const [one, two] = [await app.as('case_officer'), await app.as('case_officer_2')];
  const { id } = await plannedOperation(app);
  const started = await must<Seen>(one.post(`/api/operations/${id}/start`, {}));
  const answers = await Promise.all(
    [one, two, one, two].map((client, i) =>
      client.post(`/api/operations/${id}/log`, { side: 'bureau', entry: `第${i}笔` }),
    ),
  );
  t.same(
    answers.map(({ status }) => status),
    [200, 200, 200, 200],
  );
  const seen = await must<Seen>(one.get(`/api/operations/${id}`));
  t.equal(seen.log.length, 4);
  t.equal(seen.version, started.version);
  const kept = await app.owner
    .selectFrom('auditEntries')
    .select('id')
    .where('action', '=', 'operation.log')
    .execute();
  t.equal(kept.length, 4);
});

t.test('two end it at once: one wins', async (t) => {
  const app = await testApp(t);
  const [one, two] = [await app.as('case_officer'), await app.as('case_officer_2')];
  const { id } = await plannedOperation(app);
  await must(one.post(`/api/operations/${id}/start`, {}));
  const answers = await Promise.all([
    one.post(`/api/operations/${id}/end`, END),
    two.post(`/api/operations/${id}/call-off`, { reason: '情况有变' }),
  ]);
  t.same(
    answers.map(({ status }) => status).toSorted((a, b) => a - b),
    [200, 409],
  );
});

t.test('it is corrected with a reason, called off with a reason, and nobody else’s', async (t) => {
  const app = await testApp(t);
  const officer = await app.as('case_officer');
  const { id } = await plannedOperation(app);
  const sites = [{ name: '另一处', address: '某街2号', isDwelling: false }];
  await must(officer.post(`/api/operations/${id}/amend`, { changes: { sites }, reason: '地址有误' }));
  t.match(await must(officer.get(`/api/operations/${id}`)), { sites });
  const stranger = await strangerOf(app);
  t.equal((await stranger.get(`/api/operations/${id}`)).status, 404);
  t.equal((await stranger.post(`/api/operations/${id}/log`, { side: 'both', entry: '窥视' })).status, 404);
  t.match(await must(stranger.get('/api/operations')), { items: [] });
  t.equal((await officer.post(`/api/operations/${id}/call-off`, {})).status, 400);
  const off = await must(officer.post(`/api/operations/${id}/call-off`, { reason: '走漏消息' }));
  t.match(off, { state: 'called_off', calledOffReason: '走漏消息' });
  t.match(await must(officer.get('/api/operations?state=called_off')), { items: [{ id }] });
});
