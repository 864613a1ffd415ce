import t from 'tap';
import type { Ctx, DomainEvent } from '../../src/context.ts';
import { JOBS } from '../../src/jobs/list.ts';
import { runJob } from '../../src/jobs/runner.ts';
import type {
  ClockDueSoon,
  ClockElapsed,
  ClockEscalated,
  ClockRanOut,
} from '../../src/modules/deadlines/index.ts';
import { excludeTime, extendClock, interruptClocks, startClock } from '../../src/modules/deadlines/index.ts';
import { watchClocks } from '../../src/modules/deadlines/jobs.ts';
import { clockWorld, thing } from '../given/clocks.ts';
import { must } from '../given/cases.ts';

/** What was said, event by event. */
type Heard = DomainEvent[];
const of = <E extends DomainEvent>(heard: Heard, type: E['type']): E[] =>
  heard.filter((event) => event.type === type) as E[];

t.test('what time has done is said once', async (t) => {
  const world = await clockWorld(t);
  const { app, bureauId, run, start, only, detail, approval } = world;
  const watch = async (at: string): Promise<Heard> => {
    app.setNow(at);
    const heard: Heard = [];
    const ctx = app.ctx();
    const listening: Ctx = {
      ...ctx,
      react: async (tx, event) => {
        heard.push(event);
        await ctx.react(tx, event);
      },
    };
    await watchClocks(listening);
    return heard;
  };

  await t.test(
    'a duty is late from the midnight after its last day, a right after its rolled one',
    async (t) => {
      const [duty, right] = [thing('case'), thing('case')];
      await start('P04', duty, '2024-02-02');
      await start('F01', right, '2024-04-17');
      t.match([await only(duty), await only(right)], [{ lastOn: '2024-05-02' }, { lastOn: '2024-05-06' }]);
      t.same(of(await watch('2024-05-02T23:59:59+08:00'), 'clock.ran_out'), []);
      const [late] = of<ClockRanOut>(await watch('2024-05-03T00:00:00+08:00'), 'clock.ran_out');
      t.match(late?.clocks, [
        { subject: duty, rule: 'P04', bureauId, side: 'bureau', nature: 'duty', lastOn: '2024-05-02' },
      ]);
      const { id } = await only(duty);
      t.match((await detail(id)).history.at(-1), { change: 'ran_out', rawOn: '2024-05-02' });
      t.same(of(await watch('2024-05-06T10:00:00+08:00'), 'clock.ran_out'), [], 'once');
      const [lapsed] = of<ClockRanOut>(await watch('2024-05-07T00:00:00+08:00'), 'clock.ran_out');
      t.match(lapsed?.clocks, [{ subject: right, side: 'party' }]);
      const entries = await app.deps.db
        .selectFrom('auditEntries')
        .select(['detail', 'bureauId', 'actorKind'])
        .where('action', '=', 'clock.ran_out')
        .execute();
      t.match(entries[0], { bureauId, actorKind: 'system', detail: { clocks: [{ id, rule: 'P04' }] } });
    },
  );

  await t.test('hours are over on the minute', async (t) => {
    const subject = thing('transfer');
    app.setNow('2024-05-08T09:00:00+08:00');
    await start('T02', subject, '2024-05-08', new Date('2024-05-08T09:00:00+08:00'));
    t.same(of(await watch('2024-05-09T09:00:00+08:00'), 'clock.ran_out'), []);
    t.equal(of(await watch('2024-05-09T09:00:01+08:00'), 'clock.ran_out').length, 1);
  });

  await t.test('a period that has run is met, and what waited for it is told', async (t) => {
    const subject = thing('service');
    await start('P14', subject, '2024-05-10');
    const [event] = of<ClockElapsed>(await watch('2024-06-12T08:00:00+08:00'), 'clock.elapsed');
    t.match(event?.clocks, [{ subject, rule: 'P14', nature: 'period', lastOn: '2024-06-11' }]);
    t.match(await only(subject), { state: 'met', metAt: /2024-06-11T23:59:59/, overdue: false });
  });

  await t.test('reminders at each distance once; the nearest alone after a week away', async (t) => {
    const subject = thing('source');
    app.setNow('2024-06-13T10:00:00+08:00');
    await start('R01', subject, '2024-06-13');
    t.match(await only(subject), { targetOn: '2024-07-04' });
    const reminded = async (at: string): Promise<unknown> => {
      const events = of<ClockDueSoon>(await watch(at), 'clock.due_soon');
      return events.flatMap(({ clocks }) => clocks).find((note) => note.subject.id === subject.id)?.daysLeft;
    };
    t.equal(await reminded('2024-06-26T23:59:00+08:00'), undefined, 'eight days before');
    t.equal(await reminded('2024-06-27T00:05:00+08:00'), 7);
    t.equal(await reminded('2024-06-28T00:05:00+08:00'), undefined, 'not again between the distances');
    t.equal(await reminded('2024-07-03T00:05:00+08:00'), 1, 'the job was down on 07-01: the nearest counts');
    t.equal(await reminded('2024-07-03T00:10:00+08:00'), undefined);
    const approvalId = await approval(subject);
    await run((tx) => extendClock(tx, { rule: 'R01', subject, reason: '复杂', approvalId }));
    t.equal(await reminded('2024-07-04T00:05:00+08:00'), undefined, 'its end has moved away');
    t.equal(await reminded('2024-07-22T00:05:00+08:00'), 3, 'and it is reminded of anew');
  });

  await t.test('the head is told at each distance once, until the clock is met or moves', async (t) => {
    const subject = thing('source');
    app.setNow('2024-09-02T10:00:00+08:00');
    await start('R01', subject, '2024-08-01');
    const told = async (at: string): Promise<unknown> => {
      const events = of<ClockEscalated>(await watch(at), 'clock.escalated');
      return events.flatMap(({ clocks }) => clocks).find((note) => note.subject.id === subject.id)?.daysOver;
    };
    t.equal(await told('2024-09-02T10:00:00+08:00'), 11, 'found late: told at once how late');
    t.equal(await told('2024-09-03T10:00:00+08:00'), undefined);
    const away = { cause: 'testing' as const, origin: thing('sample'), ground: '检测', subjects: [subject] };
    await run((tx) => interruptClocks(tx, { ...away, from: '2024-08-05', to: '2024-08-30' }));
    t.match(await only(subject), { overdue: false, rawOn: '2024-09-20' }, 'no longer late');
    t.equal(await told('2024-09-10T10:00:00+08:00'), undefined);
    t.equal(await told('2024-09-21T10:00:00+08:00'), 1, 'late anew, and told anew');
    t.equal(await told('2024-09-27T10:00:00+08:00'), 7);
  });

  await t.test('a bureau has its own distances, or none', async (t) => {
    const administrator = await app.as('administrator');
    const set = (settings: object): Promise<unknown> =>
      must(administrator.post('/api/bureau/amend', { settings }));
    t.equal(
      (await administrator.post('/api/bureau/amend', { settings: { clockReminders: [-1] } })).status,
      400,
    );
    await set({ clockReminders: [2], clockEscalations: [] });
    const subject = thing('tip');
    app.setNow('2024-10-14T10:00:00+08:00');
    await start('C01', subject, '2024-10-14');
    const heard = async (at: string, type: string): Promise<number> =>
      (await watch(at)).filter((event) => event.type === type).length;
    t.equal(await heard('2024-10-20T10:00:00+08:00', 'clock.due_soon'), 0, 'three days before');
    t.equal(await heard('2024-10-21T10:00:00+08:00', 'clock.due_soon'), 1);
    t.equal(await heard('2024-10-23T10:00:00+08:00', 'clock.due_soon'), 0);
    t.equal(await heard('2024-10-25T10:00:00+08:00', 'clock.escalated'), 0);
    await set({ clockReminders: null, clockEscalations: null });
  });

  await t.test('a paused clock, and one whose year is not loaded, run out of nothing', async (t) => {
    const [paused, waiting] = [thing('source'), thing('source')];
    app.setNow('2026-12-28T10:00:00+08:00');
    await start('R01', paused, '2026-11-02');
    await run((tx) =>
      excludeTime(tx, { rule: 'R01', subject: paused, from: '2026-11-04', to: null, ground: '检测' }),
    );
    await start('R01', waiting, '2026-12-20');
    const heard = await watch('2027-03-01T10:00:00+08:00');
    const named = of<ClockRanOut>(heard, 'clock.ran_out').flatMap(({ clocks }) => clocks);
    t.notOk(named.some(({ subject }) => subject.id === paused.id || subject.id === waiting.id));
  });

  await t.test('two processes at it at once mark each clock once', async (t) => {
    app.setNow('2024-02-05T10:00:00+08:00');
    const subjects = Array.from({ length: 450 }, () => thing('tip'));
    await run(async (tx) => {
      for (const subject of subjects)
        await startClock(tx, { rule: 'C01', subject, on: '2024-02-05', bureauId });
    });
    app.setNow('2024-02-21T00:00:00+08:00');
    await Promise.all([watchClocks(app.ctx()), watchClocks(app.ctx())]);
    const { marked } = await app.deps.db
      .selectFrom('clockHistory')
      .innerJoin('clocks', 'clocks.id', 'clockHistory.clockId')
      .select((eb) => eb.fn.countAll<number>().as('marked'))
      .where('clockHistory.change', '=', 'ran_out')
      .where('clocks.subjectKind', '=', 'tip')
      .where('clocks.triggeredOn', '=', '2024-02-05')
      .executeTakeFirstOrThrow();
    t.equal(marked, 450);
  });

  await t.test('it is a job of its own, elected like every job', async (t) => {
    const job = JOBS.find(({ name }) => name === 'clocks.watch')!;
    t.equal(await runJob(app.deps, job), true);
  });
});
