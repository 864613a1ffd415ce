import { sql } from 'kysely';
import t from 'tap';
import { clocksOf, startClock } from '../../src/modules/deadlines/index.ts';
import { watchClocks } from '../../src/modules/deadlines/jobs.ts';
import { inTx } from '../../src/context.ts';
import { testApp, type TestApp } from '../app.ts';
import { decide, filingOf, must } from '../given/cases.ts';
import { clockWorld } from '../given/clocks.ts';
import { type MeasureSeen, measureInForce, measureOf, scene, whereOf } from '../given/seizures.ts';

type Case = { id: string; alarms: { code: string; day: string; article: string; subject: { id: string } }[] };

async function caseOn(app: TestApp, sourceId: string): Promise<{ id: string }> {
  const proposed = await must<{ id: string; approvalId: string }>(
    (await app.as('case_officer')).post('/api/cases', filingOf(app, sourceId)),
    201,
  );
  await decide(app, proposed.approvalId);
  return proposed;
}

const alarm = ({ alarms }: MeasureSeen, code: string): unknown => alarms.find((one) => one.code === code);

t.test('a seizure that ends inside the time of its case has an alarm of its own', async (t) => {
  const app = await testApp(t);
  const site = await scene(app);
  const { id } = await measureInForce(app, site);
  t.equal(alarm(await measureOf(app, id), 'measure.ends_first'), undefined, 'there is no case yet');
  app.setNow('2024-03-08T10:00:00+08:00');
  const file = await caseOn(app, site.sourceId);
  const caseOf = async (): Promise<Case> =>
    must<Case>((await app.as('case_officer')).get(`/api/cases/${file.id}`));
  t.match(alarm(await measureOf(app, id), 'measure.ends_first'), { article: /食品安全法实施条例/ });
  t.match((await caseOf()).alarms, [
    { code: 'case.seizure_ends_first', day: '2024-04-06', subject: { id }, article: /第61条/ },
  ]);
  app.setNow('2024-04-07T00:00:00+08:00');
  const expired = await measureOf(app, id);
  t.match(expired, { mustRelease: true });
  t.ok(alarm(expired, 'measure.must_release'));
  t.equal(alarm(expired, 'measure.ends_first'), undefined, 'the louder one alone');
  t.match((await caseOf()).alarms, [{ code: 'case.seizure_expired', day: '2024-04-06' }]);
  await watchClocks(app.ctx());
  t.match(await measureOf(app, id), { state: 'in_force', mustRelease: true }, 'it does not lift by itself');
});

t.test('the reminder of such a seizure says whose time it ends in', async (t) => {
  const app = await testApp(t);
  const site = await scene(app);
  const { id } = await measureInForce(app, site);
  app.setNow('2024-03-08T10:00:00+08:00');
  const file = await caseOn(app, site.sourceId);
  app.setNow('2024-04-05T08:00:00+08:00');
  const heard: unknown[] = [];
  const ctx = app.ctx();
  await watchClocks({ ...ctx, react: async (_tx, event) => void heard.push(event) });
  const notes = (heard as { type: string; clocks: { subject: { id: string } }[] }[])
    .filter(({ type }) => type === 'clock.due_soon')
    .flatMap(({ clocks }) => clocks);
  t.match(
    notes.find(({ subject }) => subject.id === id),
    { rule: 'S04f', daysLeft: 1, endsWithin: { caseId: file.id, targetOn: '2024-06-06' } },
  );
});

t.test('a registered preservation lifts by itself after seven working days', async (t) => {
  const app = await testApp(t);
  const { bureauId } = app.filled;
  const preservation = async (): Promise<string> => {
    const { id } = await measureInForce(app, await scene(app));
    await app.owner.updateTable('measures').set({ kind: 'preservation' }).where('id', '=', id).execute();
    await app.owner
      .updateTable('clocks')
      .set({ state: 'cancelled', cancelledAt: app.deps.now() })
      .where('subjectId', '=', id)
      .execute();
    const subject = { kind: 'measure', id };
    await inTx(app.ctx(), (tx) => startClock(tx, { rule: 'S03', subject, on: '2024-03-07', bureauId }));
    return id;
  };
  const [one, other] = [await preservation(), await preservation()];
  const held = await whereOf(app, one);
  app.setNow('2024-03-18T23:59:59+08:00');
  await watchClocks(app.ctx());
  t.match(await measureOf(app, one), { state: 'in_force' });
  // The end of one cannot be written: the other lifts all the same, and the first when nothing bars it any more.
  await sql`create function bar() returns trigger language plpgsql as $$ begin raise 'barred'; end $$`.execute(
    app.owner,
  );
  await sql`create trigger bar before update on measures for each row when (old.id = ${sql.lit(other)}::uuid)
    execute function bar()`.execute(app.owner);
  app.setNow('2024-03-19T00:00:00+08:00');
  await watchClocks(app.ctx());
  t.match(await measureOf(app, one), { state: 'lifted', holding: 0 });
  t.match(await measureOf(app, other), { state: 'in_force' });
  await sql`drop trigger bar on measures`.execute(app.owner);
  await watchClocks(app.ctx());
  t.match(await measureOf(app, other), { state: 'lifted', holding: 0 });
  t.notSame(await whereOf(app, one), held);
  t.ok(
    (await whereOf(app, one)).every((balances) =>
      Object.keys(balances).every((key) => key.endsWith('/party')),
    ),
  );
  const [entry] = await app.deps.db
    .selectFrom('auditEntries')
    .select(['bureauId', 'actorId'])
    .where('action', '=', 'measure.lapse')
    .where('subjectId', '=', one)
    .execute();
  t.match(entry, { bureauId, actorId: 'system:test' });
});

t.test(
  'the served notice of a testing period takes its days out of seizure, source and case by itself',
  async (t) => {
    const { app, paper, serve, detail } = await clockWorld(t);
    const site = await scene(app);
    const { id } = await measureInForce(app, site);
    const measure = { kind: 'measure', id };
    app.setNow('2024-03-08T10:00:00+08:00');
    const file = await caseOn(app, site.sourceId);
    const end = async (kind: string, subjectId: string, rule: string): Promise<string | null> => {
      const clocks = await clocksOf(app.deps.db, [{ kind, id: subjectId }]);
      return clocks.find((clock) => clock.rule === rule)!.rawOn;
    };
    const before = await end('case', file.id, 'P04');
    app.setNow('2024-03-11T10:00:00+08:00');
    const period = { periodFrom: '2024-03-11', periodTo: '2024-03-20' };
    const notice = await paper('test-period-notice', measure, period);
    t.equal(await end('measure', id, 'S04f'), '2024-04-06', 'issued is not told');
    await serve(notice, measure);
    t.equal(await end('measure', id, 'S04f'), '2024-04-16');
    t.same([before, await end('case', file.id, 'P04')], ['2024-06-06', '2024-06-16']);
    const [clock] = await clocksOf(app.deps.db, [measure]);
    t.match((await detail(clock!.id)).exclusionList, [
      { cause: 'testing', from: '2024-03-11', to: '2024-03-20', documentId: notice },
    ]);
    await serve(await paper('item-list', measure, period), measure);
    t.equal(await end('measure', id, 'S04f'), '2024-04-16', 'another paper takes nothing out');
  },
);
