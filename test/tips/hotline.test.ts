import fc from 'fast-check';
import t from 'tap';
import { readHotline } from '../../src/modules/tips/hotline.ts';
import { type ParsedTip, RegisterTipBody } from '../../src/modules/tips/schemas.ts';
import { testApp } from '../app.ts';
import { ODD_TEXTS, TEXTS } from './hotline-texts.ts';
import type { Problem } from './given.ts';

const TODAY = '2024-02-05';

/** The likeliest value of each field. */
const firstOf = (text: string): Record<string, unknown> =>
  Object.fromEntries(
    readHotline(text, TODAY)
      .toReversed()
      .map(({ name, value }) => [name, value]),
  );

t.test('work orders and letters of many layouts', async (t) => {
  for (const [title, text, expected, absent = []] of [...TEXTS, ...ODD_TEXTS]) {
    const found = firstOf(text);
    for (const [name, value] of Object.entries(expected)) t.same(found[name], value, `${title}: ${name}`);
    for (const name of absent) t.equal(found[name], undefined, `${title}: no ${name}`);
  }
});

/** The body that the likeliest fields make. */
function bodyOf(text: string): Record<string, unknown> {
  const body: Record<string, unknown> = { kind: 'report', channel: 'phone', respondent: { name: '不详' } };
  for (const [name, value] of Object.entries(firstOf(text))) {
    const path = name.split('.');
    let place = body;
    for (const [at, key] of path.slice(0, -1).entries()) {
      place[key] ??= /^\d+$/.test(path[at + 1]!) ? [] : {};
      place = place[key] as Record<string, unknown>;
    }
    place[path.at(-1)!] = value;
  }
  // Who the party is, its code alone does not say: the person at the desk does.
  delete (body['respondent'] as Record<string, unknown>)['party'];
  return body;
}

t.test('what was read is a body the desk can send', async (t) => {
  for (const [title, text] of [...TEXTS, ...ODD_TEXTS]) {
    const parsed = RegisterTipBody.safeParse(bodyOf(text));
    t.equal(parsed.success, true, `${title}: ${JSON.stringify(parsed.error?.issues)}`);
  }
});

t.test('places are those of the text as it was pasted', async (t) => {
  for (const [title, text] of [...TEXTS, ...ODD_TEXTS]) {
    for (const { name, value, from, to, confidence } of readHotline(text, TODAY)) {
      t.ok(from >= 0 && from < to && to <= text.length, `${title}: ${name} ${from}–${to}`);
      t.ok(confidence > 0 && confidence <= 1, `${title}: ${name} ${confidence}`);
      if (['reporter.name', 'respondent.name', 'productName', 'platform'].includes(name))
        t.equal(text.slice(from, to).includes(String(value)), true, `${title}: ${name}`);
    }
  }
});

t.test('of several readings the surest comes first, and codes carry what is wrong with them', async (t) => {
  const found = readHotline(
    '联系电话：13800000001，13800000002\n统一社会信用代码：914403001922038217',
    TODAY,
  );
  t.same(
    found.filter(({ name }) => name === 'reporter.phone').map(({ value }) => value),
    ['13800000001', '13800000002'],
  );
  const code = found.find(({ name }) => name === 'respondent.party.uscc');
  t.match(code, { value: '914403001922038217', warning: 'uscc.check_digit', confidence: 0.4 });
  const right = readHotline('信用代码 914403001922038216', TODAY).find(({ name }) => name.endsWith('uscc'));
  t.match(right, { value: '914403001922038216', warning: undefined });
});

t.test('whatever is pasted, it answers, and in bounded time', async (t) => {
  const most = 50_000;
  const hostile = [
    '店',
    '区',
    '成都市',
    '诉求：',
    '联系电话：',
    '元',
    '1',
    '9',
    ' ',
    '\n',
    '一',
    '“',
    '买',
    '(',
    '有限公司',
    '要求',
    '13800000000',
    '1年1月1日',
    'a-',
    '@',
    'a@b.',
    '😀',
    '\u200e',
    '12345工单编号',
    '诉求内容：地址：',
  ];
  for (const piece of hostile) {
    const text = piece.repeat(Math.floor(most / piece.length));
    const began = performance.now();
    readHotline(text, TODAY);
    const ms = performance.now() - began;
    t.ok(ms < 2000, `${JSON.stringify(piece)}: ${Math.round(ms)} ms`);
  }
  fc.assert(
    fc.property(
      fc.array(fc.oneof(fc.constantFrom(...hostile), fc.string({ unit: 'binary', maxLength: 20 }))),
      (parts) => {
        const text = parts.join('');
        for (const { from, to } of readHotline(text, TODAY)) t.ok(from < to && to <= text.length);
      },
    ),
  );
});

t.test('over HTTP', async (t) => {
  const app = await testApp(t, { LOG_LEVEL: 'trace' });
  const intake = await app.as('intake_officer');
  const text = TEXTS[0]![1];

  t.test('fields to confirm; nothing is kept and nothing logged', async (t) => {
    const rows = () => app.owner.selectFrom('auditEntries').select('id').execute();
    const before = (await rows()).length;
    const { status, body } = await intake.post<ParsedTip>('/api/tips/parse', { text });
    t.equal(status, 200);
    t.match(
      body.fields.find(({ name }) => name === 'reporter.name'),
      {
        value: '苟秘密',
        confidence: 0.95,
        from: text.indexOf('苟'),
        to: text.indexOf('苟') + 3,
        warning: null,
      },
    );
    t.equal((await rows()).length, before);
    t.same(await app.owner.selectFrom('tips').select('id').execute(), []);
    t.notMatch(app.logged.join(''), /苟秘密|13800000001|牛肉/);
  });

  t.test('a wrong code comes with its sentence in the language asked for', async (t) => {
    const wrong = { text: '统一社会信用代码：914403001922038217' };
    const warning = async (language: string) => {
      const headers = { 'accept-language': language };
      const { body } = await intake.post<ParsedTip>('/api/tips/parse', wrong, { headers });
      return body.fields.find(({ name }) => name.endsWith('uscc'))?.warning;
    };
    const [zh, en] = [await warning('zh'), await warning('en')];
    t.equal(zh?.code, 'uscc.check_digit');
    t.match(zh?.message, /\p{Script=Han}/u);
    t.match(en?.message, /[a-z]/);
  });

  t.test('too long is said so, ten megabytes are not even read; nobody else may', async (t) => {
    const long = await intake.post<Problem>('/api/tips/parse', { text: '牛'.repeat(50_001) });
    t.match(long, { status: 400, body: { errors: [{ field: 'text', code: 'field.too_big' }] } });
    t.equal((await intake.post('/api/tips/parse', { text: '牛'.repeat(50_000) })).status, 200);
    t.equal((await intake.post('/api/tips/parse', { text: 'x'.repeat(10 * 1024 * 1024) })).status, 413);
    t.equal((await intake.post('/api/tips/parse', { text: '' })).status, 400);
    t.equal((await app.anonymous().post('/api/tips/parse', { text })).status, 401);
    t.equal((await (await app.as('laboratory_clerk')).post('/api/tips/parse', { text })).status, 403);
  });
});
