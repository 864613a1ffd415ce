import fc from 'fast-check';
import t from 'tap';
import {
  clocksOf,
  excludeTime,
  extendClock,
  moveTrigger,
  resumeClock,
  startClock,
} from '../../src/modules/deadlines/index.ts';
import { loadCalendarYears } from '../../src/modules/deadlines/calendar-data.ts';
import { makeCalendar } from '../../src/modules/deadlines/calendar.ts';
import { loadRules, type Rule } from '../../src/modules/deadlines/rule-data.ts';
import { computeDue, type Extension } from '../../src/modules/deadlines/rules.ts';
import { clockWorld, thing } from '../given/clocks.ts';
import { type Facts, lastDayOf, rolledFrom, step } from './naive.ts';

const book = loadRules();
const calendar = makeCalendar(loadCalendarYears());
const inDays = book.rules.filter(({ duration }) => duration !== null && duration.unit !== 'hour');

const dayAfter = (day: string, days: number): string => {
  let found = day;
  for (let n = 0; n < days; n += 1) found = step(found, 1);
  return found;
};

/** A day on which the rule was in force and of which the calendar knows something. */
const dayOfRule = ({ validFrom, validTo }: Rule) => {
  const first = [validFrom ?? '2019-02-01', '2019-02-01'].toSorted().at(-1)!;
  const last = [validTo ?? '2026-12-31', '2026-12-31'].toSorted()[0]!;
  const span = Math.round((Date.parse(last) - Date.parse(first)) / 86_400_000);
  return fc.nat(span).map((n) => dayAfter(first, n));
};

const pauseNear = (from: string) =>
  fc
    .tuple(fc.nat(120), fc.nat(30))
    .map(([begin, length]) => ({ from: dayAfter(from, begin), to: dayAfter(from, begin + length) }));

const limit = fc.constantFrom(...inDays).chain((rule) =>
  dayOfRule(rule).chain((from) =>
    fc.record({
      rule: fc.constant(rule),
      from: fc.constant(from),
      pauses: fc.array(pauseNear(from), { maxLength: 4 }),
      extensions: fc.array(fc.integer({ min: 1, max: 45 }), { maxLength: 3 }),
    }),
  ),
);

const factsOf = (rule: Rule, rest: Pick<Facts, 'from' | 'pauses' | 'extensions'>): Facts => ({
  ...rest,
  value: rule.duration!.value,
  unit: rule.duration!.unit as Facts['unit'],
  backwards: rule.relation === 'at_least_before',
});

t.test('every limit, paused and extended, counted a second way', async () => {
  fc.assert(
    fc.property(limit, ({ rule, from, pauses, extensions }) => {
      const facts = factsOf(rule, { from, pauses, extensions });
      const extendBy = extensions.map((value): Extension => ({
        mode: 'add',
        value,
        unit: rule.duration!.unit,
      }));
      const due = computeDue({ rule, from, excludes: pauses, extendBy }, calendar);
      const raw = lastDayOf(facts);
      if ((due.raw ?? undefined) !== raw) return false;
      if (raw === undefined || rule.rollover === 'none') return true;
      return (due.rolled ?? undefined) === rolledFrom(raw, facts.backwards);
    }),
    { numRuns: 3000 },
  );
});

t.test('whatever the order in which things happen, the end is that of what has happened', async (t) => {
  const { app, bureauId, run, approval } = await clockWorld(t);
  app.setNow('2024-01-02T10:00:00+08:00');
  type Act = 'pause' | 'excluded' | 'extended' | 'corrected';
  const story = fc.record({
    rule: fc.constantFrom('R01', 'P04', 'S04f'),
    from: fc.nat(200).map((n) => dayAfter('2024-01-02', n)),
    corrected: fc.nat(40).map((n) => dayAfter('2024-01-02', n)),
    pause: fc.tuple(fc.nat(40), fc.nat(20)),
    excluded: fc.tuple(fc.nat(40), fc.nat(20)),
    order: fc.shuffledSubarray<Act>(['pause', 'excluded', 'extended', 'corrected']),
  });
  await fc.assert(
    fc.asyncProperty(story, async ({ rule, from, corrected, pause, excluded, order }) => {
      const subject = thing('case');
      const approvalId = await approval(subject);
      const range = ([begin, length]: [number, number]) => ({
        from: dayAfter(from, begin),
        to: dayAfter(from, begin + length),
      });
      await run(async (tx) => {
        await startClock(tx, { rule, subject, on: from, bureauId });
        for (const act of order) {
          if (act === 'extended') await extendClock(tx, { rule, subject, reason: '复杂', approvalId });
          if (act === 'corrected') await moveTrigger(tx, { rule, subject, on: corrected, reason: '更正' });
          if (act === 'excluded')
            await excludeTime(tx, { rule, subject, ...range(excluded), ground: '检测' });
          if (act === 'pause') {
            const { from: begin, to } = range(pause);
            await excludeTime(tx, { rule, subject, from: begin, to: null, ground: '中止' });
            await resumeClock(tx, { rule, subject, to });
          }
        }
      });
      const limits = book.get(rule)!;
      const facts = factsOf(limits, {
        from: order.includes('corrected') ? corrected : from,
        pauses: [
          ...(order.includes('pause') ? [range(pause)] : []),
          ...(order.includes('excluded') ? [range(excluded)] : []),
        ],
        extensions: order.includes('extended') ? [limits.extension!.value!] : [],
      });
      const [clock] = await clocksOf(app.deps.db, [subject]);
      return clock?.rawOn === lastDayOf(facts);
    }),
    { numRuns: 150 },
  );
});

t.test(
  'started, paused and extended by two connections at once: nothing is lost, nothing is doubled',
  async (t) => {
    const { app, bureauId, run, approval, detail } = await clockWorld(t);
    for (let round = 0; round < 10; round += 1) {
      const subject = thing('source');
      const approvalId = await approval(subject);
      const act = {
        start: () => run((tx) => startClock(tx, { rule: 'R01', subject, on: '2024-02-05', bureauId })),
        pause: () =>
          run((tx) =>
            excludeTime(tx, { rule: 'R01', subject, from: '2024-02-19', to: '2024-02-20', ground: '检测' }),
          ),
        extend: () => run((tx) => extendClock(tx, { rule: 'R01', subject, reason: '复杂', approvalId })),
      };
      await act.start();
      const done = await Promise.allSettled([
        act.extend(),
        act.pause(),
        act.extend(),
        act.pause(),
        act.extend(),
      ]);
      t.equal(done.filter(({ status }) => status === 'fulfilled').length, 3, 'one extension, two exclusions');
      const [clock] = await clocksOf(app.deps.db, [subject]);
      t.match(clock, { extensions: 1, exclusions: 2, version: 4 });
      const naive = lastDayOf({
        from: '2024-02-05',
        value: 15,
        unit: 'working_day',
        backwards: false,
        pauses: [{ from: '2024-02-19', to: '2024-02-20' }],
        extensions: [15],
      });
      t.equal(clock?.rawOn, naive);
      t.equal(
        (await detail(clock!.id)).history.length,
        4,
        'a line for each that was done, none for the refused',
      );
    }
  },
);
