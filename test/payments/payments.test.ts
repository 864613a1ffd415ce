import t from 'tap';
import { testApp } from '../app.ts';
import { must, strangerOf } from '../given/cases.ts';
import { account, type Account, clockOf, openOf, paid, toldOf } from '../given/payments.ts';
import { decideMatter, decidedCase, servedCase } from '../given/penalty.ts';

const FINE = 7_000_000;

t.test('late by eleven days: the surcharge is counted, paid, and the file goes to its closing', async (t) => {
  const app = await testApp(t);
  const officer = await app.as('case_officer');
  const { id } = await servedCase(app);
  const path = `/api/cases/${id}`;
  t.match(await account(app, id), {
    state: 'performing',
    dues: [{ dueOn: '2024-02-22', amount: { figures: '70,000.00' } }],
  });
  app.setNow('2024-03-04T10:00:00+08:00');
  t.same(openOf(await account(app, id)), ['70,000.00', '0.00', '23,100.00'], 'the eleventh day counts');
  const clerk = await app.as('fines_clerk');
  t.match(await clerk.post(`${path}/payments`, paid('2024-03-04', FINE + 1)), {
    status: 422,
    body: { code: 'payment.wrong', errors: [{ field: 'amountFen', code: 'payment.too_much' }] },
  });
  t.match(await clerk.post(`${path}/payments`, paid('2024-03-05', FINE)), { status: 422 }, 'not to come');
  await must(clerk.post(`${path}/payments`, paid('2024-03-04', FINE)), 201);
  app.setNow('2024-03-20T10:00:00+08:00');
  const late = await account(app, id);
  t.same(openOf(late), ['0.00', '0.00', '23,100.00'], 'it has stopped with the payment');
  t.match(late.surcharge.arithmetic, [
    '2024-02-23 至 2024-03-04，11 天：逾期罚款 70,000.00 元 × 3% × 11 = 23,100.00 元',
  ]);
  t.match(toldOf(late, 'payment.finish'), {
    allowed: false,
    code: 'payment.still_open',
    article: /第七十七条/,
  });
  t.match(await officer.post(`${path}/payments/finish`, { performedOn: '2024-03-20' }), {
    status: 409,
    body: { code: 'payment.still_open' },
  });
  await must(officer.post(`${path}/payments`, paid('2024-03-20', 2_310_000, 'surcharge')), 201);
  t.match(await officer.post(`${path}/payments/finish`, { performedOn: '2024-03-04' }), {
    status: 422,
    body: { code: 'payment.performed_early' },
  });
  const done = await must<Account>(officer.post(`${path}/payments/finish`, { performedOn: '2024-03-20' }));
  t.equal(done.state, 'closing');
  t.match(clockOf(done, 'F01'), { state: 'met', overdue: true });
  t.match(clockOf(done, 'F04'), { state: 'cancelled' });
  const found = await must<{ clocks: { rule: string; rawOn: string }[]; procedure: object }>(
    officer.get(path),
  );
  t.match(
    found.clocks.find(({ rule }) => rule === 'P15'),
    { rawOn: '2024-04-11' },
  );
  t.match(found.procedure, { closingGround: 'performed', closingOn: '2024-03-20' });
});

t.test('what was entered by mistake is struck out, and owed again; a receipt is used once', async (t) => {
  const app = await testApp(t);
  const clerk = await app.as('fines_clerk');
  const { id } = await servedCase(app);
  const path = `/api/cases/${id}/payments`;
  const body = paid('2024-02-07', 3_000_000);
  const made = await must<Account>(clerk.post(path, body), 201);
  t.match(await clerk.post(path, { ...body, amountFen: 1 }), {
    status: 409,
    body: { code: 'payment.receipt_taken' },
  });
  t.same(openOf(made), ['40,000.00', '0.00', '0.00']);
  const strike = `${path}/${made.payments[0]!.id}/void`;
  const back = await must<Account>(clerk.post(strike, { reason: '票据对应另一案件。' }));
  t.same(openOf(back), ['70,000.00', '0.00', '0.00']);
  t.match(back.payments, [{ voidReason: '票据对应另一案件。' }]);
  t.match(await clerk.post(strike, { reason: '再次' }), { status: 409, body: { code: 'payment.voided' } });
  t.match(await clerk.post(path, paid('2024-02-05', 1)), {
    status: 422,
    body: { errors: [{ field: 'paidOn', code: 'payment.too_early' }] },
  });
  const stranger = await strangerOf(app, ['case_officer']);
  t.equal((await stranger.get(path)).status, 404, 'another bureau');
  t.equal((await stranger.post(path, paid('2024-02-07', 1))).status, 404);
});

t.test('instalments: the head agrees, the days move, each line is late by itself', async (t) => {
  const app = await testApp(t);
  const officer = await app.as('case_officer');
  const { id } = await servedCase(app);
  const path = `/api/cases/${id}/payment-plans`;
  const lines = [
    { dueOn: '2024-03-15', amountFen: 3_000_000 },
    { dueOn: '2024-09-30', amountFen: 4_000_000 },
  ];
  const body = { appliedOn: '2024-02-07', reason: '当事人经营困难。', instalments: lines };
  const wrong = { ...body, instalments: [{ dueOn: '2024-02-20', amountFen: 1 }] };
  t.match(await officer.post(path, wrong), {
    status: 422,
    body: { code: 'plan.wrong', errors: [{ code: 'plan.not_later' }, { code: 'plan.not_the_fine' }] },
  });
  await must(officer.post(path, body), 201);
  t.match(await officer.post(path, body), { status: 409, body: { code: 'plan.waiting' } });
  await decideMatter(app, id, 'payment.plan', { as: 'deputy_head' });
  const agreed = await account(app, id);
  t.match(agreed.plans, [{ state: 'approved', toldOn: null }]);
  t.match(agreed.dues, [{ dueOn: '2024-03-15' }, { dueOn: '2024-09-30' }]);
  t.match(clockOf(agreed, 'F01'), { rawOn: '2024-09-30', state: 'running' });
  t.match(
    clockOf(agreed, 'F04'),
    { rawOn: '2024-12-30' },
    'three months from the end of the plan (CXGD 76(2))',
  );
  t.match(await must(officer.post(`${path}/told`, { toldOn: '2024-02-07' })), {
    plans: [{ toldOn: '2024-02-07' }],
  });
  t.match(await officer.post(`${path}/told`, { toldOn: '2024-02-07' }), {
    status: 409,
    body: { code: 'plan.none' },
  });
  app.setNow('2024-03-20T10:00:00+08:00');
  t.same(openOf(await account(app, id)), ['70,000.00', '0.00', '4,500.00'], '30,000 × 3 % × 5');
  t.match(toldOf(await account(app, id), 'demand.make'), { allowed: false, code: 'demand.not_due' });
});

t.test('a plan the head refuses changes nothing; once the day has passed none is asked for', async (t) => {
  const app = await testApp(t);
  const officer = await app.as('case_officer');
  const { id } = await servedCase(app);
  const path = `/api/cases/${id}/payment-plans`;
  const body = {
    appliedOn: '2024-02-07',
    reason: '当事人经营困难。',
    instalments: [{ dueOn: '2024-03-15', amountFen: FINE }],
  };
  await must(officer.post(path, body), 201);
  await decideMatter(app, id, 'payment.plan', { decision: 'refused' });
  const refused = await account(app, id);
  t.match(refused, { plans: [{ state: 'refused' }], dues: [{ dueOn: '2024-02-22' }] });
  t.match(clockOf(refused, 'F01'), { rawOn: '2024-02-22' });
  app.setNow('2024-02-23T10:00:00+08:00');
  t.match(await officer.post(path, body), {
    status: 409,
    body: { code: 'plan.too_late', article: /第七十四条/ },
  });
});

t.test('reconsideration stops the surcharge; the head may let the party off the rest', async (t) => {
  const app = await testApp(t);
  const officer = await app.as('case_officer');
  const { id } = await servedCase(app);
  const path = `/api/cases/${id}/surcharge`;
  app.setNow('2024-03-10T10:00:00+08:00');
  const stop = { ground: 'reconsideration', body: '新都区人民政府', fromOn: '2024-02-25' };
  t.match(await officer.post(`${path}/stop`, { ...stop, fromOn: '2024-02-06' }), {
    status: 422,
    body: { code: 'surcharge.stop_day' },
  });
  await must(officer.post(`${path}/stop`, stop));
  t.match(await officer.post(`${path}/stop`, stop), { status: 409, body: { code: 'surcharge.stopped' } });
  t.same(openOf(await account(app, id)), ['70,000.00', '0.00', '4,200.00'], '23 and 24 February');
  await must(officer.post(`${path}/resume`, { toOn: '2024-03-08' }));
  t.match(await officer.post(`${path}/resume`, { toOn: '2024-03-08' }), {
    status: 409,
    body: { code: 'surcharge.not_stopped' },
  });
  t.same(openOf(await account(app, id)), ['70,000.00', '0.00', '8,400.00'], 'and 9 and 10 March');
  const remit = { amountFen: 400_000, reason: '当事人已采取补救措施。' };
  t.match(await officer.post(`${path}/remit`, { ...remit, amountFen: 840_001 }), {
    status: 422,
    body: { code: 'surcharge.remit_too_much' },
  });
  await must(officer.post(`${path}/remit`, remit));
  t.match(await officer.post(`${path}/remit`, remit), {
    status: 409,
    body: { code: 'surcharge.remission_waiting' },
  });
  await decideMatter(app, id, 'surcharge.remit');
  t.same(openOf(await account(app, id)), ['70,000.00', '0.00', '4,400.00']);
});

t.test('before the decision is served there is no account', async (t) => {
  const app = await testApp(t);
  const { id } = await decidedCase(app);
  const seen = await account(app, id);
  t.match(seen, { state: 'decided', sums: [], surcharge: null, payments: [] });
  t.ok(seen.allowedActions.every(({ allowed }) => !allowed));
});

t.test('two clerks enter the same money at once: it is taken once', async (t) => {
  const app = await testApp(t);
  const { id } = await servedCase(app);
  const [one, other] = [await app.as('fines_clerk'), await app.as('case_officer')];
  const path = `/api/cases/${id}/payments`;
  const answers = await Promise.all([
    one.post(path, paid('2024-02-07', FINE)),
    other.post(path, paid('2024-02-07', FINE)),
  ]);
  t.same(
    answers.map(({ status }) => status).toSorted((a, b) => a - b),
    [201, 422],
  );
  t.same(openOf(await account(app, id)), ['0.00', '0.00', '0.00']);
});
