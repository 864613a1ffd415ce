import fc from 'fast-check';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import t from 'tap';
import { loadCalendarYears } from '../../src/modules/deadlines/calendar-data.ts';
import { makeCalendar } from '../../src/modules/deadlines/calendar.ts';
import { loadRules } from '../../src/modules/deadlines/rule-data.ts';
import type { Rule } from '../../src/modules/deadlines/rule-data.ts';
import { computeDue } from '../../src/modules/deadlines/rules.ts';
import type { DayRange, Due, Extension } from '../../src/modules/deadlines/rules.ts';
import { addDays, daysBetween, formatInstant, isWeekend, parseInstant } from '../../src/shared/clock.ts';

const calendar = makeCalendar(loadCalendarYears());
const book = loadRules();
const rule = (id: string): Rule => book.get(id)!;

const due = (id: string, from: string, excludes: DayRange[] = [], extendBy: Extension[] = []): Due =>
  computeDue(
    { rule: rule(id), from: from.includes('T') ? parseInstant(from) : from, excludes, extendBy },
    calendar,
  );
const shown = (d: Due): string[] =>
  [d.raw, d.rolled].map((m) => (m instanceof Date ? formatInstant(m) : String(m)));
const add = (value: number, unit: Extension['unit']): Extension => ({ mode: 'add', value, unit });

t.test('the worked examples', async (t) => {
  type Example = {
    id: string;
    rule: string;
    start: string;
    amount: number;
    unit: string;
    raw: string;
    rolled: string | null;
  };
  const file = join(import.meta.dirname, '../fixtures/worked-examples.json');
  const examples = JSON.parse(readFileSync(file, 'utf8')) as Example[];
  t.equal(examples.length, 22);
  for (const e of examples) {
    const { duration } = rule(e.rule);
    t.equal(duration?.unit, e.unit, `${e.id}: the unit of ${e.rule}`);
    const more = e.amount - (duration?.value ?? 0);
    const found = due(e.rule, e.start, [], more > 0 ? [add(more, duration!.unit)] : []);
    if (found.raw instanceof Date) {
      t.equal(found.raw.getTime(), parseInstant(e.raw).getTime(), e.id);
      t.equal(found.rolled?.toString(), found.raw.toString(), `${e.id}: hours do not stop for holidays`);
    } else {
      t.same(shown(found), [e.raw, e.rolled], e.id);
    }
  }
});

t.test('the days counted are listed, make-up days marked', async (t) => {
  t.same(due('C01o', '2024-02-05').counted, [
    { day: '2024-02-06' },
    { day: '2024-02-07' },
    { day: '2024-02-08' },
    { day: '2024-02-09' },
    { day: '2024-02-18', makeUp: true },
    { day: '2024-02-19' },
    { day: '2024-02-20' },
  ]);
  const seizure = due('S04f', '2024-03-07').counted;
  t.equal(seizure.length, 30);
  t.same(seizure[0], { day: '2024-03-08' });
  t.same(due('S01', '2023-04-28T17:40:00+08:00').counted, []);
});

t.test('the seizure of the story: never rolled, 45 days more at most', async (t) => {
  t.same(shown(due('S04f', '2024-03-07')), ['2024-04-06', '2024-04-06'], 'a Saturday of 清明: no roll');
  t.same(shown(due('S04f', '2024-03-07', [], [add(45, 'day')])), ['2024-05-21', '2024-05-21']);
  t.same(shown(due('S04', '2024-03-07', [], [add(30, 'day')])), ['2024-05-06', '2024-05-06']);
  const testing = { from: '2024-03-11', to: '2024-03-20' };
  t.same(
    shown(due('S04f', '2024-03-07', [testing])),
    ['2024-04-16', '2024-04-16'],
    'both ends of the testing count',
  );
  t.same(shown(due('S04f', '2024-03-07', [testing], [add(45, 'day')])), ['2024-05-31', '2024-05-31']);
  t.same(shown(due('S04f', '2027-03-07')), ['2027-04-06', '2027-04-06'], 'needs no calendar');
});

t.test('excluded days: only those inside the running period', async (t) => {
  const plain = shown(due('S04', '2024-03-07'));
  t.same(plain, ['2024-04-06', '2024-04-06']);
  t.same(
    shown(due('S04', '2024-03-07', [{ from: '2024-02-01', to: '2024-03-07' }])),
    plain,
    'before, and the start',
  );
  t.same(
    shown(due('S04', '2024-03-07', [{ from: '2024-04-07', to: '2024-05-07' }])),
    plain,
    'after the last day',
  );
  t.same(shown(due('S04', '2024-03-07', [{ from: '2024-02-01', to: '2024-03-08' }])), [
    '2024-04-07',
    '2024-04-07',
  ]);
  t.same(
    shown(due('S04', '2024-03-07', [{ from: '2024-04-06', to: '2024-04-10' }])),
    ['2024-04-11', '2024-04-11'],
    'a range over the last day: what is left runs on after it',
  );
  const twice = [
    { from: '2024-03-11', to: '2024-03-15' },
    { from: '2024-03-13', to: '2024-03-17' },
  ];
  t.same(
    shown(due('S04', '2024-03-07', twice)),
    ['2024-04-13', '2024-04-13'],
    'a day in two ranges counts once',
  );
  t.same(
    shown(due('R01', '2024-02-05', [{ from: '2024-02-08', to: '2024-02-20' }])),
    ['2024-03-08', '2024-03-08'],
    'of working days only working days are lost: 8, 9, 18*, 19, 20',
  );
  t.throws(() => due('S04', '2024-03-07', [{ from: '2024-03-09', to: '2024-03-08' }]), {
    code: 'deadline.exclude_reversed',
  });
});

t.test('months and years: the corresponding day, or the month end', async (t) => {
  t.equal(due('F06', '2025-08-31').raw, '2026-02-28');
  t.equal(due('P17', '2024-02-29').raw, '2026-02-28');
  t.equal(
    due('P17', '2020-06-15', [], [{ mode: 'replace', value: 5, unit: 'year' }]).raw,
    '2025-06-15',
    'instead of 2',
  );
  t.equal(due('F06', '2024-03-15', [{ from: '2024-09-01', to: '2024-09-10' }]).raw, '2024-09-25');
  t.equal(
    due('F06', '2024-03-15', [{ from: '2024-09-14', to: '2024-09-16' }]).raw,
    '2024-09-18',
    'two inside, one reached by them',
  );
});

t.test('at least n before: counted backwards from the hearing', async (t) => {
  t.same(shown(due('P10', '2024-02-21')), ['2024-02-06', '2024-02-06'], '20,19,18*,9,8,7,6');
  t.same(
    due('P11', '2024-02-21').counted.map((c) => c.day),
    ['2024-02-20', '2024-02-19', '2024-02-18'],
  );
  const natural: Rule = { ...rule('P10'), duration: { value: 7, unit: 'day' }, rollover: 'next_working_day' };
  const before = computeDue({ rule: natural, from: '2024-02-19' }, calendar);
  t.same(shown(before), ['2024-02-12', '2024-02-09'], 'rolled away from the hearing, never towards it');
  const months: Rule = { ...natural, duration: { value: 1, unit: 'month' } };
  t.equal(computeDue({ rule: months, from: '2024-03-31' }, calendar).raw, '2024-02-29');
  const hours: Rule = { ...natural, duration: { value: 24, unit: 'hour' } };
  const hearing = parseInstant('2024-03-07T09:00:00+08:00');
  t.same(computeDue({ rule: hours, from: hearing }, calendar).raw, parseInstant('2024-03-06T09:00:00+08:00'));
});

t.test('hours run from the event; excluded days stop them', async (t) => {
  const hours = (excludes: DayRange[]): string =>
    shown(due('T02', '2024-03-07T10:00:00+08:00', excludes))[0]!;
  t.equal(hours([]), '2024-03-08T10:00:00+08:00');
  t.equal(hours([{ from: '2024-03-08', to: '2024-03-09' }]), '2024-03-10T10:00:00+08:00');
  t.equal(hours([{ from: '2024-03-07', to: '2024-03-07' }]), '2024-03-09T00:00:00+08:00');
  t.equal(hours([{ from: '2024-03-09', to: '2024-03-20' }]), '2024-03-08T10:00:00+08:00');
  t.throws(() => due('T02', '2024-03-07'), { status: 422, code: 'deadline.instant_needed' });
  t.equal(due('S04', '2024-03-07T23:30:00Z').raw, '2024-04-07', 'a day rule takes the day in Shanghai');
});

t.test('a year that is not loaded: never guessed', async (t) => {
  t.match(due('R01', '2026-12-20'), {
    raw: null,
    rolled: null,
    target: null,
    counted: [],
    awaitingYear: 2027,
  });
  t.match(due('R01', '2027-03-01'), { raw: null, awaitingYear: 2027 });
  t.match(due('F05', '2026-12-01'), { raw: '2027-01-30', rolled: null, target: null, awaitingYear: 2027 });
  t.equal(due('F05', '2026-12-01').counted.length, 60, 'natural days need no calendar');
  t.match(due('F06', '2026-09-15'), { raw: '2027-03-15', rolled: null, awaitingYear: 2027 });
  t.match(due('P04', '2025-01-02'), { raw: '2025-04-02', rolled: '2025-04-02', awaitingYear: undefined });
  const skipped = [{ from: '2026-12-21', to: '2026-12-31' }];
  t.match(due('C01', '2026-12-20', skipped), { raw: null, awaitingYear: 2027 });
});

t.test('the target of a bureau: the last working day on or before raw', async (t) => {
  t.equal(due('C02', '2024-08-05').target, '2024-09-30');
  t.equal(due('S04f', '2024-03-07').target, '2024-04-03');
  t.equal(due('R01', '2024-02-05').target, '2024-03-01');
  const hours = due('T02', '2024-03-07T10:00:00+08:00');
  t.same(hours.target, hours.raw);
});

t.test('what cannot be counted is refused', async (t) => {
  t.throws(() => due('C07', '2026-05-01'), {
    status: 422,
    code: 'deadline.no_length',
    params: { rule: 'C07' },
  });
  t.throws(
    () => due('R01', '2024-02-05', [], [add(5, 'day')]),
    { name: 'RangeError' },
    'an extension in another unit',
  );
  t.throws(() => due('R01', '2024-02-05', [], [add(0, 'working_day')]), { name: 'RangeError' });
  t.throws(() => due('R01', '2024-02-30'), { code: 'date.invalid' });
  t.throws(() => due('S04', '2024-03-07', [{ from: '2024-03-08', to: '9999-12-31' }]), {
    name: 'RangeError',
  });
});

const start = fc.nat(6 * 365).map((n) => addDays('2019-02-01', n));
const range = fc.tuple(start, fc.nat(40)).map(([from, n]): DayRange => ({ from, to: addDays(from, n) }));
const dayRule = fc.constantFrom(
  ...book.rules.filter(
    (r) => r.duration !== null && r.duration.unit !== 'hour' && r.relation !== 'at_least_before',
  ),
);
const counted = (r: Rule, from: string, excludes: DayRange[] = [], extendBy: Extension[] = []): Due =>
  computeDue({ rule: r, from, excludes, extendBy }, calendar);

t.test('properties', async () => {
  fc.assert(
    fc.property(dayRule, start, fc.nat(30), (r, from, later) => {
      const [a, b] = [counted(r, from).raw, counted(r, addDays(from, later)).raw];
      return a === null || b === null || a <= b;
    }),
  );
  fc.assert(
    fc.property(dayRule, start, fc.array(range, { maxLength: 3 }), range, (r, from, excludes, more) => {
      const [a, b] = [counted(r, from, excludes), counted(r, from, [...excludes, more])];
      return a.raw === null || b.raw === null || (a.raw <= b.raw && (a.rolled ?? '') <= (b.rolled ?? '9'));
    }),
  );
  fc.assert(
    fc.property(dayRule, start, fc.integer({ min: 1, max: 60 }), (r, from, value) => {
      const longer = counted(r, from, [], [add(value, r.duration!.unit)]).raw;
      return longer === null || longer > counted(r, from).raw!;
    }),
  );
  const rolling = dayRule.filter((r) => r.rollover === 'next_working_day');
  fc.assert(
    fc.property(rolling, start, (r, from) => {
      const { raw, rolled, target } = counted(r, from);
      if (typeof raw !== 'string' || typeof rolled !== 'string' || typeof target !== 'string') return true;
      const works = [rolled, target].every((day) => calendar.isWorkingDay(day));
      return (
        works &&
        (calendar.isWorkingDay(raw) ? rolled === raw && target === raw : target < raw && raw < rolled)
      );
    }),
  );
  const still = dayRule.filter((r) => r.rollover === 'none');
  fc.assert(fc.property(still, start, (r, from) => counted(r, from).rolled === counted(r, from).raw));
});

t.test('working days by brute force: off and make-up days read straight from the files', async () => {
  const special = new Map(
    loadCalendarYears().flatMap((y) => y.days.map((d) => [d.date, !d.isOffDay] as const)),
  );
  const works = (day: string): boolean => special.get(day) ?? !isWeekend(day);
  const working = fc.constantFrom(
    ...book.rules.filter((r) => r.duration?.unit === 'working_day' && r.relation !== 'at_least_before'),
  );
  fc.assert(
    fc.property(working, start, fc.array(range, { maxLength: 3 }), (r, from, excludes) => {
      const { raw, counted: list } = counted(r, from, excludes);
      if (typeof raw !== 'string') return true;
      const free = (day: string): boolean => !excludes.some((x) => x.from <= day && day <= x.to);
      const days: string[] = [];
      for (let day = addDays(from, 1); day <= raw; day = addDays(day, 1))
        if (works(day) && free(day)) days.push(day);
      return (
        days.length === r.duration!.value &&
        days.at(-1) === raw &&
        days.join() === list.map((c) => c.day).join()
      );
    }),
  );
});

t.test('natural days by sums: raw − start = length + excluded days inside', async () => {
  const natural = fc.constantFrom(...book.rules.filter((r) => r.duration?.unit === 'day'));
  fc.assert(
    fc.property(natural, start, fc.array(range, { maxLength: 3 }), (r, from, excludes) => {
      const { raw } = counted(r, from, excludes);
      const inside = new Set<string>();
      for (let day = addDays(from, 1); day <= String(raw); day = addDays(day, 1)) {
        if (excludes.some((x) => x.from <= day && day <= x.to)) inside.add(day);
      }
      return daysBetween(from, String(raw)) === r.duration!.value + inside.size && !inside.has(String(raw));
    }),
  );
});
