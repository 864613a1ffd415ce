import t from 'tap';
import { logIn } from '../../src/modules/identity/index.ts';
import { testApp } from '../app.ts';

const MINUTE = 60_000;
const START = 1_700_000_000_000;

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
