import t from 'tap';
import { testApp } from '../app.ts';
import { filedCase, must, officersOf, proposedCase, strangerOf } from '../given/cases.ts';
import {
  endedInspection,
  plannedInspection,
  RECORD,
  startedInspection,
  startOf,
} from '../given/inspections.ts';

type Seen = {
  id: string;
  version: number;
  state: string;
  people: { side: string; name: string; credential: string | null; userId: string | null }[];
  startedAt: string;
  endedAt: string;
};

t.test('an inspection is planned, begun, recorded and ended, with the people of every side', async (t) => {
  const app = await testApp(t);
  const officer = await app.as('case_officer');
  const { id } = await plannedInspection(app);
  app.setNow('2024-03-07T10:00:00+08:00');
  const people = [
    { side: 'police', name: '赵某', credential: '510114001', organisation: '成都市公安局新都区分局' },
    { side: 'party', name: '王某某', role: '负责人' },
    { side: 'witness', name: '社区干部孙某' },
  ];
  const started = await must<Seen>(
    officer.post(`/api/inspections/${id}/start`, {
      ...startOf(app),
      people,
      startedAt: '2024-03-07T09:30:00+08:00',
    }),
  );
  t.match(started, { state: 'under_way', startedAt: '2024-03-07T09:30:00+08:00' });
  t.same(
    started.people.map(({ side, credential }) => [side, credential]),
    [
      ['bureau', '川A01140021'],
      ['bureau', '川A01140022'],
      ['police', '510114001'],
      ['party', null],
      ['witness', null],
    ],
  );
  await must(officer.post(`/api/inspections/${id}/record`, RECORD));
  app.setNow('2024-03-07T15:00:00+08:00');
  const ended = await must<Seen>(
    officer.post(`/api/inspections/${id}/end`, {
      closingAnswer: '已核对，属实。',
      endedAt: '2024-03-07T14:40:00+08:00',
    }),
  );
  t.match(ended, {
    state: 'ended',
    endedAt: '2024-03-07T14:40:00+08:00',
    ...RECORD,
    partyRefusedToSign: false,
  });
  const trail = await app.owner
    .selectFrom('auditEntries')
    .select('action')
    .where('subjectId', '=', id)
    .orderBy('id')
    .execute();
  t.same(
    trail.map(({ action }) => action),
    ['inspection.plan', 'inspection.start', 'inspection.record', 'inspection.end'],
  );
});

t.test('K1: two certified officers of the bureau; police and clerks do not count', async (t) => {
  const app = await testApp(t);
  const officer = await app.as('case_officer');
  const { id } = await plannedInspection(app);
  const [one] = officersOf(app);
  const police = [{ side: 'police', name: '赵某', credential: '510114001', organisation: '新都区分局' }];
  const alone = await officer.post(`/api/inspections/${id}/start`, {
    ...startOf(app),
    officerIds: [one],
    people: police,
  });
  t.match(alone, { status: 422, body: { code: 'officer.two_certified', gate: 'K1' } });
  const withClerk = { ...startOf(app), officerIds: [one, app.filled.users.intake_officer!.id] };
  t.match(await officer.post(`/api/inspections/${id}/start`, withClerk), {
    status: 422,
    body: { gate: 'K1' },
  });
  const nameless = { ...startOf(app), people: [{ side: 'police', name: '赵某' }] };
  t.equal(
    (await officer.post(`/api/inspections/${id}/start`, nameless)).status,
    400,
    'police need badge and office',
  );
  app.setNow('2030-01-02T10:00:00+08:00');
  const expired = await officer.post(`/api/inspections/${id}/start`, startOf(app));
  t.match(expired, { status: 422, body: { gate: 'K1' } }, 'the certificates have run out');
});

t.test('K2: findings only after rights are told, in the same breath or before', async (t) => {
  const app = await testApp(t);
  const officer = await app.as('case_officer');
  const { id } = await startedInspection(app);
  const early = await officer.post(`/api/inspections/${id}/record`, { findings: RECORD.findings });
  t.match(early, {
    status: 422,
    body: { code: 'inspection.rights_not_told', gate: 'K2', errors: [{ field: 'idsShownAnswer' }] },
  });
  await must(officer.post(`/api/inspections/${id}/record`, { idsShownAnswer: '看清楚了。' }));
  const half = await officer.post(`/api/inspections/${id}/record`, { findings: RECORD.findings });
  t.match(half, { status: 422, body: { gate: 'K2', errors: [{ field: 'rightsToldAnswer' }] } });
  await must(
    officer.post(`/api/inspections/${id}/record`, { rightsToldAnswer: '不申请。', findings: '有设备。' }),
  );
  t.equal((await officer.post(`/api/inspections/${id}/record`, {})).status, 400, 'nothing to record');
  t.equal((await officer.post(`/api/inspections/${id}/record`, { reporter: '某' })).status, 400);
});

t.test('an absent party needs a witness; a refused signature its note', async (t) => {
  const app = await testApp(t);
  const officer = await app.as('case_officer');
  const { id } = await plannedInspection(app);
  const absent = { ...startOf(app), partyPresent: 'absent', people: [] };
  await must(officer.post(`/api/inspections/${id}/start`, absent));
  await must(officer.post(`/api/inspections/${id}/record`, { findings: '大门敞开，无人。' }));
  const unseen = await officer.post(`/api/inspections/${id}/end`, {});
  t.match(unseen, {
    status: 422,
    body: { code: 'inspection.witness_missing', gate: 'K17', article: /第十八条第九项/ },
  });
  const witness = [{ side: 'witness', name: '社区干部孙某', organisation: '某社区' }];
  await must(officer.post(`/api/inspections/${id}/record`, { people: witness }));
  await must(officer.post(`/api/inspections/${id}/end`, { refusalNote: '当事人未到场，由见证人签名。' }));

  const second = await startedInspection(app);
  await must(officer.post(`/api/inspections/${second.id}/record`, RECORD));
  const silent = await officer.post(`/api/inspections/${second.id}/end`, {});
  t.match(silent, { status: 422, body: { code: 'inspection.closing_answer_missing' } });
  const refused = await officer.post(`/api/inspections/${second.id}/end`, { partyRefusedToSign: true });
  t.match(refused, { status: 422, body: { code: 'inspection.refusal_not_noted', gate: 'K17' } });
  const noted = { partyRefusedToSign: true, refusalNote: '当事人拒绝签名，已全程录像。' };
  t.match(await must(officer.post(`/api/inspections/${second.id}/end`, noted)), noted);
});

t.test('times lie in the past and in order', async (t) => {
  const app = await testApp(t);
  const officer = await app.as('case_officer');
  const { id } = await plannedInspection(app);
  const start = { ...startOf(app), startedAt: '2024-02-05T10:00:01+08:00' };
  t.match(await officer.post(`/api/inspections/${id}/start`, start), {
    status: 422,
    body: { code: 'field.future', errors: [{ field: 'startedAt' }] },
  });
  t.equal(
    (await officer.post(`/api/inspections/${id}/start`, { ...start, startedAt: '2024-02-30T10:00:00+08:00' }))
      .status,
    400,
  );
  t.equal(
    (await officer.post(`/api/inspections/${id}/start`, { ...start, startedAt: '2024-02-05T10:00:00' }))
      .status,
    400,
    'no offset',
  );
  await must(officer.post(`/api/inspections/${id}/start`, startOf(app)));
  await must(officer.post(`/api/inspections/${id}/record`, RECORD));
  const end = { closingAnswer: '属实。', endedAt: '2024-02-05T09:59:00+08:00' };
  t.match(await officer.post(`/api/inspections/${id}/end`, end), {
    status: 422,
    body: { code: 'date.before_start', errors: [{ field: 'endedAt' }] },
  });
});

t.test('a dwelling: the law is before the officers’ eyes', async (t) => {
  const app = await testApp(t);
  const officer = await app.as('case_officer');
  const { id } = await plannedInspection(app);
  t.match(await must(officer.get(`/api/inspections/${id}`)), {
    reminders: [{ gate: 'K20', article: /第四十条/, reason: /公安机关/ }],
  });
});

t.test('it takes source and party from its case, and belongs to the bureau alone', async (t) => {
  const app = await testApp(t);
  const officer = await app.as('case_officer');
  const filed = await filedCase(app);
  const planned = await plannedInspection(app, { caseId: filed.id });
  const { partyId } = await app.owner
    .selectFrom('cases')
    .select('partyId')
    .where('id', '=', filed.id)
    .executeTakeFirstOrThrow();
  t.match(planned, { caseId: filed.id, sourceId: filed.sourceId, partyId });
  t.equal(
    (
      await officer.post('/api/inspections', {
        subjectMatter: '某',
        place: '某',
        caseId: crypto.randomUUID(),
      })
    ).status,
    404,
  );
  const stranger = await strangerOf(app);
  t.equal((await stranger.get(`/api/inspections/${planned.id}`)).status, 404);
  t.equal((await stranger.post(`/api/inspections/${planned.id}/start`, startOf(app))).status, 404);
  t.equal(
    (await stranger.post('/api/inspections', { subjectMatter: '某', place: '某', caseId: filed.id })).status,
    404,
  );
  t.match(await must(stranger.get('/api/inspections')), { items: [] });
  t.match(await must(officer.get(`/api/inspections?caseId=${filed.id}`)), { items: [{ id: planned.id }] });
  t.match(await must(officer.get(`/api/cases/${filed.id}`)), {
    inspections: [{ id: planned.id, state: 'planned' }],
  });
});

t.test('after its end it is corrected with a reason, and stays whole', async (t) => {
  const app = await testApp(t);
  const officer = await app.as('case_officer');
  const { id } = await endedInspection(app);
  t.match(await officer.post(`/api/inspections/${id}/record`, RECORD), {
    status: 409,
    body: { code: 'workflow.action_not_allowed' },
  });
  const amend = (changes: Record<string, unknown>) =>
    officer.post(`/api/inspections/${id}/amend`, { changes, reason: '漏记一台设备' });
  await must(amend({ findings: `${RECORD.findings}另有封口机一台。` }));
  t.match(await amend({ partyPresent: 'absent' }), {
    status: 422,
    body: { code: 'inspection.witness_missing' },
  });
  t.match(await amend({ endedAt: '2024-02-05T08:00:00+08:00' }), {
    status: 422,
    body: { code: 'inspection.times_reversed' },
  });
  t.match(await amend({ endedAt: '2024-02-06T08:00:00+08:00' }), {
    status: 422,
    body: { code: 'field.future' },
  });
  t.equal((await amend({ state: 'planned' })).status, 400);
  t.match(await must(officer.get(`/api/inspections/${id}/history`)), {
    items: [
      { source: 'correction', detail: { before: { findings: RECORD.findings }, reason: '漏记一台设备' } },
    ],
  });
  const planned = await plannedInspection(app);
  const early = { changes: { endedAt: '2024-02-05T09:00:00+08:00' }, reason: '试' };
  t.match(await officer.post(`/api/inspections/${planned.id}/amend`, early), {
    status: 409,
    body: { code: 'inspection.not_so_far' },
  });
  await must(officer.post(`/api/inspections/${planned.id}/void`, { reason: '误录' }));
  t.match(await officer.post(`/api/inspections/${planned.id}/start`, startOf(app)), {
    status: 409,
    body: { code: 'record.void' },
  });
});

t.test(
  'a measure carried out in it must be told before it ends, and keeps it from being struck out',
  async (t) => {
    const app = await testApp(t);
    const officer = await app.as('case_officer');
    const { sourceId } = await proposedCase(app);
    const { id } = await startedInspection(app, { sourceId });
    await must(officer.post(`/api/inspections/${id}/record`, RECORD));
    const { partyId, bureauId } = await app.owner
      .selectFrom('inspections')
      .select(['partyId', 'bureauId'])
      .where('id', '=', id)
      .executeTakeFirstOrThrow();
    await app.owner
      .insertInto('measures')
      .values({
        id: crypto.randomUUID(),
        bureauId,
        kind: 'seizure',
        state: 'in_force',
        inspectionId: id,
        partyId: partyId!,
        suspectedAct: '涉嫌无证生产',
        reason: '防止转移',
        officerIds: officersOf(app),
        place: '某处',
        executedAt: '2024-02-05T10:00:00+08:00',
        createdBy: officersOf(app)[0],
        createdAt: '2024-02-05T10:00:00+08:00',
      })
      .execute();
    const untold = await officer.post(`/api/inspections/${id}/end`, { closingAnswer: '属实。' });
    t.match(untold, {
      status: 422,
      body: { code: 'inspection.measure_not_told', gate: 'K17', article: /第五项/ },
    });
    const measuresTold = '已当场告知采取扣押措施的理由、依据及申请复议、提起诉讼的权利。';
    await must(officer.post(`/api/inspections/${id}/record`, { measuresTold }));
    await must(officer.post(`/api/inspections/${id}/end`, { closingAnswer: '属实。' }));
    t.match(await officer.post(`/api/inspections/${id}/void`, { reason: '误录' }), {
      status: 409,
      body: { code: 'inspection.in_use' },
    });
  },
);

t.test(
  'two write at once against the same version: one is told, nothing is lost; a repeat is harmless',
  async (t) => {
    const app = await testApp(t);
    const [one, two] = [await app.as('case_officer'), await app.as('case_officer_2')];
    const { id, version } = await must<Seen>(
      (await app.as('case_officer')).get(`/api/inspections/${(await startedInspection(app)).id}`),
    );
    const current = { headers: { 'if-match': `"${version}"` } };
    const answers = await Promise.all([
      one.post(`/api/inspections/${id}/record`, { idsShownAnswer: '看清楚了。' }, current),
      two.post(`/api/inspections/${id}/record`, { rightsToldAnswer: '不申请。' }, current),
    ]);
    t.same(
      answers.map(({ status }) => status).toSorted((a, b) => a - b),
      [200, 412],
    );
    const headers = { 'idempotency-key': 'late witness' };
    const people = [{ side: 'witness', name: '孙某' }];
    await must(one.post(`/api/inspections/${id}/record`, { people }, { headers }));
    const repeated = await must<Seen>(one.post(`/api/inspections/${id}/record`, { people }, { headers }));
    t.equal(repeated.people.filter(({ side }) => side === 'witness').length, 1);
  },
);
