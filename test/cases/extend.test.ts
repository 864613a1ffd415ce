import t from 'tap';
import { type TestApp, testApp } from '../app.ts';
import { decide, filedCase, must, proposedCase } from '../given/cases.ts';

type Clock = { rule: string; rawOn: string; state: string; extensions: number };
type Detail = {
  version: number;
  clocks: Clock[];
  approvals: { id: string; matter: string; state: string }[];
  allowedActions: { action: string; allowed: boolean; code?: string; gate?: string; reason?: string }[];
};

const reason = '案情复杂，检验和外地协查尚未完成。';

const detailOf = async (app: TestApp, id: string): Promise<Detail> =>
  must<Detail>((await app.as('case_officer')).get(`/api/cases/${id}`));

const p04 = ({ clocks }: Detail): Clock => clocks.find(({ rule }) => rule === 'P04')!;

const waitingOf = ({ approvals }: Detail): string =>
  approvals.find(({ matter, state }) => matter === 'case.extend' && state === 'proposed')!.id;

t.test('the head adds 30 days once; the clock says by what', async (t) => {
  const app = await testApp(t);
  const officer = await app.as('case_officer');
  const { id } = await filedCase(app);
  t.equal(p04(await detailOf(app, id)).rawOn, '2024-05-05');
  await must(officer.post(`/api/cases/${id}/extend`, { reason }));
  const asked = await detailOf(app, id);
  t.match(p04(asked), { rawOn: '2024-05-05', extensions: 0 }, 'asking moves nothing');
  t.match(await officer.post(`/api/cases/${id}/extend`, { reason }), {
    status: 409,
    body: { code: 'case.extension_waiting' },
  });
  await decide(app, waitingOf(asked), { as: 'deputy_head' });
  const extended = await detailOf(app, id);
  t.match(p04(extended), { rawOn: '2024-06-04', extensions: 1, state: 'running' });
  const again = await officer.post(`/api/cases/${id}/extend`, { reason });
  t.match(again, { status: 409, body: { code: 'case.already_extended', gate: 'K8', article: /第六十四条/ } });
  t.match(
    extended.allowedActions.find(({ action }) => action === 'extend'),
    { allowed: false, code: 'case.already_extended', gate: 'K8', reason: /集体讨论/ },
  );
  const kept = await app.owner
    .selectFrom('clockExtensions')
    .select(['reason', 'approvalId'])
    .executeTakeFirstOrThrow();
  t.match(kept, { reason, approvalId: waitingOf(asked) });
});

t.test('a refused extension moves nothing and may be asked for again', async (t) => {
  const app = await testApp(t);
  const officer = await app.as('case_officer');
  const { id } = await filedCase(app);
  await must(officer.post(`/api/cases/${id}/extend`, { reason }));
  await decide(app, waitingOf(await detailOf(app, id)), { decision: 'refused' });
  t.match(p04(await detailOf(app, id)), { rawOn: '2024-05-05', extensions: 0 });
  await must(officer.post(`/api/cases/${id}/extend`, { reason }));
});

t.test('after the last day it is too late, to ask and to approve', async (t) => {
  const app = await testApp(t);
  const officer = await app.as('case_officer');
  const { id } = await filedCase(app);
  await must(officer.post(`/api/cases/${id}/extend`, { reason }));
  const approvalId = waitingOf(await detailOf(app, id));
  // 2024-05-05 is a Sunday and the last day of the May holiday: the last working day on or after it is the 6th.
  app.setNow('2024-05-07T09:00:00+08:00');
  const head = await app.as('bureau_head');
  const late = await head.post(`/api/approvals/${approvalId}/decide`, {
    decision: 'approved',
    opinion: '同意。',
  });
  t.match(late, { status: 409, body: { code: 'clock.extend_too_late' } });
  await must(officer.post(`/api/approvals/${approvalId}/withdraw`, { reason: '已经逾期' }));
  t.match(await officer.post(`/api/cases/${id}/extend`, { reason }), {
    status: 409,
    body: { code: 'case.extend_too_late' },
  });
});

t.test('what is not filed has no period to extend', async (t) => {
  const app = await testApp(t);
  const { id } = await proposedCase(app);
  t.match(await (await app.as('case_officer')).post(`/api/cases/${id}/extend`, { reason }), {
    status: 409,
    body: { code: 'case.not_open' },
  });
});

t.test('a stale version is refused, and two who ask at once do not both', async (t) => {
  const app = await testApp(t);
  const [one, two] = [await app.as('case_officer'), await app.as('case_officer_2')];
  const { id } = await filedCase(app);
  const { version } = await detailOf(app, id);
  const stale = { headers: { 'if-match': `"${version - 1}"` } };
  t.match(await one.post(`/api/cases/${id}/extend`, { reason }, stale), {
    status: 412,
    body: { code: 'request.stale' },
  });
  const current = { headers: { 'if-match': `"${version}"` } };
  const answers = await Promise.all([
    one.post(`/api/cases/${id}/extend`, { reason }, current),
    two.post(`/api/cases/${id}/extend`, { reason }, current),
  ]);
  t.same(
    answers.map(({ status }) => status).toSorted((a, b) => a - b),
    [200, 412],
  );
});
