import t from 'tap';
import { testApp } from '../app.ts';
import { filedCase, must, registeredSource } from '../given/cases.ts';

type Approval = { id: string; version: number };
const yes = { decision: 'approved', opinion: '同意。' };

t.test(
  'who is or ever was an officer of the case neither opines nor decides on anything in it',
  async (t) => {
    const app = await testApp(t);
    const { users } = app.filled;
    const [officer, head] = [await app.as('case_officer_2'), await app.as('bureau_head')];
    const filed = await filedCase(app);
    const amendOfficers = (...officerIds: string[]) =>
      officer.post(`/api/cases/${filed.id}/amend`, { changes: { officerIds }, reason: '调整办案人员' });
    const waiting = async (kind: string, id: string): Promise<string> => {
      const path = `/api/approvals?state=proposed&subjectKind=${kind}&subjectId=${id}`;
      return (await must<{ items: Approval[] }>(officer.get(path))).items[0]!.id;
    };

    await must(officer.post(`/api/cases/${filed.id}/extend`, { reason: '案情复杂' }));
    t.match(
      await amendOfficers(users.bureau_head!.id, users.case_officer_2!.id),
      { status: 409, body: { code: 'case.approval_waiting' } },
      'the officers stay while the head has the extension before him',
    );
    await must(
      (await app.as('deputy_head')).post(`/api/approvals/${await waiting('case', filed.id)}/decide`, yes),
    );
    await must(amendOfficers(users.bureau_head!.id, users.case_officer_2!.id));

    const measure = await must(
      officer.post('/api/measures', {
        kind: 'seizure',
        caseId: filed.id,
        suspectedAct: '涉嫌生产经营掺假掺杂食品',
        reason: '防止转移',
        officerIds: [users.case_officer!.id, users.case_officer_2!.id],
        place: '新繁街道某号',
      }),
      201,
    );
    const approval = await waiting('measure', measure.id);
    const own = { status: 422, body: { code: 'approval.own_proposal' } };
    t.match(await head.post(`/api/approvals/${approval}/decide`, yes), own, 'an officer of its case');
    t.match(await head.post(`/api/approvals/${approval}/opine`, { opinion: '拟同意' }), own);
    t.match((await head.get('/api/approvals?waiting=me')).body, { items: [] }, 'it does not wait for him');

    await must(amendOfficers(users.case_officer!.id, users.case_officer_2!.id));
    t.match(
      await head.post(`/api/approvals/${approval}/decide`, yes),
      own,
      'also when taken off the case again',
    );
    await must((await app.as('deputy_head')).post(`/api/approvals/${approval}/decide`, yes));
  },
);

t.test('who verified the source once does not decide on it', async (t) => {
  const app = await testApp(t);
  const { users } = app.filled;
  const officer = await app.as('case_officer');
  const { id } = await registeredSource(app);
  const verify = (...verifierIds: string[]) => officer.post(`/api/sources/${id}/verify`, { verifierIds });
  await must(verify(users.deputy_head!.id, users.case_officer!.id));
  await must(verify(users.case_officer!.id, users.case_officer_2!.id));
  await must(officer.post(`/api/sources/${id}/extend`, { grounds: '需外地协查' }));
  const { items } = await must<{ items: Approval[] }>(officer.get(`/api/approvals?subjectId=${id}`));
  const decide = async (as: string) => (await app.as(as)).post(`/api/approvals/${items[0]!.id}/decide`, yes);
  t.match(await decide('deputy_head'), { status: 422, body: { code: 'approval.own_proposal' } });
  t.match(await decide('bureau_head'), { status: 200 });
});

t.test('one person does not give the opinion and decide', async (t) => {
  const app = await testApp(t);
  const officer = await app.as('case_officer');
  const filed = await filedCase(app);
  await must(officer.post(`/api/cases/${filed.id}/extend`, { reason: '案情复杂' }));
  const path = `/api/approvals?state=proposed&subjectId=${filed.id}`;
  const { items } = await must<{ items: Approval[] }>(officer.get(path));
  const head = await app.as('bureau_head');
  const opined = await must<{ allowedActions: { action: string; code?: string }[] }>(
    head.post(`/api/approvals/${items[0]!.id}/opine`, { opinion: '拟同意' }),
  );
  t.equal(opined.allowedActions.find(({ action }) => action === 'decide')?.code, 'approval.own_opinion');
  t.match(await head.post(`/api/approvals/${items[0]!.id}/decide`, yes), {
    status: 422,
    body: { code: 'approval.own_opinion' },
  });
  t.match((await head.get('/api/approvals?waiting=me')).body, { items: [] });
  await must((await app.as('deputy_head')).post(`/api/approvals/${items[0]!.id}/decide`, yes));
});
