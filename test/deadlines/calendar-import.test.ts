import t from 'tap';
import fc from 'fast-check';
import { inTx } from '../../src/context.ts';
import { clocksOf, loadCalendar, recalculateClocks, startClock } from '../../src/modules/deadlines/index.ts';
import { awaitCalendars } from '../../src/modules/deadlines/await-calendars.ts';
import { changedSpan } from '../../src/modules/deadlines/calendar-diff.ts';
import { loadCalendarYears } from '../../src/modules/deadlines/calendar-data.ts';
import { type CalendarDay, makeCalendar } from '../../src/modules/deadlines/calendar.ts';
import type {
  CalendarList,
  CalendarPreview,
  ClockDetail,
  ClockView,
  ImportedCalendar,
  Moved,
  MovedPage,
} from '../../src/modules/deadlines/schemas.ts';
import { addDays } from '../../src/shared/clock.ts';
import { uuidV7 } from '../../src/shared/ids.ts';
import { must } from '../given/cases.ts';
import { clockWorld, freshId, thing } from '../given/clocks.ts';

type List = { items: ClockView[]; next: string | null };

const byClock = (moved: readonly Moved[]): Moved[] =>
  moved.toSorted((a, b) => (a.clockId < b.clockId ? -1 : 1));

t.test('the calendar', async (t) => {
  const { app, bureauId, run, officer } = await clockWorld(t);
  const administrator = await app.as('administrator');
  const start = (rule: string, subject: { kind: string; id: string }, on: string, whose = bureauId) =>
    run((tx) => startClock(tx, { rule, subject, on, bureauId: whose }));
  const only = async (subject: { kind: string; id: string }): Promise<ClockView> =>
    (await clocksOf(app.deps.db, [subject], app.deps.now()))[0]!;
  const holiday = (from: number, to: number) =>
    Array.from({ length: to - from + 1 }, (_, i) => ({
      name: '元旦',
      date: `2027-01-0${from + i}`,
      isOffDay: true,
    }));
  /** Imports, and waits until what it moves has been moved. */
  const load = async (body: object): Promise<ImportedCalendar> => {
    const imported = await must<ImportedCalendar>(administrator.post('/api/calendars', body), 201);
    await recalculateClocks(app.ctx());
    return imported;
  };

  await t.test(
    'a year not loaded: created, marked, not guessed; the import fills it with a trace',
    async (t) => {
      app.setNow('2026-12-25T10:00:00+08:00');
      const [waiting, natural, other] = [thing('tip'), thing('case'), thing('tip')];
      await start('C01', waiting, '2026-12-25');
      await start('P04', natural, '2026-12-20');
      await app.owner
        .insertInto('bureaus')
        .values({
          id: uuidV7(7),
          areaCode: '510107',
          name: '武侯',
          shortName: '武侯',
          createdAt: new Date(0),
        })
        .execute();
      const neighbour = (
        await app.owner.selectFrom('bureaus').select('id').where('areaCode', '=', '510107').execute()
      )[0]!;
      await start('C01', other, '2026-12-25', neighbour.id);
      t.match(await only(waiting), {
        rawOn: null,
        rolledOn: null,
        targetOn: null,
        awaitingYear: 2027,
        overdue: null,
      });
      t.match(await only(natural), {
        rawOn: '2027-03-20',
        rolledOn: null,
        targetOn: null,
        awaitingYear: 2027,
      });
      const listed = await officer.get<List>('/api/clocks');
      t.same(
        new Set(listed.body.items.map(({ awaitingYear }) => awaitingYear)),
        new Set([2027]),
        'and is listed',
      );
      const year = { year: 2027, papers: ['https://www.gov.cn/'], days: holiday(1, 3) };
      const preview = await must<CalendarPreview>(administrator.post('/api/calendars/preview', year));
      t.match(preview, { movedCount: 2, moved: { length: 2 } });
      t.match(await only(waiting), { rawOn: null }, 'a look moves nothing');
      const first = await load(year);
      t.match(first, { revision: 1, movedCount: 2, calendarVersion: preview.calendarVersion });
      t.same(byClock(first.moved), byClock(preview.moved), 'what was shown is what is moved');
      t.match(await only(waiting), { rawOn: '2027-01-06', targetOn: '2027-01-06', awaitingYear: null });
      t.match(await only(natural), { rawOn: '2027-03-20', rolledOn: '2027-03-22', targetOn: '2027-03-19' });
      t.match(await only(other), { rawOn: null, awaitingYear: 2027 }, "another bureau's calendar is its own");
      const { body } = await officer.get<ClockDetail>(`/api/clocks/${(await only(waiting)).id}`);
      t.match(body.history.at(-1), {
        change: 'calendar',
        rawOn: '2027-01-06',
        detail: { year: 2027, revision: 1 },
      });
      const moved = await officer.get<MovedPage>(`/api/calendars/${first.id}/moved`);
      t.same(
        byClock(
          moved.body.items.map(({ clockId, rule, subject, before, after }) => ({
            clockId,
            rule,
            subject,
            before,
            after,
          })),
        ),
        byClock(first.moved),
        'each of them with its trace',
      );
      t.equal((await officer.get(`/api/calendars/${freshId()}/moved`)).status, 404);
    },
  );

  await t.test('a revision moves running clocks and says which; what it does not touch stays', async (t) => {
    const [moves, stays] = [thing('tip'), thing('tip')];
    app.setNow('2026-12-28T10:00:00+08:00');
    await start('C01', moves, '2026-12-28');
    await start('C01', stays, '2026-06-01');
    t.match(await only(moves), { rawOn: '2027-01-07' });
    const before = await only(stays);
    const revised = await load({ year: 2027, papers: [], days: holiday(1, 5) });
    t.equal(revised.revision, 2);
    t.ok(revised.moved.some(({ after }) => after.rawOn === '2027-01-11'));
    t.match(await only(moves), { rawOn: '2027-01-11', calendarVersion: revised.calendarVersion });
    const after = await only(stays);
    t.same({ ...after, calendarVersion: '' }, { ...before, calendarVersion: '' });
    const overlay = {
      kind: 'overlay',
      source: '本地',
      year: 2027,
      papers: [],
      days: [{ name: '防汛', date: '2027-01-09', isOffDay: false }],
    };
    await load(overlay);
    t.match(await only(moves), { rawOn: '2027-01-09' }, 'an overlay lies over the year');
    const calendars = await officer.get<{ items: { year: number; scope: string; revision: number }[] }>(
      '/api/calendars',
    );
    t.same(
      calendars.body.items
        .filter(({ year }) => year === 2027)
        .map(({ scope, revision }) => [scope, revision]),
      [
        ['bureau', 1],
        ['bureau', 2],
        ['bureau', 3],
      ],
    );
  });

  await t.test('bad years are refused, and only an administrator imports', async (t) => {
    const wrong = [
      { year: 2028, papers: [], days: [] },
      { year: 2028, papers: [], days: [{ name: '元旦', date: '2027-02-30', isOffDay: true }] },
      { year: 2028, papers: [], days: [{ name: '元旦', date: '2026-01-01', isOffDay: true }] },
      { year: 2028, papers: [], days: holiday(1, 1), more: 1 },
    ];
    for (const body of wrong) t.equal((await administrator.post('/api/calendars', body)).status, 400);
    t.equal((await officer.post('/api/calendars', wrong[0])).status, 403);
  });

  await t.test('the job reaches clocks that an older calendar gave their end', async (t) => {
    const subject = thing('tip');
    await start('C01', subject, '2026-12-28');
    const { id } = await only(subject);
    await app.owner
      .updateTable('clocks')
      .set({ calendarVersion: 'old', rawOn: null, rolledOn: null, targetOn: null, awaitingYear: 2027 })
      .where('id', '=', id)
      .execute();
    const entries = () =>
      app.deps.db.selectFrom('auditEntries').select('id').where('action', '=', 'clock.recalculate').execute();
    const before = (await entries()).length;
    await recalculateClocks(app.ctx());
    t.match(await only(subject), { rawOn: '2027-01-09', awaitingYear: null });
    t.equal((await entries()).length, before + 1);
    await recalculateClocks(app.ctx());
    t.equal((await entries()).length, before + 1, 'nothing to do, nothing written');
  });
});

t.test('a national import moves the clocks of every bureau, a bureau’s own only its own', async (t) => {
  const { app, bureauId, officer } = await clockWorld(t);
  app.setNow('2026-12-28T10:00:00+08:00');
  const elsewhere = freshId();
  await app.owner
    .insertInto('bureaus')
    .values({ id: elsewhere, areaCode: '510107', name: '武侯', shortName: '武侯', createdAt: new Date(0) })
    .execute();
  const [here, there] = [thing('tip'), thing('tip')];
  for (const [subject, whose] of [
    [here, bureauId],
    [there, elsewhere],
  ] as const)
    await inTx(app.ctx(), (tx) =>
      startClock(tx, { rule: 'C01', subject, on: '2026-12-28', bureauId: whose }),
    );
  const year = { year: 2027, papers: [], days: [{ name: '元旦', date: '2027-01-01', isOffDay: true }] };
  const imported = await loadCalendar(app.ctx(), year);
  t.equal(imported.movedCount, 2);
  await recalculateClocks(app.ctx());
  const end = async (subject: { kind: string; id: string }): Promise<string | null> =>
    (await clocksOf(app.deps.db, [subject]))[0]!.rawOn;
  t.same([await end(here), await end(there)], ['2027-01-07', '2027-01-07']);
  const own = await officer.get<MovedPage>(`/api/calendars/${imported.id}/moved`);
  t.equal(own.body.items.length, 1, 'a bureau is shown its own');
  // A local holiday (彝族年, 火把节 …) lies over the year of one bureau.
  const overlay = {
    kind: 'overlay',
    source: '州政府通知',
    year: 2027,
    papers: [],
    days: [{ name: '民族节日', date: '2027-01-05', isOffDay: true }],
  };
  await must((await app.as('administrator')).post('/api/calendars', overlay), 201);
  await recalculateClocks(app.ctx());
  t.same([await end(here), await end(there)], ['2027-01-08', '2027-01-07']);
});

t.test('the coming year is asked for from November on', async (t) => {
  const { app, bureauId, officer, start } = await clockWorld(t);
  const shown = async (): Promise<unknown> =>
    (await officer.get<CalendarList>('/api/calendars')).body.awaiting;
  const said = async (): Promise<unknown[]> => {
    const heard: unknown[] = [];
    await awaitCalendars({ ...app.ctx(), react: async (_tx, event) => void heard.push(event) });
    return heard;
  };
  app.setNow('2026-10-31T23:59:00+08:00');
  t.same([await shown(), await said()], [[], []]);
  app.setNow('2026-11-01T00:00:00+08:00');
  t.same(await shown(), [{ year: 2027, clocks: 0 }]);
  t.match(await said(), [{ type: 'calendar.awaited', bureauId, year: 2027, clocks: 0 }]);
  await start('C01', thing('tip'), '2026-12-25');
  t.same(await shown(), [{ year: 2027, clocks: 1 }]);
  await loadCalendar(app.ctx(), {
    year: 2027,
    papers: [],
    days: [{ name: '元旦', date: '2027-01-01', isOffDay: true }],
  });
  await recalculateClocks(app.ctx());
  t.same([await shown(), await said()], [[], []]);
});

t.test('a move breaks off and is gone on with; two at once move each clock once', async (t) => {
  const { app, bureauId } = await clockWorld(t);
  app.setNow('2026-12-28T10:00:00+08:00');
  const subjects = Array.from({ length: 450 }, () => thing('tip'));
  await inTx(app.ctx(), async (tx) => {
    for (const subject of subjects)
      await startClock(tx, { rule: 'C01', subject, on: '2026-12-28', bureauId });
  });
  const { id, movedCount, moved } = await loadCalendar(app.ctx(), {
    year: 2027,
    papers: [],
    days: [{ name: '元旦', date: '2027-01-01', isOffDay: true }],
  });
  t.same([movedCount, moved.length], [450, 200], 'all are counted, the first are named');
  let left = 250;
  const breaking = {
    ...app.ctx(),
    react: async () => {
      left -= 1;
      if (left === 0) throw new Error('the power is gone');
    },
  };
  await t.rejects(recalculateClocks(breaking), { message: 'the power is gone' });
  const lines = async (): Promise<number> => {
    const rows = await app.deps.db
      .selectFrom('clockHistory')
      .select('clockId')
      .where('calendarYearId', '=', id)
      .execute();
    t.equal(new Set(rows.map(({ clockId }) => clockId)).size, rows.length, 'none twice');
    return rows.length;
  };
  t.equal(await lines(), 200, 'whole batches only');
  await Promise.all([recalculateClocks(app.ctx()), recalculateClocks(app.ctx())]);
  t.equal(await lines(), 450);
});

t.test('where two calendars differ', async (t) => {
  const years = loadCalendarYears();
  const base = makeCalendar(years);
  t.equal(changedSpan(base, makeCalendar(years, [])), null);
  t.same(changedSpan(makeCalendar(years.filter(({ year }) => year !== 2026)), base), {
    from: '2026-01-01',
    to: '2026-12-31',
  });
  const day = fc.nat(2500).map((n) => addDays('2019-06-01', n));
  const overlay = fc
    .record({ date: day, isOffDay: fc.boolean() })
    .map((d): CalendarDay => ({ ...d, name: 'x' }));
  fc.assert(
    fc.property(fc.array(overlay, { maxLength: 4 }), day, (overlays, some) => {
      const other = makeCalendar(years, overlays);
      const span = changedSpan(base, other);
      if (base.isWorkingDay(some) === other.isWorkingDay(some)) return true;
      return span !== null && span.from <= some && some <= span.to;
    }),
  );
});
