import t from 'tap';
import type { TipView } from '../../src/modules/tips/schemas.ts';
import { testApp, type TestApp } from '../app.ts';

const NAME = '苟秘密';
const PHONE = '13800000001';

/** The page as the public opens it, with what its form holds. */
async function opened(app: TestApp, path: string) {
  const { body } = await app.anonymous().get<string>(path);
  const hidden = (name: string) => new RegExp(`name="${name}" value="([^"]*)"`).exec(body)?.[1] ?? '';
  return { body, formId: hidden('formId'), bureauId: hidden('bureauId') };
}

const formOf = (fields: Record<string, string>, files: [string, string][] = []): FormData => {
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) form.set(name, value);
  for (const [name, content] of files) form.append('files', new Blob([content]), name);
  return form;
};

const REPORT = {
  'respondent.name': '成都演示牧香食品有限公司',
  productName: '牛肉干',
  narrative: '不像牛肉。\r\n怀疑以鸭肉冒充。',
};

async function sent(app: TestApp, fields: Record<string, string> = {}, files: [string, string][] = []) {
  const { formId, bureauId } = await opened(app, '/report');
  const { status, body } = await app
    .anonymous()
    .post<string>('/report', formOf({ formId, bureauId, ...REPORT, ...fields }, files));
  const [number = '', code = ''] = [...body.matchAll(/<dd class="code">([^<]+)</g)].map(([, value]) => value);
  return { status, body, number, code };
}

const follow = (app: TestApp, number: string, code: string) =>
  app.anonymous().post<string>('/follow', formOf({ number, code }));

t.test('the public reports without a script, and follows what it sent', async (t) => {
  const app = await testApp(t);
  const intake = await app.as('intake_officer');

  t.test('plain pages: no script, a language, no store', async (t) => {
    for (const path of ['/report', '/report/complaint', '/follow', '/verify']) {
      const { status, body, headers } = await app.anonymous().get<string>(path);
      t.equal(status, 200, path);
      t.match(headers.get('content-type'), /text\/html/);
      t.equal(headers.get('cache-control'), 'no-store');
      t.match(body, /<html lang="zh-CN">/);
      t.notMatch(body, /<script|style=|undefined|public\.(?!css)\w/);
      const english = await app.anonymous().get<string>(`${path}?lang=en`);
      t.match(english.body, /<html lang="en">/);
      t.notMatch(
        english.body.replace('中文', '').replace(/<option.*?<\/option>/g, ''),
        /\p{Script=Han}/u,
        path,
      );
    }
    t.equal((await app.anonymous().get('/public/public.css')).status, 200);
  });

  t.test('an anonymous report with a photograph becomes a tip of the bureau', async (t) => {
    const { status, number, code, body } = await sent(app, {}, [['留言.txt', '购于某店']]);
    t.equal(status, 201);
    t.match(number, /^JB2024\d+$/);
    t.match(code, /^[2-9A-Z]{4}-[2-9A-Z]{4}-[2-9A-Z]{4}$/);
    t.match(body, /只显示这一次/);
    const list = await intake.get<{ items: TipView[] }>(`/api/tips?q=${number}`);
    const tip = list.body.items[0]!;
    t.match(tip, { kind: 'report', channel: 'internet', respondentName: REPORT['respondent.name'] });
    const files = `/api/attachments?subjectKind=tip&subjectId=${tip.id}`;
    t.match((await intake.get<{ items: object[] }>(files)).body.items, [{ name: '留言.txt' }]);
    t.match((await intake.get(`/api/tips/${tip.id}`)).body, { reporter: 'none' });
    const kept = await app.owner.selectFrom('followCodes').selectAll().executeTakeFirstOrThrow();
    t.notOk(JSON.stringify(kept).includes(code.replaceAll('-', '')), 'the code itself is kept nowhere');
    const trail = await app.owner
      .selectFrom('auditEntries')
      .selectAll()
      .where('subjectId', '=', tip.id)
      .execute();
    t.same(trail.map(({ action, actorId }) => `${action} ${actorId}`).toSorted(), [
      'tip.attach public',
      'tip.register public',
    ]);
  });

  t.test('number and code together say how it stands; nothing of who sent it', async (t) => {
    const { number, code } = await sent(app, { 'reporter.name': NAME, 'reporter.phone': PHONE });
    const page = await follow(app, number, code.toLowerCase());
    t.equal(page.status, 200);
    t.match(page.body, /已收到，正在处理/);
    t.notMatch(page.body, new RegExp(`${NAME}|${PHONE}|${REPORT['respondent.name']}|${code}`));
    const { body } = await intake.get<{ items: TipView[] }>(`/api/tips?q=${number}`);
    const { id } = body.items[0]!;
    const content = `${NAME}您好，正在核查。`;
    await intake.post(`/api/tips/${id}/told`, { about: 'other', way: 'phone', content });
    await intake.post(`/api/tips/${id}/told`, { about: 'result', way: 'sms', content, failedReason: '停机' });
    await (await app.as('case_officer')).post(`/api/tips/${id}/open-source`, { content: '不像牛肉。' });
    const later = (await follow(app, number, code)).body;
    t.match(later, /正在核查。/);
    t.match(later, /2024-02-05 其他（电话）/);
    t.notMatch(later, /处理结果|您好/, 'neither what did not arrive nor the words themselves');
    t.match((await intake.get(`/api/tips/${id}`)).body, { reporter: 'named' });
  });

  t.test('a wrong number and a wrong code look the same', async (t) => {
    const { number, code } = await sent(app);
    const other = await sent(app);
    const tries = [
      [number, other.code],
      [number, 'AAAA-AAAA-AAAA'],
      ['JB2024999999', code],
      [number, "' or '1'='1"],
      ['%', '%'],
      ['', ''],
      [`<img src=x onerror=alert(1)>`, '"><script>alert(1)</script>'],
    ] as const;
    const pages = await Promise.all(tries.map(([a, b]) => follow(app, a, b)));
    for (const { status, body } of pages) {
      t.equal(status, 404);
      t.equal(body, pages[0]!.body, 'and repeat nothing of what was asked');
    }
    t.equal((await intake.get(`/api/tips/${number}`)).status, 400);
  });
});

t.test('what the public sends is checked, kept once, and counted', async (t) => {
  const app = await testApp(t);
  const count = async () => (await app.owner.selectFrom('tips').select('id').execute()).length;

  t.test('what is missing is said beside its field, what was typed stays, as text', async (t) => {
    const evil = '"><script>alert(1)</script>';
    const { status, body } = await sent(app, { 'respondent.name': ' ', productName: evil });
    t.equal(status, 422);
    t.match(body, /id="respondent.name-error"/);
    t.match(body, /href="#respondent.name"/);
    t.match(body, /&lt;script&gt;/);
    t.notMatch(body, /<script/);
    const { formId, bureauId } = await opened(app, '/report/complaint');
    const complaint = formOf({ formId, bureauId, ...REPORT });
    const page = await app.anonymous().post<string>('/report/complaint', complaint);
    t.equal(page.status, 422);
    for (const field of [
      'reporter.name',
      'reporter.phone',
      'reporter.address',
      'respondent.address',
      'demand',
    ])
      t.match(page.body, `href="#${field}"`);
    t.equal(await count(), 0);
  });

  t.test('a whole complaint is taken, its clock runs', async (t) => {
    const { formId, bureauId } = await opened(app, '/report/complaint');
    const fields = {
      ...REPORT,
      'respondent.address': '新都区演示路9号',
      demand: '退还98元',
      boughtOn: '2024-01-28',
      'reporter.name': NAME,
      'reporter.phone': PHONE,
      'reporter.address': '新都区保密街77号',
      consentPublish: 'yes',
    };
    const { status, body } = await app
      .anonymous()
      .post<string>('/report/complaint', formOf({ formId, bureauId, ...fields }));
    t.equal(status, 201, body);
    const list = await (await app.as('intake_officer')).get<{ items: TipView[] }>('/api/tips?kind=complaint');
    const tip = (await (await app.as('intake_officer')).get(`/api/tips/${list.body.items[0]!.id}`)).body;
    t.match(tip, {
      reporter: 'named',
      consentPublish: true,
      consentDelegate: false,
      clocks: [{ rule: 'C01o' }],
    });
  });

  t.test('the same form is one tip, also when sent twice at once; a program is told apart', async (t) => {
    const before = await count();
    const { formId, bureauId } = await opened(app, '/report');
    const send = () => app.anonymous().post<string>('/report', formOf({ formId, bureauId, ...REPORT }));
    const statuses = (await Promise.all([send(), send()]))
      .map(({ status }) => status)
      .toSorted((a, b) => a - b);
    t.same(statuses, [201, 409]);
    t.equal((await sent(app, { website: 'https://spam.example' })).status, 422);
    t.equal((await sent(app, { bureauId: '018d76fe-6500-73a0-917d-a2cb5300fff7' })).status, 422);
    t.equal((await sent(app, { formId: "'; drop table tips" })).status, 422);
    t.equal(await count(), before + 1);
  });

  t.test('no other file than those we know; nothing is left of a refused one', async (t) => {
    const before = await count();
    const { status } = await sent(app, {}, [['virus.exe', 'MZ\u0000\u0001\u0002']]);
    t.equal(status, 422);
    t.equal(await count(), before);
    t.equal((await app.owner.selectFrom('files').select('sha256').execute()).length, 0);
    t.equal((await app.anonymous().post('/report', { ...REPORT })).status, 415, 'nor another kind of body');
  });

  t.test('ten from one address in ten minutes, then a page that says to wait', async (t) => {
    let refused = await sent(app);
    for (let i = 0; i < 10 && refused.status !== 429; i += 1) refused = await sent(app);
    t.equal(refused.status, 429);
    t.match(refused.body, /<main>/);
    let last = await follow(app, 'JB1', 'A');
    for (let i = 0; i < 31 && last.status !== 429; i += 1) last = await follow(app, `JB${i}`, 'A');
    t.equal(last.status, 429, 'nor may codes be guessed');
  });
});
