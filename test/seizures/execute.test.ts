import { randomUUID } from 'node:crypto';
import t from 'tap';
import { testApp } from '../app.ts';
import { decide, must, officersOf, strangerOf, verifiedSource } from '../given/cases.ts';
import {
  actionOf,
  approvedMeasure,
  clockOf,
  EXECUTION,
  linesOf,
  measureInForce,
  measureOf,
  type MeasureSeen,
  proposalOf,
  proposedMeasure,
  scene,
  whereOf,
} from '../given/seizures.ts';
import { endedInspection } from '../given/inspections.ts';

t.test('the seizure of 7 March 2024 runs to 6 April, a holiday Saturday, and no further', async (t) => {
  const app = await testApp(t);
  // Approved the day before, when nobody knows what there will be.
  const source = await verifiedSource(app);
  app.setNow('2024-03-06T10:00:00+08:00');
  const early = await proposedMeasure(app, { sourceId: source.id });
  t.match(early, { state: 'proposed', items: 0, inspectionId: null, approvals: [{ afterTheFact: false }] });
  await decide(app, early.approvalId!);
  t.equal((await measureOf(app, early.id)).state, 'approved');
  const site = await scene(app, { sourceId: source.id });
  const officer = await app.as('case_officer');
  const path = `/api/measures/${early.id}`;
  await must(officer.post(`${path}/items`, { items: linesOf(site.items, [0]) }));
  const listed = await must<MeasureSeen>(officer.post(`${path}/items`, { items: linesOf(site.items, [1]) }));
  t.match(listed, { state: 'approved', items: 2, holding: 0, version: 4 });
  app.setNow('2024-03-07T12:00:00+08:00');
  const body = {
    ...EXECUTION,
    inspectionId: site.inspectionId,
    executedAt: '2024-03-07T11:50:00+08:00',
    seals: [{ number: '新都封0001', place: '成品外箱' }],
  };
  const seized = await must<MeasureSeen>(officer.post(`${path}/execute`, body));
  t.match(seized, {
    state: 'in_force',
    executedAt: '2024-03-07T11:50:00+08:00',
    endsOn: '2024-04-06',
    periodDays: 30,
    items: 2,
    holding: 2,
    lawful: false,
    mustRelease: false,
    inspectionId: site.inspectionId,
    seals: [{ number: '新都封0001', state: 'intact', appliedAt: '2024-03-07T11:50:00+08:00' }],
    totals: [
      { unit: '千克', items: 1, quantity: '350.5' },
      { unit: '袋', items: 1, quantity: '120' },
    ],
  });
  t.match(clockOf(seized, 'S04f'), { rawOn: '2024-04-06', state: 'running' });
  t.equal(clockOf(seized, 'S04'), undefined);
  t.same(await whereOf(app, early.id), [{ 'store/held': '120' }, { 'store/held': '350.5' }]);
  app.setNow('2024-04-06T23:59:59+08:00');
  t.equal((await measureOf(app, early.id)).mustRelease, false, 'the last day counts whole');
  app.setNow('2024-04-07T00:00:00+08:00');
  const late = await measureOf(app, early.id);
  t.match(late, { mustRelease: true, endsOn: '2024-04-06' }, 'a coercive power never rolls over');
  t.match(
    late.alarms.find(({ code }) => code === 'measure.must_release'),
    { article: /第二十八条/ },
  );
  const trail = await app.owner
    .selectFrom('auditEntries')
    .select('action')
    .where('subjectId', '=', early.id)
    .orderBy('id')
    .execute();
  t.same(
    trail.map(({ action }) => action),
    ['measure.propose', 'measure.approve', 'measure.add_items', 'measure.add_items', 'measure.execute'],
    'each act left one entry',
  );
});

t.test('mixed bases: both clocks; one basis alone: its own', async (t) => {
  const app = await testApp(t);
  const mixed = await measureInForce(app, await scene(app), { places: [0, 2] });
  t.same(
    mixed.clocks.map(({ rule, rawOn }) => [rule, rawOn]).toSorted(([a], [b]) => a!.localeCompare(b!)),
    [
      ['S04', '2024-04-06'],
      ['S04f', '2024-04-06'],
    ],
  );
  const tools = await measureInForce(app, await scene(app), { places: [2] });
  t.same(
    tools.clocks.map(({ rule }) => rule),
    ['S04'],
  );
});

t.test('premises are sealed in place, with a keeper goods lie with him', async (t) => {
  const app = await testApp(t);
  const officer = await app.as('case_officer');
  const site = await scene(app);
  const sealing = await approvedMeasure(app, site, {
    kind: 'sealing',
    items: linesOf(site.items, [3, 1]),
  });
  const bare = await officer.post(`/api/measures/${sealing.id}/execute`, EXECUTION);
  t.match(bare, { status: 422, body: { code: 'measure.seals_needed', article: /第四十一条/ } });
  const seals = [{ number: '新都封0002', place: '加工间大门' }];
  const sealed = await must<MeasureSeen>(
    officer.post(`/api/measures/${sealing.id}/execute`, { ...EXECUTION, seals }),
  );
  t.match(sealed, { items: 2, holding: 2, endsOn: '2024-04-06' });
  t.same(await whereOf(app, sealing.id), [{}, { 'site/held': '350.5' }]);
  const kept = await approvedMeasure(app, site, { items: linesOf(site.items, [0]) });
  await must(officer.post(`/api/measures/${kept.id}/execute`, { ...EXECUTION, keeper: '某某冷库' }));
  t.same(await whereOf(app, kept.id), [{ 'keeper/held': '120' }]);
});

t.test('K17, K20: each thing the carrying out lacks is refused with gate and article', async (t) => {
  const app = await testApp(t);
  const officer = await app.as('case_officer');
  const site = await scene(app, { isDwelling: true });
  const { id } = await approvedMeasure(app, site);
  const path = `/api/measures/${id}`;
  const whole = { ...EXECUTION, dwellingHandover: '当事人自行搬出，村民委员会工作人员在场。' };
  const refused = async (change: object, expected: object): Promise<void> => {
    const { status, body } = await officer.post(`${path}/execute`, { ...whole, ...change });
    t.match({ status, ...body }, expected);
  };
  const k17 = (code: string, article: RegExp) => ({ status: 422, code, gate: 'K17', article });
  await refused({}, k17('measure.no_items', /第二十四条/));
  await must(officer.post(`${path}/items`, { items: linesOf(site.items, [0]) }));
  await refused({ rightsTold: false }, k17('measure.rights_not_told', /第十八条第五项/));
  await refused({ partyPresent: false }, k17('measure.nobody_present', /第十八条第四项/));
  const k20 = { status: 422, code: 'measure.dwelling', gate: 'K20', article: /第四十条/ };
  await refused({ dwellingHandover: undefined }, k20);
  await refused({ keepingPlace: undefined }, { status: 422, code: 'measure.keeping_place' });
  const [one] = officersOf(app);
  await refused({ officerIds: [one] }, k17('measure.two_officers', /第十七条/));
  await refused({ officerIds: [one, one] }, k17('measure.two_officers', /第十七条/));
  const clerk = app.filled.users.intake_officer!.id;
  await refused({ officerIds: [one, clerk] }, k17('measure.two_officers', /第十七条/));
  const absentHead = app.filled.users.unit_head!.id;
  await refused({ officerIds: [one, absentHead] }, k17('measure.officers_on_scene', /第十七条/));
  await refused({ executedAt: '2024-03-07T10:00:01+08:00' }, { status: 422, code: 'field.future' });
  await refused({ executedAt: '2024-03-07T09:59:59+08:00' }, { status: 422, code: 'date.before_start' });
  await refused({ rightsTold: 'yes' }, { status: 400, errors: [{ field: 'rightsTold' }] });
  await refused({ surprise: 1 }, { status: 400, errors: [{ field: 'surprise' }] });
  await refused({ keepingPlace: '仓库\u0000' }, { status: 400 });
  t.match(await measureOf(app, id), { state: 'approved', version: 3 }, 'nothing of it stuck');
  t.same(await whereOf(app, id), [{ 'scene/party': '120' }]);
  await must(officer.post(`${path}/execute`, { ...whole, partyPresent: false, witnessName: '见证人庚' }));
});

t.test('the record comes first: papers shown, begun, and not yet over', async (t) => {
  const app = await testApp(t);
  const officer = await app.as('case_officer');
  const silent = await scene(app, { isRecorded: false });
  const one = await approvedMeasure(app, silent, { items: linesOf(silent.items, [0]) });
  t.match(await officer.post(`/api/measures/${one.id}/execute`, EXECUTION), {
    status: 422,
    body: { code: 'measure.ids_not_shown', gate: 'K17', article: /第十八条第三项/ },
  });
  const site = await scene(app);
  const two = await approvedMeasure(app, site, { items: linesOf(site.items, [0]) });
  app.setNow('2024-03-07T11:00:00+08:00');
  await must(officer.post(`/api/inspections/${site.inspectionId}/end`, { closingAnswer: '已核对，属实。' }));
  app.setNow('2024-03-07T11:30:00+08:00');
  t.match(await officer.post(`/api/measures/${two.id}/execute`, EXECUTION), {
    status: 422,
    body: { code: 'measure.after_inspection', gate: 'K17', errors: [{ field: 'executedAt' }] },
  });
  const executedAt = '2024-03-07T10:30:00+08:00';
  const done = await must<MeasureSeen>(
    officer.post(`/api/measures/${two.id}/execute`, { ...EXECUTION, executedAt }),
  );
  t.equal(done.executedAt, executedAt);
  const nowhere = await approvedMeasure(app, site, {
    inspectionId: undefined,
    items: linesOf(site.items, [1]),
  });
  t.match(await officer.post(`/api/measures/${nowhere.id}/execute`, EXECUTION), {
    status: 422,
    body: { code: 'measure.no_inspection', gate: 'K17' },
  });
  const elsewhere = await endedInspection(app);
  const inspectionId = elsewhere.id;
  const answer = await officer.post(`/api/measures/${nowhere.id}/execute`, { ...EXECUTION, inspectionId });
  t.equal(answer.status, 404, 'an inspection of another matter is no site of it');
});

t.test('K17: nothing is dated before its approval; an ended record must tell of the rights', async (t) => {
  const app = await testApp(t);
  const officer = await app.as('case_officer');
  const site = await scene(app);
  app.setNow('2024-03-07T10:40:00+08:00');
  const { id } = await approvedMeasure(app, site, { items: linesOf(site.items, [0]) });
  const carryOut = (executedAt: string) =>
    officer.post(`/api/measures/${id}/execute`, { ...EXECUTION, executedAt });
  t.match(await carryOut('2024-03-07T10:39:59+08:00'), {
    status: 422,
    body: { code: 'measure.before_approval', gate: 'K17', article: /第十八条第一项/ },
  });
  const path = `/api/inspections/${site.inspectionId}`;
  app.setNow('2024-03-07T11:00:00+08:00');
  await must(officer.post(`${path}/end`, { closingAnswer: '已核对，属实。' }));
  const told = (measuresTold: string | null) =>
    app.owner.updateTable('inspections').set({ measuresTold }).where('id', '=', site.inspectionId).execute();
  await told(null);
  t.match(await carryOut('2024-03-07T10:40:00+08:00'), {
    status: 422,
    body: { code: 'measure.telling_not_recorded', gate: 'K17', article: /第十八条第五项/ },
  });
  await told('告知扣押的理由、依据、权利和救济途径。');
  t.equal((await carryOut('2024-03-07T10:40:00+08:00')).status, 200, 'at the very instant of the approval');
});

t.test(
  'K17: one that was proposed as urgent and has its approval goes by its time like any other',
  async (t) => {
    const app = await testApp(t);
    const officer = await app.as('case_officer');
    const site = await scene(app);
    app.setNow('2024-03-07T10:40:00+08:00');
    const { id } = await approvedMeasure(app, site, { items: linesOf(site.items, [0]) });
    await app.owner.updateTable('measures').set({ isUrgent: true }).where('id', '=', id).execute();
    const before = { ...EXECUTION, executedAt: '2024-03-07T10:39:59+08:00' };
    t.match(await officer.post(`/api/measures/${id}/execute`, before), {
      status: 422,
      body: { code: 'measure.before_approval', gate: 'K17' },
    });
  },
);

t.test('no approval, no measure; nobody decides on his own', async (t) => {
  const app = await testApp(t);
  const officer = await app.as('case_officer');
  const site = await scene(app);
  const { id, approvalId } = await proposedMeasure(app, site, { items: linesOf(site.items, [0]) });
  t.match(await officer.post(`/api/measures/${id}/execute`, EXECUTION), {
    status: 409,
    body: { code: 'measure.not_approved', gate: 'K17', article: /第十八条第一项/ },
  });
  t.match(await officer.post(`/api/measures/${id}/execute-urgent`, EXECUTION), {
    status: 409,
    body: { code: 'measure.not_urgent', gate: 'K17' },
  });
  const decision = { decision: 'approved', opinion: '同意。' };
  t.equal((await officer.post(`/api/approvals/${approvalId}/decide`, decision)).status, 403);
  // A head who handles the matter does not decide it.
  const head = app.filled.users.bureau_head!.id;
  const own = await proposedMeasure(app, site, { officerIds: [...officersOf(app), head] });
  const deciding = await (
    await app.as('bureau_head')
  ).post(`/api/approvals/${own.approvalId}/decide`, decision);
  t.match(deciding, { status: 422, body: { code: 'approval.own_proposal' } });
  await decide(app, own.approvalId!, { as: 'principal_head' });
  await decide(app, approvalId!, { decision: 'refused' });
  t.match(await measureOf(app, id), { state: 'refused', lawful: false });
  t.equal((await officer.post(`/api/measures/${id}/execute`, EXECUTION)).status, 409);
  t.equal(
    actionOf(await measureOf(app, id), 'execute')?.code,
    'workflow.action_not_allowed',
    'what the screen is told',
  );
  await proposedMeasure(app, site, { items: linesOf(site.items, [0]) });
});

t.test('what a proposal lacks', async (t) => {
  const app = await testApp(t);
  const officer = await app.as('case_officer');
  const site = await scene(app);
  const proposal = proposalOf(app, site);
  const refused = async (change: object, expected: object): Promise<void> => {
    const { status, body } = await officer.post('/api/measures', { ...proposal, ...change });
    t.match({ status, ...body }, expected);
  };
  const [one] = officersOf(app);
  await refused({ officerIds: [one] }, { status: 422, code: 'measure.two_officers', gate: 'K17' });
  await refused({ officerIds: [one, randomUUID()] }, { status: 422, gate: 'K17' });
  await refused(
    { sourceId: undefined, inspectionId: undefined },
    { status: 422, code: 'measure.of_nothing', errors: [{ field: 'sourceId' }] },
  );
  await refused({ sourceId: randomUUID() }, { status: 404 });
  await refused({ inspectionId: randomUUID() }, { status: 404 });
  await refused({ partyId: randomUUID() }, { status: 422 });
  await refused({ kind: 'preservation' }, { status: 400, errors: [{ field: 'kind' }] });
  await refused({ suspectedAct: ' ' }, { status: 400, errors: [{ field: 'suspectedAct' }] });
  await refused({ reason: 'あ'.repeat(5001) }, { status: 400, errors: [{ field: 'reason' }] });
  const english = await officer.post(
    '/api/measures',
    { ...proposal, officerIds: [one] },
    { headers: { 'accept-language': 'en' } },
  );
  t.match(english.body, { title: /two officers of the bureau/ });
});

t.test('two officers execute at once: one wins, goods leave once', async (t) => {
  const app = await testApp(t);
  const site = await scene(app);
  const { id } = await approvedMeasure(app, site, { items: linesOf(site.items, [0, 1]) });
  const clients = [await app.as('case_officer'), await app.as('case_officer_2')];
  const answers = await Promise.all(
    clients.map((client) => client.post(`/api/measures/${id}/execute`, EXECUTION)),
  );
  t.same(
    answers.map(({ status }) => status).toSorted((a, b) => a - b),
    [200, 409],
  );
  t.same(await whereOf(app, id), [{ 'store/held': '120' }, { 'store/held': '350.5' }]);
  t.same(
    (await measureOf(app, id)).clocks.map(({ rule }) => rule),
    ['S04f'],
    'its clock started once',
  );
});

t.test('two measures want the same goods: the second is refused', async (t) => {
  const app = await testApp(t);
  const site = await scene(app);
  const [one, two] = [await proposedMeasure(app, site), await proposedMeasure(app, site)];
  const items = linesOf(site.items, [0]);
  const clients = [await app.as('case_officer'), await app.as('case_officer_2')];
  const answers = await Promise.all([
    clients[0]!.post(`/api/measures/${one.id}/items`, { items }),
    clients[1]!.post(`/api/measures/${two.id}/items`, { items }),
  ]);
  t.same(
    answers.map(({ status }) => status).toSorted((a, b) => a - b),
    [200, 422],
  );
  t.match(
    answers.find(({ status }) => status === 422),
    { body: { code: 'measure.in_other_measure', gate: 'K18' } },
  );
});

t.test('sent twice is done once; a stale version is refused; another bureau sees nothing', async (t) => {
  const app = await testApp(t);
  const officer = await app.as('case_officer');
  const site = await scene(app);
  const key = { headers: { 'idempotency-key': randomUUID() } };
  const proposal = proposalOf(app, site);
  const [first, again] = [
    await officer.post('/api/measures', proposal, key),
    await officer.post('/api/measures', proposal, key),
  ];
  t.same([first.status, again.status], [201, 201]);
  t.equal(again.body.id, first.body.id);
  t.equal((await officer.post('/api/measures', { ...proposal, place: '别处' }, key)).status, 422);
  const { id, version } = await approvedMeasure(app, site, { items: linesOf(site.items, [0]) });
  const path = `/api/measures/${id}`;
  const stale = { headers: { 'if-match': `"${version - 1}"` } };
  for (const [step, body] of [
    ['items', { items: linesOf(site.items, [1]) }],
    ['execute', EXECUTION],
  ] as const) {
    const { status, body: problem } = await officer.post(`${path}/${step}`, body, stale);
    t.match({ status, ...problem }, { status: 412, code: 'request.stale' }, step);
  }
  const run = { headers: { 'idempotency-key': randomUUID(), 'if-match': `"${version}"` } };
  const done = await officer.post<MeasureSeen>(`${path}/execute`, EXECUTION, run);
  t.same(
    await officer.post<MeasureSeen>(`${path}/execute`, EXECUTION, run).then(({ body }) => body),
    done.body,
  );
  const stranger = await strangerOf(app);
  t.equal((await stranger.get(path)).status, 404);
  for (const [step, body] of [
    ['items', { items: linesOf(site.items, [1]) }],
    ['execute', EXECUTION],
    ['execute-urgent', EXECUTION],
    ['extend', { reason: '案情复杂。' }],
    ['seals', { seals: [{ number: '1', place: '门' }] }],
  ] as const)
    t.equal((await stranger.post(`${path}/${step}`, body)).status, 404, step);
  t.same((await must<{ items: unknown[] }>(stranger.get('/api/measures'))).items, []);
});
