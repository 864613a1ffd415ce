import t from 'tap';
import { testApp } from '../app.ts';
import { decide, filedCase, must, officersOf, verifiedSource } from '../given/cases.ts';
import { inspectionUnderWay } from '../given/raid.ts';
import { takingOf } from '../given/samples.ts';

const INSPECTION = { subjectMatter: '涉嫌无证生产食品', place: '新繁街道某号' };
const MEASURE = { kind: 'seizure', suspectedAct: '涉嫌掺假掺杂', reason: '防止转移', place: '新繁街道某号' };

t.test('nothing is inspected, sampled or seized under a source that was declined', async (t) => {
  const app = await testApp(t);
  const officer = await app.as('case_officer');
  const { id } = await verifiedSource(app);
  await must(officer.post(`/api/sources/${id}/decline`, { ground: 'no_fault', reasons: '当事人无过错' }));
  const path = `/api/approvals?state=proposed&subjectId=${id}`;
  const waiting = await must<{ items: { id: string }[] }>(officer.get(path));
  await decide(app, waiting.items[0]!.id);
  const refused = { status: 409, body: { code: 'source.not_open' } };
  const officerIds = officersOf(app);
  t.match(await officer.post('/api/inspections', { ...INSPECTION, sourceId: id }), refused);
  t.match(await officer.post('/api/samples', takingOf(app, id)), refused);
  t.match(await officer.post('/api/measures', { ...MEASURE, sourceId: id, officerIds }), refused);
});

t.test('a case goes with its own source, and with inspections of that source', async (t) => {
  const app = await testApp(t);
  const officer = await app.as('case_officer');
  const filed = await filedCase(app);
  const other = await inspectionUnderWay(app);
  const officerIds = officersOf(app);
  const refused = { status: 422, body: { code: 'inspection.other_source' } };
  const both = { sourceId: other.sourceId, caseId: filed.id };
  t.match(await officer.post('/api/inspections', { ...INSPECTION, ...both }), refused);
  t.match(await officer.post('/api/samples', { ...takingOf(app, other.sourceId), ...both }), refused);
  t.match(await officer.post('/api/measures', { ...MEASURE, ...both, officerIds }), refused);
  const elsewhere = { caseId: filed.id, inspectionId: other.id };
  t.match(await officer.post('/api/measures', { ...MEASURE, ...elsewhere, officerIds }), refused);
  const { sourceId } = filed;
  t.match(
    await officer.post('/api/samples', { ...takingOf(app, sourceId), inspectionId: other.id }),
    refused,
  );
  await must(officer.post('/api/inspections', { ...INSPECTION, sourceId, caseId: filed.id }), 201);
});

t.test('a case that is closed takes no further act, nor does its source', async (t) => {
  const app = await testApp(t);
  const officer = await app.as('case_officer');
  const { id, sourceId } = await filedCase(app);
  await app.owner.updateTable('cases').set({ state: 'closed' }).where('id', '=', id).execute();
  t.match(await officer.post('/api/inspections', { ...INSPECTION, caseId: id }), {
    status: 409,
    body: { code: 'case.not_open' },
  });
  t.match(await officer.post('/api/inspections', { ...INSPECTION, sourceId }), {
    status: 409,
    body: { code: 'source.not_open' },
  });
});
