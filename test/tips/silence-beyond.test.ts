import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import t, { type Test } from 'tap';
import { KINDS } from '../../src/modules/tips/matters.ts';
import { type TestApp, testApp } from '../app.ts';
import { decide, filedCase, must, verifiedSource } from '../given/cases.ts';
import { operationOf, PLAN } from '../given/inspections.ts';
import { transferOf } from '../given/referrals.ts';
import { sampleAt, takingOf } from '../given/samples.ts';
import { EXECUTION, linesOf, proposalOf, scene } from '../given/seizures.ts';
import { givenTip, type Problem, REPORT } from './given.ts';

const REPORTER = {
  name: '𠮷标野',
  phone: '13800000066',
  address: '成都市新都区标丙街6号',
  idNumber: '11010519491231002X',
};

/** Each tells who reported, however it is written. */
const SPOKEN = {
  name: '据𠮷标野反映。',
  spaced: '据 𠮷 标·野 反映。',
  phone: '电话１３８－００００　００６６。',
  address: '家住标丙街６号。',
  id: '证件11010519491231002x。',
};

type Id = { id: string };

/** From now on the source stems from a report whose reporter is `REPORTER`. */
async function stemsFromTip(app: TestApp, sourceId: string): Promise<void> {
  const tip = await givenTip(await app.as('intake_officer'), { ...REPORT, reporter: REPORTER });
  await app.owner.updateTable('sources').set({ tipId: tip.id }).where('id', '=', sourceId).execute();
}

type Writer = [role: string, path: string, body: (mark: string) => object, field: string];

const triesLeft = (app: TestApp) =>
  app.owner
    .selectFrom('auditEntries')
    .select(['actorRoles', 'detail'])
    .where('action', '=', 'tip.names_reporter')
    .orderBy('id')
    .execute();

/** Every writer refuses every way to say it, names the field, says nothing of it back, and leaves a trace of the try. */
async function refuses(t: Test, app: TestApp, writers: readonly Writer[], marks = Object.values(SPOKEN)) {
  const before = (await triesLeft(app)).length;
  for (const [role, path, body, field] of writers) {
    const who = await app.as(role);
    const method = /^\/api\/documents\/[^/]+$/.test(path) ? 'patch' : 'post';
    for (const mark of marks) {
      const answer = await who[method]<Problem>(path, body(mark));
      const expected = { code: 'tip.names_reporter', errors: [{ field, code: 'tip.names_reporter' }] };
      t.match(answer, { status: 422, body: expected }, `${path} ${field} ${mark}`);
      t.notMatch(JSON.stringify(answer.body), /𠮷|0066|标丙|1949/);
    }
  }
  const left = (await triesLeft(app)).slice(before);
  t.same(
    left.map(({ actorRoles, detail }) => [actorRoles, detail]),
    writers.flatMap(([role, , , field]) => marks.map(() => [[role], { fields: [field] }])),
  );
}

t.test('inspections, operations, goods and samples do not tell who reported', async (t) => {
  const app = await testApp(t);
  const sourceId = (await verifiedSource(app)).id;
  const sample = await sampleAt(app, 'received', sourceId);
  const { inspectionId, items } = await scene(app, { sourceId });
  await stemsFromTip(app, sourceId);
  const officer = await app.as('case_officer');
  const operation = await must(officer.post('/api/operations', { ...operationOf(app), sourceId }), 201);
  await must(officer.post(`/api/operations/${operation.id}/start`, {}));
  const itemId = items[0]!.id;
  await refuses(t, app, [
    ['case_officer', '/api/inspections', (m) => ({ ...PLAN, sourceId, subjectMatter: m }), 'subjectMatter'],
    ['case_officer', `/api/inspections/${inspectionId}/record`, (findings) => ({ findings }), 'findings'],
    [
      'case_officer',
      `/api/inspections/${inspectionId}/amend`,
      (place) => ({ changes: { place }, reason: '补正' }),
      'changes.place',
    ],
    [
      'case_officer',
      `/api/inspections/${inspectionId}/amend`,
      (reason) => ({ changes: { place: '民房' }, reason }),
      'reason',
    ],
    ['case_officer', '/api/operations', (plan) => ({ ...operationOf(app), sourceId, plan }), 'plan'],
    ['case_officer', `/api/operations/${operation.id}/log`, (entry) => ({ side: 'both', entry }), 'entry'],
    ['case_officer', `/api/operations/${operation.id}/call-off`, (reason) => ({ reason }), 'reason'],
    [
      'case_officer',
      `/api/inspections/${inspectionId}/items`,
      (name) => ({
        items: [{ category: 'other_tool', name, unit: '台', quantity: '1', measured: 'counted' }],
      }),
      'items.0.name',
    ],
    [
      'case_officer',
      `/api/goods/${itemId}/amend`,
      (remark) => ({ changes: { remark }, reason: '补正' }),
      'changes.remark',
    ],
    ['case_officer', '/api/samples', (matter) => ({ ...takingOf(app, sourceId), matter }), 'matter'],
    [
      'laboratory_clerk',
      `/api/samples/${sample.id}/results`,
      (conclusion) => ({
        number: 'A1',
        conclusion,
        items: [
          {
            kind: 'qualitative',
            analyte: '牛源性成分',
            species: 'cattle',
            method: 'GB/T 38164-2019',
            methodStatus: 'statutory',
            printed: '未检出',
          },
        ],
      }),
      'conclusion',
    ],
  ]);

  t.test('who was there is written down by his name, whoever he is; where he lives is not', async (t) => {
    const path = `/api/inspections/${inspectionId}/record`;
    const people = (name: string) => ({ people: [{ side: 'party', name }] });
    t.equal((await officer.post(path, people(REPORTER.name))).status, 200);
    t.match(await officer.post<Problem>(path, people(SPOKEN.phone)), {
      status: 422,
      body: { errors: [{ field: 'people.0.name' }] },
    });
  });

  t.test('refused in the language of the caller, with what to do', async (t) => {
    const path = `/api/inspections/${inspectionId}/record`;
    for (const [language, title] of [
      ['zh', /请删去举报人的姓名/],
      ['en', /take out name, phone/],
    ] as const) {
      const headers = { 'accept-language': language };
      t.match(await officer.post<Problem>(path, { findings: SPOKEN.name }, { headers }), {
        body: { title, errors: [{ message: title }] },
      });
    }
  });

  t.test('areas, the respondent and what others reported are no secret', async (t) => {
    const path = `/api/inspections/${inspectionId}/record`;
    for (const findings of ['成都市新都区', '标丙街', REPORT.respondent.name, '诸葛某在场']) {
      t.equal((await officer.post(path, { findings })).status, 200, findings);
    }
    const elsewhere = await verifiedSource(app);
    const other = { ...PLAN, sourceId: elsewhere.id, subjectMatter: SPOKEN.name };
    t.equal((await officer.post('/api/inspections', other)).status, 201, 'a matter of another tip');
  });
});

t.test('measures, opinions, cases, transfers and hand-filled papers do not either', async (t) => {
  const app = await testApp(t);
  const officer = await app.as('case_officer');
  const filed = await filedCase(app);
  const where = await scene(app, { sourceId: filed.sourceId });
  await must(
    officer.post(`/api/inspections/${where.inspectionId}/record`, { rightsToldAnswer: '听清楚了。' }),
  );
  const taken = linesOf(where.items, [0, 1]);
  const proposal = { ...proposalOf(app, where), caseId: filed.id, items: taken };
  const measure = await must<Id & { approvalId: string }>(officer.post('/api/measures', proposal), 201);
  const transfer = await must<Id & { approval: Id }>(
    officer.post('/api/transfers', {
      ...transferOf(app, filed.id),
      reportReceivedAt: '2024-03-07T09:00:00+08:00',
    }),
    201,
  );
  await stemsFromTip(app, filed.sourceId);
  const opinion = (text: string) => ({ decision: 'refused', opinion: text });
  await refuses(t, app, [
    ['case_officer', '/api/measures', (reason) => ({ ...proposal, items: [], reason }), 'reason'],
    ['unit_head', `/api/approvals/${measure.approvalId}/opine`, (text) => ({ opinion: text }), 'opinion'],
    ['bureau_head', `/api/approvals/${measure.approvalId}/decide`, opinion, 'opinion'],
    ['principal_head', `/api/approvals/${transfer.approval.id}/decide`, opinion, 'opinion'],
    ['case_officer', `/api/approvals/${measure.approvalId}/withdraw`, (reason) => ({ reason }), 'reason'],
    ['case_officer', `/api/cases/${filed.id}/sales`, (evidence) => ({ ...SALE, evidence }), 'evidence'],
  ]);
  await decide(app, measure.approvalId);
  const carriedOut = { ...EXECUTION, dwellingHandover: undefined };
  await refuses(t, app, [
    [
      'case_officer',
      `/api/measures/${measure.id}/execute`,
      (keepingConditions) => ({ ...carriedOut, keepingConditions }),
      'keepingConditions',
    ],
  ]);
  await must(officer.post(`/api/measures/${measure.id}/execute`, carriedOut));
  const paper = (overrides: object) => ({
    kind: 'item-list',
    subjectKind: 'measure',
    subjectId: measure.id,
    overrides,
  });
  const draft = await must(officer.post('/api/documents', paper({})), 201);
  await refuses(t, app, [
    ['case_officer', `/api/measures/${measure.id}/extend`, (reason) => ({ reason }), 'reason'],
    [
      'case_officer',
      `/api/measures/${measure.id}/seals`,
      (remark) => ({ seals: [{ number: '1', place: '门', remark }] }),
      'seals.0.remark',
    ],
    ['case_officer', '/api/documents', (refusalNote) => paper({ refusalNote }), 'overrides.refusalNote'],
    [
      'case_officer',
      `/api/documents/${draft.id}`,
      (refusalNote) => ({ data: { refusalNote } }),
      'data.refusalNote',
    ],
  ]);

  t.test('nor does what is attached to them', async (t) => {
    const form = (name: string, note?: string): FormData => {
      const data = new FormData();
      data.append('file', new Blob(['说明']), name);
      if (note !== undefined) data.append('note', note);
      return data;
    };
    const path = `/api/attachments?subjectKind=case&subjectId=${filed.id}`;
    const count = async () => (await app.owner.selectFrom('files').select('sha256').execute()).length;
    const before = await count();
    for (const [data, field] of [
      [form('𠮷标野来信.txt'), 'name'],
      [form('来信.txt', SPOKEN.phone), 'note'],
    ] as const) {
      t.match(await officer.post<Problem>(path, data), {
        status: 422,
        body: { code: 'tip.names_reporter', errors: [{ field }] },
      });
    }
    t.equal(await count(), before);
    t.equal((await officer.post(path, form('来信.txt'))).status, 201);
  });

  t.test('nothing of it was kept', async (t) => {
    for (const table of [
      'inspections',
      'measures',
      'approvals',
      'documents',
      'auditEntries',
      'corrections',
    ] as const) {
      const rows = await app.owner.selectFrom(table).selectAll().execute();
      t.notMatch(JSON.stringify(rows), /标野|标丙街|00000066/, table);
    }
  });
});

const SALE = { what: '牛肉干', soldFrom: '2024-01-01', soldTo: '2024-02-01', amountFen: 9800 };

// Kinds of things no tip stands behind: their texts are the bureau's own affairs.
// A mediation's words are masked for their readers, as the tip's own.
const OF_NO_TIP = [
  'api_key',
  'bureau',
  'calendar',
  'deputy',
  'division',
  'grid_area',
  'laboratory',
  'mediation',
  'mediation_test',
  'party',
  'role',
  'tip',
  'unit',
  'user',
];

t.test('whatever leaves a trace is asked, or hangs on no tip', async (t) => {
  const root = resolve(import.meta.dirname, '../../src/modules');
  const files = readdirSync(root, { recursive: true, encoding: 'utf8' }).filter((name) =>
    name.endsWith('.ts'),
  );
  const kinds = new Set(
    files.flatMap((file) =>
      [
        ...readFileSync(join(root, file), 'utf8').matchAll(
          /\bkind: '([a-z_]+)', id\b|^ {2}kind: '([a-z_]+)',$/gm,
        ),
      ].map(([, one, two]) => one ?? two!),
    ),
  );
  t.ok(kinds.size > 15);
  t.same(
    [...kinds].filter((kind) => !KINDS.includes(kind) && !OF_NO_TIP.includes(kind)),
    [],
  );
});
