import t from 'tap';
import { makeClient } from '../../src/demo/client.ts';
import { testApp } from '../app.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

t.test('log-in', async (t) => {
  const { url, filled, anonymous, wait, owner } = await testApp(t);
  const { password } = filled;

  t.test('a wrong password and an unknown name get the same answer', async (t) => {
    const wrong = await anonymous().post('/api/login', { login: 'auditor', password: 'wrong' });
    t.equal(wrong.status, 401);
    t.match(wrong.body, { code: 'auth.wrong', status: 401, detail: '用户名或密码有误。' });
    t.equal(wrong.headers.get('set-cookie'), null);
    const unknown = await anonymous().post('/api/login', { login: 'nobody-such', password: 'wrong' });
    t.same(unknown.body, wrong.body);
  });

  t.test('the fifth failure locks the name, says for how long, and the lock ends', async (t) => {
    const attempt = (given: string) =>
      anonymous().post('/api/login', { login: 'dispatcher', password: given });
    for (let i = 0; i < 5; i += 1) t.equal((await attempt('wrong')).status, 401);
    const locked = await attempt(password);
    t.equal(locked.status, 429);
    t.match(locked.body, { code: 'auth.locked', detail: '登录失败次数过多，请在 15 分钟后再试。' });
    t.equal(locked.headers.get('retry-after'), '900');
    wait(15 * MINUTE);
    t.equal((await attempt(password)).status, 200);
  });

  t.test('the token lies in a cookie no script reads, and in the database only as a hash', async (t) => {
    const { headers, body } = await anonymous().post<{ csrfToken: string }>('/api/login', {
      login: 'auditor',
      password,
    });
    const cookie = headers.get('set-cookie') ?? '';
    t.match(cookie, /^shian=[\w-]{43}; Max-Age=43200; Path=\/; HttpOnly; SameSite=Strict$/);
    const token = /^shian=([\w-]+)/.exec(cookie)![1]!;
    const rows = JSON.stringify(await owner.selectFrom('sessions').selectAll().execute());
    t.notMatch(rows, token);
    t.not(body.csrfToken, token);
  });

  t.test('a session idle for half an hour ends; one in use goes on to the twelfth hour', async (t) => {
    const idle = await makeClient(url).logIn('auditor', password);
    wait(29 * MINUTE);
    t.equal((await idle.get('/api/me')).status, 200);
    wait(29 * MINUTE);
    t.equal((await idle.get('/api/me')).status, 200, 'being seen prolongs it');
    wait(31 * MINUTE);
    t.match(await idle.get('/api/me'), { status: 401, body: { code: 'auth.required' } });

    const busy = await makeClient(url).logIn('auditor', password);
    for (let passed = 0; passed < 12 * HOUR - 20 * MINUTE; passed += 20 * MINUTE) {
      wait(20 * MINUTE);
      t.equal((await busy.get('/api/me')).status, 200);
    }
    wait(20 * MINUTE);
    t.equal((await busy.get('/api/me')).status, 401);
  });

  t.test('log-out ends this session only', async (t) => {
    const [here, there] = [
      await makeClient(url).logIn('auditor', password),
      await makeClient(url).logIn('auditor', password),
    ];
    const { csrfToken } = (await here.get<{ csrfToken: string }>('/api/me')).body;
    const cookie = here.cookie();
    t.equal((await here.post('/api/logout')).status, 204);
    t.equal((await here.get('/api/me')).status, 401);
    const stolen = await fetch(`${url}/api/me`, { headers: { cookie, 'x-csrf-token': csrfToken } });
    t.equal(stolen.status, 401, 'the cookie kept from before is worth nothing');
    t.equal((await there.get('/api/me')).status, 200);
  });

  t.test('log-out everywhere ends them all, and nobody else’s', async (t) => {
    const mine = [
      await makeClient(url).logIn('fines-clerk', password),
      await makeClient(url).logIn('fines-clerk', password),
    ];
    const other = await makeClient(url).logIn('auditor', password);
    const ended = await mine[0]!.post('/api/logout-everywhere');
    t.match(ended, { status: 200, body: { ended: 2 } });
    for (const client of mine) t.equal((await client.get('/api/me')).status, 401);
    t.equal((await other.get('/api/me')).status, 200);
  });
});

t.test('behind TLS the cookie is secure and bound to the host', async (t) => {
  const { anonymous, filled } = await testApp(t, { PUBLIC_URL: 'https://shian.example' });
  const client = anonymous();
  const { headers } = await client.post('/api/login', { login: 'auditor', password: filled.password });
  t.match(
    headers.get('set-cookie'),
    /^__Host-shian=[\w-]{43}; Max-Age=43200; Path=\/; HttpOnly; Secure; SameSite=Strict$/,
  );
  t.match(headers.get('strict-transport-security'), /max-age=\d{8}/);
  t.equal((await client.get('/api/me')).status, 200);
  const { headers: gone } = await client.post('/api/logout-everywhere', undefined, {
    headers: {
      'x-csrf-token': (await client.get<{ csrfToken: string }>('/api/me')).body.csrfToken,
    },
  });
  t.match(
    gone.get('set-cookie'),
    /^__Host-shian=; .*Path=\/.*Secure/,
    'a cookie without Secure would not replace it',
  );
});

t.test('a forged request', async (t) => {
  const { as, url, filled } = await testApp(t);
  const unit = { kind: 'section', name: '跨站伪造科' };

  t.test('with the cookie alone changes nothing, and may read', async (t) => {
    const forged = await makeClient(url).logIn('administrator', filled.password);
    forged.withoutCsrf();
    t.match(await forged.post('/api/units', unit), { status: 403, body: { code: 'auth.csrf' } });
    const wrong = { headers: { 'x-csrf-token': 'x'.repeat(43) } };
    t.equal((await forged.post('/api/units', unit, wrong)).status, 403);
    t.equal((await forged.post('/api/logout')).status, 403);
    const units = await forged.get<{ items: { name: string }[] }>('/api/units');
    t.notOk(units.body.items.some(({ name }) => name === unit.name));
  });

  t.test('a form of another site does not even reach the route', async (t) => {
    const admin = await makeClient(url).logIn('administrator', filled.password);
    for (const type of [
      'text/plain',
      'application/x-www-form-urlencoded',
      'multipart/form-data; boundary=x',
    ]) {
      const answer = await fetch(`${url}/api/units`, {
        method: 'POST',
        headers: { cookie: admin.cookie(), 'content-type': type, 'x-csrf-token': admin.csrf() },
        body: JSON.stringify(unit),
      });
      t.equal(answer.status, 415, type);
    }
  });

  t.test('a machine with a key needs no token, and does only what its key says', async (t) => {
    const admin = await as('administrator');
    const created = await admin.post<{ key: string; id: string }>('/api/api-keys', {
      name: '统计接口',
      permissions: ['unit.read', 'case.read'],
    });
    t.equal(created.status, 201);
    const headers = { authorization: `Bearer ${created.body.key}` };
    const machine = makeClient(url);
    t.equal((await machine.get('/api/units', { headers })).status, 200);
    const denied = await machine.post('/api/units', unit, { headers });
    t.match(denied, { status: 403, body: { code: 'auth.forbidden' } });
    t.match(denied.body.detail, /unit\.create/);
    const lower = { authorization: `bearer ${created.body.key}` };
    t.equal((await machine.get('/api/units', { headers: lower })).status, 200, 'the scheme has no case');

    const revoked = await admin.post(`/api/api-keys/${created.body.id}/revoke`, { reason: '试验' });
    t.equal(revoked.status, 200);
    const after = await machine.get('/api/units', { headers });
    t.match(after, { status: 401, body: { code: 'auth.key_unknown' } });
    t.equal(after.headers.get('www-authenticate'), 'Bearer');
  });
});

t.test('a password that must be changed opens nothing else', async (t) => {
  const { as, url } = await testApp(t);
  const made = await (
    await as('administrator')
  ).post<{ oneTimePassword: string }>('/api/users', {
    login: 'new-auditor',
    name: '新来',
    roleKeys: ['auditor'],
  });
  t.equal(made.status, 201);
  const first = made.body.oneTimePassword;
  const client = await makeClient(url).logIn('new-auditor', first);
  t.match(await client.get('/api/me'), { status: 200, body: { mustChangePassword: true } });
  t.match(await client.get('/api/units'), { status: 403, body: { code: 'auth.change_password_first' } });
  t.equal((await client.post('/api/me/password', { current: first, next: 'Kx9-mUqr-7712' })).status, 204);
  const again = await makeClient(url).logIn('new-auditor', 'Kx9-mUqr-7712');
  t.equal((await again.get('/api/units')).status, 200);
  t.match(await makeClient(url).post('/api/login', { login: 'new-auditor', password: first }), {
    status: 401,
  });
});
