import t from 'tap';
import { testApp, type TestApp } from '../app.ts';
import { decide, filingOf, must, verifiedSource } from '../given/cases.ts';
import { attachedFile, issuedLetter, NOTICE, transferOf } from '../given/referrals.ts';
import { CLUE_REPORT, sampleAt } from '../given/samples.ts';
import { proposalOf } from '../given/seizures.ts';

type Id = { id: string };
type Note = { id: string; number: string; clueOnly: boolean; shortcomings: { code: string; gate: string }[] };
type Noted = Id & { laboratoryReports: Note[]; approval: Id; approvalId: string };

const CLUE_ONLY = { clueOnly: true, shortcomings: [{ code: 'sample.method_without_consent', gate: 'K24' }] };

/** A verified source with a report that is a clue only. */
async function sourceWithClue(app: TestApp, more: object = CLUE_REPORT) {
  const source = await verifiedSource(app);
  const sample = await sampleAt(app, 'reported', source.id, more);
  return { source, sample };
}

const groundsOf = async (app: TestApp, id: string): Promise<string> =>
  (await must<{ grounds: string }>((await app.as('bureau_head')).get(`/api/approvals/${id}`))).grounds;

t.test('K24 is said wherever the report is passed on: source, clue notice, measure', async (t) => {
  const app = await testApp(t);
  const officer = await app.as('case_officer');
  const { source } = await sourceWithClue(app);
  const seen = await must<Noted>(officer.get(`/api/sources/${source.id}`));
  t.match(seen.laboratoryReports, [CLUE_ONLY]);
  const english = await must<Noted>(
    officer.get(`/api/sources/${source.id}`, { headers: { 'accept-language': 'en' } }),
  );
  t.match(english.laboratoryReports[0]!.shortcomings[0], { reason: /consent paper/ });

  const notice = await must<Noted>(
    officer.post('/api/clue-notices', { ...NOTICE, sourceId: source.id }),
    201,
  );
  t.match(notice.laboratoryReports, [CLUE_ONLY]);
  t.match(await groundsOf(app, notice.approval.id), /检验报告A22402\d+（样品ZF\d+）：.*仅可作为线索/);

  const body = { ...proposalOf(app, { sourceId: source.id }), partyId: source.partyId };
  const measure = await must<Noted>(officer.post('/api/measures', body), 201);
  t.match(measure.laboratoryReports, [CLUE_ONLY]);
  t.match(await groundsOf(app, measure.approvalId), /仅可作为线索/, 'the head decides knowing it');
});

t.test('a report that lacks nothing is shown as such, and no note is made of it', async (t) => {
  const app = await testApp(t);
  const officer = await app.as('case_officer');
  const { source } = await sourceWithClue(app, {});
  const notice = await must<Noted>(
    officer.post('/api/clue-notices', { ...NOTICE, sourceId: source.id }),
    201,
  );
  t.match(notice.laboratoryReports, [{ clueOnly: false, shortcomings: [] }]);
  t.notMatch(await groundsOf(app, notice.approval.id), /仅可作为线索/);
});

async function caseWithTransfer(app: TestApp, sourceId: string) {
  const officer = await app.as('case_officer');
  const filed = await must<{ id: string; approvalId: string }>(
    officer.post('/api/cases', filingOf(app, sourceId)),
    201,
  );
  await decide(app, filed.approvalId);
  const transfer = await must<Noted>(officer.post('/api/transfers', transferOf(app, filed.id)), 201);
  await decide(app, transfer.approval.id, { as: 'principal_head' });
  return { caseId: filed.id, transfer };
}

async function fileOfSample(app: TestApp, sampleId: string): Promise<string> {
  const form = new FormData();
  form.append('file', new Blob(['检验报告（扫描件）']), '检验报告.txt');
  const path = `/api/attachments?subjectKind=sample&subjectId=${sampleId}`;
  return (await must<Id>((await app.as('case_officer')).post(path, form), 201)).id;
}

t.test('a transfer does not rest on a clue: refused as its report, let in as other material', async (t) => {
  const app = await testApp(t);
  const officer = await app.as('case_officer');
  const { source, sample } = await sourceWithClue(app);
  const { caseId, transfer } = await caseWithTransfer(app, source.id);
  t.match(transfer.laboratoryReports, [CLUE_ONLY]);
  t.match(await groundsOf(app, transfer.approval.id), /仅可作为线索/);
  const path = `/api/transfers/${transfer.id}/enclosures`;
  const refused = {
    status: 422,
    body: { code: 'transfer.report_clue_only', gate: 'K24', article: /第二十三条/ },
  };
  const ofSample = await fileOfSample(app, sample.id);
  t.match(await officer.post(path, { item: 4, title: '检验报告', attachmentId: ofSample }), refused);
  const said = { item: 4, title: '检验报告', attachmentId: ofSample, reportId: null };
  t.match(await officer.post(path, said), refused, 'what hangs on the sample is its report');
  const ofCase = await attachedFile(app, caseId, '检验报告');
  const unnamed = { item: 4, title: '检验报告', attachmentId: ofCase };
  t.match(await officer.post(path, unnamed), {
    status: 422,
    body: { code: 'transfer.report_not_named', gate: 'K24', errors: [{ field: 'reportId' }] },
  });
  const [note] = transfer.laboratoryReports;
  t.match(await officer.post(path, { ...unnamed, reportId: note!.id }), refused);
  const other = await sampleAt(app, 'reported');
  const [foreign] = (await must<{ reports: Id[] }>(officer.get(`/api/samples/${other.id}`))).reports;
  t.match(await officer.post(path, { ...unnamed, reportId: foreign!.id }), {
    status: 422,
    body: { code: 'transfer.unknown_report' },
  });

  const opinion = { ...unnamed, title: '鉴定意见', reportId: null };
  await must(officer.post(path, opinion));
  const clue = { item: 5, title: '检验报告（线索）', attachmentId: ofSample, reportId: note!.id };
  const enclosed = await must<{ enclosures: { item: number; report: Note | null }[] }>(
    officer.post(path, clue),
  );
  t.match(
    enclosed.enclosures.find(({ item }) => item === 5)!.report,
    { id: note!.id, shortcomings: [{ code: 'sample.method_without_consent' }] },
    'and it says so',
  );
});

t.test('a fit report goes along; superseded meanwhile, it stops the delivery', async (t) => {
  const app = await testApp(t);
  const officer = await app.as('case_officer');
  const { source, sample } = await sourceWithClue(app, {});
  const { caseId, transfer } = await caseWithTransfer(app, source.id);
  const path = `/api/transfers/${transfer.id}/enclosures`;
  for (const [item, title] of [
    [2, '调查报告'],
    [3, '涉案物品清单'],
    [5, '其他材料（无）'],
  ] as const) {
    await must(officer.post(path, { item, title, attachmentId: await attachedFile(app, caseId, title) }));
  }
  const documentId = await issuedLetter(app, transfer.id);
  await must(officer.post(path, { item: 1, title: '移送书', documentId }));
  const attachmentId = await fileOfSample(app, sample.id);
  await must(officer.post(path, { item: 4, title: '检验报告', attachmentId }));
  await app.owner.updateTable('laboratoryReports').set({ state: 'superseded' }).execute();
  const deliver = `/api/transfers/${transfer.id}/deliver`;
  t.match(await officer.post(deliver, { deliveredTo: '赵某' }), {
    status: 422,
    body: { code: 'transfer.report_superseded', gate: 'K24' },
  });
  await app.owner.updateTable('laboratoryReports').set({ state: 'reported' }).execute();
  await must(officer.post(deliver, { deliveredTo: '赵某' }));
});
