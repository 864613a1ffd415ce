import t from 'tap';
import { type Ctx, inTx } from '../../src/context.ts';
import { react } from '../../src/reactions.ts';
import { JOBS } from '../../src/jobs/list.ts';
import { runJob } from '../../src/jobs/runner.ts';
import { type Proposal, proposeApproval } from '../../src/modules/approvals/index.ts';
import { startClock } from '../../src/modules/deadlines/index.ts';
import { watchClocks } from '../../src/modules/deadlines/jobs.ts';
import { BUILT_IN_ROLES } from '../../src/modules/identity/index.ts';
import { notify } from '../../src/modules/notifications/index.ts';
import type { NotificationPage, NotificationView } from '../../src/modules/notifications/schemas.ts';
import { testApp, type TestApp } from '../app.ts';
import { must, strangerOf } from '../given/cases.ts';
import { thing } from '../given/clocks.ts';
import { REPORT, REPORTER } from '../tips/given.ts';

type Id = { id: string };

const EN = { headers: { 'accept-language': 'en' } };

async function inbox(app: TestApp, role: string, query = ''): Promise<NotificationPage> {
  return must<NotificationPage>((await app.as(role)).get(`/api/notifications${query}`));
}

/** What stands unread before this person. */
const unreadOf = async (app: TestApp, role: string): Promise<NotificationView[]> =>
  (await inbox(app, role, '?unread=true')).items;

const countOf = async (app: TestApp, role: string): Promise<number> =>
  (await must<{ unread: number }>((await app.as(role)).get('/api/notifications/unread'))).unread;

const readAll = async (app: TestApp, role: string, asOf: string | null) =>
  (await app.as(role)).post<{ read: number }>('/api/notifications/read-all', { asOf });

/** Tells somebody something, as the system. */
const tell = (app: TestApp, role: string, event: string, subject = thing('case')): Promise<void> =>
  inTx(app.ctx(), (tx) =>
    notify(tx, app.filled.bureauId, [
      {
        kind: 'record.assigned',
        params: {},
        to: [app.filled.users[role]!.id],
        subject,
        topic: `case:${subject.id}`,
        event,
      },
    ]),
  );

function propose(app: TestApp, extra: Partial<Proposal> = {}): Promise<Id> {
  const base = app.ctx();
  const ctx: Ctx = { ...base, actor: { ...base.actor, bureauId: app.filled.bureauId } };
  const proposal: Proposal = {
    matter: 'case.suspend',
    subject: thing('case'),
    title: `关于${REPORTER.name}的审批`,
    grounds: REPORTER.phone,
    proposedBy: [app.filled.users.case_officer!.id],
    decides: 'head',
    ...extra,
  };
  return inTx(ctx, (tx) => proposeApproval(tx, proposal));
}

t.test('a proposal waits for those who may act on it, and its end is told', async (t) => {
  const app = await testApp(t);
  const suspend = await propose(app);
  const asked = { kind: 'approval.waiting', text: '待您审批：中止调查（案件）', thing: suspend };
  t.match(await unreadOf(app, 'bureau_head'), [asked]);
  await must(
    (await app.as('case_officer')).post(`/api/approvals/${suspend.id}/withdraw`, { reason: '撤回' }),
  );
  const { id } = await propose(app, { matter: 'test.matter' });
  for (const role of ['bureau_head', 'deputy_head', 'principal_head', 'unit_head']) {
    const [one, ...more] = await unreadOf(app, role);
    const waits = { kind: 'approval.waiting', thing: { kind: 'approval', id }, readAt: null };
    t.match(one, waits, role);
    t.same(more, [], role);
  }
  for (const role of ['case_officer', 'case_officer_2', 'legal_reviewer', 'administrator', 'auditor'])
    t.same(await unreadOf(app, role), [], `${role}: nothing waits for him`);
  const own = await propose(app, { proposedBy: [app.filled.users.bureau_head!.id] });
  t.notOk(
    (await unreadOf(app, 'bureau_head')).some((one) => one.thing.id === own.id),
    'nobody decides his own',
  );
  t.ok(
    (await unreadOf(app, 'case_reviewer')).some((one) => one.thing.id === own.id),
    'of no unit: whoever may give an opinion',
  );
  const path = `/api/approvals/${id}/decide`;
  const head = await app.as('bureau_head');
  await must(head.post(path, { decision: 'refused', opinion: `${REPORTER.name}不准` }));
  t.notOk(
    (await unreadOf(app, 'principal_head')).some((one) => one.thing.id === id),
    'it waits for nobody any more',
  );
  const [told] = await unreadOf(app, 'case_officer');
  t.match(told, { kind: 'approval.decided', thing: { kind: 'approval', id } });
  t.equal(told?.text, '您提请的“test.matter”已不予批准（案件）');
  const english = await (await app.as('case_officer')).get<NotificationPage>('/api/notifications', EN);
  t.equal(english.body.items[0]?.text, 'Your proposal “test.matter” was refused (Case)');
  await must((await app.as('bureau_head')).post(`/api/approvals/${own.id}/withdraw`, { reason: '撤回' }));
  t.same(await unreadOf(app, 'case_reviewer'), [], 'taken back');
});

t.test('whoever is given a thing hears of it, and never who reported it', async (t) => {
  const app = await testApp(t);
  const { users, stationId } = app.filled;
  const { id } = await must((await app.as('intake_officer')).post('/api/tips', REPORT), 201);
  const head = await app.as('unit_head');
  const assign = (body: object) => must(head.post(`/api/tips/${id}/assign`, body));
  const [officer, other] = [users.case_officer!.id, users.case_officer_2!.id];
  await assign({ kind: 'assign', unitId: stationId, userIds: [officer] });
  t.match(await unreadOf(app, 'case_officer'), [{ kind: 'record.assigned', thing: { kind: 'tip', id } }]);
  t.match((await unreadOf(app, 'case_officer'))[0]?.text, /^已交您办理：投诉举报 \S+$/);
  app.setNow('2024-03-02T10:00:00+08:00');
  await assign({ kind: 'assign', unitId: stationId, userIds: [officer, other] });
  t.equal(await countOf(app, 'case_officer'), 1, 'he had it before');
  t.equal(await countOf(app, 'case_officer_2'), 1);
  await assign({ kind: 'assign', unitId: stationId, userIds: [] });
  t.same(await unreadOf(app, 'unit_head'), [], 'his own act is no news to him');
  app.setNow('2024-03-02T11:00:00+08:00');
  const dispatcher = await app.as('dispatcher');
  await must(dispatcher.post(`/api/tips/${id}/assign`, { kind: 'assign', unitId: stationId, userIds: [] }));
  t.match(await unreadOf(app, 'unit_head'), [{ kind: 'record.assigned' }], 'of a unit: who hands it on');
  app.setNow('2024-03-20T10:00:00+08:00');
  await watchClocks(app.ctx());
  const rows = await app.owner.selectFrom('notifications').selectAll().execute();
  const shown = await Promise.all(
    Object.keys(users)
      .filter((role) => !role.startsWith('laboratory'))
      .flatMap((role) => [inbox(app, role), app.as(role).then((one) => one.get('/api/notifications', EN))]),
  );
  t.ok(rows.length >= 3);
  const everything = JSON.stringify([rows, shown]);
  for (const mark of Object.values(REPORTER)) t.notMatch(everything, mark);
  t.notMatch(everything, REPORT.narrative);
});

t.test('limits: near, late, and to the head; a measure that ends; each once', async (t) => {
  const app = await testApp(t);
  const { bureauId, users, stationId } = app.filled;
  const start = async (rule: string, subject: Id & { kind: string }, on: string, held: object) => {
    await inTx(app.ctx(), (tx) => startClock(tx, { rule, subject, on, bureauId }));
    if (Object.keys(held).length === 0) return;
    await app.owner.updateTable('clocks').set(held).where('subjectId', '=', subject.id).execute();
  };
  const watch = async (at: string): Promise<void> => {
    app.setNow(at);
    await watchClocks(app.ctx());
    await watchClocks(app.ctx());
  };
  const mine = { assignedUserIds: [users.case_officer!.id] };
  const [source, unitOnly, nobodys] = [thing('source'), thing('source'), thing('source')];
  app.setNow('2024-06-13T10:00:00+08:00');
  await start('R01', source, '2024-06-13', mine);
  await start('R01', unitOnly, '2024-06-13', { assignedUnitId: stationId });
  await start('R01', nobodys, '2024-06-13', {});
  await watch('2024-06-27T00:05:00+08:00');
  const [near, ...more] = await unreadOf(app, 'case_officer');
  t.match(near, { kind: 'clock.due_soon', thing: source });
  t.match(near?.text, /^期限将至：案源，.+，应于 2024-07-04 前办结$/);
  t.same(more, [], 'the job has run twice');
  t.same(
    (await unreadOf(app, 'unit_head')).map((one) => one.thing.id),
    [unitOnly.id],
  );
  t.same(
    (await unreadOf(app, 'dispatcher')).map((one) => one.thing.id),
    [nobodys.id],
  );
  await watch('2024-07-03T00:05:00+08:00');
  t.equal((await inbox(app, 'case_officer')).items.length, 2);
  t.equal((await unreadOf(app, 'case_officer')).length, 1, 'the nearer takes the place of the farther');
  t.same(await unreadOf(app, 'bureau_head'), []);
  await watch('2024-07-05T00:05:00+08:00');
  const late = await unreadOf(app, 'case_officer');
  t.match(late, [{ kind: 'clock.overdue', thing: source }]);
  t.match(late[0]?.text, /末日为 2024-07-04$/);
  const heads = await unreadOf(app, 'bureau_head');
  t.equal(heads.filter((one) => one.kind === 'clock.escalated' && one.thing.id === source.id).length, 1);
  t.match(heads[0]?.text, /^超期 1 天，请督办/);

  const measure = thing('measure');
  app.setNow('2024-08-01T10:00:00+08:00');
  await start('S04f', measure, '2024-08-01', mine);
  await watch('2024-08-25T08:00:00+08:00');
  const ofMeasure = async () =>
    (await unreadOf(app, 'case_officer')).filter((one) => one.thing.id === measure.id);
  t.match(await ofMeasure(), [{ kind: 'measure.expires', text: /即将到期.*末日为 2024-08-3/ }]);
  await watch('2024-09-02T08:00:00+08:00');
  t.match(await ofMeasure(), [{ kind: 'measure.expired', text: /已到期/ }]);
});

t.test('dozens past their end at once are told the heads as one', async (t) => {
  const app = await testApp(t);
  const { bureauId } = app.filled;
  await inTx(app.ctx(), async (tx) => {
    for (let at = 0; at < 25; at += 1)
      await startClock(tx, { rule: 'R01', subject: thing('source'), on: '2024-01-02', bureauId });
  });
  await watchClocks(app.ctx());
  await watchClocks(app.ctx());
  const told = await unreadOf(app, 'bureau_head');
  t.match(told, [{ kind: 'clock.many_escalated', text: /^有 25 个期限已超期/, thing: { kind: 'bureau' } }]);
  t.equal(told.length, 1);
  t.equal(await countOf(app, 'dispatcher'), 25, 'whoever acts hears of each');
});

t.test('the administrator hears once that a calendar is missing; a laboratory has no inbox', async (t) => {
  const app = await testApp(t);
  const job = JOBS.find(({ name }) => name === 'calendar.await')!;
  for (const day of ['2027-11-02', '2027-11-03']) {
    app.setNow(`${day}T08:30:00+08:00`);
    await runJob(app.deps, job);
  }
  const { items } = await inbox(app, 'administrator');
  t.match(items, [{ kind: 'calendar.awaited', text: /^2028 年放假安排尚未导入/ }]);
  t.equal(items.length, 1);
  t.same(await unreadOf(app, 'bureau_head'), []);
  const clerk = await app.as('laboratory_clerk');
  t.same((await clerk.get('/api/notifications')).body, { items: [], next: null, asOf: null });
  t.same((await clerk.get('/api/notifications/unread')).body, { unread: 0 });
});

t.test('an inbox is its owner’s alone: every role, unread and read', async (t) => {
  const app = await testApp(t);
  const roles = BUILT_IN_ROLES.filter(({ home }) => home === 'bureau').map(({ key }) => key);
  for (const role of roles) await tell(app, role, 'state × role');
  const ids = new Map<string, string>();
  for (const role of roles) {
    const { items } = await inbox(app, role);
    t.equal(items.length, 1, `${role} sees what he was told, and nothing else`);
    ids.set(role, items[0]!.id);
  }
  const strangers = [await app.as('laboratory_clerk'), await strangerOf(app, ['bureau_head'])];
  for (const state of ['unread', 'read']) {
    for (const [at, role] of roles.entries()) {
      const others = [await app.as(roles[(at + 1) % roles.length]!), ...strangers];
      const path = `/api/notifications/${ids.get(role)}/read`;
      for (const other of others) t.equal((await other.post(path)).status, 404, `${state}, not ${role}'s`);
      t.equal(await countOf(app, role), state === 'unread' ? 1 : 0);
      const read = state === 'unread' ? 1 : 0;
      t.match(await (await app.as(role)).post(path), { status: 200, body: { read } }, `${role} ${state}`);
    }
  }
  t.equal((await app.anonymous().get('/api/notifications')).status, 401);
  const trail = app.owner
    .selectFrom('auditEntries')
    .select('actorId')
    .where('action', '=', 'notification.read');
  t.equal((await trail.execute()).length, roles.length, 'a repeat changes nothing and leaves nothing');
});

t.test('pages, hostile input, and what is told twice', async (t) => {
  const app = await testApp(t);
  const subject = thing('case');
  for (let at = 0; at < 5; at += 1) {
    app.setNow(`2024-03-01T10:0${at}:00+08:00`);
    await tell(app, 'case_officer', `happening ${at}`, subject);
    await tell(app, 'case_officer', `happening ${at}`, subject);
  }
  const first = await inbox(app, 'case_officer', '?limit=3');
  const second = await inbox(app, 'case_officer', `?limit=3&cursor=${first.next}`);
  const times = [...first.items, ...second.items].map((one) => one.createdAt);
  t.equal(times.length, 5, 'each happening once');
  t.same(times, times.toSorted().toReversed());
  t.equal(second.next, null);
  const officer = await app.as('case_officer');
  const hostile = [
    '',
    '1:1',
    '9:1:',
    '1:9:20',
    '1:9:5,4',
    '99999999999999999999:1:',
    "1:1:'; drop table users",
    null,
    7,
  ];
  for (const asOf of hostile)
    t.equal((await officer.post('/api/notifications/read-all', { asOf })).status, 400, `${asOf}`);
  t.equal((await officer.post('/api/notifications/nothing/read')).status, 400);
  t.equal((await officer.get('/api/notifications?unread=false')).status, 400);
  await inTx(app.ctx(), async (tx) => {
    await tx.db
      .updateTable('users')
      .set({ isActive: false })
      .where('id', '=', app.filled.users.auditor!.id)
      .execute();
  });
  await tell(app, 'auditor', 'gone');
  const gone = app.owner
    .selectFrom('notifications')
    .select('id')
    .where('userId', '=', app.filled.users.auditor!.id);
  t.same(await gone.execute(), [], 'who has left is told nothing');
});

t.test('all read means all that was shown: what comes meanwhile stays', async (t) => {
  const app = await testApp(t);
  await tell(app, 'case_officer', 'seen');
  // Begun and written before the list is read, committed after it.
  let commit = (): void => undefined;
  let written = (): void => undefined;
  const isWritten = new Promise<void>((resolve) => (written = resolve));
  const late = inTx(app.ctx(), async (tx) => {
    const subject = thing('case');
    const about = { subject, topic: `case:${subject.id}`, event: 'late' };
    const to = [app.filled.users.case_officer!.id];
    await notify(tx, app.filled.bureauId, [{ kind: 'record.assigned', params: {}, to, ...about }]);
    written();
    await new Promise<void>((resolve) => (commit = resolve));
  });
  await isWritten;
  const { asOf, items } = await inbox(app, 'case_officer');
  t.equal(items.length, 1);
  commit();
  await late;
  await tell(app, 'case_officer', 'later still');
  const both = await Promise.all([readAll(app, 'case_officer', asOf), readAll(app, 'case_officer', asOf)]);
  t.equal(
    both.reduce((sum, { body }) => sum + body.read, 0),
    1,
    'twice at once marks it once',
  );
  t.equal(await countOf(app, 'case_officer'), 2, 'neither of the two he has not seen');
  const now = await inbox(app, 'case_officer');
  t.match(await readAll(app, 'case_officer', now.asOf), { status: 200, body: { read: 2 } });
  t.equal(await countOf(app, 'case_officer'), 0);
  t.match(await readAll(app, 'case_officer', now.asOf), { status: 200, body: { read: 0 } });

  await t.test('many told and many read at once: nothing is lost and nothing locks up', async (t) => {
    const roles = ['case_officer', 'case_officer_2', 'unit_head'];
    const say = Array.from({ length: 30 }, (_, at) => () => tell(app, roles[at % 3]!, `rush ${at}`));
    const before = await app.owner.selectFrom('notifications').select('id').execute();
    await Promise.all([
      ...say.map((one) => one()),
      ...roles.map(async (role) => {
        const seen = await inbox(app, role);
        if (seen.asOf) await readAll(app, role, seen.asOf);
        return seen;
      }),
    ]);
    const after = await app.owner.selectFrom('notifications').select('id').execute();
    t.equal(after.length - before.length, 30);
  });

  await t.test('what was brought here from another database can be read', async (t) => {
    await tell(app, 'dispatcher', 'restored');
    const far = { writtenIn: '4000000000' };
    await app.owner
      .updateTable('notifications')
      .set(far)
      .where('userId', '=', app.filled.users.dispatcher!.id)
      .execute();
    const { asOf: seen } = await inbox(app, 'dispatcher');
    t.match(await readAll(app, 'dispatcher', seen), { body: { read: 1 } });
  });
});

t.test('what was read long ago is removed, as long after as the bureau wants', async (t) => {
  const app = await testApp(t);
  app.setNow('2024-03-01T10:00:00+08:00');
  for (const role of ['case_officer', 'unit_head']) await tell(app, role, 'old');
  const { asOf } = await inbox(app, 'case_officer');
  await readAll(app, 'case_officer', asOf);
  const job = JOBS.find(({ name }) => name === 'notifications.forget_read')!;
  const left = async (at: string, role: string): Promise<number> => {
    app.setNow(at);
    await runJob(app.deps, job);
    const { items } = await inbox(app, role);
    return items.length;
  };
  t.equal(await left('2024-05-29T10:00:00+08:00', 'case_officer'), 1);
  const administrator = await app.as('administrator');
  const set = (notificationDays: unknown) =>
    administrator.post('/api/bureau/amend', { settings: { notificationDays } });
  t.equal((await set(1)).status, 400);
  await must(set(180));
  t.equal(await left('2024-06-10T10:00:00+08:00', 'case_officer'), 1);
  await must(set(null));
  t.equal(await left('2024-06-10T10:00:00+08:00', 'case_officer'), 0);
  t.equal(await left('2026-06-10T10:00:00+08:00', 'unit_head'), 1, 'never what nobody has read');
});

t.test('where the act is undone, nothing was said', async (t) => {
  const app = await testApp(t);
  const subject = thing('case');
  const assigned = { type: 'record.assigned', subject, bureauId: app.filled.bureauId, unitId: null };
  const event = { ...assigned, userIds: [app.filled.users.case_officer!.id], before: [] };
  await t.rejects(
    inTx(app.ctx(), async (tx) => {
      await react(tx, event);
      throw new Error('undone');
    }),
    /undone/,
  );
  t.equal(await countOf(app, 'case_officer'), 0);
});
