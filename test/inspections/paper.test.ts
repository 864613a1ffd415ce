import t from 'tap';
import { testApp } from '../app.ts';
import { filedCase, must } from '../given/cases.ts';
import { endedInspection, RECORD, startedInspection } from '../given/inspections.ts';

type Paper = { id: string; data: Record<string, unknown>; problems: unknown[] };

t.test('form 9 is filled in its order, and can be issued', async (t) => {
  const app = await testApp(t);
  const officer = await app.as('case_officer');
  const filed = await filedCase(app);
  const { id } = await endedInspection(app, { caseId: filed.id });
  const draft = { kind: 'onsite-record', subjectKind: 'inspection', subjectId: id };
  const paper = await must<Paper>(officer.post('/api/documents', draft), 201);
  t.same(paper.data.inspectors, [
    { name: '林晓峰', certificateNo: '川A01140021' },
    { name: '周敏', certificateNo: '川A01140022' },
  ]);
  t.match(paper.data, {
    from: '2024-02-05T10:00:00+08:00',
    to: '2024-02-05T10:00:00+08:00',
    place: '成都市新都区新繁街道某某路1号',
    party: { name: /某某食品有限公司/, address: '成都市新都区新繁街道' },
    partyPresence: /电话通知当事人负责人到场[\s\S]*当事人一方在场人员：王某某（负责人）/,
    agency: '成都市新都区市场监督管理局',
    answerSeen: RECORD.idsShownAnswer,
    answerRecusal: RECORD.rightsToldAnswer,
    findings: RECORD.findings,
    partyStatement: RECORD.partyStatement,
    answerTrue: '已核对，属实。',
    readBack: 'checked',
  });
  t.same(paper.problems, []);
  await must(officer.post(`/api/documents/${paper.id}/issue`, {}));
});

t.test('no record before the end, none without a party, none for another bureau', async (t) => {
  const app = await testApp(t);
  const officer = await app.as('case_officer');
  const running = await startedInspection(app);
  const draft = { kind: 'onsite-record', subjectKind: 'inspection', subjectId: running.id };
  t.match(await officer.post('/api/documents', draft), {
    status: 409,
    body: { code: 'inspection.not_ended' },
  });
  const nameless = await endedInspection(app);
  t.match(await officer.post('/api/documents', { ...draft, subjectId: nameless.id }), {
    status: 422,
    body: { code: 'inspection.party_missing' },
  });
  t.equal((await officer.post('/api/documents', { ...draft, subjectId: crypto.randomUUID() })).status, 404);
});
