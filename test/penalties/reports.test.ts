import t from 'tap';
import { testApp, type TestApp } from '../app.ts';
import { decide, filingOf, must, verifiedSource } from '../given/cases.ts';
import {
  AGREE,
  DECIDE,
  decideMatter,
  handed,
  proposalOf,
  REPORT,
  reviewedCase,
  SALE,
  VIOLATION,
  waiting,
  WAIVER,
} from '../given/penalty.ts';
import { CLUE_REPORT, sampleAt } from '../given/samples.ts';

type Id = { id: string };
type Note = { id: string; number: string; clueOnly: boolean };
type Track = {
  laboratoryReports: Note[];
  proposals: { reportIds: string[] }[];
  allowedActions: { action: string; allowed: boolean; code?: string; gate?: string }[];
};

const CLUE_NOTE = /检验报告A22402\d+（样品ZF\d+）：.*仅可作为线索/;

const groundsOf = async (app: TestApp, id: string): Promise<string> =>
  (await must<{ grounds: string }>((await app.as('bureau_head')).get(`/api/approvals/${id}`))).grounds;

/** A case ready for its proposal, with one report that is fit and one that is a clue only; and the filing's grounds. */
async function tested(app: TestApp) {
  const officer = await app.as('case_officer');
  const source = await verifiedSource(app);
  await sampleAt(app, 'notified', source.id);
  await sampleAt(app, 'notified', source.id, CLUE_REPORT);
  const filed = await must<Id & { approvalId: string }>(
    officer.post('/api/cases', filingOf(app, source.id)),
    201,
  );
  const filing = await groundsOf(app, filed.approvalId);
  await decide(app, filed.approvalId);
  const path = `/api/cases/${filed.id}`;
  await must(officer.post(`${path}/sales`, SALE), 201);
  await must(officer.post(`${path}/violations`, VIOLATION), 201);
  await must(officer.post(`${path}/conclude`, REPORT));
  await must((await app.as('case_reviewer')).post(`${path}/review`, AGREE));
  const { laboratoryReports } = await must<Track>(officer.get(`${path}/penalty`));
  const [fit, clue] = [false, true].map((only) =>
    laboratoryReports.find(({ clueOnly }) => clueOnly === only)!,
  );
  return { id: filed.id, path, filing, fit: fit!, clue: clue! };
}

t.test(
  'K24 where a case is filed and a penalty decided: the head is told, and no clue carries it',
  async (t) => {
    const app = await testApp(t);
    const officer = await app.as('case_officer');
    const { id, path, filing, fit, clue } = await tested(app);
    t.match(filing, CLUE_NOTE, 'at the filing');
    const proposal = await proposalOf(app, id);
    const propose = (reportIds?: string[]) =>
      officer.post(`${path}/proposals`, { ...proposal, ...(reportIds ? { reportIds } : {}) });
    const k24 = (code: string, field: string) => ({
      status: 422,
      body: { code, gate: 'K24', article: /《食品安全法》第八十四条/, errors: [{ field }] },
    });

    t.match(await propose(), k24('penalty.reports_not_named', 'reportIds'), 'it is asked for');
    t.match(await propose([fit.id, clue.id]), {
      ...k24('penalty.report_clue_only', 'reportIds.1'),
      body: {
        ...k24('penalty.report_clue_only', 'reportIds.1').body,
        title: new RegExp(`${clue.number}.*仅可作为线索`),
      },
    });
    t.match(await propose([app.ctx().newId()]), k24('penalty.unknown_report', 'reportIds.0'));
    const foreign = await tested(app);
    t.match(
      await propose([foreign.fit.id]),
      k24('penalty.unknown_report', 'reportIds.0'),
      'of another matter',
    );

    const made = await propose([fit.id, fit.id]);
    t.match(made, { status: 201, body: { proposals: [{ reportIds: [fit.id] }] } });
    t.match(await groundsOf(app, await waiting(app, id, 'penalty.approve_notice')), CLUE_NOTE);
  },
);

t.test('a report that was replaced, or whose sample is void, no longer carries the decision', async (t) => {
  const app = await testApp(t);
  const officer = await app.as('case_officer');
  const { id, path, fit } = await tested(app);
  await must(officer.post(`${path}/proposals`, { ...(await proposalOf(app, id)), reportIds: [fit.id] }), 201);
  await decideMatter(app, id, 'penalty.approve_notice');
  app.setNow('2024-02-06T10:00:00+08:00');
  await must(officer.post(`${path}/notice/serve`, handed(app, '2024-02-06')));
  await must(officer.post(`${path}/waive`, WAIVER));

  const report = (state: 'reported' | 'superseded') =>
    app.owner.updateTable('laboratoryReports').set({ state }).where('id', '=', fit.id).execute();
  await report('superseded');
  const barred = { code: 'penalty.report_superseded', gate: 'K24', article: /第八十四条/ };
  t.match(await officer.post(`${path}/decide`, DECIDE), { status: 409, body: barred });
  const { allowedActions } = await must<Track>(officer.get(`${path}/penalty`));
  t.match(
    allowedActions.find(({ code }) => code === barred.code),
    { allowed: false, gate: 'K24' },
    'and the screen says so beforehand',
  );
  await report('reported');
  await must(officer.post(`${path}/decide`, DECIDE));
  t.match(await groundsOf(app, await waiting(app, id, 'penalty.decide')), CLUE_NOTE);
  await report('superseded');
  const opinion = { decision: 'approved', opinion: '同意。' };
  const waits = await waiting(app, id, 'penalty.decide');
  t.match(await (await app.as('bureau_head')).post(`/api/approvals/${waits}/decide`, opinion), {
    status: 409,
    body: { code: 'penalty.report_superseded' },
  });
});

t.test('no report, no question; a penalty may rest on none of them', async (t) => {
  const app = await testApp(t);
  const officer = await app.as('case_officer');
  const bare = await reviewedCase(app);
  t.equal(
    (await officer.post(`/api/cases/${bare.id}/proposals`, await proposalOf(app, bare.id))).status,
    201,
  );
  const { id, path } = await tested(app);
  const none = { ...(await proposalOf(app, id)), reportIds: [] };
  t.match(await officer.post(`${path}/proposals`, none), {
    status: 201,
    body: { proposals: [{ reportIds: [] }] },
  });
});
