import t from 'tap';
import { testApp } from '../app.ts';
import { must } from '../given/cases.ts';
import { givenTip, REPORTER } from '../tips/given.ts';

type Doc = { id: string; version: number; data: { reporter?: { name?: string } } };

t.test('what is kept for repeats holds nothing of the reporter, whatever is done to his form', async (t) => {
  const app = await testApp(t);
  const officer = await app.as('case_officer');
  const tip = await givenTip(await app.as('intake_officer'));
  let keys = 0;
  const keyed = () => ({ headers: { 'idempotency-key': `at-rest-${(keys += 1)}` } });
  const form = { kind: 'report-registration', subjectKind: 'tip', subjectId: tip.id };
  const first = keyed();
  const drafted = await must<Doc>(officer.post('/api/documents', form, first), 201);
  t.equal(drafted.data.reporter?.name, REPORTER.name, 'the answer itself names him');
  const again = await officer.post<Doc>('/api/documents', form, first);
  t.match(again, { status: 201, body: { id: drafted.id, data: { reporter: { name: REPORTER.name } } } });
  const path = `/api/documents/${drafted.id}`;
  const signed = { data: { reporterSignature: REPORTER.name } };
  await must(officer.patch(path, signed, keyed()));
  await must(officer.post(`${path}/issue`, {}, keyed()));
  const replacing = await must<Doc>(officer.post(`${path}/replace`, { reason: '更正' }, keyed()), 201);
  await must(officer.post(`/api/documents/${replacing.id}/issue`, {}, keyed()));
  await must(officer.post(`/api/documents/${replacing.id}/void`, { reason: '误发' }, keyed()));

  const kept = await app.owner.selectFrom('idempotencyKeys').select(['route', 'answer']).execute();
  t.ok(kept.length >= keys, 'each write kept an answer');
  const text = JSON.stringify(kept);
  for (const said of [REPORTER.name, REPORTER.phone, REPORTER.address, REPORTER.idNumber])
    t.notOk(text.includes(said), said);
  const looks = await app.owner
    .selectFrom('auditEntries')
    .select('actorId')
    .where('action', '=', 'document.look_at')
    .execute();
  t.equal(looks.length, 1, 'the repeat is a look');
});
