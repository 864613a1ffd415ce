import { Writable } from 'node:stream';
import { sql } from 'kysely';
import { pino } from 'pino';
import t from 'tap';
import { inTx } from '../../src/context.ts';
import { contextOf } from '../../src/deps.ts';
import { caseSourcePaper } from '../../src/modules/sources/index.ts';
import type { ReporterView, TipRow, TipView } from '../../src/modules/tips/schemas.ts';
import { reportRegistrationPaper } from '../../src/modules/tips/index.ts';
import { testApp } from '../app.ts';
import { givenTip, type Problem, REPORT, REPORTER, COMPLAINT } from './given.ts';

/** Strings that occur nowhere else: whoever sees one of them sees the reporter. */
const MARKED = {
  ...REPORTER,
  name: '诸葛标记一',
  address: '标记街二号',
  otherContact: '标记微信三',
  organisation: '标记公司四',
  representative: '标记五',
  email: 'marked-six@example.com',
};
const MARKS = [...Object.values(MARKED), '13800000001', '标记原因七', '标记内容八'];

const marksIn = (text: string): string[] => MARKS.filter((mark) => text.includes(mark));

t.test('the reporter stays secret', async (t) => {
  const lines: string[] = [];
  const app = await testApp(t, { LOG_LEVEL: 'trace' });
  const logged = new Writable({
    write(chunk: Buffer, _encoding, done) {
      lines.push(chunk.toString('utf8'));
      done();
    },
  });
  // The app logs through the logger it was built with; its stream is replaced so that every line can be read.
  const stream = (app.deps.log as unknown as Record<symbol, { write(line: string): void }>)[
    pino.symbols.streamSym
  ];
  if (stream) stream.write = (line) => void logged.write(line);
  const intake = await app.as('intake_officer');
  const officer = await app.as('case_officer');
  const two = [app.filled.users.case_officer!.id, app.filled.users.case_officer_2!.id];
  const answers: string[] = [];
  const keep = <T extends { body: unknown }>(answer: T): T => {
    answers.push(JSON.stringify(answer.body));
    return answer;
  };

  const tip = keep(
    await intake.post<TipView>(
      '/api/tips',
      { ...REPORT, reporter: MARKED },
      { headers: { 'idempotency-key': 'marked' } },
    ),
  ).body;

  t.test('shown to who may look, each look written down', async (t) => {
    await intake.post(`/api/tips/${tip.id}/told`, {
      about: 'other',
      way: 'phone',
      content: '标记内容八',
      failedReason: '标记原因七',
    });
    const look = await officer.get<ReporterView>(`/api/tips/${tip.id}/reporter`);
    t.match(look.body, {
      ...MARKED,
      anonymous: false,
      told: [{ content: '标记内容八', failedReason: '标记原因七' }],
    });
    t.equal(look.headers.get('cache-control'), 'no-store');
    const looks = await app.owner
      .selectFrom('auditEntries')
      .selectAll()
      .where('action', '=', 'tip.look_at_reporter')
      .execute();
    t.match(looks, [{ subjectId: tip.id, actorId: app.filled.users.case_officer!.id, detail: {} }]);
    for (const role of [
      'auditor',
      'administrator',
      'case_reviewer',
      'grid_worker',
      'laboratory_clerk',
      'police_liaison',
    ]) {
      t.equal((await (await app.as(role)).get(`/api/tips/${tip.id}/reporter`)).status, 403, role);
      t.equal(
        (await (await app.as(role)).post('/api/tips/by-reporter', { phone: MARKED.phone })).status,
        403,
        role,
      );
    }
  });

  t.test(
    'found by phone or identity number, however written; the search written down, what was searched for not',
    async (t) => {
      const find = (body: object, headers = {}) =>
        officer.post<{ items: TipRow[] } & Problem>('/api/tips/by-reporter', body, { headers });
      for (const body of [{ phone: '+86 138-0000-0001' }, { idNumber: '11010519491231002x' }]) {
        t.match((await find(body, { 'idempotency-key': JSON.stringify(Object.keys(body)) })).body.items, [
          { id: tip.id },
        ]);
      }
      t.same((await find({ phone: '13899999999' })).body.items, []);
      t.equal((await find({})).status, 400);
      t.equal((await find({ phone: '1', idNumber: '2' })).status, 400);
      const trail = await app.owner
        .selectFrom('auditEntries')
        .select('detail')
        .where('action', '=', 'tip.search_by_reporter')
        .execute();
      t.same(
        trail.map(({ detail }) => detail),
        [
          { by: 'phone', found: 1 },
          { by: 'idNumber', found: 1 },
          { by: 'phone', found: 0 },
        ],
      );
      const keys = await app.owner
        .selectFrom('idempotencyKeys')
        .select('key')
        .where('route', 'like', '%by-reporter')
        .execute();
      t.same(keys, [], 'no hash of a phone number is left behind');
    },
  );

  t.test('what is passed on may not say who reported', async (t) => {
    const named = await givenTip(intake, {
      ...REPORT,
      reporter: MARKED,
      narrative: `诸葛标记一反映牛肉干有假。`,
    });
    const plain = await intake.post<Problem>(`/api/tips/${named.id}/open-source`, {});
    t.match(plain, {
      status: 422,
      body: { code: 'tip.names_reporter', article: /暂行办法》第三十三条/, errors: [{ field: 'content' }] },
    });
    const opinion = await intake.post<Problem>(`/api/tips/${named.id}/open-source`, {
      content: '群众举报。',
      handlingOpinion: '回电13800000001',
    });
    t.match(opinion.body.errors, [{ field: 'handlingOpinion' }]);
    t.equal(
      (await intake.post(`/api/tips/${named.id}/open-source`, { content: '群众举报牛肉干有假。' })).status,
      200,
    );
  });

  t.test('in no view, list, source, paper, error, trail, history or log, for any role', async (t) => {
    const opened = keep(await intake.post<TipView>(`/api/tips/${tip.id}/open-source`, {})).body;
    const sourceId = opened.sources[0]!.id;
    keep(await officer.post(`/api/sources/${sourceId}/verify`, { verifierIds: two }));
    keep(await intake.post(`/api/tips/${tip.id}/split`, { demand: '退款' }));
    const wrong = { ...MARKED, idNumber: '110105194912310021' };
    keep(await intake.post('/api/tips', { ...REPORT, reporter: wrong }));
    keep(await intake.post('/api/tips', { ...REPORT, reporter: { ...MARKED, unknown: 1 } }));
    keep(await intake.post('/api/tips', { ...COMPLAINT, demand: undefined, reporter: MARKED }));
    keep(await intake.post('/api/tips', { ...REPORT, reporter: { ...MARKED, anonymous: true } }));
    for (const role of [
      'intake_officer',
      'case_officer',
      'auditor',
      'bureau_head',
      'grid_worker',
      'administrator',
    ]) {
      const who = await app.as(role);
      for (const path of [
        '/api/tips?limit=200',
        `/api/tips/${tip.id}`,
        `/api/tips/${tip.id}/history`,
        `/api/sources/${sourceId}`,
        `/api/sources/${sourceId}/history`,
        '/api/sources',
        '/api/parties',
        '/api/clocks',
        '/api/audit?limit=200',
        `/api/tips?q=${encodeURIComponent('诸葛标记一')}`,
      ]) {
        keep(await who.get(path));
      }
    }
    t.same(marksIn(answers.filter((answer) => !answer.includes('诸葛标记一反映')).join('\n')), []);
    const paper = await caseSourcePaper(app.deps.db, app.filled.bureauId, sourceId);
    const [form] = app.deps.papers.templates.get('case-source-registration') ?? [];
    t.ok(form?.blanks.safeParse(paper).success, 'it fits form #1');
    t.match(paper, {
      source: 'tip',
      reporterPerson: { name: '信息保密' },
      reporterContact: { address: `详见举报登记表${tip.number}` },
    });
    t.same(marksIn(JSON.stringify(paper)), []);
    t.ok(lines.length > 10, 'the log was read');
    t.same(marksIn(lines.join('\n')), []);
  });

  t.test('in no column of any table but sealed', async (t) => {
    const { rows: tables } = await sql<{ tableName: string }>`
      select table_name from information_schema.tables where table_schema = 'public' and table_type = 'BASE TABLE'`.execute(
      app.owner,
    );
    t.ok(tables.length > 30);
    for (const { tableName } of tables) {
      const { rows } = await sql<{
        line: string;
      }>`select to_jsonb(x)::text as line from ${sql.table(tableName)} x`.execute(app.owner);
      const found = rows.filter(({ line }) => marksIn(line).length > 0 && !line.includes('诸葛标记一反映'));
      t.same(found, [], tableName);
    }
  });

  t.test('corrected, the old record stays and the trace says nothing of either', async (t) => {
    const reporter = { ...MARKED, phone: '13800000009' };
    const amended = await intake.post<TipView>(`/api/tips/${tip.id}/reporter`, {
      reporter,
      reason: '标记原因七',
    });
    t.equal(amended.status, 200);
    const half = amended.body.splitInto!.id;
    for (const id of [tip.id, half]) {
      t.match((await officer.get(`/api/tips/${id}/reporter`)).body, { phone: '13800000009' });
    }
    const find = await officer.post<{ items: TipRow[] }>('/api/tips/by-reporter', { phone: '13800000009' });
    t.same(find.body.items.map(({ id }) => id).toSorted(), [tip.id, half].toSorted());
    const history = await officer.get(`/api/tips/${tip.id}/history`);
    t.same(marksIn(JSON.stringify(history.body)), []);
    const wrong = await intake.post<Problem>(`/api/tips/${half}/reporter`, {
      reporter: { anonymous: true },
      reason: 'x',
    });
    t.match(wrong.body, { code: 'tip.complaint_incomplete' }, 'a complaint keeps what it needs');
  });

  t.test('the registration form names him, and only it', async (t) => {
    const ctx = contextOf(app.deps, app.ctx().actor, 'test');
    const paper = await inTx(ctx, (tx) => reportRegistrationPaper(tx, app.filled.bureauId, tip.id));
    t.match(paper, {
      registeringUnit: '成都市新都区市场监督管理局',
      registrationNo: tip.number,
      reporter: { name: '诸葛标记一', phone: '13800000009', idNumber: MARKED.idNumber },
      clues: REPORT.narrative,
    });
    const hidden = await givenTip(intake, { ...REPORT, reporter: undefined });
    const forms = app.deps.papers.templates.get('report-registration') ?? [];
    t.equal(forms.length, 2);
    for (const { blanks, version } of forms) {
      t.ok(blanks.safeParse(paper).success, `fits the form, version ${version}`);
      const anonymous = await reportRegistrationPaper(ctx, app.filled.bureauId, hidden.id);
      t.ok(blanks.safeParse(anonymous).success, `as does an anonymous one, version ${version}`);
    }
    t.notOk('reporter' in (await reportRegistrationPaper(ctx, app.filled.bureauId, hidden.id)));
    const complaint = await givenTip(intake, COMPLAINT);
    await t.rejects(reportRegistrationPaper(ctx, app.filled.bureauId, complaint.id), {
      code: 'tip.not_a_report',
    });
    await t.rejects(reportRegistrationPaper(ctx, complaint.id, tip.id), { code: 'request.not_found' });
  });
});
