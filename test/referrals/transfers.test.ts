import t from 'tap';
import { transferOpen } from '../../src/modules/referrals/index.ts';
import { testApp } from '../app.ts';
import { decide, filedCase, must, officersOf, strangerOf } from '../given/cases.ts';
import {
  approvedTransfer,
  attachedFile,
  encloseAll,
  issuedLetter,
  proposedTransfer,
  transferOf,
} from '../given/referrals.ts';

type Clock = {
  rule: string;
  state: string;
  triggeredOn: string;
  rawOn: string;
  rawAt: string | null;
  overdue: boolean | null;
  metAt: string | null;
};
type Seen = {
  id: string;
  caseId: string;
  state: string;
  version: number;
  approval: { id: string; state: string };
  clocks: Clock[];
  enclosures: { id: string; item: number; title: string; sha256: string | null; documentId: string | null }[];
};

const clock = ({ clocks }: Seen, rule: string): Clock | undefined => clocks.find((one) => one.rule === rule);

const APPROVE = { decision: 'approved', opinion: '同意移送。' };

t.test(
  'the story: report on 18 March, three days to decide, 24 hours to deliver, three days for the police',
  async (t) => {
    const app = await testApp(t);
    app.setNow('2024-03-18T15:00:00+08:00');
    const officer = await app.as('case_officer');
    const filed = await filedCase(app);
    const body = { ...transferOf(app, filed.id), reportReceivedAt: '2024-03-18T14:00:00+08:00' };
    const proposed = await must<Seen>(officer.post('/api/transfers', body), 201);
    t.match(proposed, {
      state: 'proposed',
      approval: { state: 'proposed' },
      group: [{ name: '林晓峰' }, { name: '周敏' }],
    });
    // Three natural days: 19, 20, 21 March (Order 310 speaks of 日).
    t.match(clock(proposed, 'T01'), { triggeredOn: '2024-03-18', rawOn: '2024-03-21', state: 'running' });
    t.equal(clock(proposed, 'T02'), undefined);

    app.setNow('2024-03-20T16:30:00+08:00');
    await decide(app, proposed.approval.id, { as: 'principal_head' });
    const approved = await must<Seen>(officer.get(`/api/transfers/${proposed.id}`));
    t.match(approved, { state: 'approved', approvedAt: '2024-03-20T16:30:00+08:00' });
    t.match(clock(approved, 'T01'), { state: 'met', overdue: false });
    t.equal(new Date(clock(approved, 'T02')!.rawAt!).toISOString(), '2024-03-21T08:30:00.000Z');

    await encloseAll(app, approved);
    app.setNow('2024-03-21T10:00:00+08:00');
    const delivered = await must<Seen>(
      officer.post(`/api/transfers/${proposed.id}/deliver`, { deliveredTo: '经侦大队 赵某' }),
    );
    t.match(delivered, { state: 'delivered', deliveredTo: '经侦大队 赵某', procuratorateCopiedAt: null });
    t.match(clock(delivered, 'T02'), { state: 'met', overdue: false });
    t.equal(clock(delivered, 'T04'), undefined, 'the police have not signed yet');
    await must(officer.post(`/api/transfers/${proposed.id}/copy-to-procuratorate`, {}));
    t.match(await officer.post(`/api/transfers/${proposed.id}/copy-to-procuratorate`, {}), {
      status: 409,
      body: { code: 'transfer.copied_already' },
    });

    app.setNow('2024-03-21T11:00:00+08:00');
    const acknowledged = await must<Seen>(
      officer.post(`/api/transfers/${proposed.id}/acknowledge`, { acknowledgedBy: '赵某' }),
    );
    // 24 March 2024 is a Sunday: the raw day stays as counted.
    t.match(clock(acknowledged, 'T04'), { triggeredOn: '2024-03-21', rawOn: '2024-03-24', state: 'running' });

    app.setNow('2024-03-22T17:00:00+08:00');
    const decision = { decision: 'filed', on: '2024-03-22', number: '新公（经）立字〔2024〕1号' };
    const police = await must<Seen>(officer.post(`/api/transfers/${proposed.id}/police-decision`, decision));
    t.match(police, { state: 'police_filed', decisionOn: '2024-03-22', decisionNumber: decision.number });
    t.match(clock(police, 'T04'), { state: 'met', overdue: false });
    t.equal(await transferOpen(app.deps.db, filed.id), true, 'K10: no penalty in its place');
    const trail = await app.owner
      .selectFrom('auditEntries')
      .select('action')
      .where('subjectId', '=', proposed.id)
      .where('action', '<>', 'transfer.enclose')
      .orderBy('id')
      .execute();
    t.same(
      trail.map(({ action }) => action),
      [
        'transfer.propose',
        'transfer.approve',
        'transfer.deliver',
        'transfer.copy_to_procuratorate',
        'transfer.acknowledge',
        'transfer.police_decision',
      ],
    );
  },
);

t.test(
  'late is late, and is shown: the approval of the fourth day, the delivery of the 25th hour',
  async (t) => {
    const app = await testApp(t);
    const officer = await app.as('case_officer');
    const { id, approval } = await proposedTransfer(app);
    // 5 + 3 = 8 February, a Thursday that is worked before the Spring Festival of 2024.
    app.setNow('2024-02-09T09:00:00+08:00');
    await decide(app, approval.id, { as: 'principal_head' });
    const approved = await must<Seen>(officer.get(`/api/transfers/${id}`));
    t.match(clock(approved, 'T01'), { rawOn: '2024-02-08', state: 'met', overdue: true });
    await encloseAll(app, approved);
    // The festival does not stop hours.
    app.setNow('2024-02-10T09:00:01+08:00');
    const delivered = await must<Seen>(officer.post(`/api/transfers/${id}/deliver`, { deliveredTo: '赵某' }));
    t.match(clock(delivered, 'T02'), { state: 'met', overdue: true });
  },
);

t.test('K25: the principal head in person; neither deputy nor head, nor the group itself', async (t) => {
  const app = await testApp(t);
  const officer = await app.as('case_officer');
  const { id, approval } = await proposedTransfer(app);
  for (const role of ['deputy_head', 'bureau_head']) {
    const answer = await (await app.as(role)).post(`/api/approvals/${approval.id}/decide`, APPROVE);
    t.match(
      answer,
      { status: 403, body: { code: 'approval.principal_only', gate: 'K25', article: /第五条/ } },
      role,
    );
  }
  t.equal((await officer.post(`/api/approvals/${approval.id}/decide`, APPROVE)).status, 403);
  t.match(await must(officer.get(`/api/transfers/${id}`)), { state: 'proposed' });

  const second = await filedCase(app);
  const principal = app.filled.users.principal_head!.id;
  const own = { ...transferOf(app, second.id), groupIds: [officersOf(app)[0], principal] };
  const proposed = await must<Seen>(officer.post('/api/transfers', own), 201);
  const decided = await (
    await app.as('principal_head')
  ).post(`/api/approvals/${proposed.approval.id}/decide`, APPROVE);
  t.match(decided, { status: 422, body: { code: 'approval.own_proposal' } });
});

t.test(
  'refused: reasons on record, T01 met, the case free for another; withdrawn: T01 cancelled',
  async (t) => {
    const app = await testApp(t);
    const officer = await app.as('case_officer');
    const first = await proposedTransfer(app);
    await decide(app, first.approval.id, { as: 'principal_head', decision: 'refused' });
    const refused = await must<Seen>(officer.get(`/api/transfers/${first.id}`));
    t.match(refused, {
      state: 'refused',
      approval: { state: 'refused', opinion: '事实尚不清楚，补充核查。' },
    });
    t.match(clock(refused, 'T01'), { state: 'met' });
    t.equal(await transferOpen(app.deps.db, first.caseId), false);
    const body = transferOf(app, first.caseId);
    const second = await must<Seen>(officer.post('/api/transfers', body), 201);
    await must(officer.post(`/api/approvals/${second.approval.id}/withdraw`, { reason: '补充材料' }));
    const withdrawn = await must<Seen>(officer.get(`/api/transfers/${second.id}`));
    t.match(withdrawn, { state: 'refused', approval: { state: 'withdrawn' } });
    t.match(clock(withdrawn, 'T01'), { state: 'cancelled' });
  },
);

t.test('one open transfer a case, also when two propose at once', async (t) => {
  const app = await testApp(t);
  const [one, two] = [await app.as('case_officer'), await app.as('case_officer_2')];
  const { id } = await filedCase(app);
  const answers = await Promise.all(
    [one, two].map((client) => client.post('/api/transfers', transferOf(app, id))),
  );
  t.same(
    answers.map(({ status }) => status).toSorted((a, b) => a - b),
    [201, 409],
  );
  t.match(
    answers.find(({ status }) => status === 409),
    { body: { code: 'transfer.already_open' } },
  );
});

t.test('what a proposal needs: an open case, two certified officers, a report that has come', async (t) => {
  const app = await testApp(t);
  const officer = await app.as('case_officer');
  const { id } = await filedCase(app);
  const body = transferOf(app, id);
  const alone = await officer.post('/api/transfers', { ...body, groupIds: [officersOf(app)[0]] });
  t.match(alone, { status: 422, body: { code: 'officer.two_certified', gate: 'K1' } });
  const future = await officer.post('/api/transfers', {
    ...body,
    reportReceivedAt: '2024-02-05T10:00:01+08:00',
  });
  t.match(future, { status: 422, body: { code: 'field.future', errors: [{ field: 'reportReceivedAt' }] } });
  t.equal((await officer.post('/api/transfers', { ...body, reporter: '某' })).status, 400);
  await app.owner.updateTable('cases').set({ state: 'closed' }).where('id', '=', id).execute();
  t.match(await officer.post('/api/transfers', body), { status: 409, body: { code: 'case.not_open' } });
});

t.test(
  'the five attachments: of this case, the letter first, frozen at delivery, none after it',
  async (t) => {
    const app = await testApp(t);
    const officer = await app.as('case_officer');
    const transfer = await approvedTransfer(app);
    const path = `/api/transfers/${transfer.id}/enclosures`;
    const report = await attachedFile(app, transfer.caseId, '调查报告');
    const asLetter = await officer.post(path, { item: 1, title: '移送书', attachmentId: report });
    t.match(asLetter, { status: 422, body: { code: 'transfer.letter_expected', article: /第六条/ } });
    const both = { item: 2, title: '两样', attachmentId: report, documentId: report };
    t.match(await officer.post(path, both), {
      status: 400,
      body: { errors: [{ code: 'transfer.one_of_two' }] },
    });
    t.equal((await officer.post(path, { item: 6, title: '第六', attachmentId: report })).status, 400);
    const other = await filedCase(app);
    const foreign = await attachedFile(app, other.id, '别案报告');
    t.match(await officer.post(path, { item: 2, title: '别案', attachmentId: foreign }), {
      status: 422,
      body: { code: 'transfer.not_of_the_case', errors: [{ field: 'attachmentId' }] },
    });
    const early = await officer.post(`/api/transfers/${transfer.id}/deliver`, { deliveredTo: '赵某' });
    t.match(early, {
      status: 422,
      body: { code: 'transfer.enclosures_missing', article: /第六条/, detail: /1、2、3、4、5/ },
    });
    const wrong = await must<Seen>(officer.post(path, { item: 3, title: '放错了', attachmentId: report }));
    t.equal((await officer.delete(`${path}/${wrong.enclosures[0]!.id}`)).status, 200);
    t.equal((await officer.delete(`${path}/${wrong.enclosures[0]!.id}`)).status, 404);

    await encloseAll(app, transfer);
    const delivered = await must<Seen>(
      officer.post(`/api/transfers/${transfer.id}/deliver`, { deliveredTo: '赵某' }),
    );
    t.same(
      delivered.enclosures.map(({ item }) => item),
      [1, 2, 3, 4, 5],
    );
    const letter = delivered.enclosures[0]!;
    const response = await officer.get(`/api/documents/${letter.documentId}`);
    t.equal(
      letter.sha256,
      (response.body as { pdfSha256?: string }).pdfSha256,
      'the very file that was handed over',
    );
    t.ok(delivered.enclosures.every(({ sha256 }) => /^[0-9a-f]{64}$/.test(sha256 ?? '')));
    t.match(await officer.post(path, { item: 5, title: '补一份', attachmentId: report }), { status: 409 });
    t.equal((await officer.delete(`${path}/${letter.id}`)).status, 409);
  },
);

t.test('a letter that was voided meanwhile stops the delivery', async (t) => {
  const app = await testApp(t);
  const officer = await app.as('case_officer');
  const transfer = await approvedTransfer(app);
  await encloseAll(app, transfer);
  const { enclosures } = await must<Seen>(officer.get(`/api/transfers/${transfer.id}`));
  await must(officer.post(`/api/documents/${enclosures[0]!.documentId}/void`, { reason: '抬头有误' }));
  t.match(await officer.post(`/api/transfers/${transfer.id}/deliver`, { deliveredTo: '赵某' }), {
    status: 409,
    body: { code: 'transfer.enclosure_void' },
  });
});

t.test('what is on the tip or the source does not go with the case: it points at who reported', async (t) => {
  const app = await testApp(t);
  const officer = await app.as('case_officer');
  const transfer = await approvedTransfer(app);
  const { sourceId } = await app.owner
    .selectFrom('cases')
    .select('sourceId')
    .where('id', '=', transfer.caseId)
    .executeTakeFirstOrThrow();
  const draft = { kind: 'case-source-registration', subjectKind: 'source', subjectId: sourceId };
  const { id } = await must(officer.post('/api/documents', draft), 201);
  await must(officer.post(`/api/documents/${id}/issue`, {}));
  const answer = await officer.post(`/api/transfers/${transfer.id}/enclosures`, {
    item: 5,
    title: '案件来源登记表',
    documentId: id,
  });
  t.match(answer, { status: 422, body: { code: 'transfer.not_of_the_case' } });
});

t.test('two deliver at once: once; a repeat with the key answers the first', async (t) => {
  const app = await testApp(t);
  const transfer = await approvedTransfer(app);
  await encloseAll(app, transfer);
  const [one, two] = [await app.as('case_officer'), await app.as('police_liaison')];
  const path = `/api/transfers/${transfer.id}/deliver`;
  const key = { headers: { 'idempotency-key': 'deliver-once' } };
  const answers = await Promise.all([
    one.post(path, { deliveredTo: '赵某' }, key),
    two.post(path, { deliveredTo: '钱某' }),
  ]);
  t.same(
    answers.map(({ status }) => status).toSorted((a, b) => a - b),
    [200, 409],
  );
  if (answers[0]!.status === 200) {
    t.same((await one.post(path, { deliveredTo: '赵某' }, key)).body, answers[0]!.body);
  }
  const met = await app.owner
    .selectFrom('auditEntries')
    .select('id')
    .where('action', '=', 'transfer.deliver')
    .execute();
  t.equal(met.length, 1);
});

t.test('the police decline with reasons; the bureau has the case again', async (t) => {
  const app = await testApp(t);
  const officer = await app.as('case_officer');
  const transfer = await approvedTransfer(app);
  await encloseAll(app, transfer);
  await must(officer.post(`/api/transfers/${transfer.id}/deliver`, { deliveredTo: '赵某' }));
  const path = `/api/transfers/${transfer.id}/police-decision`;
  const decision = { decision: 'declined', on: '2024-02-05', number: '新公（经）不立字〔2024〕1号' };
  t.equal((await officer.post(path, decision)).status, 409, 'not signed for yet');
  await must(officer.post(`/api/transfers/${transfer.id}/acknowledge`, { acknowledgedBy: '赵某' }));
  t.match(await officer.post(path, decision), {
    status: 422,
    body: { code: 'transfer.reasons_missing', article: /第八条/, errors: [{ field: 'note' }] },
  });
  const note = '犯罪事实显著轻微，不需要追究刑事责任。';
  t.match(await officer.post(path, { ...decision, note, on: '2024-02-06' }), {
    status: 422,
    body: { code: 'field.future' },
  });
  t.match(await officer.post(path, { ...decision, note, on: '2024-02-04' }), {
    status: 422,
    body: { code: 'date.before_start' },
  });
  t.match(await must(officer.post(path, { ...decision, note })), { state: 'declined', decisionNote: note });
  t.equal(await transferOpen(app.deps.db, transfer.caseId), false);
});

t.test('another bureau, a stale version', async (t) => {
  const app = await testApp(t);
  const officer = await app.as('case_officer');
  const { id, caseId } = await approvedTransfer(app);
  const stranger = await strangerOf(app);
  t.equal((await stranger.get(`/api/transfers/${id}`)).status, 404);
  t.match(await must(stranger.get('/api/transfers')), { items: [] });
  t.equal((await stranger.post('/api/transfers', transferOf(app, caseId))).status, 404);
  for (const [path, body] of [
    ['deliver', { deliveredTo: '某' }],
    ['acknowledge', { acknowledgedBy: '某' }],
    ['copy-to-procuratorate', {}],
    ['police-decision', { decision: 'filed', on: '2024-02-05', number: '1' }],
    ['enclosures', { item: 2, title: '某', attachmentId: crypto.randomUUID() }],
    ['void', { reason: '某' }],
  ] as const) {
    t.equal((await stranger.post(`/api/transfers/${id}/${path}`, body)).status, 404, path);
  }
  const stale = { headers: { 'if-match': '"1"' } };
  t.match(await officer.post(`/api/transfers/${id}/deliver`, { deliveredTo: '某' }, stale), {
    status: 412,
    body: { code: 'request.stale' },
  });
});

t.test(
  'a corrected time moves its clock; struck out before delivery, the clocks end; after it, not',
  async (t) => {
    const app = await testApp(t);
    const officer = await app.as('case_officer');
    const proposed = await proposedTransfer(app);
    const amend = (id: string, changes: Record<string, unknown>) =>
      officer.post(`/api/transfers/${id}/amend`, { changes, reason: '时间有误' });
    await must(amend(proposed.id, { reportReceivedAt: '2024-02-04T09:00:00+08:00' }));
    const moved = await must<Seen>(officer.get(`/api/transfers/${proposed.id}`));
    t.match(clock(moved, 'T01'), { triggeredOn: '2024-02-04', rawOn: '2024-02-07' });
    t.match(await amend(proposed.id, { acknowledgedBy: '某' }), {
      status: 409,
      body: { code: 'transfer.not_so_far' },
    });
    t.match(await amend(proposed.id, { reportReceivedAt: '2024-02-06T09:00:00+08:00' }), {
      status: 422,
      body: { code: 'field.future' },
    });
    t.equal(
      (await amend(proposed.id, { facts: '另一事实' })).status,
      400,
      'what the head decides on is not corrected',
    );
    t.match(await officer.post(`/api/transfers/${proposed.id}/void`, { reason: '误录' }), {
      status: 409,
      body: { code: 'transfer.approval_waiting' },
    });
    await decide(app, proposed.approval.id, { as: 'principal_head' });
    await must(officer.post(`/api/transfers/${proposed.id}/void`, { reason: '误录' }));
    const struck = await must<Seen>(officer.get(`/api/transfers/${proposed.id}`));
    t.match(clock(struck, 'T02'), { state: 'cancelled' });

    const again = await must<Seen>(officer.post('/api/transfers', transferOf(app, proposed.caseId)), 201);
    await decide(app, again.approval.id, { as: 'principal_head' });
    await encloseAll(app, again);
    await must(officer.post(`/api/transfers/${again.id}/deliver`, { deliveredTo: '赵某' }));
    t.match(await officer.post(`/api/transfers/${again.id}/void`, { reason: '误录' }), {
      status: 409,
      body: { code: 'transfer.delivered_not_void' },
    });
  },
);

t.test('form 5 is filled from the transfer and dated on its day', async (t) => {
  const app = await testApp(t);
  const officer = await app.as('case_officer');
  const proposed = await proposedTransfer(app);
  const draft = { kind: 'crime-transfer', subjectKind: 'transfer', subjectId: proposed.id };
  t.match(await officer.post('/api/documents', draft), {
    status: 409,
    body: { code: 'transfer.not_approved' },
  });
  await decide(app, proposed.approval.id, { as: 'principal_head' });
  const attachmentId = await attachedFile(app, proposed.caseId, '调查报告');
  const title = '关于该案的调查报告';
  await must(officer.post(`/api/transfers/${proposed.id}/enclosures`, { item: 2, title, attachmentId }));
  const id = await issuedLetter(app, proposed.id);
  const paper = await must<{ data: Record<string, unknown>; number: string; issuedOn: string }>(
    officer.get(`/api/documents/${id}`),
  );
  t.equal(paper.data.caseName, '某某食品有限公司涉嫌生产经营掺假掺杂食品', 'the form goes on with 一案');
  t.match(paper, {
    number: '新都市监涉罪移〔2024〕1号',
    issuedOn: '2024-02-05',
    data: {
      addressee: '成都市公安局新都区分局',
      contactPerson: '林晓峰',
      attachments: [{ name: title }],
      procuratorate: '成都市新都区',
      issuedOn: '2024-02-05',
    },
  });
});
