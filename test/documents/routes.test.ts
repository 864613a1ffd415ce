import { createHash } from 'node:crypto';
import t from 'tap';
import { inTx } from '../../src/context.ts';
import { issueDocument } from '../../src/modules/documents/index.ts';
import { renderDocuments } from '../../src/modules/documents/jobs.ts';
import { uuidV7 } from '../../src/shared/ids.ts';
import { testApp } from '../app.ts';
import { must } from '../given/cases.ts';
import { approvedTransfer } from '../given/referrals.ts';
import { givenTip } from '../tips/given.ts';
import { SAMPLES } from './fixtures.ts';

type Action = { action: string; allowed: boolean; code?: string };
type Doc = {
  id: string;
  state: string;
  number: string | null;
  data: Record<string, unknown>;
  problems: { field: string; message: string }[];
  allowedActions: Action[];
  pdfSha256: string;
  verifyUrl: string;
  version: number;
  subject: { kind: string; id: string };
  replacesId: string | null;
};
type List = { items: Doc[]; next: string | null };

t.test('papers over HTTP', async (t) => {
  const app = await testApp(t);
  const { bureauId } = app.filled;
  const officer = await app.as('case_officer');
  const keeper = await app.as('property_keeper');
  const anonymous = app.anonymous();
  let made = 0;

  /** An approval of the bureau: the thing #8 is about. */
  const approval = async (): Promise<string> => {
    const id = uuidV7(1_650_000_000_000 + (made += 1));
    await app.owner
      .insertInto('approvals')
      .values({
        id,
        bureauId,
        matter: 'measure',
        subjectKind: 'case',
        subjectId: id,
        title: '成都某某食品有限公司涉嫌未取得许可从事食品生产活动案',
        grounds: '建议对涉案食品予以扣押。',
        proposedBy: [app.filled.users.case_officer!.id],
        proposedAt: app.deps.now(),
        state: 'approved',
        decides: 'head',
        decidedBy: app.filled.users.bureau_head!.id,
        decidedAt: app.deps.now(),
        opinion: '同意。',
        createdAt: app.deps.now(),
      })
      .execute();
    return id;
  };
  const draft = async (overrides: Record<string, unknown> = {}): Promise<Doc> => {
    const body = { kind: 'matter-approval', subjectKind: 'approval', subjectId: await approval(), overrides };
    const answer = await officer.post<Doc>('/api/documents', body);
    t.equal(answer.status, 201, JSON.stringify(answer.body));
    return answer.body;
  };
  /** A draft of a form with a number of its own. */
  const transferDraft = async (overrides: Record<string, unknown> = {}): Promise<string> => {
    const { id: subjectId } = await approvedTransfer(app);
    const contact = { contactPhone: '028-00000000', contactAddress: '成都市新都区演示路1号' };
    const body = { kind: 'crime-transfer', subjectKind: 'transfer', subjectId };
    const answer = officer.post('/api/documents', { ...body, overrides: { ...contact, ...overrides } });
    return (await must(answer, 201)).id;
  };
  const pdf = async (path: string) => {
    const { status, headers } = await officer.get(path);
    return { status, headers, bytes: status === 200 ? await officer.download(path) : Buffer.alloc(0) };
  };
  const sha = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex');

  await t.test('a draft is filled from the record, amended, previewed; it has no number', async (t) => {
    const made = await draft({ remark: '加急' });
    t.match(made, { state: 'draft', number: null, problems: { length: 0 } });
    t.match(made.data, { remark: '加急', reasons: '建议对涉案食品予以扣押。' });
    const path = `/api/documents/${made.id}`;
    const amended = await officer.patch<Doc>(
      path,
      { data: { remark: null } },
      { headers: { 'if-match': '"1"' } },
    );
    t.match(amended, { status: 200, body: { data: { remark: null }, version: 2 } });
    t.equal(
      (await officer.patch(path, { data: { remark: 'x' } }, { headers: { 'if-match': '"1"' } })).status,
      412,
    );
    t.match(await officer.patch(path, { data: { nothing: 1 } }), {
      status: 400,
      body: { errors: [{ field: 'nothing' }] },
    });
    const preview = await pdf(`${path}/preview`);
    t.equal(preview.status, 200);
    t.equal(preview.headers.get('content-type'), 'application/pdf');
    t.match(preview.headers.get('content-security-policy'), /sandbox/);
    t.equal(preview.bytes.subarray(0, 5).toString(), '%PDF-');
    t.match(await officer.get(`${path}/content`), { status: 409, body: { code: 'document.not_drawn' } });
  });

  await t.test('a draft that lacks something says what, and is not issued', async (t) => {
    const id = await transferDraft({ contactPerson: '' });
    const made = (await officer.get<Doc>(`/api/documents/${id}`)).body;
    t.match(made.problems, [{ field: 'contactPerson', message: /必填/ }]);
    const issue = made.allowedActions.find(({ action }) => action === 'issue');
    t.match(issue, { allowed: false, code: 'document.blanks' });
    const refused = await officer.post(`/api/documents/${made.id}/issue`, {});
    t.match(refused, {
      status: 422,
      body: { code: 'document.blanks', errors: [{ field: 'contactPerson' }] },
    });
    t.match(await officer.get(`/api/documents/${made.id}/preview`), { status: 422 });
    const strange = { kind: 'matter-approval', subjectKind: 'approval', subjectId: uuidV7(3) };
    t.equal((await officer.post('/api/documents', strange)).status, 404, 'a record that is not there');
    t.match(await officer.post('/api/documents', { ...strange, subjectKind: 'case' }), {
      status: 422,
      body: { code: 'document.unknown_kind' },
    });
    t.equal((await keeper.post('/api/documents', strange)).status, 403);
  });

  await t.test('issue: numbered, frozen, drawn; every print is the same bytes', async (t) => {
    const id = await transferDraft();
    const issued = await officer.post<Doc>(`/api/documents/${id}/issue`, {});
    t.match(issued, { status: 200, body: { state: 'issued', number: '新都市监涉罪移〔2024〕1号' } });
    const [first, second] = [
      await pdf(`/api/documents/${id}/content`),
      await pdf(`/api/documents/${id}/content`),
    ];
    t.equal(sha(first.bytes), issued.body.pdfSha256);
    t.ok(first.bytes.equals(second.bytes));
    t.match(first.headers.get('content-disposition'), /^inline;.*%E3%80%942024/);
    t.match(await officer.patch(`/api/documents/${id}`, { data: {} }), { status: 409 });
    t.match(await officer.post(`/api/documents/${id}/issue`, {}), {
      status: 409,
      body: { code: 'workflow.action_not_allowed', allowed: ['void', 'replace'] },
    });
    t.match(await officer.get(`/api/documents/${id}/preview`), { status: 409 });
  });

  await t.test('twice with one key is once; two at once, one wins', async (t) => {
    const id = await transferDraft();
    const headers = { 'idempotency-key': 'issue-1' };
    const first = await officer.post<Doc>(`/api/documents/${id}/issue`, {}, { headers });
    const again = await officer.post<Doc>(`/api/documents/${id}/issue`, {}, { headers });
    t.match([first.status, again.status], [200, 200]);
    t.equal(first.body.number, again.body.number);
    const raced = await transferDraft();
    const answers = await Promise.all(
      [1, 2, 3].map(() => officer.post<Doc>(`/api/documents/${raced}/issue`, {})),
    );
    t.equal(answers.filter(({ status }) => status === 200).length, 1);
    t.equal(answers.filter(({ status }) => status === 409).length, 2);
    t.match(answers.find(({ status }) => status === 200)?.body.number, /〔2024〕3号$/);
  });

  await t.test(
    'a character no font has: named, no number taken; a confirmed substitute goes on',
    async (t) => {
      const id = await transferDraft({ contactPerson: '陈\u{2A6D6}' });
      const shown = await officer.get<Doc>(`/api/documents/${id}`);
      t.match(shown.body.problems, [{ field: 'contactPerson', message: /U\+2A6D6/ }]);
      const refused = await officer.post(`/api/documents/${id}/issue`, {});
      t.match(refused, {
        status: 422,
        body: { code: 'document.missing_glyph', errors: [{ field: 'contactPerson' }] },
      });
      const issued = await officer.post<Doc>(`/api/documents/${id}/issue`, {
        substitutions: { '\u{2A6D6}': '某' },
      });
      t.match(issued, {
        status: 200,
        body: { number: /〔2024〕4号$/, substitutions: { '\u{2A6D6}': '某' } },
      });
      t.equal((await officer.post(`/api/documents/${id}/issue`, { substitutions: { ab: 'c' } })).status, 400);
    },
  );

  await t.test('void and replace keep both papers', async (t) => {
    const id = await transferDraft();
    await officer.post(`/api/documents/${id}/issue`, {});
    const before = await pdf(`/api/documents/${id}/content`);
    const correction = await officer.post<Doc>(`/api/documents/${id}/replace`, { reason: '联系人有误' });
    t.match(correction, { status: 201, body: { state: 'draft', number: null, replacesId: id } });
    t.match(await officer.post(`/api/documents/${id}/replace`, { reason: 'x' }), {
      status: 409,
      body: { code: 'document.already_replacing' },
    });
    t.match(await officer.get(`/api/documents/${id}`), { body: { state: 'issued' } }, 'it holds until then');
    const draftPath = `/api/documents/${correction.body.id}`;
    await officer.patch(draftPath, { data: { contactPerson: '刘某' } });
    const issued = await officer.post<Doc>(`${draftPath}/issue`, {});
    t.match(issued, { status: 200, body: { state: 'issued', number: /〔2024〕6号$/ } });
    const old = await officer.get<Doc>(`/api/documents/${id}`);
    t.match(old, { body: { state: 'voided', voidReason: '联系人有误', number: /〔2024〕5号$/ } });
    t.ok(
      (await pdf(`/api/documents/${id}/content`)).bytes.equals(before.bytes),
      'the void paper is still there',
    );
    t.match(await officer.post(`${draftPath}/void`, { reason: '误发' }), {
      status: 200,
      body: { state: 'voided' },
    });
    t.equal((await officer.post(`${draftPath}/void`, { reason: '误发' })).status, 409);
  });

  await t.test('a correction follows the form of its own day', async (t) => {
    const tip = await givenTip(await app.as('intake_officer'));
    const subject = { kind: 'tip', id: tip.id };
    const data = SAMPLES['report-registration'];
    const { id } = await inTx({ ...app.ctx(), afterCommit: () => undefined }, (tx) =>
      issueDocument(tx, { kind: 'report-registration', subject, data, on: '2024-02-05', bureauId }),
    );
    await renderDocuments(app.ctx());
    const read = () =>
      app.deps.db.selectFrom('documents').selectAll().where('replacesId', '=', id).executeTakeFirst();
    await officer.post(`/api/documents/${id}/replace`, { reason: '姓名有误' });
    t.equal((await read())?.templateVersion, 1);
    app.setNow('2026-05-06T10:00:00+08:00');
    const correction = (await read())!.id;
    const headers = { 'if-match': '"1"' };
    const amended = await officer.patch<Doc>(
      `/api/documents/${correction}`,
      { data: { reporterSignature: '李某某' } },
      { headers },
    );
    t.match(amended, { status: 200, body: { templateVersion: 2 } });
    app.setNow('2024-02-05T10:00:00+08:00');
  });

  await t.test('anybody may ask whether a paper is genuine, and sees what stands in its head', async (t) => {
    const id = await transferDraft();
    const { body } = await officer.post<Doc>(`/api/documents/${id}/issue`, {});
    const code = body.verifyUrl.split('/').at(-1)!;
    const ask = (asked: string) => anonymous.get(`/api/documents/verify/${asked}`);
    const paper = { kind: 'crime-transfer', number: body.number, bureau: '新都区市场监督管理局' };
    t.match((await ask(code)).body, { status: 'genuine', paper });
    const spelled = `${code.slice(0, 4)}-${code.slice(4, 8)}-${code.slice(8)}`.toLowerCase();
    t.match((await ask(spelled)).body, { status: 'genuine' }, 'as read out over the telephone');
    t.same((await ask('ABCDEFGH2345')).body, { status: 'unknown', paper: null });
    const page = await anonymous.get<string>(`/v/${code}`);
    t.equal(page.status, 200);
    t.match(page.headers.get('content-type'), /text\/html/);
    t.match(page.body, /真实/);
    t.match(page.body, body.number);
    t.notMatch(page.body, new RegExp(code), 'it repeats nothing of what was asked');
    t.notMatch((await anonymous.get<string>('/v/%3Cscript%3E')).body, /<script/);
    t.match((await anonymous.get<string>(`/verify?code=${code}`)).body, /真实/);
    await officer.post(`/api/documents/${id}/void`, { reason: '误发' });
    t.match((await ask(code)).body, { status: 'void' });
    t.match(
      (await anonymous.get<string>(`/v/${code}`, { headers: { 'accept-language': 'en' } })).body,
      /Void/,
    );
    const draftOnly = await transferDraft();
    t.equal((await anonymous.get(`/api/documents/${draftOnly}`)).status, 401);
  });

  await t.test(
    'lists: by thing, kind, state and number, in pages; never what stands in a paper',
    async (t) => {
      const ids: string[] = [];
      let cursor = '';
      do {
        const { body } = await officer.get<List>(
          `/api/documents?kind=crime-transfer&limit=3${cursor && `&cursor=${cursor}`}`,
        );
        ids.push(...body.items.map(({ id }) => id));
        cursor = body.next ?? '';
      } while (cursor);
      t.equal(new Set(ids).size, ids.length);
      t.equal(ids.length, 9);
      const byNumber = await officer.get<List>('/api/documents?q=%E3%80%952%E5%8F%B7');
      t.match(byNumber.body.items, [{ number: '新都市监涉罪移〔2024〕2号' }]);
      t.same(
        (await officer.get<List>('/api/documents?q=%25')).body.items,
        [],
        'a percent sign is a percent sign',
      );
      const one = byNumber.body.items[0]!;
      const about = `subjectKind=transfer&subjectId=${one.subject.id}`;
      const bySubject = await officer.get<List>(`/api/documents?${about}`);
      t.same(
        bySubject.body.items.map(({ id }) => id),
        [one.id],
      );
      t.notOk('data' in one);
      t.equal((await officer.get<List>('/api/documents?state=voided')).body.items.length, 3);
    },
  );

  await t.test("another bureau's paper is not there", async (t) => {
    const id = await transferDraft();
    const elsewhere = uuidV7(9);
    await app.owner
      .insertInto('bureaus')
      .values({ id: elsewhere, areaCode: '510107', name: '武侯', shortName: '武侯', createdAt: new Date(0) })
      .execute();
    await app.owner.updateTable('documents').set({ bureauId: elsewhere }).where('id', '=', id).execute();
    for (const path of ['', '/content', '/preview']) {
      t.equal((await officer.get(`/api/documents/${id}${path}`)).status, 404, path);
    }
    for (const action of ['issue', 'void', 'replace']) {
      const body = action === 'issue' ? {} : { reason: 'x' };
      t.equal((await officer.post(`/api/documents/${id}/${action}`, body)).status, 404, action);
    }
    t.equal((await officer.patch(`/api/documents/${id}`, { data: {} })).status, 404);
    const { subjectId } = await app.owner
      .selectFrom('documents')
      .select('subjectId')
      .where('id', '=', id)
      .executeTakeFirstOrThrow();
    const listed = await officer.get<List>(`/api/documents?subjectId=${subjectId}`);
    t.same(listed.body.items, []);
  });

  await t.test(
    'the paper that names the reporter: only by permission, and each look is traced',
    async (t) => {
      const subject = { kind: 'tip', id: uuidV7(11) };
      const data = SAMPLES['report-registration'];
      const { id } = await inTx({ ...app.ctx(), afterCommit: () => undefined }, (tx) =>
        issueDocument(tx, {
          kind: 'report-registration',
          subject,
          data,
          on: '2024-02-05',
          confidential: true,
          bureauId,
        }),
      );
      await renderDocuments(app.ctx());
      const permitted = await officer.get<Doc>(`/api/documents/${id}`);
      t.match(permitted, { status: 200, body: { data: { reporter: { name: '李某某' } } } });
      const content = await pdf(`/api/documents/${id}/content`);
      t.equal(content.bytes.subarray(0, 5).toString(), '%PDF-');
      t.equal(sha(content.bytes), permitted.body.pdfSha256);
      const looks = () =>
        app.deps.db
          .selectFrom('auditEntries')
          .select('actorId')
          .where('action', '=', 'document.look_at')
          .execute();
      t.equal((await looks()).length, 3, 'the detail, and twice the content');
      for (const path of ['', '/content'])
        t.equal((await keeper.get(`/api/documents/${id}${path}`)).status, 404);
      t.same((await keeper.get<List>(`/api/documents?subjectId=${subject.id}`)).body.items, []);
      t.equal((await keeper.get('/api/documents?kind=report-registration')).status, 404);
      t.equal((await officer.get<List>(`/api/documents?subjectId=${subject.id}`)).body.items.length, 1);
      t.equal((await looks()).length, 3, 'a list shows nothing of it');
    },
  );
});
