import t from 'tap';
import type { SourceView } from '../../src/modules/sources/schemas.ts';
import type { TipView } from '../../src/modules/tips/schemas.ts';
import { testApp, type TestApp } from '../app.ts';
import { decide as decideApproval, filingOf, must } from '../given/cases.ts';
import { COMPLAINT, decide, givenTip, type Problem, REPORT } from './given.ts';

const RECEIVED = { receivedAt: '2024-02-01T10:00:00+08:00', competentOn: '2024-02-05' };

type Correction = { source: string; action: string; detail: Record<string, unknown> };

/** Everything a receipt moves, seen from a tip. */
async function desk(app: TestApp) {
  const [officer, intake] = [await app.as('case_officer'), await app.as('intake_officer')];
  const readTip = async (id: string) => (await officer.get<TipView>(`/api/tips/${id}`)).body;
  const readSource = async (id: string) => (await officer.get<SourceView>(`/api/sources/${id}`)).body;
  return {
    officer,
    intake,
    readTip,
    readSource,
    amend: (id: string, changes: object) =>
      officer.post<Problem>(`/api/tips/${id}/amend`, { changes, reason: '签收登记有误，来电人苟秘密说明。' }),
    /** A report received on Thursday 1 and Monday 5 February 2024, and the source opened from it. */
    opened: async (): Promise<{ tip: TipView; sourceId: string }> => {
      const { id } = await givenTip(intake, { ...REPORT, ...RECEIVED });
      const tip = await must<TipView>(officer.post(`/api/tips/${id}/open-source`, {}));
      return { tip, sourceId: tip.sources[0]!.id };
    },
    corrections: async (path: string) =>
      (await officer.get<{ items: Correction[] }>(`${path}/history`)).body.items,
  };
}

t.test('a corrected receipt day of a report moves its source and R01', async (t) => {
  const app = await testApp(t);
  const { amend, opened, readSource, corrections } = await desk(app);
  const { tip, sourceId } = await opened();
  t.match(await readSource(sourceId), { foundOn: '2024-02-05', clocks: [{ rawOn: '2024-03-01' }] });
  t.equal((await amend(tip.id, { competentOn: '2024-02-02' })).status, 200);
  const source = await readSource(sourceId);
  // Friday the 2nd, with a make-up working Sunday on the 4th: the fifteen end two working days earlier.
  t.match(source, {
    foundOn: '2024-02-02',
    version: 2,
    clocks: [{ rule: 'R01', state: 'running', triggeredOn: '2024-02-02', rawOn: '2024-02-28' }],
  });
  const [line] = (await corrections(`/api/sources/${sourceId}`)).filter((one) => one.source === 'correction');
  t.match(line, {
    action: 'amend',
    detail: {
      before: { foundOn: '2024-02-05' },
      after: { foundOn: '2024-02-02' },
      reason: `${tip.number}的收到日期已更正`,
    },
  });
  t.notMatch(JSON.stringify(line), '苟秘密', 'the reason of the tip stays with the tip');
  const trail = await app.owner
    .selectFrom('auditEntries')
    .select(['action', 'detail'])
    .where('subjectId', '=', sourceId)
    .where('action', '=', 'source.amend')
    .execute();
  t.same(trail, [{ action: 'source.amend', detail: { fields: ['foundOn'], followed: { tipId: tip.id } } }]);
  const history = await app.owner
    .selectFrom('clockHistory')
    .select(['change', 'detail'])
    .where('clockId', '=', source.clocks[0]!.id)
    .where('change', '=', 'trigger_moved')
    .execute();
  t.match(history, [{ detail: { reason: 'tip.amend', was: { triggeredOn: '2024-02-05' } } }]);
});

t.test('its extension and its excluded days move along', async (t) => {
  const app = await testApp(t);
  const { officer, amend, opened, readSource } = await desk(app);
  const { tip, sourceId } = await opened();
  await must(officer.post(`/api/sources/${sourceId}/extend`, { grounds: '需待检验结论。' }));
  await decide(app, sourceId, 'approved');
  app.setNow('2024-02-26T09:00:00+08:00');
  const testing = { from: '2024-02-19', to: '2024-02-23', ground: 'testing' };
  await must(officer.post(`/api/sources/${sourceId}/exclusions`, testing));
  t.match((await readSource(sourceId)).clocks, [{ rawOn: '2024-03-29', extensions: 1, exclusions: 1 }]);
  t.equal((await amend(tip.id, { competentOn: '2024-02-02' })).status, 200);
  t.match((await readSource(sourceId)).clocks, [{ rawOn: '2024-03-27', extensions: 1, exclusions: 1 }]);
});

t.test('a source corrected by itself keeps its day', async (t) => {
  const app = await testApp(t);
  const { officer, amend, opened, readSource } = await desk(app);
  const { tip, sourceId } = await opened();
  const found = { changes: { foundOn: '2024-02-04' }, reason: '此前已发现线索' };
  await must(officer.post(`/api/sources/${sourceId}/amend`, found));
  t.equal((await amend(tip.id, { competentOn: '2024-02-02' })).status, 200);
  t.match(await readSource(sourceId), { foundOn: '2024-02-04', version: 2 });
});

t.test(
  'a filed case hinders nothing: R01 stays met, and is now seen to have been met too late',
  async (t) => {
    const app = await testApp(t);
    const { officer, amend, opened, readSource, readTip } = await desk(app);
    const { tip, sourceId } = await opened();
    const two = [app.filled.users.case_officer!.id, app.filled.users.case_officer_2!.id];
    await must(officer.post(`/api/sources/${sourceId}/verify`, { verifierIds: two }));
    await must(officer.post(`/api/sources/${sourceId}/verification`, { verification: '检出鸭源性成分。' }));
    const party = { kind: 'company', name: '甲食品公司' };
    const filing = { ...filingOf(app, sourceId), party };
    const { id, approvalId } = await must<{ id: string; approvalId: string }>(
      officer.post('/api/cases', filing),
      201,
    );
    app.setNow('2024-03-01T10:00:00+08:00');
    await decideApproval(app, approvalId);
    t.match((await readSource(sourceId)).clocks, [{ state: 'met', overdue: false }]);
    t.equal((await amend(tip.id, { competentOn: '2024-02-01' })).status, 200);
    t.match(await readSource(sourceId), {
      state: 'case_opened',
      foundOn: '2024-02-01',
      clocks: [{ state: 'met', triggeredOn: '2024-02-01', rawOn: '2024-02-27', overdue: true }],
    });
    t.match(
      (await readTip(tip.id)).clocks,
      [{ rule: 'R02o', triggeredOn: '2024-03-01' }],
      'told from the filing',
    );
    t.match((await officer.get(`/api/cases/${id}`)).body, {
      filedOn: '2024-03-01',
      clocks: [{ rule: 'P04', triggeredOn: '2024-03-01' }],
    });
  },
);

t.test('an issued form stays as it is; the one that replaces it says the right day', async (t) => {
  const app = await testApp(t);
  const { officer, amend, opened } = await desk(app);
  const { tip, sourceId } = await opened();
  const about = { kind: 'case-source-registration', subjectKind: 'source', subjectId: sourceId };
  const draft = await must(officer.post('/api/documents', about), 201);
  const issued = await must(officer.post(`/api/documents/${draft.id}/issue`, {}));
  t.equal((await amend(tip.id, { competentOn: '2024-02-02' })).status, 200);
  t.match((await officer.get(`/api/documents/${draft.id}`)).body, {
    contentHash: issued.contentHash,
    data: { foundOn: '2024-02-05' },
  });
  const next = await must(officer.post(`/api/documents/${draft.id}/replace`, { reason: '日期有误' }), 201);
  t.match(await must(officer.post(`/api/documents/${next.id}/issue`, {})), {
    data: { foundOn: '2024-02-02' },
  });
});

t.test('the time of receipt takes the competent day with it where they were one day', async (t) => {
  const app = await testApp(t);
  const { intake, amend, readTip } = await desk(app);
  const one = await givenTip(intake, { ...COMPLAINT, receivedAt: '2024-02-05T09:00:00+08:00' });
  t.equal((await amend(one.id, { receivedAt: '2024-02-02T16:00:00+08:00' })).status, 200);
  t.match(await readTip(one.id), {
    receivedAt: '2024-02-02T16:00:00+08:00',
    competentOn: '2024-02-02',
    clocks: [{ rule: 'C01o', triggeredOn: '2024-02-02' }],
  });
  const two = await givenTip(intake, { ...COMPLAINT, receivedAt: '2024-02-05T09:00:00+08:00' });
  const said = { receivedAt: '2024-02-02T16:00:00+08:00', competentOn: '2024-02-05' };
  t.equal((await amend(two.id, said)).status, 200);
  t.match(await readTip(two.id), { ...said, clocks: [{ triggeredOn: '2024-02-05' }] });
  const apart = await givenTip(intake, { ...COMPLAINT, ...RECEIVED });
  t.equal((await amend(apart.id, { receivedAt: '2024-02-02T16:00:00+08:00' })).status, 200);
  t.match(await readTip(apart.id), { competentOn: '2024-02-05' }, 'it was another day before');
});

t.test('what was done on it bars a later day; nothing has moved then', async (t) => {
  const app = await testApp(t);
  const { officer, intake, amend, opened, readTip, readSource } = await desk(app);
  const { tip, sourceId } = await opened();
  app.setNow('2024-02-08T10:00:00+08:00');
  t.match(await amend(tip.id, { competentOn: '2024-02-06' }), {
    status: 422,
    body: { code: 'source.found_after_registered', errors: [{ field: 'changes.competentOn' }] },
  });
  t.match(
    [await readTip(tip.id), await readSource(sourceId)],
    [{ competentOn: '2024-02-05' }, { foundOn: '2024-02-05', clocks: [{ triggeredOn: '2024-02-05' }] }],
  );
  const found = { changes: { foundOn: '2024-02-06' }, reason: '有误' };
  t.match(await officer.post(`/api/sources/${sourceId}/amend`, found), {
    status: 422,
    body: { code: 'source.found_after_registered', errors: [{ field: 'changes.foundOn' }] },
  });
  const complaint = await givenTip(intake, { ...COMPLAINT, ...RECEIVED });
  const told = { way: 'phone', content: '已受理。', toldAt: '2024-02-08T09:00:00+08:00' };
  await must(officer.post(`/api/tips/${complaint.id}/accept`, { told }));
  app.setNow('2024-02-19T10:00:00+08:00');
  const late = { status: 422, body: { code: 'tip.received_after_act' } };
  t.match(await amend(complaint.id, { competentOn: '2024-02-09' }), late);
  const both = { receivedAt: '2024-02-08T09:00:01+08:00', competentOn: '2024-02-08' };
  t.match(await amend(complaint.id, both), {
    status: 422,
    body: { code: 'tip.received_after_act', errors: [{ field: 'changes.receivedAt' }] },
  });
  t.match(await amend(complaint.id, { receivedAt: '2024-02-19T10:00:01+08:00' }), {
    status: 422,
    body: { code: 'field.future', errors: [{ field: 'changes.receivedAt' }] },
  });
  t.equal((await amend(complaint.id, { competentOn: '2024-02-08' })).status, 200, 'the very day is right');
});

t.test('both halves of a split letter came in on the same day, whichever is corrected', async (t) => {
  const app = await testApp(t);
  const { officer, amend, opened, readTip, readSource, corrections } = await desk(app);
  const { tip, sourceId } = await opened();
  const half = await must<TipView>(officer.post(`/api/tips/${tip.id}/split`, { demand: '退还98元。' }), 201);
  t.equal((await amend(half.id, { competentOn: '2024-02-02' })).status, 200);
  t.match(await readTip(half.id), { clocks: [{ rule: 'C01o', triggeredOn: '2024-02-02' }] });
  t.match(await readTip(tip.id), { competentOn: '2024-02-02' });
  t.match(await readSource(sourceId), { foundOn: '2024-02-02', clocks: [{ triggeredOn: '2024-02-02' }] });
  const own = (await corrections(`/api/tips/${tip.id}`)).filter((one) => one.source === 'correction');
  t.match(own, [{ action: 'amend', detail: { reason: `${half.number}的收到日期已更正` } }]);
  t.equal((await amend(tip.id, { competentOn: '2024-02-01' })).status, 200);
  t.match((await readTip(half.id)).clocks, [{ triggeredOn: '2024-02-01' }]);
});

t.test('corrected while the source is concluded: both hold, or one is told to come again', async (t) => {
  const app = await testApp(t);
  const { officer, amend, opened, readSource, readTip } = await desk(app);
  const { tip, sourceId } = await opened();
  const two = [app.filled.users.case_officer!.id, app.filled.users.case_officer_2!.id];
  await must(officer.post(`/api/sources/${sourceId}/verify`, { verifierIds: two }));
  await must(officer.post(`/api/sources/${sourceId}/verification`, { verification: '不属本部门。' }));
  const [amended, handed] = await Promise.all([
    amend(tip.id, { competentOn: '2024-02-02' }),
    officer.post<Problem>(`/api/sources/${sourceId}/hand-over`, { agency: '农业农村局', reasons: '屠宰。' }),
  ]);
  for (const { status, body } of [amended, handed]) {
    t.ok(status === 200 || body.code === 'request.busy', `${status} ${body.code}`);
  }
  const [source, now] = [await readSource(sourceId), await readTip(tip.id)];
  t.equal(source.foundOn, amended.status === 200 ? '2024-02-02' : '2024-02-05');
  t.equal(source.clocks[0]!.triggeredOn, source.foundOn);
  t.equal(now.competentOn, source.foundOn);
  t.equal(now.state, handed.status === 200 ? 'handed_over' : 'verifying');
});
