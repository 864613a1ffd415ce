import t from 'tap';
import { findActorByKey, findActorBySession, logIn } from '../../src/modules/identity/index.ts';
import { tidy } from '../../src/modules/identity/jobs.ts';
import { testApp } from '../app.ts';

const MINUTE = 60_000;
const LIMITS = { idleMs: 30 * MINUTE, absoluteMs: 12 * 60 * MINUTE };
const START = 1_700_000_000_000;

t.test('how long a session lives', async (t) => {
  const { ctx, deps, filled, owner } = await testApp(t);
  const open = (login: string, ticks = START) =>
    logIn(ctx(), { login, password: filled.password }, { ip: '127.0.0.1', userAgent: null, ticks });
  const find = (token: string, ticks: number) => findActorBySession(deps.db, token, ticks, LIMITS);

  t.test('idle for as long as the limit ends it', async (t) => {
    const { token } = await open('auditor');
    t.ok(await find(token, START + 29 * MINUTE));
    t.ok(await find(token, START + 58 * MINUTE), 'being seen prolongs it');
    t.equal(await find(token, START + 88 * MINUTE), null);
  });

  t.test('the absolute limit ends it however busy it is', async (t) => {
    const { token } = await open('auditor');
    for (let minute = 0; minute < 12 * 60; minute += 20) t.ok(await find(token, START + minute * MINUTE));
    t.equal(await find(token, START + 12 * 60 * MINUTE), null);
  });

  t.test('being seen is written at most once a minute', async (t) => {
    const { token, userId } = await open('fines-clerk');
    const seen = async () =>
      (
        await owner
          .selectFrom('sessions')
          .select('seenTick')
          .where('userId', '=', userId)
          .executeTakeFirstOrThrow()
      ).seenTick;
    await find(token, START + 59_000);
    t.equal(await seen(), START);
    await find(token, START + 61_000);
    t.equal(await seen(), START + 61_000);
  });

  t.test('an unknown token, and one of a deactivated user, is nobody', async (t) => {
    t.equal(await find('x'.repeat(43), START), null);
    const { token, userId } = await open('hearing-recorder');
    t.ok(await find(token, START + 1));
    await owner.updateTable('users').set({ isActive: false }).where('id', '=', userId).execute();
    t.equal(await find(token, START + 1), null);
    await t.rejects(open('hearing-recorder'), { status: 401, code: 'auth.wrong' });
  });

  t.test('a laboratory user belongs to no bureau', async (t) => {
    const { token } = await open('laboratory-clerk');
    const found = await find(token, START);
    t.match(found?.actor, { bureauId: null, laboratoryId: filled.laboratoryId, kind: 'user' });
    t.ok(found?.actor.permissions.has('sample.record_result'));
  });

  t.test('an unknown key is nobody', async (t) => {
    t.equal(await findActorByKey(deps.db, 'shian_unknown', '2024-02-05'), null);
  });

  t.test('what nobody can use any more is removed', async (t) => {
    await open('auditor', 1000);
    await tidy(ctx());
    const old = await owner.selectFrom('sessions').select('id').where('startedTick', '=', 1000).execute();
    t.same(old, []);
  });
});

t.test('the lock after failed log-ins', async (t) => {
  const { ctx, filled, owner } = await testApp(t);
  const attempt = (login: string, password: string, ticks: number, ip = '192.0.2.1') =>
    logIn(ctx(), { login, password }, { ip, userAgent: null, ticks });
  const wrong = { status: 401, code: 'auth.wrong' };

  t.test('five failures lock a name for fifteen minutes, also for the right password', async (t) => {
    for (let i = 0; i < 5; i += 1) await t.rejects(attempt('auditor', 'wrong', START + i * MINUTE), wrong);
    await t.rejects(attempt('auditor', filled.password, START + 5 * MINUTE), {
      status: 429,
      code: 'auth.locked',
      params: { minutes: 10 },
    });
    await t.resolves(attempt('dispatcher', filled.password, START + 5 * MINUTE), 'others are not locked');
    await t.resolves(attempt('auditor', filled.password, START + 15 * MINUTE + 1));
  });

  t.test('a success forgets the failures before it', async (t) => {
    const at = START + 100 * MINUTE;
    for (let i = 0; i < 4; i += 1) await t.rejects(attempt('unit-head', 'wrong', at), wrong);
    await attempt('unit-head', filled.password, at);
    for (let i = 0; i < 4; i += 1) await t.rejects(attempt('unit-head', 'wrong', at), wrong);
    await t.resolves(attempt('unit-head', filled.password, at));
  });

  t.test('many guesses at once are not many guesses', async (t) => {
    const at = START + 200 * MINUTE;
    const results = await Promise.allSettled(
      Array.from({ length: 60 }, () => attempt('bureau-head', 'wrong', at, '192.0.2.9')),
    );
    const tried = results.filter(
      (one) => one.status === 'rejected' && (one.reason as { status: number }).status === 401,
    );
    t.ok(tried.length >= 5 && tried.length <= 8, `${tried.length} were tried`);
  });

  t.test('a name nobody has is locked like any other, and what was typed is not kept', async (t) => {
    const at = START + 300 * MINUTE;
    for (let i = 0; i < 5; i += 1)
      await t.rejects(attempt('My-Secret-Passw0rd', 'x', at, '192.0.2.7'), wrong);
    await t.rejects(attempt('My-Secret-Passw0rd', 'x', at, '192.0.2.7'), {
      status: 429,
      code: 'auth.locked',
    });
    const rows = await owner.selectFrom('loginFailures').selectAll().execute();
    t.notMatch(JSON.stringify(rows).toLowerCase(), /my-secret/);
  });

  t.test('a hundred failures lock an address', async (t) => {
    const at = START + 400 * MINUTE;
    const rows = Array.from({ length: 100 }, (_, i) => ({
      id: ctx().newId(),
      login: `guess-${i}`,
      ip: '203.0.113.5',
      tick: at,
    }));
    await owner.insertInto('loginFailures').values(rows).execute();
    await t.rejects(attempt('archive-clerk', filled.password, at, '203.0.113.5'), {
      status: 429,
      code: 'auth.locked',
    });
    await t.resolves(attempt('archive-clerk', filled.password, at, '203.0.113.6'));
  });
});

t.test('150 log-ins at once neither fail nor take the memory', async (t) => {
  const { anonymous, filled } = await testApp(t);
  const before = process.memoryUsage().rss;
  const logins = Object.values(filled.users).map((user) => user.login);
  const clients = await Promise.all(
    Array.from({ length: 150 }, (_, i) => anonymous().logIn(logins[i % logins.length]!, filled.password)),
  );
  t.equal(clients.length, 150);
  const grown = (process.memoryUsage().rss - before) / 1024 / 1024;
  t.ok(grown < 400, `grew by ${Math.round(grown)} MiB; 150 hashes at once would take 2850`);
});
