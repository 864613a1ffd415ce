import { readdir, readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { sql } from 'kysely';
import t from 'tap';
import { testApp } from '../app.ts';
import { must } from '../given/cases.ts';
import { CLUE_REPORT, sampleAt } from '../given/samples.ts';

type Marks = { name: string; cmaNumber: string | null; cnasNumber: string | null; validTo: string | null };
type Report = { laboratory: Marks; shortcomings: { code: string; gate: string; reason: string }[] };
type Seen = { reports: Report[] };

t.test('a report keeps the marks and the lacks it was issued with; one not issued yet follows', async (t) => {
  const app = await testApp(t);
  const officer = await app.as('case_officer');
  const issued = await sampleAt(app, 'reported');
  const open = await sampleAt(app, 'verified');
  const before = await must<Seen>(officer.get(`/api/samples/${issued.id}`));
  t.match(before.reports[0], {
    laboratory: { name: '成都市食品检验研究院（演示）', cmaNumber: '200000000000', validTo: '2029-12-31' },
    shortcomings: [],
  });
  const changed = { name: '改名后的研究院', cmaNumber: '290000000009', validFrom: '2024-02-06' };
  await app.owner.updateTable('laboratories').set(changed).execute();
  const after = await must<Seen>(officer.get(`/api/samples/${issued.id}`));
  t.same(after.reports, before.reports, 'what was issued is as it was issued');
  const clerk = await app.as('laboratory_clerk');
  const { reports } = await must<Seen>(clerk.get(`/api/samples/${open.id}`));
  t.match(reports[0], {
    laboratory: { cmaNumber: '290000000009' },
    shortcomings: [{ code: 'sample.body_not_qualified' }],
  });
  await must((await app.as('laboratory_approver')).post(`/api/samples/${open.id}/report`));
  await app.owner
    .updateTable('laboratories')
    .set({ cmaNumber: '200000000000', validFrom: '2020-01-01' })
    .execute();
  t.match(await must<Seen>(officer.get(`/api/samples/${open.id}`)), {
    reports: [
      { laboratory: { name: '改名后的研究院' }, shortcomings: [{ code: 'sample.body_not_qualified' }] },
    ],
  });
});

t.test('the freezing stands in the trail; a seal broken later does not reach back', async (t) => {
  const app = await testApp(t);
  const officer = await app.as('case_officer');
  const { id } = await sampleAt(app, 'reported', undefined, CLUE_REPORT);
  const entry = await app.owner
    .selectFrom('auditEntries')
    .select('detail')
    .where('action', '=', 'sample.report')
    .where('subjectId', '=', id)
    .executeTakeFirstOrThrow();
  t.match(entry.detail, {
    marks: { cmaNumber: '200000000000' },
    shortcomings: [{ code: 'sample.method_without_consent' }],
  });
  await app.owner.updateTable('sampleCustody').set({ sealIntact: false }).execute();
  const { reports } = await must<Seen>(officer.get(`/api/samples/${id}`));
  t.same(
    reports[0]!.shortcomings.map(({ code, gate }) => [code, gate]),
    [['sample.method_without_consent', 'K24']],
  );
});

t.test('an issued report without its marks cannot be stored', async (t) => {
  const app = await testApp(t);
  const { id } = await sampleAt(app, 'verified');
  const forged = app.owner
    .updateTable('laboratoryReports')
    .set({ state: 'reported' })
    .where('sampleId', '=', id)
    .execute();
  await t.rejects(forged, /laboratory_reports_frozen_check/);
});

t.test('reports issued before the marks were kept get those known, and what they lacked', async (t) => {
  const app = await testApp(t);
  const officer = await app.as('case_officer');
  const fit = await sampleAt(app, 'reported');
  const clue = await sampleAt(app, 'reported', undefined, CLUE_REPORT);
  const open = await sampleAt(app, 'verified');
  const seen = () => Promise.all([fit, clue].map(({ id }) => must<Seen>(officer.get(`/api/samples/${id}`))));
  const before = await seen();
  await sql`alter table laboratory_reports drop column laboratory_name, drop column cma_number,
    drop column cnas_number, drop column mark_from, drop column mark_to, drop column shortcomings`.execute(
    app.owner,
  );
  await sql`alter table transfer_attachments drop column report_id`.execute(app.owner);
  const folder = resolve(import.meta.dirname, '../../migrations');
  const name = (await readdir(folder)).find((one) => one.endsWith('-report-marks.sql'))!;
  await sql.raw(await readFile(join(folder, name), 'utf8')).execute(app.owner);
  t.same(
    (await seen()).map(({ reports }) => reports),
    before.map(({ reports }) => reports),
  );
  await must((await app.as('laboratory_approver')).post(`/api/samples/${open.id}/report`));
});
