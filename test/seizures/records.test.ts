import { randomUUID } from 'node:crypto';
import t from 'tap';
import { testApp } from '../app.ts';
import { decide, must } from '../given/cases.ts';
import {
  actionOf,
  approvedMeasure,
  linesOf,
  measureInForce,
  measureOf,
  type MeasureSeen,
  proposedMeasure,
  scene,
} from '../given/seizures.ts';

const amendOf = (changes: object) => ({ changes, reason: '笔误。' });

t.test('a correction keeps what stood before; what the head is asked stays as asked', async (t) => {
  const app = await testApp(t);
  const officer = await app.as('case_officer');
  const site = await scene(app);
  const asked = await proposedMeasure(app, site);
  const path = `/api/measures/${asked.id}`;
  const act = amendOf({ suspectedAct: '生产经营掺假掺杂食品' });
  const refused = { status: 409, body: { code: 'measure.already_asked', gate: 'K17', article: /第十八条/ } };
  t.match(await officer.post(`${path}/amend`, act), refused);
  await must(officer.post(`${path}/amend`, amendOf({ place: '成都市新都区新繁街道某某路2号' })));
  await decide(app, asked.approvalId!);
  t.match(await officer.post(`${path}/amend`, act), refused, 'approved is asked');
  const { id } = await measureInForce(app, site);
  await must(officer.post(`/api/measures/${id}/amend`, act));
  const kept = amendOf({ keepingPlace: '局冷库', keepingConditions: '零下18摄氏度' });
  await must(officer.post(`/api/measures/${id}/amend`, kept));
  t.match(await measureOf(app, id), {
    suspectedAct: '生产经营掺假掺杂食品',
    keepingPlace: '局冷库',
    state: 'in_force',
  });
  const history = await must<{ items: { before: object; after: object; reason: string }[] }>(
    officer.get(`/api/measures/${id}/history`),
  );
  t.match(JSON.stringify(history), /未取得食品生产许可从事食品生产/, 'what stood before is kept');
  for (const bad of [{ state: 'ended' }, { endsOn: '2030-01-01' }, { executedAt: null }, {}])
    t.ok([400, 422].includes((await officer.post(`/api/measures/${id}/amend`, amendOf(bad))).status));
});

t.test('void only while nothing was done and nobody is asked; its goods are free again', async (t) => {
  const app = await testApp(t);
  const officer = await app.as('case_officer');
  const site = await scene(app);
  const reason = { reason: '重复提出。' };
  const items = linesOf(site.items, [0]);
  const waiting = await proposedMeasure(app, site, { items });
  t.match(await officer.post(`/api/measures/${waiting.id}/void`, reason), {
    status: 409,
    body: { code: 'measure.approval_waiting' },
  });
  await must(officer.post(`/api/approvals/${waiting.approvalId}/withdraw`, { reason: '改由他人提出' }));
  t.equal((await measureOf(app, waiting.id)).state, 'refused', 'a request taken back is over');
  await must(officer.post(`/api/measures/${waiting.id}/void`, reason));
  const approved = await approvedMeasure(app, site, { items });
  await must(officer.post(`/api/measures/${approved.id}/void`, reason));
  t.equal((await officer.post(`/api/measures/${approved.id}/items`, { items })).status, 409, 'it is void');
  const done = await measureInForce(app, site);
  t.match(await officer.post(`/api/measures/${done.id}/void`, reason), {
    status: 409,
    body: { code: 'measure.already_decided' },
  });
  const list = await must<{ items: { id: string }[] }>(officer.get('/api/measures'));
  t.same(
    list.items.map(({ id }) => id),
    [done.id],
  );
});

t.test('a measure says who has it, what it belongs to, and which corrections are open', async (t) => {
  const app = await testApp(t);
  const site = await scene(app);
  const asked = await proposedMeasure(app, site, { inspectionId: site.inspectionId });
  const names = [app.filled.users['case_officer']!.name, app.filled.users['case_officer_2']!.name];
  t.match(await measureOf(app, asked.id), {
    sourceNumber: /./,
    officers: names.map((name) => ({ name })),
    assignees: names.map((name) => ({ name })),
    number: null,
  });
  t.match(actionOf(await measureOf(app, asked.id), 'void'), {
    allowed: false,
    code: 'measure.approval_waiting',
  });
  t.match(actionOf(await measureOf(app, asked.id), 'amend'), { allowed: true });
  await decide(app, asked.approvalId!);
  t.match(actionOf(await measureOf(app, asked.id), 'void'), { allowed: true });
  const { body } = await (
    await app.as('case_officer')
  ).get<{ measures: object[]; samples: object[] }>(`/api/inspections/${site.inspectionId}`);
  t.match(body, {
    measures: [{ id: asked.id, kind: 'seizure', state: 'approved', name: /某某路1号/ }],
    samples: [],
  });
});

t.test('seals: each number once in the bureau, whoever is first', async (t) => {
  const app = await testApp(t);
  const [one, two] = [await app.as('case_officer'), await app.as('case_officer_2')];
  const site = await scene(app);
  const first = await measureInForce(app, site, { places: [0] });
  const second = await measureInForce(app, site, { places: [1] });
  const seals = (number: string, more: object = {}) => ({ seals: [{ number, place: '外箱', ...more }] });
  const answers = await Promise.all([
    one.post(`/api/measures/${first.id}/seals`, seals('新都封7')),
    two.post(`/api/measures/${second.id}/seals`, seals('新都封7')),
  ]);
  t.same(
    answers.map(({ status }) => status).toSorted((a, b) => a - b),
    [200, 409],
  );
  t.match(
    answers.find(({ status }) => status === 409),
    { body: { code: 'measure.seal_number_taken' } },
  );
  const path = `/api/measures/${first.id}/seals`;
  const twice = { seals: [...seals('新都封8').seals, ...seals('新都封8').seals] };
  t.equal((await one.post(path, twice)).status, 409, 'twice in one list');
  const appliedAt = '2024-03-07T10:00:00+08:00';
  app.setNow('2024-03-07T10:30:00+08:00');
  t.match(await one.post(path, seals('新都封9', { appliedAt: '2024-03-07T10:30:01+08:00' })), {
    status: 422,
    body: { code: 'field.future', errors: [{ field: 'seals.0.appliedAt' }] },
  });
  t.match(await one.post(path, seals('新都封9', { appliedAt: '2024-03-07T09:59:59+08:00' })), {
    status: 422,
    body: { code: 'date.before_start' },
  });
  const stale = { headers: { 'if-match': '"1"' } };
  t.equal((await one.post(path, seals('新都封9'), stale)).status, 412);
  const key = { headers: { 'idempotency-key': randomUUID() } };
  const put = await must<MeasureSeen>(one.post(path, seals('新都封9', { appliedAt }), key));
  const again = await must<MeasureSeen>(one.post(path, seals('新都封9', { appliedAt }), key));
  t.same(again.seals, put.seals);
  t.match(
    put.seals.find(({ number }) => number === '新都封9'),
    { appliedAt, state: 'intact' },
  );
});
