import t from 'tap';
import type { Client } from '../../src/demo/client.ts';
import type { UnitCounts, Workbench } from '../../src/modules/deadlines/workbench-schemas.ts';
import { type TestApp, testApp } from '../app.ts';
import { must, proposedCase, decide, strangerOf, verifiedSource } from '../given/cases.ts';
import { sampleAt } from '../given/samples.ts';
import { COMPLAINT, givenTip, REPORTER } from '../tips/given.ts';

const bench = (client: Client, query = ''): Promise<Workbench> =>
  must<Workbench>(client.get(`/api/workbench${query}`));

const whats = ({ items }: Workbench): string[] => items.map(({ what }) => what);

/** The ids of the things of a workbench. */
const subjects = ({ items }: Workbench): string[] => items.map(({ subject }) => subject.id);

const assign = (app: TestApp, id: string, body: object): Promise<unknown> =>
  app.as('dispatcher').then((who) => must(who.post(`/api/tips/${id}/assign`, body)));

t.test('a clock follows whoever has its thing', async (t) => {
  const app = await testApp(t);
  const { users, stationId } = app.filled;
  const [intake, officer, second] = [
    await app.as('intake_officer'),
    await app.as('case_officer'),
    await app.as('case_officer_2'),
  ];
  const tip = await givenTip(intake, COMPLAINT);
  t.same(await bench(officer), { items: [], next: null, counts: { overdue: 0, soon: 0, later: 0 } });
  t.same(subjects(await bench(officer, '?whose=nobody')), [tip.id], 'nobody has it yet');

  await assign(app, tip.id, { kind: 'assign', unitId: stationId });
  t.same(subjects(await bench(officer)), [tip.id], 'his unit has it, and nobody in it');
  t.same(subjects(await bench(officer, '?whose=nobody')), []);
  t.same(subjects(await bench(intake)), [], 'another unit');

  await assign(app, tip.id, { kind: 'assign', unitId: stationId, userIds: [users.case_officer_2!.id] });
  t.same(subjects(await bench(officer)), [], 'a colleague has it');
  t.same(subjects(await bench(second)), [tip.id]);
  t.same(subjects(await bench(officer, `?unitId=${stationId}`)), [tip.id], 'the unit as a whole');

  await assign(app, tip.id, { kind: 'send_back', reason: '不属本所辖区。' });
  t.same(subjects(await bench(second)), []);
  t.same(subjects(await bench(officer, '?whose=nobody')), [tip.id]);
});

t.test('a row says what, why, until when, and what comes next', async (t) => {
  const app = await testApp(t);
  const { users } = app.filled;
  const officer = await app.as('case_officer');
  const tip = await givenTip(await app.as('intake_officer'), COMPLAINT);
  await assign(app, tip.id, { kind: 'assign', userIds: [users.case_officer!.id] });
  const [clock] = tip.clocks;
  const { items, counts } = await bench(officer);
  t.match(items, [
    {
      what: 'clock',
      id: clock!.id,
      subject: { kind: 'tip', id: tip.id },
      number: tip.number,
      title: COMPLAINT.respondent.name,
      state: 'received',
      nextAction: 'accept',
      rule: clock!.rule,
      ruleTitle: clock!.ruleTitle,
      article: clock!.article,
      side: 'bureau',
      isPaused: false,
      rawOn: clock!.rawOn,
      rolledOn: clock!.rolledOn,
      targetOn: clock!.targetOn,
      lastOn: clock!.lastOn,
      daysLeft: clock!.daysLeft,
      urgency: 'later',
    },
  ]);
  t.same(counts, { overdue: 0, soon: 0, later: 1 });
  const english = await must<Workbench>(
    officer.get('/api/workbench', { headers: { 'accept-language': 'en' } }),
  );
  t.equal(english.items[0]!.ruleTitle, clock!.ruleTitleEn);
  t.equal(english.items[0]!.article, clock!.articleEn);
  const auditor = await app.as('auditor');
  await assign(app, tip.id, { kind: 'assign', userIds: [users.auditor!.id] });
  t.equal((await bench(auditor)).items[0]!.nextAction, null, 'an act he may not do is not offered');
  t.notMatch(JSON.stringify(await bench(auditor)), REPORTER.name);
});

t.test('overdue, within two working days, the rest', async (t) => {
  const app = await testApp(t);
  const officer = await app.as('case_officer');
  const tip = await givenTip(await app.as('intake_officer'), COMPLAINT);
  await assign(app, tip.id, { kind: 'assign', userIds: [app.filled.users.case_officer!.id] });
  const at = async (instant: string) => {
    app.setNow(instant);
    const { items, counts } = await bench(officer);
    const { urgency, daysLeft, workingDaysLeft } = items[0]!;
    t.equal(counts[urgency], 1);
    return [urgency, daysLeft, workingDaysLeft];
  };
  // Received on Monday 2024-02-05; the Spring Festival is off from the 10th to the 17th, Sunday the 4th and the 18th
  // are worked: the seven working days end on 2024-02-20.
  t.equal(tip.clocks[0]!.targetOn, '2024-02-20');
  t.same(await at('2024-02-09T12:00:00+08:00'), ['later', 11, 3]);
  t.same(await at('2024-02-18T23:59:59+08:00'), ['soon', 2, 2]);
  t.same(await at('2024-02-17T12:00:00+08:00'), ['later', 3, 3]);
  t.same(await at('2024-02-20T23:59:59+08:00'), ['soon', 0, 0]);
  t.same(await at('2024-02-21T00:00:00+08:00'), ['overdue', -1, -1]);
});

t.test('pages: every row once, by the day aimed at, those without one last', async (t) => {
  const app = await testApp(t);
  const intake = await app.as('intake_officer');
  const officer = await app.as('case_officer');
  const me = app.filled.users.case_officer!.id;
  for (let day = 1; day <= 5; day += 1) {
    const received = { receivedAt: `2024-01-0${day}T09:00:00+08:00`, competentOn: `2024-01-0${day}` };
    const tip = await givenTip(intake, { ...COMPLAINT, boughtOn: '2024-01-01', ...received });
    await assign(app, tip.id, { kind: 'assign', userIds: [me] });
  }
  const source = await verifiedSource(app);
  const draft = { kind: 'case-source-registration', subjectKind: 'source', subjectId: source.id };
  await must(officer.post('/api/documents', draft), 201);
  const whole = await bench(officer);
  t.ok(whole.items.length >= 7, 'five tips, the source of his, the draft');
  const seen: string[] = [];
  let cursor: string | null = '';
  while (cursor !== null) {
    const page: Workbench = await bench(officer, `?limit=2${cursor && `&cursor=${cursor}`}`);
    t.same(page.counts, whole.counts, 'the counts are those of all');
    seen.push(...page.items.map(({ id }) => id));
    cursor = page.next;
  }
  t.same(
    seen,
    whole.items.map(({ id }) => id),
  );
  const days = whole.items.map(({ targetOn }) => targetOn ?? '9999');
  t.same(days, days.toSorted());
  t.match(whole.items.at(-1), { what: 'draft', detail: draft.kind, nextAction: 'issue', targetOn: null });
});

t.test('approvals: before the head, then back with who proposed it', async (t) => {
  const app = await testApp(t);
  const [head, officer] = [await app.as('bureau_head'), await app.as('case_officer')];
  const { id, approvalId } = await proposedCase(app);
  const [waiting] = (await bench(head)).items.filter(({ what }) => what === 'approval');
  t.match(waiting, {
    id: approvalId,
    subject: { kind: 'case', id },
    detail: 'case.file',
    nextAction: 'decide',
  });
  t.notOk(whats(await bench(officer)).includes('approval'), 'who proposed it does not decide');
  await decide(app, approvalId, { decision: 'refused' });
  t.notOk(whats(await bench(head)).includes('approval'));
  const back = (await bench(officer)).items.filter(({ what }) => what === 'returned');
  t.match(back, [{ id: approvalId, detail: 'case.file' }]);
  app.setNow('2024-03-20T09:00:00+08:00');
  t.notOk(whats(await bench(officer)).includes('returned'), 'not for ever');
});

t.test('a laboratory sees its own samples and what comes next, nothing of the bureau', async (t) => {
  const app = await testApp(t);
  const [clerk, verifier, approver] = [
    await app.as('laboratory_clerk'),
    await app.as('laboratory_verifier'),
    await app.as('laboratory_approver'),
  ];
  const sent = await sampleAt(app, 'dispatched');
  const entered = await sampleAt(app, 'testing');
  const verified = await sampleAt(app, 'verified');
  const rows = async (client: Client) =>
    (await bench(client)).items.map(({ subject, what, nextAction }) => [subject.id, what, nextAction]);
  t.same(await rows(clerk), [[sent.id, 'sample', 'receive']]);
  t.same(await rows(verifier), [[entered.id, 'result', 'verify_result']]);
  t.same(await rows(approver), [[verified.id, 'result', 'report']]);
  await must(verifier.post(`/api/samples/${entered.id}/return-result`, { reason: '平行样缺失。' }));
  t.ok(
    (await rows(clerk)).some(
      ([id, what, next]) => id === entered.id && what === 'result' && next === 'record_result',
    ),
  );
  const text = JSON.stringify([await bench(clerk), await bench(verifier), await bench(approver)]);
  for (const hidden of ['某某食品有限公司1', '案源', app.filled.users.case_officer!.id])
    t.notMatch(text, hidden);
  const mine = (await bench(await app.as('case_officer'))).items.filter(({ what }) => what === 'sample');
  t.ok(mine.length >= 3, 'the officers who took them wait for the report');
  t.same((await bench(clerk, `?unitId=${app.filled.stationId}`)).items, []);
});

t.test('counts of each unit, for whom clocks are', async (t) => {
  const app = await testApp(t);
  const { stationId } = app.filled;
  const intake = await app.as('intake_officer');
  const tips = [await givenTip(intake, COMPLAINT), await givenTip(intake, COMPLAINT)];
  await assign(app, tips[0]!.id, { kind: 'assign', unitId: stationId });
  app.setNow('2024-02-21T00:00:00+08:00');
  const { items } = await must<UnitCounts>((await app.as('bureau_head')).get('/api/workbench/units'));
  t.match(items, [
    { unitId: stationId, overdue: 1, soon: 0, later: 0 },
    { unitId: null, unitName: null, overdue: 1 },
  ]);
  for (const role of ['grid_worker', 'administrator', 'laboratory_clerk'])
    t.equal((await (await app.as(role)).get('/api/workbench/units')).status, 403, role);
});

t.test('whose it is not', async (t) => {
  const app = await testApp(t);
  const intake = await app.as('intake_officer');
  await givenTip(intake, COMPLAINT);
  const stranger = await strangerOf(app);
  t.same((await bench(stranger, '?whose=nobody')).items, [], 'another bureau');
  t.same((await bench(stranger, `?unitId=${app.filled.stationId}`)).items, []);
  t.same((await must<UnitCounts>(stranger.get('/api/workbench/units'))).items, []);
  t.same((await bench(await app.as('grid_worker'), '?whose=nobody')).items, [], 'who may read no clocks');
  t.same((await bench(await app.as('administrator'))).items, []);
  t.equal((await app.anonymous().get('/api/workbench')).status, 401);
  for (const bad of ['whose=all', 'unitId=1', 'limit=0', 'limit=201', 'cursor=x', 'cursor=WzEsMiwzXQ', 'x=1'])
    t.equal((await intake.get(`/api/workbench?${bad}`)).status, 400, bad);
  const forged = Buffer.from(JSON.stringify(['2024-02-30', 'clock', crypto.randomUUID()])).toString(
    'base64url',
  );
  t.equal((await intake.get(`/api/workbench?cursor=${forged}`)).status, 400);
});
