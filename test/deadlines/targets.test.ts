import fc from 'fast-check';
import t from 'tap';
import { loadCalendarYears } from '../../src/modules/deadlines/calendar-data.ts';
import { makeCalendar } from '../../src/modules/deadlines/calendar.ts';
import { loadRules, type Rule } from '../../src/modules/deadlines/rule-data.ts';
import {
  bindsOthers,
  dueColumns,
  isCoercive,
  isPastEnd,
  lastDay,
} from '../../src/modules/deadlines/targets.ts';
import { addDays, type Day, instantAt } from '../../src/shared/clock.ts';

const calendar = makeCalendar(loadCalendarYears());
const book = loadRules();
const inDays = book.rules.filter((rule) => rule.duration !== null && rule.duration.unit !== 'hour');

const someRule = fc.constantFrom(...inDays);
const someDay = fc.integer({ min: 0, max: 700 }).map((days) => addDays('2019-06-01', days));

t.test('whose limit it is', async (t) => {
  const others = (id: string): boolean => bindsOthers(book.get(id)!);
  for (const id of ['P06', 'F01', 'C05', 'L06', 'L06q', 'T04', 'T11', 'L02', 'W02', 'Z11', 'G06']) {
    t.ok(others(id), id);
  }
  for (const id of [
    'C01',
    'R01',
    'P04',
    'P05',
    'P10',
    'S01',
    'T01',
    'T02',
    'L05',
    'L01',
    'C08',
    'R04',
    'P02',
    'F02',
  ]) {
    t.notOk(others(id), id);
  }
  t.same(
    book.rules.filter(isCoercive).map(({ id }) => id),
    ['S01', 'S02', 'S03', 'S04', 'S04f', 'S05'],
  );
});

function holds(rule: Rule, { raw, rolled, target }: { raw: Day; rolled: Day; target: Day }): boolean {
  if (isCoercive(rule)) return target === raw && rolled === raw;
  if (rule.relation === 'at_least_before') return target <= raw && rolled <= raw;
  if (rule.relation !== 'within' || bindsOthers(rule)) return target === rolled && target >= raw;
  return target <= raw && rolled >= raw && calendar.isWorkingDay(target) === true;
}

t.test(
  'own duties never aim after the end, others have no less than the end, coercion ends when it ends',
  async () => {
    fc.assert(
      fc.property(someRule, someDay, (rule, from) => {
        const due = dueColumns({ rule, from }, calendar);
        if (due.awaitingYear !== null) return due.targetOn === null || isCoercive(rule);
        const { rawOn: raw, rolledOn: rolled, targetOn: target } = due;
        return raw !== null && rolled !== null && target !== null && holds(rule, { raw, rolled, target });
      }),
      { numRuns: 2000 },
    );
  },
);

t.test(
  'a duty of the bureau is late after raw, a right lapses after rolled, a power ends on raw',
  async (t) => {
    const duty = dueColumns({ rule: book.get('P04')!, from: '2024-02-02' }, calendar);
    t.match(duty, { rawOn: '2024-05-02', rolledOn: '2024-05-06', targetOn: '2024-04-30' });
    t.equal(isPastEnd(duty, instantAt('2024-05-02', '23:59:59')), false);
    t.equal(isPastEnd(duty, instantAt('2024-05-03', '00:00')), true, 'though it was a day off');
    const right = dueColumns({ rule: book.get('F05')!, from: '2025-08-04' }, calendar);
    t.match(right, { rawOn: '2025-10-03', rolledOn: '2025-10-09', targetOn: '2025-10-09' });
    t.equal(isPastEnd(right, instantAt('2025-10-09', '23:59:59')), false);
    t.equal(isPastEnd(right, instantAt('2025-10-10', '00:00')), true);
    const power = dueColumns({ rule: book.get('S04f')!, from: '2024-03-07' }, calendar);
    t.match(power, { rawOn: '2024-04-06', rolledOn: '2024-04-06', targetOn: '2024-04-06' });
    t.equal(isPastEnd(power, instantAt('2024-04-07', '00:00')), true);
  },
);

t.test('without the calendar of its year a natural end is known, a rolled one is not guessed', async (t) => {
  const duty = dueColumns({ rule: book.get('P04')!, from: '2026-12-20' }, calendar);
  t.match(duty, { rawOn: '2027-03-20', rolledOn: null, targetOn: null, awaitingYear: 2027 });
  t.equal(isPastEnd(duty, instantAt('2027-03-21', '00:00')), true);
  const right = dueColumns({ rule: book.get('F05')!, from: '2026-12-20' }, calendar);
  t.match(right, { rawOn: '2027-02-18', rolledOn: null, awaitingYear: 2027, endsAt: null });
  t.equal(isPastEnd(right, instantAt('2030-01-01', '00:00')), null, 'nothing is guessed');
});

t.test('the last instant that counts is the last day’s, or the hour itself', async () => {
  fc.assert(
    fc.property(someRule, someDay, (rule, from) => {
      const due = dueColumns({ rule, from }, calendar);
      const last = lastDay(rule, due);
      if (last === null) return due.endsAt === null;
      const midnight = instantAt(addDays(last, 1), '00:00').getTime();
      return due.endsAt!.getTime() === midnight - 1 && !isPastEnd(due, due.endsAt!);
    }),
  );
});
