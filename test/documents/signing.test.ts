import t from 'tap';
import { contentHash } from '../../src/modules/documents/canonical.ts';
import { renderDocument } from '../../src/modules/documents/render.ts';
import { handsOn, signaturesOf, signedBy } from '../../src/modules/documents/signatures.ts';
import { templateFor } from '../../src/modules/documents/template.ts';
import { testApp, type TestApp } from '../app.ts';
import { must, officersOf, strangerOf } from '../given/cases.ts';
import { endedInspection } from '../given/inspections.ts';
import { measureInForce, scene } from '../given/seizures.ts';
import { STROKES } from '../given/strokes.ts';
import { SAMPLES } from './fixtures.ts';
import { flowing, readPdf } from './pdf.ts';

type Doc = { id: string; state: string; version: number; contentHash: string; data: Record<string, unknown> };
type Signing = {
  version: number;
  places: Record<string, number>;
  signers: { role: string; userId: string | null; name: string }[];
  items: { id: string; role: string; name: string; withdrawnAt: string | null }[];
  allowedActions: { action: string; allowed: boolean; code?: string }[];
};

const party = { role: 'party', name: '王某', capacity: '负责人', strokes: STROKES };
const witness = { role: 'witness', name: '李某', strokes: STROKES };
const officerHand = (userId: string) => ({ role: 'officer', userId, strokes: STROKES });

/** A measure with the decision issued and its list drawn up. */
async function listDrafted(app: TestApp) {
  const officer = await app.as('case_officer');
  const site = await scene(app);
  const { id } = await measureInForce(app, site);
  const draft = (kind: string) =>
    must<Doc>(officer.post('/api/documents', { kind, subjectKind: 'measure', subjectId: id }), 201);
  const decision = await draft('measure-decision');
  await must(officer.post(`/api/documents/${decision.id}/issue`, {}));
  const list = await draft('item-list');
  return { officer, list, path: `/api/documents/${list.id}` };
}

t.test('a list is signed on the glass by all four and issued with what they wrote', async (t) => {
  const app = await testApp(t);
  const { officer, list, path } = await listDrafted(app);
  const [first, second] = officersOf(app);
  const before = await must<Signing>(officer.get(`${path}/signatures`));
  t.same(before.places, { party: 1, witness: 1, officer: 2 });
  t.match(before.signers, [
    { role: 'officer', userId: first },
    { userId: second },
    { role: 'party', name: '王某' },
  ]);
  for (const hand of [party, officerHand(second), officerHand(first), witness])
    await must(officer.post(`${path}/signatures`, hand), 201);
  const after = await must<Signing>(officer.get(`${path}/signatures`));
  t.same(
    after.items.map(({ role }) => role),
    ['party', 'officer', 'officer', 'witness'],
  );
  t.notMatch(JSON.stringify(after), /strokes|ink"/, 'what was written is shown on the paper alone');
  t.match(
    after.allowedActions.map(({ allowed }) => allowed),
    [false, false, true],
  );
  const preview = await officer.download(`${path}/preview`);
  t.equal(new Set(preview.toString('latin1').match(/\/Ink\d/g)).size, 4);
  const issued = await must<Doc>(officer.post(`${path}/issue`, {}));
  t.equal(issued.state, 'issued');
  const pdf = await officer.download(`${path}/content`);
  t.equal(new Set(pdf.toString('latin1').match(/\/Ink\d/g)).size, 4);

  const { db, vault } = app.deps;
  const row = await db
    .selectFrom('documents')
    .selectAll()
    .where('id', '=', list.id)
    .executeTakeFirstOrThrow();
  const template = templateFor(app.deps.papers.templates, 'item-list', '2024-03-07');
  const { data, number, issuedAt, bureauName } = row;
  const signatures = await signaturesOf(db, list.id);
  const snapshot = { template, data, number, issuedAt, bureauName: bureauName! };
  t.equal(contentHash({ ...snapshot, signatures: signedBy(signatures) }), issued.contentHash);
  t.not(contentHash(snapshot), issued.contentHash, 'the signatures are part of what is frozen');
  t.notMatch(signatures[0]!.ink!.toString('latin1'), '330', 'sealed at rest');
  t.same((await handsOn({ ...app.ctx(), vault }, list.id))[0]?.ink, STROKES);
  const traces = await db
    .selectFrom('auditEntries')
    .select(['action', 'detail'])
    .where('subjectId', '=', list.id)
    .where('action', '=', 'document.sign')
    .execute();
  t.equal(traces.length, 4);
  t.notMatch(JSON.stringify(traces), '王某');
  t.match(await officer.post(`${path}/signatures`, party), { status: 409 }, 'an issued paper is closed');
  const withdraw = { reason: '签错了' };
  t.match(await officer.post(`${path}/withdraw-signatures`, withdraw), { status: 409 });
});

t.test('who may sign, and what is a signature', async (t) => {
  const app = await testApp(t);
  const { officer, path } = await listDrafted(app);
  const [first] = officersOf(app);
  const sign = (hand: object) => officer.post(`${path}/signatures`, hand);
  const other = app.filled.users['unit_head']!.id;
  t.match(await sign(officerHand(other)), { status: 422, body: { code: 'document.not_its_officer' } });
  await must(sign(officerHand(first)), 201);
  t.match(await sign(officerHand(first)), { status: 409, body: { code: 'document.signed_already' } });
  await must(sign(party), 201);
  t.match(await sign(party), { status: 409, body: { code: 'document.no_place' } });
  for (const strokes of [
    [],
    [[1, 1]],
    [[1, 1, 2]],
    [[-5, 1, 400, 400]],
    [[1.5, 1, 400, 400]],
    [[1, 1, 9e9, 400]],
    Array.from({ length: 4 }, () => Array.from({ length: 4000 }, (_, at) => at % 900)),
    'x',
  ])
    t.match(
      await sign({ ...witness, strokes }),
      { status: /4(00|22)/ },
      JSON.stringify(strokes).slice(0, 40),
    );
  t.match(await sign({ ...witness, name: '' }), { status: 400 });
  t.match(await sign({ ...party, userId: first }), { status: 400 }, 'the party is nobody of ours');
  t.match(await (await strangerOf(app)).post(`${path}/signatures`, witness), { status: 404 });
  t.match(await (await app.as('auditor')).post(`${path}/signatures`, witness), { status: 403 });
  t.match(await officer.patch(path, { data: { refusalNote: 'x' } }), {
    status: 409,
    body: { code: 'document.is_signed' },
  });
});

t.test('two hands in one place: one of them', async (t) => {
  const app = await testApp(t);
  const { officer, path } = await listDrafted(app);
  const both = await Promise.all([1, 2].map(() => officer.post(`${path}/signatures`, party)));
  t.same(
    both.map(({ status }) => status).toSorted((a, b) => a - b),
    [201, 409],
  );
});

/** An inspection that has ended, its record drawn up. */
async function recordDrafted(app: TestApp) {
  const officer = await app.as('case_officer');
  const { id } = await endedInspection(app, { sourceId: (await scene(app)).sourceId });
  const body = { kind: 'onsite-record', subjectKind: 'inspection', subjectId: id };
  const { id: paper } = await must<Doc>(officer.post('/api/documents', body), 201);
  return { officer, id, path: `/api/documents/${paper}` };
}

t.test('what was signed is what is issued: after a change it is signed again', async (t) => {
  const app = await testApp(t);
  const { officer, id, path } = await recordDrafted(app);
  await must(officer.post(`${path}/signatures`, party), 201);
  const changes = { findings: '三层另有冷库一间。' };
  await must(officer.post(`/api/inspections/${id}/amend`, { changes, reason: '漏记' }));
  t.match(await officer.post(`${path}/issue`, {}), {
    status: 409,
    body: { code: 'document.signed_otherwise' },
  });
  t.match(await officer.post(`${path}/signatures`, witness), {
    status: 409,
    body: { code: 'document.behind_record' },
  });
  const back = await must<Signing>(officer.post(`${path}/withdraw-signatures`, { reason: '笔录有更正' }));
  t.match(back.items, [{ role: 'party', withdrawReason: '笔录有更正' }], 'it stays on record');
  await must(officer.patch(path, { data: {} }));
  await must(officer.post(`${path}/signatures`, party), 201);
  t.match(await must<Doc>(officer.post(`${path}/issue`, {})), { state: 'issued' });
});

t.test('the party will not sign: the reason is printed, the witness signs', async (t) => {
  const app = await testApp(t);
  const { officer, path } = await recordDrafted(app);
  t.match(await officer.post(`${path}/refusals`, { name: '王某' }), { status: 400 }, 'not without a reason');
  const note = '当事人拒绝签名，理由为不认可检查结论，全程录像。';
  await must(officer.post(`${path}/refusals`, { name: '王某', note }), 201);
  t.match(await officer.post(`${path}/signatures`, party), { body: { code: 'document.no_place' } });
  const signing = await must<Signing>(officer.post(`${path}/signatures`, witness), 201);
  t.match(signing.items, [{ role: 'party', refusalNote: note }, { role: 'witness' }]);
  t.match(await must<Doc>(officer.post(`${path}/issue`, {})), { state: 'issued' });
});

t.test('on the paper', async (t) => {
  const app = await testApp(t);
  const { templates } = app.deps.papers;
  const drawn = async (kind: string, hands: object[]) => {
    const bytes = await renderDocument(
      {
        template: templateFor(templates, kind, '2024-03-07'),
        data: SAMPLES[kind],
        number: null,
        issuedAt: null,
        contentHash: null,
        verifyUrl: null,
        draft: true,
        bureauName: '成都市新都区市场监督管理局',
        hands: hands as never,
      },
      { compress: false },
    );
    return readPdf(bytes);
  };
  const hand = (role: string, name: string, more: object = {}) => ({
    role,
    name,
    on: '2024-03-07',
    ink: STROKES,
    refusal: null,
    ...more,
  });
  const list = await drawn('item-list', [hand('party', '王某'), hand('officer', '甲')]);
  t.ok(list.pages.length > 0);
  for (const page of list.pages) {
    t.match(page.content, /\/Ink1 Do/, 'signed on every page');
    t.match(page.content, /\/Ink1 Do/);
    t.match(flowing(page), '2024年3月7日');
  }
  const refused = { ink: null, refusal: '不认可数量，拒绝签名。' };
  const record = await drawn('onsite-record', [hand('party', '王某', refused)]);
  t.match(flowing(record.pages.at(-1)), '不认可数量，拒绝签名。');
  for (const page of record.pages) t.match(flowing(page), '当事人：拒绝签名');
  const { officers } = SAMPLES['sampling-record'] as { officers: { name: string }[] };
  const sampling = await drawn('sampling-record', [
    hand('officer', officers[1]!.name),
    hand('party', '王某'),
  ]);
  const text = flowing(sampling.pages[0]);
  t.match(text, officers[0]!.name, 'the other officer is still only named');
  t.notMatch(text, `办案人员：${officers[1]!.name}`);
  t.equal(sampling.pages[0]!.content.match(/\/Ink\d Do/g)?.length, 2);
});
