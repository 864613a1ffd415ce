import fc from 'fast-check';
import t from 'tap';
import {
  addDays,
  addMillis,
  addMonths,
  daysBetween,
  dayOf,
  formatDayZh,
  formatInstant,
  formatInstantZh,
  instantAt,
  isDay,
  isWeekend,
  parseDay,
  parseInstant,
  timeOf,
  weekday,
  yearOf,
} from '../../src/shared/clock.ts';

const anyDay = fc.integer({ min: -40_000, max: 80_000 }).map((n) => addDays('1970-01-01', n));

t.test('a day is a day in Shanghai whatever the zone of the server', async (t) => {
  t.equal(dayOf(new Date('2024-03-06T15:59:59.999Z')), '2024-03-06');
  t.equal(dayOf(new Date('2024-03-06T16:00:00Z')), '2024-03-07');
  t.equal(dayOf(new Date('2023-12-31T16:00:00Z')), '2024-01-01');
  t.equal(timeOf(new Date('2024-03-06T16:05:00Z')), '00:05');
  t.throws(() => dayOf(new Date('nonsense')), { name: 'RangeError' });
});

t.test('parseDay takes real days only', async (t) => {
  t.equal(parseDay('2024-02-29'), '2024-02-29');
  for (const bad of [
    '2023-02-29',
    '2024-13-01',
    '2024-00-10',
    '2024-04-31',
    '2024-1-1',
    '24-01-01',
    '',
    '2024-03-07 ',
    '2024-03-07T00:00:00Z',
    '２０２４-03-07',
    '0000-01-01',
    '+002024-01-01',
  ]) {
    t.notOk(isDay(bad), bad);
    t.throws(() => parseDay(bad), { status: 400, code: 'date.invalid', params: { value: bad } }, bad);
  }
});

t.test('adding days and months', async (t) => {
  t.equal(addDays('2024-03-07', 30), '2024-04-06');
  t.equal(addDays('2024-03-07', 75), '2024-05-21');
  t.equal(addDays('2024-03-01', -1), '2024-02-29');
  t.equal(addMonths('2024-03-15', 6), '2024-09-15');
  t.equal(addMonths('2024-08-31', 6), '2025-02-28', 'no corresponding day: month end');
  t.equal(addMonths('2023-08-31', 6), '2024-02-29');
  t.equal(addMonths('2024-02-29', 12), '2025-02-28');
  t.equal(addMonths('2024-01-31', -2), '2023-11-30');
  t.equal(addMonths('2024-01-15', -13), '2022-12-15');
  t.throws(() => addDays('2024-02-30', 1), { code: 'date.invalid' });
  t.throws(() => addDays('9999-12-31', 1), { name: 'RangeError' });
  t.throws(() => addDays('2024-02-01', 1.5), { name: 'RangeError' });
  t.throws(() => addMonths('2024-02-01', Number.NaN), { name: 'RangeError' });
});

t.test('days between, weekdays, years', async (t) => {
  t.equal(daysBetween('2024-02-28', '2024-03-01'), 2);
  t.equal(daysBetween('2024-03-01', '2024-02-28'), -2);
  t.equal(weekday('2024-03-07'), 4, 'Thursday');
  t.equal(weekday('2024-03-10'), 7, 'Sunday is 7 (ISO 8601)');
  t.ok(isWeekend('2024-03-09'));
  t.notOk(isWeekend('2024-03-08'));
  t.equal(yearOf('2024-03-07'), 2024);
});

t.test('instants of Shanghai time', async (t) => {
  t.equal(instantAt('2024-03-07', '09:30').toISOString(), '2024-03-07T01:30:00.000Z');
  t.equal(instantAt('2024-03-07', '00:00').toISOString(), '2024-03-06T16:00:00.000Z');
  t.equal(instantAt('2024-03-07', '23:59:58').toISOString(), '2024-03-07T15:59:58.000Z');
  for (const bad of ['24:00', '9:30', '09:60', '', '09:30:60']) {
    t.throws(() => instantAt('2024-03-07', bad), { code: 'time.invalid' }, bad);
  }
  t.same(addMillis(new Date('2024-03-07T01:30:00Z'), -60_000), new Date('2024-03-07T01:29:00Z'));
  t.equal(formatInstant(new Date('2024-03-07T01:30:00Z')), '2024-03-07T09:30:00+08:00');
  t.equal(formatInstant(new Date('2024-03-07T01:30:00.120Z')), '2024-03-07T09:30:00.120+08:00');
  t.equal(parseInstant('2024-03-07T09:30+08:00').toISOString(), '2024-03-07T01:30:00.000Z');
  t.equal(parseInstant('2024-03-07T01:30:00.5Z').toISOString(), '2024-03-07T01:30:00.500Z');
  for (const bad of [
    '2024-03-07',
    '2024-03-07T09:30',
    '2024-02-30T09:30:00Z',
    '2024-03-07T24:30:00Z',
    'x',
    '2024-03-07T09:30:00+25:00',
  ]) {
    t.throws(() => parseInstant(bad), { code: 'instant.invalid' }, bad);
  }
});

t.test('Chinese forms', async (t) => {
  t.equal(formatDayZh('2024-03-07'), '2024年3月7日');
  t.equal(formatInstantZh(instantAt('2024-03-07', '09:30')), '2024年3月7日9时30分');
  t.equal(formatInstantZh(instantAt('2024-12-17', '00:05')), '2024年12月17日0时05分');
});

t.test('properties', async () => {
  fc.assert(
    fc.property(anyDay, fc.integer({ min: -5000, max: 5000 }), (day, n) => {
      const moved = addDays(day, n);
      return isDay(moved) && daysBetween(day, moved) === n && addDays(moved, -n) === day;
    }),
  );
  fc.assert(fc.property(anyDay, anyDay, (a, b) => a < b === daysBetween(a, b) > 0));
  fc.assert(
    fc.property(anyDay, fc.integer({ min: -600, max: 600 }), (day, n) => {
      const moved = addMonths(day, n);
      const months = (d: string): number => Number(d.slice(0, 4)) * 12 + Number(d.slice(5, 7));
      const [wanted, got] = [day.slice(8), moved.slice(8)];
      return (
        months(moved) - months(day) === n &&
        (got === wanted || (got < wanted && addDays(moved, 1).endsWith('-01')))
      );
    }),
  );
  fc.assert(
    fc.property(
      fc.date({ min: new Date('1900-01-01'), max: new Date('2100-01-01'), noInvalidDate: true }),
      (at) => {
        const text = formatInstant(at);
        return parseInstant(text).getTime() === at.getTime() && text.slice(0, 10) === dayOf(at);
      },
    ),
  );
  fc.assert(fc.property(anyDay, (day) => weekday(addDays(day, 1)) === (weekday(day) % 7) + 1));
});
