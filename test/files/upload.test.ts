import { createHash } from 'node:crypto';
import { readdir } from 'node:fs/promises';
import { connect } from 'node:net';
import t from 'tap';
import { addBureau } from '../../src/modules/identity/index.ts';
import { inTx } from '../../src/context.ts';
import type { Client } from '../../src/demo/client.ts';
import { testApp, type TestApp } from '../app.ts';
import { outsider } from '../tips/given.ts';
import { docx, JPEG, M4A, MP4, PDF, PNG, WAV, xlsx, ZIP } from './contents.ts';

const LIMIT = 64 * 1024;

type View = {
  id: string;
  name: string;
  sha256: string;
  mediaType: string;
  size: number;
  note: string | null;
};

/** What lies in the store: names only. */
const stored = async ({ deps }: TestApp): Promise<string[]> =>
  (await readdir(deps.config.filesDir, { recursive: true, withFileTypes: true }))
    .filter((entry) => entry.isFile())
    .map((entry) => entry.name)
    .toSorted();

async function party(app: TestApp): Promise<string> {
  const officer = await app.as('case_officer');
  const made = await officer.post('/api/parties', { kind: 'company', name: `食品厂${app.ctx().newId()}` });
  return String(made.body.id);
}

const form = (content: Uint8Array | string, name: string, note?: string): FormData => {
  const data = new FormData();
  if (note !== undefined) data.append('note', note);
  data.append('file', new Blob([content as Uint8Array<ArrayBuffer>]), name);
  return data;
};

const send = (client: Client, id: string, data: FormData, kind = 'party') =>
  client.post<View & { code: string }>(`/api/attachments?subjectKind=${kind}&subjectId=${id}`, data);

t.test('attachments', async (t) => {
  const app = await testApp(t, { FILES_MAX_BYTES: String(LIMIT) });
  const officer = await app.as('case_officer');
  const id = await party(app);

  t.test('kept, listed, fetched', async (t) => {
    const made = await send(officer, id, form(PDF, '营业执照 (副本).pdf', '当事人提供'));
    t.equal(made.status, 201);
    const sha256 = createHash('sha256').update(PDF).digest('hex');
    t.match(made.body, {
      name: '营业执照 (副本).pdf',
      note: '当事人提供',
      mediaType: 'application/pdf',
      sha256,
    });
    t.same(await stored(app), [sha256]);
    const list = await officer.get<{ items: View[] }>(`/api/attachments?subjectKind=party&subjectId=${id}`);
    t.same(
      list.body.items.map((one) => one.id),
      [made.body.id],
    );
    const content = await fetch(`${app.url}/api/attachments/${made.body.id}/content`, {
      headers: officer.headers(),
    });
    t.equal(content.status, 200);
    t.ok(Buffer.from(await content.arrayBuffer()).equals(Buffer.from(PDF)));
    t.match(content.headers.get('content-disposition'), /^attachment; .*filename\*=UTF-8''%E8%90%A5/);
    t.equal(content.headers.get('x-content-type-options'), 'nosniff');
    t.match(content.headers.get('content-security-policy'), /sandbox/);
    t.equal(content.headers.get('content-type'), 'application/pdf');
  });

  t.test('the same content twice is one file, and a refusal beside it takes nothing away', async (t) => {
    const before = await stored(app);
    const [one, two] = await Promise.all([
      send(officer, id, form(PDF, 'a.pdf')),
      send(officer, await party(app), form(PDF, 'b.pdf')),
    ]);
    t.same([one.status, two.status], [201, 201]);
    t.equal(one.body.sha256, two.body.sha256);
    t.same(await stored(app), before);
    const twice = form(PDF, 'c.pdf');
    twice.append('file', new Blob([PDF as Uint8Array<ArrayBuffer>]), 'd.pdf');
    t.not((await send(officer, id, twice)).status, 201, 'one file a request');
    t.same(await stored(app), before, 'what others hold stays');
  });

  t.test('every kind that is allowed, by its content', async (t) => {
    const cases: [Uint8Array | string, string, string][] = [
      [JPEG, '现场.JPG', 'image/jpeg'],
      [PNG, 'a.png', 'image/png'],
      [WAV, 'a.wav', 'audio/wav'],
      [MP4, 'a.mp4', 'video/mp4'],
      [M4A, '询问录音.m4a', 'audio/mp4'],
      [docx(), 'a.docx', 'application/vnd.openxmlformats-officedocument.wordprocessingml.document'],
      [xlsx(), 'a.xlsx', 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'],
      ['编号,数量\n1,2\n', 'a.csv', 'text/csv'],
      ['\ufeff说明文字', 'a.txt', 'text/plain'],
    ];
    for (const [content, name, mediaType] of cases) {
      const made = await send(officer, id, form(content, name));
      t.match(made, { status: 201, body: { mediaType, name } }, name);
    }
  });

  t.test('what is refused leaves nothing behind', async (t) => {
    const before = await stored(app);
    const rows = async () => (await app.owner.selectFrom('attachments').select('id').execute()).length;
    const count = await rows();
    const html = '<!DOCTYPE html><html><script>alert(1)</script></html>';
    const cases: [Uint8Array | string, string, number, string][] = [
      [html, 'a.html', 422, 'attachment.type_refused'],
      [html, 'a.txt', 422, 'attachment.type_refused'],
      [html, 'a.pdf', 422, 'attachment.type_refused'],
      [
        '<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"/>',
        'a.svg',
        422,
        'attachment.type_refused',
      ],
      [`文字\n <svg onload="x">`, 'a.txt', 422, 'attachment.type_refused'],
      ['MZ\u0000\u0003 program', 'a.exe', 422, 'attachment.type_refused'],
      ['text\u0000binary', 'a.txt', 422, 'attachment.type_refused'],
      [ZIP, 'a.zip', 422, 'attachment.type_refused'],
      [ZIP, 'a.docx', 422, 'attachment.type_refused'],
      [PNG, 'a.pdf', 422, 'attachment.name_disagrees'],
      [PDF, 'a', 422, 'attachment.name_disagrees'],
      [PDF, 'a.pdf.exe', 422, 'attachment.name_disagrees'],
      [new Uint8Array([0xb1, 0xe0, 0xba, 0xc5, 0x2c, 0x0a]), 'gbk.csv', 422, 'attachment.type_refused'],
      ['', 'empty.txt', 422, 'attachment.empty'],
      [PDF, '...', 422, 'attachment.name'],
    ];
    for (const [content, name, status, code] of cases) {
      const answer = await send(officer, id, form(content, name));
      t.match(answer, { status, body: { code } }, `${name} ${code}`);
    }
    const long = Buffer.concat([Buffer.from(PDF), Buffer.alloc(LIMIT)]);
    t.match(await send(officer, id, form(long, 'long.pdf')), {
      status: 413,
      body: { code: 'request.too_large' },
    });
    const late = Buffer.from(`${'好'.repeat(9000)}\xff`, 'latin1');
    t.equal(
      (await send(officer, id, form(late, 'late.txt'))).status,
      422,
      'broken UTF-8 far behind the beginning',
    );
    const empty = new FormData();
    empty.append('note', 'nothing else');
    t.equal((await send(officer, id, empty)).status, 400);
    const extra = form(PNG, 'x.png');
    extra.append('owner', 'me');
    t.equal((await send(officer, id, extra)).status, 400, 'an unknown field, after the file was stored');
    t.same(await stored(app), before);
    t.equal(await rows(), count);
  });

  t.test('cut off half-way: nothing is left', async (t) => {
    const before = await stored(app);
    const boundary = 'x-cut';
    const head = [
      `POST /api/attachments?subjectKind=party&subjectId=${id} HTTP/1.1`,
      'host: localhost',
      ...Object.entries(officer.headers()).map(([name, value]) => `${name}: ${value}`),
      `content-type: multipart/form-data; boundary=${boundary}`,
      'content-length: 60000',
      '',
      `--${boundary}`,
      'content-disposition: form-data; name="file"; filename="cut.pdf"',
      'content-type: application/pdf',
      '',
      '',
    ].join('\r\n');
    const { port } = new URL(app.url);
    const cut = new Promise<void>((resolve) => {
      const socket = connect(Number(port), '127.0.0.1', () => {
        socket.write(head);
        socket.write(Buffer.concat([Buffer.from(PDF), Buffer.alloc(20_000, 0x20)]), () => socket.destroy());
      });
      socket.on('close', () => resolve());
      socket.on('error', () => resolve());
    });
    await cut;
    // The server notices in its own time: it is asked until it has.
    for (let tries = 0; tries < 500 && (await stored(app)).some((name) => name.startsWith('.')); tries += 1) {
      await officer.get('/healthz');
    }
    t.same(await stored(app), before);
    const made = await send(officer, id, form(`文字${app.ctx().newId()}`, 'next.txt'));
    t.equal(made.status, 201);
    t.same(await stored(app), [...before, made.body.sha256].toSorted());
  });

  t.test('a name is a name, never a path', async (t) => {
    const names: [string, string][] = [
      ['../../etc/passwd.pdf', 'passwd.pdf'],
      ['C:\\Users\\x\\报告.pdf', '报告.pdf'],
      ['..\\..\\.hidden.pdf', 'hidden.pdf'],
      ['a\u202efdp.pdf', 'afdp.pdf'],
      ['<b>x|y.pdf', '_b_x_y.pdf'],
      [`${'长'.repeat(300)}.pdf`, `${'长'.repeat(196)}.pdf`],
    ];
    for (const [given, kept] of names) {
      const made = await send(officer, id, form(PDF, given));
      t.match(made, { status: 201, body: { name: kept } }, given.slice(0, 30));
    }
    const subject = encodeURIComponent('../party');
    t.equal((await officer.get(`/api/attachments?subjectKind=${subject}&subjectId=${id}`)).status, 400);
  });

  t.test('voided, with the reason; the content stays', async (t) => {
    const made = await send(officer, id, form('说明', 'v.txt'));
    const path = `/api/attachments/${made.body.id}`;
    const gone = await officer.post(`${path}/void`, { reason: '传错了' });
    t.match(gone, { status: 200, body: { voidReason: '传错了', version: 2 } });
    t.match(await officer.post(`${path}/void`, { reason: '再来' }), {
      status: 409,
      body: { code: 'attachment.void' },
    });
    t.equal((await officer.get(`${path}/content`)).status, 200);
    t.equal((await (await app.as('intake_officer')).post(`${path}/void`, { reason: 'x' })).status, 403);
  });

  t.test('each attachment leaves a trace, without its name', async (t) => {
    const trail = await app.owner
      .selectFrom('auditEntries')
      .select(['action', 'detail'])
      .where('subjectId', '=', id)
      .where('action', 'in', ['party.attach', 'attachment.void'])
      .execute();
    const rows = await app.owner.selectFrom('attachments').select('id').where('subjectId', '=', id).execute();
    t.equal(trail.filter((one) => one.action === 'party.attach').length, rows.length);
    t.equal(trail.filter((one) => one.action === 'attachment.void').length, 1);
    t.notMatch(JSON.stringify(trail), /营业执照/);
  });
});

t.test('who may see what hangs on a thing', async (t) => {
  const app = await testApp(t);
  const { as, filled, owner, ctx } = app;
  const officer = await as('case_officer');
  const id = await party(app);
  const mine = await send(officer, id, form(PDF, 'a.pdf'));

  t.test('the permissions of the thing, in one’s own bureau', async (t) => {
    t.equal((await send(await as('auditor'), id, form(PDF, 'a.pdf'))).status, 403, 'an auditor adds nothing');
    t.equal((await (await as('auditor')).get(`/api/attachments/${mine.body.id}/content`)).status, 200);
    t.equal((await (await as('administrator')).get(`/api/attachments/${mine.body.id}/content`)).status, 403);
    t.equal((await app.anonymous().get(`/api/attachments/${mine.body.id}/content`)).status, 401);
    t.equal((await send(officer, id, form(PDF, 'a.pdf'), 'bureau')).status, 404, 'nothing hangs on a bureau');
    t.equal((await send(officer, ctx().newId(), form(PDF, 'a.pdf'))).status, 404);
  });

  t.test('another bureau’s is not there', async (t) => {
    const foreign = await inTx(ctx(), async (tx) => {
      const bureauId = await addBureau(tx, { areaCode: '510116', name: '双流局', shortName: '双流' });
      const row = { id: tx.newId(), bureauId, kind: 'company' as const, name: '外', nameKey: '外' };
      await tx.db
        .insertInto('parties')
        .values({ ...row, createdBy: 'x', createdAt: tx.now })
        .execute();
      const attachment = {
        id: tx.newId(),
        bureauId,
        sha256: mine.body.sha256,
        mediaType: 'application/pdf',
        subjectKind: 'party',
        subjectId: row.id,
      };
      await tx.db
        .insertInto('attachments')
        .values({ ...attachment, name: 'a.pdf', createdBy: 'x', createdAt: tx.now })
        .execute();
      return { party: row.id, attachment: attachment.id };
    });
    t.equal((await officer.get(`/api/attachments/${foreign.attachment}/content`)).status, 404);
    t.equal((await officer.get(`/api/attachments?subjectKind=party&subjectId=${foreign.party}`)).status, 404);
    t.equal((await officer.post(`/api/attachments/${foreign.attachment}/void`, { reason: 'x' })).status, 404);
    t.equal((await send(officer, foreign.party, form(PDF, 'a.pdf'))).status, 404);
  });

  t.test(
    'what hangs on a tip may be the reporter’s: only with the permission, and every look is traced',
    async (t) => {
      const tipId = ctx().newId();
      await owner
        .insertInto('tips')
        .values({
          id: tipId,
          bureauId: filled.bureauId,
          number: 'T-1',
          kind: 'report',
          state: 'received',
          channel: 'phone',
          receivedAt: new Date('2024-02-05T09:00:00+08:00'),
          competentOn: '2024-02-05',
          respondentName: '某店',
          narrative: '……',
          createdBy: 'x',
          createdAt: new Date('2024-02-05T09:00:00+08:00'),
        })
        .execute();
      const made = await send(await as('intake_officer'), tipId, form(JPEG, '举报人张某的信.jpg'), 'tip');
      t.equal(made.status, 201);
      const auditor = await as('auditor');
      t.equal((await auditor.get(`/api/attachments/${made.body.id}/content`)).status, 403);
      t.equal((await auditor.get(`/api/attachments?subjectKind=tip&subjectId=${tipId}`)).status, 403);
      t.equal((await officer.get(`/api/attachments/${made.body.id}/content`)).status, 200);
      const looks = await owner
        .selectFrom('auditEntries')
        .selectAll()
        .where('action', '=', 'attachment.look_at')
        .execute();
      t.match(looks, [{ actorName: '林晓峰', subjectId: tipId, detail: { attachmentId: made.body.id } }]);
      const trail = await owner
        .selectFrom('auditEntries')
        .select('detail')
        .where('subjectId', '=', tipId)
        .execute();
      t.notMatch(JSON.stringify(trail), /张某/);
    },
  );

  t.test('nobody learns from an answer that another bureau has the same content', async (t) => {
    const other = await outsider(app);
    const theirs = await other.post('/api/parties', { kind: 'company', name: '温江食品厂' });
    const content = `编号,数量\n${ctx().newId()},2\n`;
    const [csv, txt] = [form(content, 'a.csv'), form(content, 'a.txt')];
    t.match(await send(other, String(theirs.body.id), csv), { status: 201, body: { mediaType: 'text/csv' } });
    const mine = await send(officer, id, txt);
    t.match(mine, { status: 201, body: { mediaType: 'text/plain', name: 'a.txt' } }, 'as for the first');
    const fetched = await fetch(`${app.url}/api/attachments/${mine.body.id}/content`, {
      headers: officer.headers(),
    });
    t.equal(fetched.headers.get('content-type'), 'text/plain');
    t.equal(await fetched.text(), content);
  });

  t.test('a laboratory sees what hangs on a sample sent to it', async (t) => {
    const sample = (laboratoryId: string | null) => ({
      id: ctx().newId(),
      bureauId: filled.bureauId,
      number: `S-${ctx().newId()}`,
      kind: 'enforcement' as const,
      state: 'dispatched' as const,
      laboratoryId,
      place: '某处',
      sampledAt: new Date('2024-02-05T09:00:00+08:00'),
      dispatchedAt: new Date('2024-02-05T10:00:00+08:00'),
      matter: '委托检验',
      productName: '牛肉干',
      method: '现场抽取',
      process: '随机抽取',
      sampleQuantity: '2',
      unit: '袋',
      officerIds: [filled.users.case_officer!.id, filled.users.case_officer_2!.id],
      createdBy: 'x',
      createdAt: new Date('2024-02-05T09:00:00+08:00'),
    });
    const [ours, theirs] = [sample(filled.laboratoryId), sample(null)];
    await owner.insertInto('samples').values([ours, theirs]).execute();
    const clerk = await as('laboratory_clerk');
    const report = await send(clerk, ours.id, form(PDF, '报告.pdf'), 'sample');
    t.equal(report.status, 201);
    t.equal(
      (await officer.get(`/api/attachments/${report.body.id}/content`)).status,
      200,
      'the bureau sees it',
    );
    t.equal((await send(clerk, theirs.id, form(PDF, '报告.pdf'), 'sample')).status, 404);
    t.equal((await send(clerk, id, form(PDF, 'x.pdf'))).status, 403);
    const row = await owner
      .selectFrom('attachments')
      .select('bureauId')
      .where('id', '=', report.body.id)
      .executeTakeFirst();
    t.equal(row?.bureauId, filled.bureauId, 'it belongs to the bureau');
  });
});
