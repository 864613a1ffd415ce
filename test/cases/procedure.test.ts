import t from 'tap';
import { type TestApp, testApp } from '../app.ts';
import { decide, filedCase, must, officersOf, strangerOf } from '../given/cases.ts';
import { AGREE, chargedCase, concludedCase, decideMatter, REPORT, waiting } from '../given/penalty.ts';

type Clock = { rule: string; rawOn: string; state: string };
type Detail = {
  state: string;
  version: number;
  clocks: Clock[];
  procedure: { reviews: object[]; reports: object[]; pauses: object[] };
  allowedActions: { action: string; allowed: boolean; code?: string; gate?: string; article?: string }[];
};

const see = async (app: TestApp, id: string, as = 'case_officer'): Promise<Detail> =>
  must<Detail>((await app.as(as)).get(`/api/cases/${id}`));

const clock = ({ clocks }: Detail, rule: string): Clock | undefined =>
  clocks.find((one) => one.rule === rule);

t.test(
  'an investigation ends with its report; the file goes to review within ten working days',
  async (t) => {
    const app = await testApp(t);
    const { id } = await concludedCase(app);
    const shown = await see(app, id);
    t.match(shown, { state: 'in_review', procedure: { reports: [{ roundNo: 1, suggested: 'penalty' }] } });
    t.match(shown.procedure.reviews, [{ stage: 'report', kind: 'case', returnedOn: null }]);
    // ten working days over the Spring Festival of 2024, in which the 9th, and the 18th, a Sunday, were worked
    t.match(clock(shown, 'P05'), { rawOn: '2024-02-23', state: 'running' });
    const reviewer = await app.as('case_reviewer');
    await must(
      reviewer.post(`/api/cases/${id}/review`, {
        ...AGREE,
        opinion: 'supplement',
        comment: '补充进货凭证。',
      }),
    );
    t.match(await see(app, id), { state: 'investigating' });
    await must((await app.as('case_officer')).post(`/api/cases/${id}/conclude`, REPORT));
    await must(reviewer.post(`/api/cases/${id}/review`, AGREE));
    const agreed = await see(app, id);
    t.match(agreed, { state: 'proposed_decision', procedure: { reports: { length: 2 } } });
    t.match(agreed.procedure.reviews, [{ opinion: 'supplement', reviewer: '何静' }, { opinion: 'agree' }]);
    t.equal(clock(agreed, 'P05')!.state, 'met');
  },
);

t.test('what is not in order is not concluded', async (t) => {
  const app = await testApp(t);
  const officer = await app.as('case_officer');
  const { id } = await filedCase(app);
  t.match(await officer.post(`/api/cases/${id}/conclude`, REPORT), {
    status: 409,
    body: { code: 'case.no_violation' },
  });
  const noPenalty = { ...REPORT, suggested: 'not_made_out' };
  t.match(await must(officer.post(`/api/cases/${id}/conclude`, noPenalty)), { state: 'in_review' });
});

t.test('K4: where the law asks for the legal review, the case review does not do', async (t) => {
  const app = await testApp(t);
  const reviewer = await app.as('case_reviewer');
  const legal = await app.as('legal_reviewer');
  const { id } = await concludedCase(app, { report: { legalGrounds: ['public_interest'] } });
  t.match(await reviewer.post(`/api/cases/${id}/review`, AGREE), {
    status: 409,
    body: { code: 'case.legal_review_due', gate: 'K4', article: /第五十条/ },
  });
  t.match(await legal.post(`/api/cases/${id}/legal-review`, { ...AGREE, isFirstTime: true }), {
    status: 422,
    body: { code: 'case.qualification', errors: [{ field: 'qualification' }] },
  });
  const told = (await see(app, id, 'legal_reviewer')).allowedActions;
  t.match(
    told.find(({ action }) => action === 'legal_review'),
    { allowed: true },
  );
  await must(
    legal.post(`/api/cases/${id}/legal-review`, { ...AGREE, isFirstTime: true, qualification: 'A2019' }),
  );
  t.match(await see(app, id), { state: 'proposed_decision' });
  const other = await concludedCase(app);
  t.match(await legal.post(`/api/cases/${other.id}/legal-review`, AGREE), {
    status: 409,
    body: { code: 'case.case_review_due' },
  });
  await must(
    reviewer.post(`/api/cases/${other.id}/refer-to-legal`, { grounds: ['complex'], reason: '多个法律关系' }),
  );
  t.match(await reviewer.post(`/api/cases/${other.id}/review`, AGREE), {
    body: { code: 'case.legal_review_due' },
  });
  t.match(await see(app, other.id), { procedure: { legalGrounds: ['complex'] } });
});

t.test('K3: nobody reviews what he handles or has ever handled', async (t) => {
  const app = await testApp(t);
  const { id } = await chargedCase(app);
  const officer = await app.as('case_officer');
  const reviewerId = app.filled.users.case_reviewer!.id;
  const [one, two] = officersOf(app);
  const amend = (officerIds: string[]) =>
    must(officer.post(`/api/cases/${id}/amend`, { changes: { officerIds }, reason: '调整办案人员' }));
  await amend([one, reviewerId]);
  await amend([one, two]);
  await must(officer.post(`/api/cases/${id}/conclude`, REPORT));
  const reviewer = await app.as('case_reviewer');
  t.match(await reviewer.post(`/api/cases/${id}/review`, AGREE), {
    status: 422,
    body: { code: 'case.reviewer_handles', gate: 'K3' },
  });
  const told = (await see(app, id, 'case_reviewer')).allowedActions.find(({ action }) => action === 'review');
  t.match(told, { allowed: false, code: 'case.reviewer_handles', gate: 'K3' });
});

t.test('suspended by the head the case and its limit stand still; resumed they go on', async (t) => {
  const app = await testApp(t);
  const officer = await app.as('case_officer');
  const { id } = await filedCase(app);
  const body = { ground: 'party_missing', reason: '当事人下落不明，多方查找未果。' };
  await must(officer.post(`/api/cases/${id}/suspend`, body));
  t.match(await officer.post(`/api/cases/${id}/terminate`, { ground: 'other', reason: '同上' }), {
    status: 409,
    body: { code: 'case.approval_waiting' },
  });
  app.setNow('2024-02-19T10:00:00+08:00');
  await decideMatter(app, id, 'case.suspend', { as: 'deputy_head' });
  const stopped = await see(app, id);
  t.match(stopped, {
    state: 'suspended',
    procedure: { pauses: [{ ground: 'party_missing', fromOn: '2024-02-19', toOn: null }] },
  });
  t.equal(clock(stopped, 'P04')!.state, 'paused');
  app.setNow('2024-03-01T10:00:00+08:00');
  await must(officer.post(`/api/cases/${id}/resume`, { reason: '当事人已到案。' }));
  const goesOn = await see(app, id);
  t.match(goesOn, { state: 'investigating', procedure: { pauses: [{ toOn: '2024-02-29' }] } });
  // 2024-05-05, and the eleven days from 02-19 to 02-29
  t.match(clock(goesOn, 'P04'), { state: 'running', rawOn: '2024-05-16' });
  await must(officer.post(`/api/cases/${id}/suspend`, { ...body, ground: 'other' }));
  await decideMatter(app, id, 'case.suspend', { decision: 'refused' });
  t.match(await see(app, id), { state: 'investigating' });
  await must(officer.post(`/api/cases/${id}/suspend`, body));
  await decideMatter(app, id, 'case.suspend');
  await must(officer.post(`/api/cases/${id}/resume`, { reason: '当日恢复' }));
  t.match(clock(await see(app, id), 'P04'), { state: 'running', rawOn: '2024-05-17' }, 'one day stood still');
});

t.test('terminated: to the closing, fifteen working days for the form, closed by the head', async (t) => {
  const app = await testApp(t);
  const officer = await app.as('case_officer');
  const { id } = await filedCase(app);
  await must(officer.post(`/api/cases/${id}/terminate`, { ground: 'person_dead', reason: '当事人死亡。' }));
  await decideMatter(app, id, 'case.terminate');
  const closing = await see(app, id);
  t.match(closing, { state: 'closing', procedure: { closingGround: 'terminated', closingOn: '2024-02-05' } });
  t.equal(clock(closing, 'P04')!.state, 'cancelled');
  t.match(clock(closing, 'P15'), { rawOn: '2024-03-01', state: 'running' });
  await must(officer.post(`/api/cases/${id}/close`, { opinion: '建议结案。' }));
  t.match(await officer.post(`/api/cases/${id}/close`, { opinion: '建议结案。' }), {
    status: 409,
    body: { code: 'case.approval_waiting' },
  });
  await decideMatter(app, id, 'case.close', { decision: 'refused' });
  app.setNow('2024-02-20T10:00:00+08:00');
  await must(officer.post(`/api/cases/${id}/close`, { opinion: '补充后建议结案。' }));
  app.setNow('2024-02-22T10:00:00+08:00');
  await decideMatter(app, id, 'case.close');
  const closed = await see(app, id);
  t.match(closed, { state: 'closed', procedure: { closedOn: '2024-02-22' } });
  t.equal(clock(closed, 'P15')!.state, 'met');
});

t.test('two approvals race, one wins; another bureau is nowhere', async (t) => {
  const app = await testApp(t);
  const officer = await app.as('case_officer');
  const { id } = await filedCase(app);
  await must(officer.post(`/api/cases/${id}/suspend`, { ground: 'other', reason: '等待裁判结果。' }));
  const suspend = await waiting(app, id, 'case.suspend');
  const [head, deputy] = [await app.as('bureau_head'), await app.as('deputy_head')];
  const answers = await Promise.all([
    head.post(`/api/approvals/${suspend}/decide`, { decision: 'approved', opinion: '同意。' }),
    deputy.post(`/api/approvals/${suspend}/decide`, { decision: 'approved', opinion: '同意。' }),
  ]);
  t.same(
    answers.map(({ status }) => status).toSorted((a, b) => a - b),
    [200, 409],
  );
  t.match(await see(app, id), { state: 'suspended', procedure: { pauses: { length: 1 } } });
  const stranger = await strangerOf(app);
  t.equal((await stranger.post(`/api/cases/${id}/resume`, { reason: '无' })).status, 404);
  t.equal((await stranger.post(`/api/cases/${id}/conclude`, REPORT)).status, 404);
});

t.test('an approval that comes when the case has moved on is not made', async (t) => {
  const app = await testApp(t);
  const officer = await app.as('case_officer');
  const { id } = await chargedCase(app);
  await must(officer.post(`/api/cases/${id}/suspend`, { ground: 'other', reason: '等待裁判结果。' }));
  const approvalId = await waiting(app, id, 'case.suspend');
  t.match(await officer.post(`/api/cases/${id}/conclude`, REPORT), {
    status: 409,
    body: { code: 'case.approval_waiting' },
  });
  await app.owner.updateTable('cases').set({ state: 'in_review' }).where('id', '=', id).execute();
  const head = await app.as('bureau_head');
  t.match(
    await head.post(`/api/approvals/${approvalId}/decide`, { decision: 'approved', opinion: '同意。' }),
    {
      status: 409,
      body: { code: 'workflow.action_not_allowed' },
    },
  );
  await decide(app, approvalId, { decision: 'refused' });
});
