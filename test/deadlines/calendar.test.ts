import fc from 'fast-check';
import t from 'tap';
import { loadCalendarYears, parseCalendarYear } from '../../src/modules/deadlines/calendar-data.ts';
import { makeCalendar } from '../../src/modules/deadlines/calendar.ts';
import type { CalendarYear } from '../../src/modules/deadlines/calendar.ts';
import { addDays, isWeekend } from '../../src/shared/clock.ts';

const years = loadCalendarYears();
const calendar = makeCalendar(years);

t.test('2019 to 2026 are loaded, 2027 is not announced', async (t) => {
  t.same(calendar.years, [2019, 2020, 2021, 2022, 2023, 2024, 2025, 2026]);
  t.notOk(calendar.isLoaded(2018));
  t.ok(calendar.isLoaded(2024));
  t.notOk(calendar.isLoaded(2027));
});

t.test('kinds of days', async (t) => {
  t.same(calendar.dayKind('2024-02-09'), { kind: 'working' }, '除夕 was a working day in 2024');
  t.same(calendar.dayKind('2024-02-10'), { kind: 'holiday', name: '春节' });
  t.same(calendar.dayKind('2024-02-18'), { kind: 'make_up', name: '春节' });
  t.same(calendar.dayKind('2024-03-09'), { kind: 'weekend' });
  t.same(calendar.dayKind('2027-01-04'), { kind: 'not_loaded', year: 2027 });
  t.equal(calendar.isWorkingDay('2024-02-18'), true);
  t.equal(calendar.isWorkingDay('2024-02-12'), false);
  t.equal(calendar.isWorkingDay('2027-01-04'), undefined, 'never a guess');
  t.equal(
    calendar.isWorkingDay('2018-12-29'),
    undefined,
    'a day of 2018 in the file of 2019 does not load 2018',
  );
});

t.test('the first days of a holiday may lie in the file of the year after', async (t) => {
  t.same(calendar.dayKind('2022-12-31'), { kind: 'holiday', name: '元旦' });
  t.same(makeCalendar(years.filter((y) => y.year !== 2023)).dayKind('2022-12-31'), { kind: 'weekend' });
});

t.test('neighbouring working days', async (t) => {
  t.same(calendar.nextWorkingDay('2024-02-09'), { day: '2024-02-18' });
  t.same(calendar.previousWorkingDay('2024-02-18'), { day: '2024-02-09' });
  t.same(calendar.workingDayOnOrAfter('2024-10-04'), { day: '2024-10-08' });
  t.same(calendar.workingDayOnOrAfter('2024-02-09'), { day: '2024-02-09' });
  t.same(calendar.workingDayOnOrBefore('2024-02-12'), { day: '2024-02-09' });
  t.same(calendar.nextWorkingDay('2026-12-31'), { awaitingYear: 2027 });
  t.same(calendar.previousWorkingDay('2019-01-01'), { awaitingYear: 2018 });
  t.same(calendar.workingDayOnOrAfter('2030-05-05'), { awaitingYear: 2030 });
});

t.test('overlays of a bureau lie on top and load nothing', async (t) => {
  const local = makeCalendar(years, [
    { date: '2024-07-19', name: '地方节日', isOffDay: true },
    { date: '2024-02-12', name: '应急值班', isOffDay: false },
    { date: '2027-03-01', name: '地方节日', isOffDay: true },
  ]);
  t.same(local.dayKind('2024-07-19'), { kind: 'holiday', name: '地方节日' });
  t.equal(local.isWorkingDay('2024-02-12'), true);
  t.equal(local.isWorkingDay('2027-03-01'), undefined);
  t.equal(calendar.isWorkingDay('2024-07-19'), true, 'the base is untouched');
  t.not(local.version, calendar.version);
});

t.test('the version says what it was counted with', async (t) => {
  t.match(calendar.version, /^2019-2026\/[0-9a-f]{12}$/);
  t.equal(makeCalendar(years.toReversed()).version, calendar.version, 'whatever the order of loading');
  t.not(makeCalendar(years.filter((y) => y.year !== 2026)).version, calendar.version);
  t.match(makeCalendar([]).version, /^none\//);
  const changed = years.map((y): CalendarYear => (y.year === 2024 ? { ...y, days: y.days.slice(1) } : y));
  t.not(makeCalendar(changed).version, calendar.version);
  t.throws(() => makeCalendar([...years, years[0]!]), { name: 'RangeError' }, 'a year is loaded once');
});

t.test('agrees with chinese-days on every day of 2022 to 2026', async (t) => {
  // West of Greenwich that package, as it loads, takes each day for the one before: load it in the zone it was made for.
  const zone = process.env['TZ'];
  process.env['TZ'] = 'Asia/Shanghai';
  t.teardown(() => {
    if (zone === undefined) delete process.env['TZ'];
    else process.env['TZ'] = zone;
  });
  const { default: chineseDays } = await import('chinese-days');
  const differing: string[] = [];
  let seen = 0;
  for (let day = '2022-01-01'; day <= '2026-12-31'; day = addDays(day, 1)) {
    seen += 1;
    if (calendar.isWorkingDay(day) !== chineseDays.isWorkday(day)) differing.push(day);
  }
  t.equal(seen, 1826);
  t.same(differing, []);
});

t.test('properties', async () => {
  const loadedDay = fc.nat(8 * 365).map((n) => addDays('2019-01-02', n));
  fc.assert(
    fc.property(loadedDay, (day) => {
      const found = calendar.nextWorkingDay(day);
      if ('awaitingYear' in found) return found.awaitingYear === 2027;
      let between = addDays(day, 1);
      while (between < found.day) {
        if (calendar.isWorkingDay(between) !== false) return false;
        between = addDays(between, 1);
      }
      return calendar.isWorkingDay(found.day) === true && found.day > day;
    }),
  );
  fc.assert(
    fc.property(loadedDay, (day) => {
      const { kind } = calendar.dayKind(day);
      if (kind === 'make_up') return isWeekend(day);
      return kind === 'weekend' ? isWeekend(day) : kind !== 'working' || !isWeekend(day);
    }),
  );
});

t.test('a calendar file is checked before it is believed', async (t) => {
  const good = { year: 2027, papers: [], days: [{ name: '元旦', date: '2027-01-01', isOffDay: true }] };
  t.same(
    parseCalendarYear({ $schema: 'x', $id: 'y', ...good }),
    good,
    'a file as holiday-cn publishes it is taken',
  );
  for (const [why, bad] of Object.entries({
    'no days: not announced': { ...good, days: [] },
    'impossible day': { ...good, days: [{ name: '元旦', date: '2027-02-30', isOffDay: true }] },
    'the same day twice': {
      ...good,
      days: [...good.days, { name: '元旦', date: '2027-01-01', isOffDay: false }],
    },
    'a day of another year': { ...good, days: [{ name: '元旦', date: '2025-01-01', isOffDay: true }] },
    'unknown key': { ...good, more: 1 },
    'not an object': [],
  })) {
    t.throws(() => parseCalendarYear(bad), { status: 400, code: 'calendar.invalid' }, why);
  }
});
