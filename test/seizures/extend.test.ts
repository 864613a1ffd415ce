import t from 'tap';
import { testApp, type TestApp } from '../app.ts';
import { decide, must } from '../given/cases.ts';
import { actionOf, clockOf, measureInForce, measureOf, type MeasureSeen, scene } from '../given/seizures.ts';

const reason = '案情复杂，检验尚未完成。';

const waitingOf = ({ approvals }: MeasureSeen): string =>
  approvals.find(({ matter, state }) => matter === 'measure.extend' && state === 'proposed')!.id;

async function asked(app: TestApp, id: string): Promise<MeasureSeen> {
  return must<MeasureSeen>((await app.as('case_officer')).post(`/api/measures/${id}/extend`, { reason }));
}

t.test('food: once by 45 days, to 21 May and no further', async (t) => {
  const app = await testApp(t);
  const officer = await app.as('case_officer');
  const { id } = await measureInForce(app, await scene(app));
  app.setNow('2024-04-06T20:00:00+08:00');
  const waiting = await asked(app, id);
  t.match(waiting, { endsOn: '2024-04-06' }, 'asking moves nothing');
  t.match(await officer.post(`/api/measures/${id}/extend`, { reason }), {
    status: 409,
    body: { code: 'measure.extension_waiting' },
  });
  await decide(app, waitingOf(waiting));
  const extended = await measureOf(app, id);
  t.match(extended, {
    state: 'in_force',
    endsOn: '2024-05-21',
    extendedOn: '2024-04-06',
    mustRelease: false,
  });
  t.match(clockOf(extended, 'S04f'), { rawOn: '2024-05-21', extensions: 1 });
  const again = await officer.post(`/api/measures/${id}/extend`, { reason });
  t.match(again, { status: 409, body: { code: 'measure.already_extended', article: /第二十五条/ } });
  t.match(actionOf(extended, 'extend'), { allowed: false, code: 'measure.already_extended' });
  app.setNow('2024-05-22T00:00:00+08:00');
  t.equal((await measureOf(app, id)).mustRelease, true);
});

t.test('mixed bases: each clock by its own law, and the earlier end counts', async (t) => {
  const app = await testApp(t);
  const { id } = await measureInForce(app, await scene(app), { places: [0, 2] });
  app.setNow('2024-04-01T10:00:00+08:00');
  await decide(app, waitingOf(await asked(app, id)));
  const extended = await measureOf(app, id);
  t.equal(clockOf(extended, 'S04f')?.rawOn, '2024-05-21');
  t.equal(clockOf(extended, 'S04')?.rawOn, '2024-05-06');
  t.equal(extended.endsOn, '2024-05-06');
});

t.test('after the last day: neither asked for nor approved', async (t) => {
  const app = await testApp(t);
  const officer = await app.as('case_officer');
  const site = await scene(app);
  const { id } = await measureInForce(app, site);
  const unasked = await measureInForce(app, site, { places: [2] });
  app.setNow('2024-04-06T10:00:00+08:00');
  const approvalId = waitingOf(await asked(app, id));
  // Sunday 7 April 2024 is a made-up working day; the power ended with the 6th.
  app.setNow('2024-04-07T00:00:00+08:00');
  const decision = { decision: 'approved', opinion: '同意。' };
  const late = await (await app.as('bureau_head')).post(`/api/approvals/${approvalId}/decide`, decision);
  t.match(late, { status: 409, body: { code: 'measure.extend_too_late', article: /第二十五条/ } });
  t.match(await measureOf(app, id), { endsOn: '2024-04-06', mustRelease: true });
  await decide(app, approvalId, { decision: 'refused' });
  t.match(await officer.post(`/api/measures/${unasked.id}/extend`, { reason }), {
    status: 409,
    body: { code: 'measure.extend_too_late' },
  });
});

t.test('refused: nothing moves, and it may be asked again', async (t) => {
  const app = await testApp(t);
  const { id } = await measureInForce(app, await scene(app));
  await decide(app, waitingOf(await asked(app, id)), { decision: 'refused' });
  t.match(await measureOf(app, id), { endsOn: '2024-04-06', extendedOn: null });
  t.ok(waitingOf(await asked(app, id)));
});

t.test('a stale version is refused; two who ask at once do not both', async (t) => {
  const app = await testApp(t);
  const [one, two] = [await app.as('case_officer'), await app.as('case_officer_2')];
  const { id, version } = await measureInForce(app, await scene(app));
  const match = (wanted: number) => ({ headers: { 'if-match': `"${wanted}"` } });
  t.equal((await one.post(`/api/measures/${id}/extend`, { reason }, match(version - 1))).status, 412);
  const answers = await Promise.all([
    one.post(`/api/measures/${id}/extend`, { reason }, match(version)),
    two.post(`/api/measures/${id}/extend`, { reason }, match(version)),
  ]);
  t.same(
    answers.map(({ status }) => status).toSorted((a, b) => a - b),
    [200, 412],
  );
});
