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
  const find = (token: string, ticks: number) =>
    findActorBySession(deps.db, token, { ticks, day: '2024-02-05' }, LIMITS);

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
