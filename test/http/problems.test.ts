import t from 'tap';
import { z } from 'zod';
import { makeClient } from '../../src/demo/client.ts';
import { testApp, type TestApp } from '../app.ts';
import { type Problem, serveWith } from './server.ts';

const KEYS = ['type', 'title', 'status', 'code', 'detail'];
const EN = { headers: { 'accept-language': 'en-GB, zh;q=0.5' } };

/** Field → code of a refusal, and its shape as RFC 9457 wants it. */
function fieldsOf(body: Problem): Record<string, string> {
  return Object.fromEntries((body.errors ?? []).map(({ field, code }) => [field, code]));
}

t.test('input that is refused', async (t) => {
  const app: TestApp = await testApp(t);
  const { url, anonymous } = app;
  const admin = await app.as('administrator');
  const user = { login: 'somebody', name: '某人', roleKeys: ['auditor'] };

  t.test('names every field at once, unknown ones too, and says why in Chinese', async (t) => {
    const { status, body, headers } = await admin.post<Problem>('/api/users', {
      ...user,
      name: undefined,
      login: 7,
      roleKeys: ['auditor', 5],
      certificateFrom: '2024-02-30',
      isRoot: true,
      extra: null,
    });
    t.equal(status, 400);
    t.equal(headers.get('content-type'), 'application/problem+json; charset=utf-8');
    t.equal(headers.get('content-language'), 'zh');
    t.same(fieldsOf(body), {
      name: 'field.required',
      login: 'field.type',
      'roleKeys.1': 'field.type',
      certificateFrom: 'field.day',
      isRoot: 'field.unknown',
      extra: 'field.unknown',
    });
    t.match(body, { code: 'request.invalid', status: 400, type: 'urn:shian:error:request.invalid' });
    const said = Object.fromEntries(body.errors!.map(({ field, message }) => [field, message]));
    t.match(said, {
      name: '必填。',
      login: '类型有误，应为文本。',
      certificateFrom: '不是真实存在的日期（YYYY-MM-DD）。',
      isRoot: '不认识的字段。',
    });
  });

  t.test('and in English where that is asked for', async (t) => {
    const { body, headers } = await admin.post<Problem>('/api/users', { ...user, login: 7, name: '' }, EN);
    t.equal(headers.get('content-language'), 'en');
    t.same(fieldsOf(body), { login: 'field.type', name: 'field.too_small' });
    for (const { message } of body.errors!) t.match(message, /^[\x20-\x7e]+$/);
    t.match(body.title, /^[\x20-\x7e]+$/);
  });

  t.test('names what lies deeper by its path', async (t) => {
    const { body } = await anonymous().post<Problem>('/api/setup', {
      token: 'x',
      bureau: { areaCode: '51011x', name: '局', shortName: '局', motto: '' },
      administrator: { login: 'root' },
    });
    t.same(fieldsOf(body), {
      'bureau.areaCode': 'field.format',
      'bureau.motto': 'field.unknown',
      'administrator.name': 'field.required',
      'administrator.password': 'field.required',
    });
  });

  t.test('in the query and in the address as well', async (t) => {
    const query = await admin.get<Problem>('/api/users?limit=0&sort=name&cursor=a');
    t.same(fieldsOf(query.body), { limit: 'field.too_small', sort: 'field.unknown' });
    t.same(fieldsOf((await admin.get<Problem>('/api/bureau?q=x')).body), { q: 'field.unknown' });
    t.same(fieldsOf((await admin.get<Problem>('/api/users/17')).body), { id: 'field.format' });
    const cursor = await admin.get<Problem>('/api/users?cursor=bm9uc2Vuc2U');
    t.match(cursor, { status: 400, body: { code: 'request.bad_cursor' } });
  });

  t.test('a body where none is taken', async (t) => {
    t.same(fieldsOf((await admin.post<Problem>('/api/logout', { everywhere: true })).body), {
      everywhere: 'field.unknown',
    });
  });

  t.test('no body, half a body, another kind of body', async (t) => {
    const send = (body: string, type = 'application/json') =>
      fetch(`${url}/api/login`, { method: 'POST', headers: { 'content-type': type }, body });
    for (const [body, code] of [
      ['{"login": "a", "passw', 'request.malformed'],
      ['', 'request.malformed'],
      ['{"__proto__": {"isRoot": true}}', 'request.malformed'],
      ['null', 'request.invalid'],
      ['[]', 'request.invalid'],
      ['"text"', 'request.invalid'],
    ] as const) {
      const answer = await send(body);
      t.match([answer.status, ((await answer.json()) as Problem).code], [400, code], body);
    }
    t.equal((await fetch(`${url}/api/login`, { method: 'POST' })).status, 400);
    for (const type of ['text/plain', 'application/xml', 'nonsense']) {
      const answer = await send('{}', type);
      t.equal(answer.status, 415, type);
      t.equal(((await answer.json()) as Problem).code, 'request.unsupported_media_type');
    }
  });

  t.test('two megabytes: 413 with the limit', async (t) => {
    const { status, body } = await admin.post<Problem>('/api/units', {
      kind: 'section',
      name: 'x'.repeat(2_000_000),
    });
    t.match([status, body.code], [413, 'request.too_large']);
    t.match(body.detail, '1048576');
  });

  t.test('bytes no text has, and moments no calendar has', async (t) => {
    t.equal((await admin.get('/api/users?q=%00')).status, 400);
    const at = (time: string) =>
      Buffer.from(JSON.stringify([time, '018d0000-0000-7000-8000-000000000000'])).toString('base64url');
    const cursor = at('0000-01-01T00:00:00Z');
    t.equal((await admin.get(`/api/users?cursor=${cursor}`)).status, 400);
    t.equal((await admin.post('/api/units', { kind: 'section', name: '食品\u0000科' })).status, 400);
    t.equal((await anonymous().post('/api/login', { login: 'a\u0000b', password: 'x' })).status, 401);
  });
});

t.test('who may not', async (t) => {
  const { url, as, anonymous, owner } = await testApp(t);
  const admin = await as('administrator');

  t.test('nobody: 401; not permitted: 403, naming what it takes; not there or not yours: 404', async (t) => {
    const none = await anonymous().get<Problem>('/api/users');
    t.match(none, { status: 401, body: { code: 'auth.required', detail: '请先登录。' } });
    t.equal(none.headers.get('www-authenticate'), 'Bearer');
    const clerk = await as('fines_clerk');
    const denied = await clerk.post<Problem>('/api/users', {});
    t.match(denied, { status: 403, body: { code: 'auth.forbidden' } });
    t.match(denied.body.detail, /user\.create/);
    const gone = await admin.get<Problem>('/api/users/018d0000-0000-7000-8000-000000000000');
    t.match(gone, { status: 404, body: { code: 'request.not_found' } });
  });

  t.test('another bureau’s is not there', async (t) => {
    const id = '018d0000-0000-7000-8000-00000000000a';
    const createdAt = new Date();
    await owner
      .insertInto('bureaus')
      .values({ id, areaCode: '510117', name: '另一局', shortName: '另', createdAt })
      .execute();
    await owner
      .insertInto('users')
      .values({
        id,
        login: 'elsewhere',
        name: '他局',
        bureauId: id,
        passwordHash: 'x',
        roleKeys: ['auditor'],
        locale: 'zh',
        createdAt,
      })
      .execute();
    t.equal((await admin.get(`/api/users/${id}`)).status, 404);
    const list = await admin.get<{ items: { id: string }[] }>('/api/users?limit=200');
    t.notOk(list.body.items.some((user) => user.id === id));
  });

  t.test('a path outside, a method outside, an address that cannot be read', async (t) => {
    for (const path of ['/api/nothing', '/nowhere', '/api', '/../etc/passwd', '/api/users/../../x']) {
      const answer = await fetch(url + path);
      t.equal(answer.status, 404, path);
      t.match(Object.keys((await answer.json()) as Problem), KEYS);
      t.ok(answer.headers.get('x-request-id'));
    }
    t.equal((await admin.delete('/api/users')).status, 404);
    const answer = await fetch(`${url}/api/users/%zz`, EN);
    t.equal(answer.status, 400);
    t.equal(answer.headers.get('content-type'), 'application/problem+json; charset=utf-8');
    t.match(await answer.json(), { code: 'request.malformed' });
  });
});

t.test('routes', async (t) => {
  const app = await testApp(t, { LOG_LEVEL: 'trace' });
  const config = { permission: 'public' };

  t.test('one without a permission stops the start-up', async (t) => {
    const start = serveWith(t, app, (server) => server.get('/test/open', async () => 'open'));
    await t.rejects(start, { message: /routes without a permission: GET \/test\/open/ });
  });

  t.test('one whose address has parts that no schema describes stops it too', async (t) => {
    const start = serveWith(t, app, (server) => server.get('/test/:id', { config }, async () => 'open'));
    await t.rejects(start, { message: /without a schema of params: GET \/test\/:id/ });
  });

  t.test('a bug says its number and nothing else; the log says what it was', async (t) => {
    const secret = '诸葛某 13800000001';
    const url = await serveWith(t, app, (server) => {
      server.get('/test/bug', { config }, async () => {
        throw new Error('the sum is odd');
      });
      server.get('/test/row', { config }, async (request) => {
        const user = {
          id: request.id,
          login: 'x',
          name: secret,
          passwordHash: secret,
          locale: 'zh' as const,
        };
        return request.ctx.db
          .insertInto('users')
          .values({ ...user, createdAt: new Date(), roleKeys: `{${secret}` as unknown as string[] })
          .execute();
      });
    });
    const { status, body, headers } = await makeClient(url).get<Problem>('/test/bug');
    const id = headers.get('x-request-id')!;
    t.equal(status, 500);
    t.same(body, {
      type: 'urn:shian:error:request.bug',
      title: `系统内部错误，已记录，编号 ${id}。`,
      status: 500,
      code: 'request.bug',
      detail: `系统内部错误，已记录，编号 ${id}。`,
    });
    const line = app.logged.find((entry) => entry.includes(id) && entry.includes('a bug'));
    t.match(line, /the sum is odd/);
    t.match(line, /problems\.test/);

    const row = await makeClient(url).get<Problem>('/test/row');
    t.equal(row.status, 500);
    t.notMatch(JSON.stringify(row.body), /13800000001|users|insert/);
    const told = app.logged.filter((entry) => entry.includes(row.headers.get('x-request-id')!));
    t.match(told.join(''), /"code":"22P02"/);
    t.notMatch(app.logged.join(''), /13800000001|诸葛/);
  });

  t.test('an answer holds what its schema declares; one that lacks it is a bug', async (t) => {
    const response = { 200: z.object({ id: z.string(), inner: z.array(z.object({ a: z.number() })) }) };
    const url = await serveWith(t, app, (server) => {
      const value = { id: 'x', passwordHash: 'secret', inner: [{ a: 1, b: 'secret' }] };
      server.get('/test/strip', { config, schema: { response } }, async () => value);
      server.get(
        '/test/lack',
        { config, schema: { response } },
        async () => ({ id: 'x' }) as unknown as typeof value,
      );
    });
    t.same((await makeClient(url).get('/test/strip')).body, { id: 'x', inner: [{ a: 1 }] });
    t.match(await makeClient(url).get('/test/lack'), { status: 500, body: { code: 'request.bug' } });
  });
});
