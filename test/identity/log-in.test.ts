import t from 'tap';
import { testApp } from '../app.ts';

t.test('log-in, session and log-out', async (t) => {
  const { as, anonymous, owner, filled } = await testApp(t);

  t.test('a session says who it is and what it may do', async (t) => {
    const client = await as('case_officer');
    const me = await client.get('/api/me');
    t.equal(me.status, 200);
    t.match(me.body, {
      name: '林晓峰',
      kind: 'user',
      bureau: { areaCode: '510114' },
      unit: { name: '新繁市场监督管理所' },
      laboratory: null,
      roles: [{ key: 'case_officer', nameZh: '办案人员' }],
      mustChangePassword: false,
    });
    t.type(me.body.csrfToken, 'string');
    t.ok((me.body.permissions as string[]).includes('measure.propose'));
    t.notOk((me.body.permissions as string[]).includes('user.create'));
  });

  t.test('nobody is nobody', async (t) => {
    t.equal((await anonymous().get('/api/me')).status, 401);
    t.equal((await anonymous().get('/api/users')).status, 401);
  });

  t.test('a wrong password and an unknown name answer the same', async (t) => {
    const wrong = await anonymous().post('/api/login', { login: 'auditor', password: 'Wrong-Password-1' });
    const unknown = await anonymous().post('/api/login', {
      login: 'no-such-user',
      password: 'Wrong-Password-1',
    });
    t.equal(wrong.status, 401);
    t.equal(unknown.status, 401);
    t.equal(wrong.body.code, 'auth.wrong');
    t.same(wrong.body, unknown.body);
  });

  t.test('the token is kept only as a hash, and a new one is made at each log-in', async (t) => {
    const before = await owner.selectFrom('sessions').select('tokenHash').execute();
    const client = await anonymous().logIn('grid-worker', filled.password);
    const after = await owner.selectFrom('sessions').selectAll().execute();
    t.equal(after.length, before.length + 1);
    for (const row of after) t.equal(row.tokenHash.length, 32);
    t.equal((await client.get('/api/me')).status, 200);
  });

  t.test('log-out ends this session, log-out everywhere all of them', async (t) => {
    const login = filled.users.archive_clerk!.login;
    const one = await anonymous().logIn(login, filled.password);
    const two = await anonymous().logIn(login, filled.password);
    const three = await anonymous().logIn(login, filled.password);
    t.equal((await one.post('/api/logout')).status, 204);
    t.equal((await one.get('/api/me')).status, 401);
    t.equal((await two.get('/api/me')).status, 200);
    const everywhere = await two.post('/api/logout-everywhere');
    t.equal(everywhere.status, 200);
    t.equal(everywhere.body.ended, 2);
    t.equal((await two.get('/api/me')).status, 401);
    t.equal((await three.get('/api/me')).status, 401);
  });

  t.test('log-in and log-out leave a trace without any secret', async (t) => {
    const rows = await owner
      .selectFrom('auditEntries')
      .selectAll()
      .where('action', 'like', 'session.%')
      .execute();
    t.ok(rows.some((row) => row.action === 'session.log_in' && row.actorName === '林晓峰'));
    t.ok(rows.some((row) => row.action === 'session.log_out'));
    t.notMatch(JSON.stringify(rows), new RegExp(filled.password));
  });

  t.test('a change without the page token is refused', async (t) => {
    const client = await anonymous().logIn('dispatcher', filled.password);
    client.withoutCsrf();
    const answer = await client.post('/api/logout');
    t.equal(answer.status, 403);
    t.equal(answer.body.code, 'auth.csrf');
  });

  t.test('the password hashes are argon2id in PHC form', async (t) => {
    // Not the template's own, which are cheap ones.
    const { body } = await (
      await as('administrator')
    ).post<{ id: string }>('/api/users', { login: 'new-hash', name: '新人', roleKeys: ['auditor'] });
    const { passwordHash } = await owner
      .selectFrom('users')
      .select('passwordHash')
      .where('id', '=', body.id)
      .executeTakeFirstOrThrow();
    t.match(passwordHash, /^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
  });
});
