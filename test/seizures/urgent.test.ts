import { randomUUID } from 'node:crypto';
import t from 'tap';
import { testApp } from '../app.ts';
import { decide, must } from '../given/cases.ts';
import {
  actionOf,
  clockOf,
  EXECUTION,
  linesOf,
  measureOf,
  type MeasureSeen,
  proposalOf,
  proposedMeasure,
  scene,
  urgentMeasure,
  whereOf,
} from '../given/seizures.ts';

t.test('urgent and approved within 24 hours: it stays, S01 is met', async (t) => {
  const app = await testApp(t);
  const measure = await urgentMeasure(app, await scene(app), [0, 2]);
  t.match(measure, {
    state: 'in_force',
    endsOn: '2024-04-06',
    approvals: [
      { matter: 'measure.impose', state: 'proposed', afterTheFact: true, dueAt: '2024-03-08T10:00:00+08:00' },
    ],
    lawful: false,
  });
  t.match(clockOf(measure, 'S01'), { state: 'running' });
  t.notOk(measure.alarms.some(({ code }) => code === 'measure.approval_overdue'));
  app.setNow('2024-03-08T09:59:00+08:00');
  await decide(app, measure.approvalId!);
  const approved = await measureOf(app, measure.id);
  t.match(approved, { state: 'in_force', endsOn: '2024-04-06', holding: 2 });
  t.equal(clockOf(approved, 'S01')?.state, 'met');
  t.equal(clockOf(approved, 'S04f')?.state, 'running');
  t.notOk(approved.alarms.some(({ code }) => code === 'measure.approval_overdue'));
  const trail = await app.owner
    .selectFrom('auditEntries')
    .select('action')
    .where('subjectId', '=', measure.id)
    .orderBy('id')
    .execute();
  t.same(
    trail.map(({ action }) => action),
    ['measure.propose', 'measure.execute_urgent', 'measure.approve'],
  );
});

t.test('urgent and refused: lifted at once, the goods go back, the clocks are cancelled', async (t) => {
  const app = await testApp(t);
  const site = await scene(app);
  const measure = await urgentMeasure(app, site, [0, 2]);
  t.same(await whereOf(app, measure.id), [{ 'store/held': '120' }, { 'store/held': '1' }]);
  const officer = await app.as('case_officer');
  const seals = [{ number: '新都封1', place: '外箱' }];
  await must(officer.post(`/api/measures/${measure.id}/seals`, { seals }));
  app.setNow('2024-03-07T18:00:00+08:00');
  await decide(app, measure.approvalId!, { decision: 'refused' });
  const lifted = await measureOf(app, measure.id);
  t.match(lifted, {
    state: 'lifted',
    holding: 0,
    mustRelease: false,
    lawful: false,
    endedAt: '2024-03-07T18:00:00+08:00',
    seals: [{ state: 'removed' }],
  });
  t.same(
    lifted.clocks.map(({ rule, state }) => [rule, state]).toSorted(([a], [b]) => a!.localeCompare(b!)),
    [
      ['S01', 'met'],
      ['S04', 'cancelled'],
      ['S04f', 'cancelled'],
    ],
  );
  t.same(await whereOf(app, measure.id), [{ 'store/party': '120' }, { 'store/party': '1' }]);
  t.equal(actionOf(lifted, 'extend')?.allowed, false);
  // What was sealed in place simply is the party's again, and may be sealed anew on another proposal.
  const sealing = { ...proposalOf(app, site), kind: 'sealing', items: linesOf(site.items, [1, 3]) };
  const execution = {
    ...EXECUTION,
    executedAt: '2024-03-07T10:10:00+08:00',
    seals: [{ number: '新都封2', place: '大门' }],
  };
  const sealed = await must<MeasureSeen>(
    officer.post('/api/measures/urgent', { ...sealing, execution }),
    201,
  );
  await decide(app, sealed.approvalId!, { decision: 'refused' });
  t.same(await whereOf(app, sealed.id), [{ 'site/party': '350.5' }, {}]);
  const anew = { ...execution, seals: [{ number: '新都封3', place: '大门' }] };
  const second = await must<MeasureSeen>(
    officer.post('/api/measures/urgent', { ...sealing, execution: anew }),
    201,
  );
  t.same(await whereOf(app, second.id), [{ 'site/held': '350.5' }, {}]);
});

t.test('nobody decided in 24 hours: it is said, and a late decision still counts', async (t) => {
  const app = await testApp(t);
  const measure = await urgentMeasure(app, await scene(app));
  app.setNow('2024-03-08T10:00:01+08:00');
  const overdue = { code: 'measure.approval_overdue', gate: 'K17', article: /第十九条/ };
  const alarm = ({ alarms }: MeasureSeen) => alarms.find(({ code }) => code === overdue.code);
  t.match(alarm(await measureOf(app, measure.id)), overdue);
  await decide(app, measure.approvalId!);
  t.match(alarm(await measureOf(app, measure.id)), overdue, 'it stays said');
});

t.test('taken back by the proposers: without approval it is lifted too', async (t) => {
  const app = await testApp(t);
  const measure = await urgentMeasure(app, await scene(app));
  const officer = await app.as('case_officer');
  await must(officer.post(`/api/approvals/${measure.approvalId}/withdraw`, { reason: '扣押有误。' }));
  t.equal((await measureOf(app, measure.id)).state, 'lifted');
  t.same(await whereOf(app, measure.id), [{ 'store/party': '120' }, { 'store/party': '350.5' }]);
});

t.test('in two steps, for long lists; never as an approved one', async (t) => {
  const app = await testApp(t);
  const officer = await app.as('case_officer');
  const site = await scene(app);
  const { id, approvals } = await proposedMeasure(app, site, { isUrgent: true });
  t.same(approvals, [], 'the head is asked afterwards');
  await must(officer.post(`/api/measures/${id}/items`, { items: linesOf(site.items, [0]) }));
  t.match(await officer.post(`/api/measures/${id}/execute`, EXECUTION), {
    status: 409,
    body: { code: 'measure.is_urgent' },
  });
  const done = await must<MeasureSeen>(officer.post(`/api/measures/${id}/execute-urgent`, EXECUTION));
  t.match(done, { state: 'in_force', approvals: [{ state: 'proposed', afterTheFact: true }] });
  t.equal((await officer.post(`/api/measures/${id}/execute-urgent`, EXECUTION)).status, 409);
});

t.test('one call is all or nothing, and harmless when repeated', async (t) => {
  const app = await testApp(t);
  const officer = await app.as('case_officer');
  const site = await scene(app);
  const items = linesOf(site.items, [0]);
  const body = { ...proposalOf(app, site), items, execution: EXECUTION };
  const untold = { ...body, execution: { ...EXECUTION, rightsTold: false } };
  t.match(await officer.post('/api/measures/urgent', untold), { status: 422, body: { gate: 'K17' } });
  t.same((await must<{ items: unknown[] }>(officer.get('/api/measures'))).items, [], 'nothing was left');
  t.match(await officer.post('/api/measures/urgent', { ...body, isUrgent: false }), { status: 400 });
  const key = { headers: { 'idempotency-key': randomUUID() } };
  const [one, two] = [
    await officer.post<MeasureSeen>('/api/measures/urgent', body, key),
    await officer.post<MeasureSeen>('/api/measures/urgent', body, key),
  ];
  t.same([one.status, two.status, two.body.id], [201, 201, one.body.id]);
});
