import { randomUUID } from 'node:crypto';
import t from 'tap';
import type { Client } from '../../src/demo/client.ts';
import { SAMPLE_FLOW } from '../../src/modules/samples/rules.ts';
import { actionsFrom } from '../../src/shared/workflow.ts';
import { testApp, type TestApp } from '../app.ts';
import { must, verifiedSource } from '../given/cases.ts';
import { foundItems, inspectionUnderWay } from '../given/raid.ts';
import { dispatchOf, REPORT, sampleAt, type Step, takingOf } from '../given/samples.ts';

type Judgment = { flag: string; sentence: { zh: string; en: string }; warnings: string[] };
type Report = {
  state: string;
  reportVersion: number;
  labelJudgment: Judgment;
  results: { printed: string; value: string | null; operator: string | null }[];
  shortcomings: { code: string; gate: string }[];
};
type Sample = {
  id: string;
  number: string;
  state: string;
  version: number;
  overdue: boolean;
  partyId: string | null;
  sourceId: string | null;
  officerIds: string[] | null;
  sampleQuantity: string;
  backupQuantity: string | null;
  reports: Report[];
  custody: { to: string; sealIntact: boolean }[];
  allowedActions: { action: string; allowed: boolean }[];
};
type Problem = { code: string; gate?: string; article?: string; errors?: { field: string; code: string }[] };

const read = (client: Client, id: string): Promise<Sample> => must<Sample>(client.get(`/api/samples/${id}`));

t.test('the sample of the story: taken, sent, received, tested, verified, reported, told', async (t) => {
  const app = await testApp(t);
  const sample = await sampleAt(app, 'notified');
  const officer = await app.as('case_officer');
  const seen = await read(officer, sample.id);
  t.match(seen, { state: 'notified', number: 'ZF202451011400001', sampleQuantity: '2', backupQuantity: '1' });
  t.equal(seen.reports.length, 1);
  const [report] = seen.reports;
  t.equal(report!.labelJudgment.sentence.zh, '标称牛肉；鸭源性成分 88%（U 3%，k=2）；未检出牛源性成分');
  t.equal(report!.labelJudgment.sentence.en, 'declared beef; duck 88 % (U 3 %, k = 2); beef not detected');
  t.equal(report!.labelJudgment.flag, 'differs');
  t.match(report!.results[0], { printed: '88%', value: '88', operator: '=' });
  t.same(report!.shortcomings, [], 'the consent paper is there, the laboratory qualified, the seals whole');
  t.equal(seen.custody.length, 4, 'two portions handed over twice');
  const source = await must<{ state: string }>(officer.get(`/api/sources/${seen.sourceId}`));
  t.equal(source.state, 'verifying', 'a judgment moves no other state');
  const clocks = await app.owner
    .selectFrom('clocks')
    .select('ruleId')
    .where('subjectId', '=', sample.id)
    .execute();
  t.same(clocks, [], 'an enforcement sample has no L clock');
  const trail = await app.owner
    .selectFrom('auditEntries')
    .select(['action', 'bureauId'])
    .where('subjectId', '=', sample.id)
    .orderBy('id')
    .execute();
  t.same(
    trail.map(({ action }) => action),
    ['collect', 'dispatch', 'receive', 'record_result', 'verify_result', 'report', 'notify'].map(
      (verb) => `sample.${verb}`,
    ),
  );
  t.ok(
    trail.every(({ bureauId }) => bureauId === app.filled.bureauId),
    "the laboratory's acts stand in the bureau's trail",
  );
});

t.test('nothing a sample says calls it adulterated', async (t) => {
  const app = await testApp(t);
  const sample = await sampleAt(app, 'reported');
  const { reports } = await read(await app.as('case_officer'), sample.id);
  t.notMatch(JSON.stringify(reports), /掺假|掺杂|adulterat/i);
});

t.test('a report that does not mention beef', async (t) => {
  const app = await testApp(t);
  const sample = await sampleAt(app, 'received');
  const clerk = await app.as('laboratory_clerk');
  const answer = await must<Sample>(
    clerk.post(`/api/samples/${sample.id}/results`, { ...REPORT, number: 'B1', items: [REPORT.items[0]] }),
    201,
  );
  t.equal(
    answer.reports[0]!.labelJudgment.sentence.zh,
    '标称牛肉；鸭源性成分 88%（U 3%，k=2）；报告未涉及牛源性成分',
  );
  t.same(answer.reports[0]!.labelJudgment.warnings, ['shares_do_not_add_up', 'declared_not_tested']);
});

t.test('two people: the enterer verifies and approves nothing, also after return and re-entry', async (t) => {
  const app = await testApp(t);
  const sample = await sampleAt(app, 'testing');
  const path = `/api/samples/${sample.id}`;
  const clerk = await app.as('laboratory_clerk');
  const verifier = await app.as('laboratory_verifier');
  const approver = await app.as('laboratory_approver');
  // The verifier also enters: give him the clerk's role, and the clerk the verifier's.
  const all = ['laboratory_clerk', 'laboratory_verifier', 'laboratory_approver'];
  await app.owner.updateTable('users').set({ roleKeys: all }).where('laboratoryId', 'is not', null).execute();
  const refused = { status: 409, body: { code: 'sample.verify_same_person' } };
  t.match(await clerk.post(`${path}/verify-result`), refused);
  t.match(await clerk.post(`${path}/results`, { ...REPORT, number: 'X' }), {
    status: 409,
    body: { code: 'sample.result_waiting' },
  });
  await must(verifier.post(`${path}/return-result`, { reason: '单位有误' }));
  t.match(await verifier.post(`${path}/verify-result`), {
    status: 409,
    body: { code: 'sample.nothing_to_verify' },
  });
  const again = await must<Sample>(verifier.post(`${path}/results`, { ...REPORT, number: 'C2' }), 201);
  t.same(
    again.reports.map(({ state, reportVersion }) => [reportVersion, state]),
    [
      [1, 'returned'],
      [2, 'entered'],
    ],
  );
  t.match(await clerk.post(`${path}/verify-result`), refused, 'he entered the first version');
  t.match(await verifier.post(`${path}/verify-result`), refused, 'he entered the second');
  t.match(await approver.post(`${path}/report`), { status: 409, body: { code: 'sample.not_verified' } });
  await must(approver.post(`${path}/verify-result`));
  t.match(await clerk.post(`${path}/report`), refused);
  await must(approver.post(`${path}/report`));
  const seen = await read(await app.as('case_officer'), sample.id);
  t.same(
    seen.reports.map(({ reportVersion }) => reportVersion),
    [2],
    'the bureau sees only what was issued',
  );
  t.match(
    await approver.post(`${path}/return-result`, { reason: '再改' }),
    { status: 409 },
    'issued is frozen',
  );
  t.match(await clerk.post(`${path}/results`, { ...REPORT, number: 'C3' }), { status: 409 });
});

t.test('hostile results are refused with the line and field', async (t) => {
  const app = await testApp(t);
  const sample = await sampleAt(app, 'received');
  const clerk = await app.as('laboratory_clerk');
  const [duck, beef] = REPORT.items;
  const send = (items: object[], more: object = {}) =>
    clerk.post<Problem>(`/api/samples/${sample.id}/results`, { ...REPORT, number: 'H1', items, ...more });
  const wrong: [object[], string][] = [
    [[duck!, { ...duck, printed: '约 88%' }], 'items.1.printed'],
    [[{ ...beef, printed: '见附页' }], 'items.0.printed'],
    [[{ ...beef, detected: true }], 'items.0.detected'],
    [[{ ...duck, unit: 'mg/kg' }], 'items.0.unit'],
    [[{ ...duck, shareBasis: undefined }], 'items.0.shareBasis'],
    [[{ ...duck, coverageFactor: undefined }], 'items.0.coverageFactor'],
    [[{ ...duck, lod: '1', loq: '0.5' }], 'items.0.loq'],
  ];
  for (const [items, field] of wrong) {
    const { status, body } = await send(items);
    t.equal(status, 422, field);
    t.same(
      body.errors?.map((error) => error.field),
      [field],
    );
  }
  for (const lod of ['-1', '1e3', '１２', '1234567890123', '0.0000000000001'])
    t.match(
      await send([{ ...duck, lod }]),
      { status: 400, body: { errors: [{ field: 'items.0.lod' }] } },
      lod,
    );
  t.match(await send([{ ...duck, species: 'unicorn' }]), { status: 400 });
  t.match(await send([duck!], { testedTo: '2024-02-06' }), {
    status: 422,
    body: { errors: [{ field: 'testedTo' }] },
  });
  t.match(await send([duck!], { testedFrom: '2024-02-04' }), {
    status: 422,
    body: { code: 'sample.tested_days' },
  });
  t.equal((await read(clerk, sample.id)).state, 'received', 'nothing moved');
});

t.test('what a report lacks to carry a decision is said (K24)', async (t) => {
  const app = await testApp(t);
  const sample = await sampleAt(app, 'dispatched');
  const clerk = await app.as('laboratory_clerk');
  const path = `/api/samples/${sample.id}`;
  await must(clerk.post(`${path}/receive`, { sealIntact: false, quantity: '2', condition: '封条破损' }));
  const items = [{ ...REPORT.items[0], methodConsent: undefined }];
  await app.owner.updateTable('laboratories').set({ validTo: '2023-12-31' }).execute();
  const { reports } = await must<Sample>(clerk.post(`${path}/results`, { ...REPORT, items }), 201);
  t.same(
    reports[0]!.shortcomings.map(({ code, gate }) => [code, gate]),
    [
      ['sample.body_not_qualified', 'K24'],
      ['sample.method_without_consent', 'K24'],
      ['sample.seal_broken', 'K24'],
    ],
  );
});

t.test(
  'how evidence is sampled: two certified officers, somebody present, not more than there was',
  async (t) => {
    const app = await testApp(t);
    const { id } = await verifiedSource(app);
    const officer = await app.as('case_officer');
    const taking = takingOf(app, id);
    const send = (change: object) => officer.post<Problem>('/api/samples', { ...taking, ...change });
    const article = /第三十一条/;
    t.match(await send({ partyPresent: undefined }), {
      status: 422,
      body: { code: 'sample.nobody_present', article },
    });
    t.match(await send({ boughtOnline: true }), {
      status: 422,
      body: { code: 'sample.online_record', article },
    });
    t.match(await send({ baseQuantity: '2.999999' }), {
      status: 422,
      body: { code: 'sample.more_than_base' },
    });
    t.match(await send({ officerIds: [app.filled.users.case_officer!.id] }), {
      status: 422,
      body: { gate: 'K1' },
    });
    t.match(await send({ sampledAt: '2024-02-05T10:00:01+08:00' }), {
      status: 422,
      body: { errors: [{ field: 'sampledAt' }] },
    });
    t.match(await send({ sourceId: undefined }), { status: 422, body: { code: 'sample.of_nothing' } });
    t.match(await send({ sourceId: randomUUID() }), { status: 404 });
    t.match(await send({ kind: 'plan' }), { status: 400, body: { errors: [{ field: 'kind' }] } });
    const portion = { kind: 'backup', quantity: '1', sealNumber: 'FY-9' };
    t.match(await send({ portions: [portion] }), { status: 422, body: { code: 'sample.no_test_portion' } });
    for (const quantity of ['-1', '1e3', '１２', '0', '1234567890123456789'])
      t.match(
        await send({ portions: [{ ...portion, quantity }] }),
        { status: 400, body: { errors: [{ field: 'portions.0.quantity' }] } },
        quantity,
      );
    t.equal((await send({ baseQuantity: '3' })).status, 201, 'all of it may be taken');
    t.equal((await send({ partyPresent: undefined, witnessName: '张某' })).status, 201);
    t.equal(
      (await send({ partyPresent: undefined, boughtOnline: true, onlineRecord: '全程录像', paidFen: 4990 }))
        .status,
      201,
    );
  },
);

t.test('a sample taken from what was found leaves the scene in the ledger', async (t) => {
  const app = await testApp(t);
  const inspection = await inspectionUnderWay(app);
  const [jerky] = await foundItems(app, inspection.id);
  const officer = await app.as('case_officer');
  const taking = { ...takingOf(app, inspection.sourceId), inspectionId: inspection.id };
  const items = [{ itemId: jerky!.id, quantity: '3' }];
  const sample = await must<Sample>(officer.post('/api/samples', { ...taking, items }), 201);
  const list = await must<{ items: { whereabouts: object }[] }>(
    officer.get(`/api/inspections/${inspection.id}/items?limit=1`),
  );
  t.match(list.items[0]!.whereabouts, { found: '120', sampled: '3', atScene: '117' });
  const { items: entries } = await must<{ items: object[] }>(
    officer.get(`/api/goods/${jerky!.id}/movements`),
  );
  t.match(entries.at(-1), { cause: 'sample.collect', subject: { kind: 'sample', id: sample.id } });
  const tooMuch = await officer.post('/api/samples', {
    ...taking,
    portions: [{ kind: 'test', quantity: '118', sealNumber: 'FY-0003' }],
    items: [{ itemId: jerky!.id, quantity: '118' }],
  });
  t.match(tooMuch, { status: 409, body: { code: 'goods.negative_balance' } });
  const next = await must<Sample>(officer.post('/api/samples', taking), 201);
  t.equal(next.number, 'ZF202451011400002', 'a refused one leaves no gap');
});

t.test('a laboratory sees what was sent to it, and nothing of whose it is', async (t) => {
  const app = await testApp(t);
  const sample = await sampleAt(app, 'collected');
  const officer = await app.as('case_officer');
  const clerk = await app.as('laboratory_clerk');
  t.equal((await clerk.get(`/api/samples/${sample.id}`)).status, 404, 'not sent yet');
  await must(officer.post(`/api/samples/${sample.id}/dispatch`, dispatchOf(app)));
  t.match(await read(clerk, sample.id), {
    state: 'dispatched',
    partyId: null,
    sourceId: null,
    officerIds: null,
  });
  const other = await app.owner
    .insertInto('laboratories')
    .values({ id: randomUUID(), name: '另一家检验机构', createdAt: new Date('2024-01-01') })
    .returning('id')
    .executeTakeFirstOrThrow();
  await app.owner
    .updateTable('users')
    .set({ laboratoryId: other.id })
    .where('id', '=', app.filled.users.laboratory_verifier!.id)
    .execute();
  const stranger = await app.as('laboratory_verifier');
  t.equal((await stranger.get(`/api/samples/${sample.id}`)).status, 404);
  t.equal((await stranger.post(`/api/samples/${sample.id}/verify-result`)).status, 404);
  const list = await must<{ items: object[] }>(stranger.get('/api/samples'));
  t.same(list.items, []);
});

t.test('another bureau does not find it', async (t) => {
  const app = await testApp(t);
  const sample = await sampleAt(app, 'dispatched');
  const officer = await app.as('case_officer');
  const elsewhere = randomUUID();
  await app.owner
    .insertInto('bureaus')
    .values({
      id: elsewhere,
      areaCode: '510115',
      name: '成都市温江区市场监督管理局',
      shortName: '温江',
      createdAt: new Date('2024-01-01'),
    })
    .execute();
  await app.owner
    .updateTable('users')
    .set({ bureauId: elsewhere, unitId: null })
    .where('id', '=', app.filled.users.case_officer!.id)
    .execute();
  t.equal((await officer.get(`/api/samples/${sample.id}`)).status, 404);
  t.equal((await officer.post(`/api/samples/${sample.id}/notify`, { notifiedOn: '2024-02-05' })).status, 404);
});

t.test('the due day of form #30 is the only clock; told before reported is refused', async (t) => {
  const app = await testApp(t);
  const collected = await sampleAt(app, 'collected');
  const officer = await app.as('case_officer');
  const past = await officer.post(`/api/samples/${collected.id}/dispatch`, {
    ...dispatchOf(app),
    dueOn: '2024-02-04',
  });
  t.match(past, { status: 422, body: { code: 'sample.due_in_past' } });
  const nowhere = { ...dispatchOf(app), laboratoryId: randomUUID() };
  t.match(await officer.post(`/api/samples/${collected.id}/dispatch`, nowhere), {
    status: 422,
    body: { code: 'laboratory.unknown' },
  });
  const sample = await sampleAt(app, 'dispatched');
  app.setNow('2024-02-29T23:59:59+08:00');
  t.equal((await read(officer, sample.id)).overdue, false);
  app.setNow('2024-03-01T00:00:00+08:00');
  t.equal((await read(officer, sample.id)).overdue, true);
  app.setNow('2024-02-05T10:00:00+08:00');
  const reported = await sampleAt(app, 'reported');
  const early = await officer.post(`/api/samples/${reported.id}/notify`, { notifiedOn: '2024-02-04' });
  t.match(early, { status: 422, body: { code: 'sample.told_before_report', gate: 'K16' } });
});

t.test('a repeat is the first answer; a stale version is 412; two at once: one wins', async (t) => {
  const app = await testApp(t);
  const sample = await sampleAt(app, 'collected');
  const path = `/api/samples/${sample.id}`;
  const officer = await app.as('case_officer');
  const stale = await officer.post(`${path}/dispatch`, dispatchOf(app), { headers: { 'if-match': '"99"' } });
  t.equal(stale.status, 412);
  const headers = { 'idempotency-key': 'send-1' };
  const first = await officer.post(`${path}/dispatch`, dispatchOf(app), { headers });
  const repeat = await officer.post(`${path}/dispatch`, dispatchOf(app), { headers });
  t.equal(first.status, 200);
  t.same(repeat.body, first.body);
  const clerk = await app.as('laboratory_clerk');
  const both = await Promise.all([
    clerk.post(`${path}/receive`, { sealIntact: true, quantity: '2', condition: '完好' }),
    clerk.post(`${path}/reject`, { reason: '数量不足' }),
  ]);
  t.same(
    both.map(({ status }) => status).toSorted((a, b) => a - b),
    [200, 409],
  );
});

const BODIES: Record<string, (app: TestApp) => unknown> = {
  dispatch: dispatchOf,
  receive: () => ({ sealIntact: true, quantity: '2', condition: '完好' }),
  reject: () => ({ reason: '数量不足' }),
  record_result: () => ({ ...REPORT, number: `T-${randomUUID().slice(0, 8)}` }),
  verify_result: () => undefined,
  return_result: () => ({ reason: '有误' }),
  report: () => undefined,
  notify: () => ({ notifiedOn: '2024-02-05' }),
  take_back: () => ({ sealIntact: true, condition: '完好' }),
};
const PATHS: Record<string, string> = {
  record_result: 'results',
  verify_result: 'verify-result',
  return_result: 'return-result',
  take_back: 'take-back',
};
const ROLE: Record<string, string> = {
  dispatch: 'case_officer',
  receive: 'laboratory_clerk',
  reject: 'laboratory_clerk',
  record_result: 'laboratory_clerk',
  verify_result: 'laboratory_verifier',
  return_result: 'laboratory_verifier',
  report: 'laboratory_approver',
  notify: 'case_officer',
  take_back: 'case_officer',
};
// What the state alone allows but the two-person rules do not.
const BARRED: Partial<Record<Step, string[]>> = {
  testing: ['record_result', 'report'],
  verified: ['record_result', 'verify_result'],
};

const STEPS: Step[] = [
  'collected',
  'dispatched',
  'received',
  'rejected',
  'testing',
  'verified',
  'reported',
  'notified',
];
const ROLES = [
  'intake_officer',
  'case_officer',
  'auditor',
  'laboratory_clerk',
  'laboratory_verifier',
  'laboratory_approver',
];

const urlOf = (action: string, id: string): string => `/api/samples/${id}/${PATHS[action] ?? action}`;

/** Whether a step is open to the one role that may do it. */
function isOpen(step: Step, action: string): boolean {
  const open: string[] = actionsFrom(SAMPLE_FLOW, step === 'verified' ? 'testing' : step);
  return open.includes(action) && !BARRED[step]?.includes(action);
}

/** What the one role that may do it is answered. A sample not sent out does not exist for the laboratory. */
function expectedStatus(step: Step, action: string): number {
  if (step === 'collected' && ROLE[action] !== 'case_officer') return 404;
  if (!isOpen(step, action)) return 409;
  return action === 'record_result' ? 201 : 200;
}

const mayNot = (action: string): string[] =>
  ROLES.filter((role) => role !== ROLE[action]).filter(
    (role) => !(role === 'laboratory_approver' && action === 'return_result'),
  );

for (const [action, body] of Object.entries(BODIES)) {
  t.test(`${action}: every state × role, as shown and as done`, async (t) => {
    const app = await testApp(t);
    for (const step of STEPS) {
      const sample = await sampleAt(app, step);
      for (const role of mayNot(action)) {
        const { status } = await (await app.as(role)).post(urlOf(action, sample.id), body(app));
        t.equal(status, 403, `${step} ${role}`);
      }
      const actor = await app.as(ROLE[action]!);
      const expected = expectedStatus(step, action);
      if (expected !== 404) {
        const { allowedActions } = await read(actor, sample.id);
        const told = allowedActions.find((one) => one.action === action)?.allowed;
        t.equal(told, isOpen(step, action), `${step} is told`);
      }
      t.equal((await actor.post(urlOf(action, sample.id), body(app))).status, expected, step);
    }
  });
}
