import t from 'tap';
import { type TestApp, testApp } from '../app.ts';
import { must } from '../given/cases.ts';
import { type Account, clockOf, openOf, paid, toldOf } from '../given/payments.ts';
import { handed, servedCase } from '../given/penalty.ts';

const FINE = 7_000_000;
const DEMAND = {
  duties: '自收到本催告书之日起十个工作日内缴清罚款及加处罚款。',
  number: '新都市监罚催〔2024〕1号',
};
const APPLICATION = { court: '新都区人民法院', requests: '强制执行罚款及加处罚款。', signedBy: '邓志远' };

/** A case whose demand the party has had since 2024-08-12, after the time to sue (2024-08-07) was over. */
async function demandedCase(app: TestApp): Promise<string> {
  const { id } = await servedCase(app);
  app.setNow('2024-08-12T10:00:00+08:00');
  const officer = await app.as('case_officer');
  await must(officer.post(`/api/cases/${id}/demands`, DEMAND), 201);
  await must(officer.post(`/api/cases/${id}/demands/serve`, handed(app, '2024-08-12')));
  return id;
}

t.test('demand, ten working days, the court, the money, the closing', async (t) => {
  const app = await testApp(t);
  const officer = await app.as('case_officer');
  const { id } = await servedCase(app);
  const path = `/api/cases/${id}`;
  app.setNow('2024-02-22T10:00:00+08:00');
  t.match(await officer.post(`${path}/demands`, DEMAND), {
    status: 409,
    body: { code: 'demand.not_due', article: /第七十六条/ },
  });
  app.setNow('2024-03-25T10:00:00+08:00');
  t.match(await officer.post(`${path}/demands/serve`, handed(app, '2024-03-25')), {
    status: 409,
    body: { code: 'demand.none' },
  });
  await must(officer.post(`${path}/demands`, DEMAND), 201);
  const failed = { ...handed(app, '2024-03-25', { failedReason: '无人在家' }) };
  t.match(await must(officer.post(`${path}/demands/serve`, failed)), { demands: [{ servedOn: null }] });
  const served = await must<Account>(officer.post(`${path}/demands/serve`, handed(app, '2024-03-25')));
  // 04-04 to 04-06 are Qingming, 04-07 is a Sunday that was worked
  t.match(clockOf(served, 'F03'), { rawOn: '2024-04-09', state: 'running' });
  t.match(await must(officer.post(`${path}/demands/answer`, { answer: '资金困难。' })), {
    demands: [{ answer: '资金困难。' }],
  });
  t.match(toldOf(served, 'court.apply'), {
    allowed: false,
    code: 'court.remedies_not_over',
    article: /第五十三条/,
  });
  app.setNow('2024-08-07T10:00:00+08:00');
  t.match(await officer.post(`${path}/court-application`, APPLICATION), {
    status: 409,
    body: { code: 'court.remedies_not_over' },
  });
  app.setNow('2024-08-08T10:00:00+08:00');
  const applied = await must<Account>(officer.post(`${path}/court-application`, APPLICATION));
  t.match(applied.applications, [{ state: 'applied', surcharge: { figures: '70,000.00' } }], 'capped');
  t.match(clockOf(applied, 'F04'), { state: 'met' });
  t.match(await officer.post(`${path}/court-application`, APPLICATION), {
    status: 409,
    body: { code: 'court.applied' },
  });
  const answer = (outcome: string) => ({
    outcome,
    answeredOn: '2024-08-08',
    ruling: '（2024）川0114行审1号',
  });
  t.match(
    await officer.post(`${path}/court-answer`, answer('enforced')),
    { status: 409 },
    'not before it is taken up',
  );
  await must(officer.post(`${path}/court-answer`, answer('accepted')));
  t.match(await officer.post(`${path}/court-answer`, answer('enforced')), {
    status: 409,
    body: { code: 'payment.still_open' },
  });
  await must(officer.post(`${path}/payments`, { ...paid('2024-08-08', FINE), way: 'court' }), 201);
  await must(
    officer.post(`${path}/payments`, { ...paid('2024-08-08', FINE, 'surcharge'), way: 'court' }),
    201,
  );
  const done = await must<Account>(officer.post(`${path}/court-answer`, answer('enforced')));
  t.match(done, { state: 'closing', applications: [{ state: 'enforced' }] });
  t.same(openOf(done), ['0.00', '0.00', '0.00']);
});

t.test('the ten days after the demand are waited for, and three months are enough', async (t) => {
  const app = await testApp(t);
  const officer = await app.as('case_officer');
  const id = await demandedCase(app);
  const path = `/api/cases/${id}/court-application`;
  app.setNow('2024-08-26T10:00:00+08:00');
  t.match(await officer.post(path, APPLICATION), {
    status: 409,
    body: { code: 'court.grace_not_over', detail: /2024-08-26/ },
  });
  app.setNow('2024-11-08T10:00:00+08:00');
  t.match(await officer.post(path, APPLICATION), {
    status: 409,
    body: { code: 'court.too_late', detail: /2024-11-07/ },
  });
});

t.test(
  'a court that refuses leaves fifteen days to object; one that ends enforcement closes the file',
  async (t) => {
    const app = await testApp(t);
    const officer = await app.as('case_officer');
    const id = await demandedCase(app);
    const path = `/api/cases/${id}`;
    app.setNow('2024-08-27T10:00:00+08:00');
    await must(officer.post(`${path}/court-application`, APPLICATION));
    const answer = (outcome: string) => ({ outcome, answeredOn: '2024-08-27', ruling: '行政裁定书' });
    t.match(await officer.post(`${path}/court-answer`, { ...answer('accepted'), answeredOn: '2024-08-26' }), {
      status: 422,
      body: { code: 'court.answered_early' },
    });
    const refused = await must<Account>(officer.post(`${path}/court-answer`, answer('refused')));
    t.match(refused, { state: 'performing', applications: [{ state: 'refused' }] });
    const clocks = await app.owner.selectFrom('clocks').select('rawOn').where('ruleId', '=', 'V04').execute();
    t.same(clocks, [{ rawOn: '2024-09-11' }]);
    t.match(await officer.post(`${path}/court-answer`, answer('accepted')), {
      status: 409,
      body: { code: 'court.none' },
    });
    await must(officer.post(`${path}/court-application`, APPLICATION));
    await must(officer.post(`${path}/court-answer`, answer('accepted')));
    t.match(await must(officer.post(`${path}/court-answer`, answer('ended'))), { state: 'closing' });
    t.match(await must(officer.get(path)), { procedure: { closingGround: 'court_ended' } });
  },
);

t.test('while the party is heard elsewhere the court is not asked', async (t) => {
  const app = await testApp(t);
  const officer = await app.as('case_officer');
  const id = await demandedCase(app);
  app.setNow('2024-08-27T10:00:00+08:00');
  const stop = { ground: 'suit', body: '成都铁路运输第一法院', fromOn: '2024-08-01' };
  await must(officer.post(`/api/cases/${id}/surcharge/stop`, stop));
  t.match(await officer.post(`/api/cases/${id}/court-application`, APPLICATION), {
    status: 409,
    body: { code: 'court.remedy_open' },
  });
});
