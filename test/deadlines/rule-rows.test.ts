import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import t, { type Test } from 'tap';
import { loadCalendarYears } from '../../src/modules/deadlines/calendar-data.ts';
import { makeCalendar } from '../../src/modules/deadlines/calendar.ts';
import { loadRules } from '../../src/modules/deadlines/rule-data.ts';
import { computeDue, type Extension } from '../../src/modules/deadlines/rules.ts';
import { dueColumns, lastDay } from '../../src/modules/deadlines/targets.ts';
import { addDays, formatInstant, parseInstant } from '../../src/shared/clock.ts';

/** A row of the table of limits as the lawyers wrote it, with one case counted by a program of another language. */
type Row = {
  id: string;
  time: string;
  extension: string | null;
  validFrom: string | null;
  validTo: string | null;
  start?: string;
  raw?: string;
  rolled?: string | null;
  last?: string;
  extended?: string | null;
};

const rows = JSON.parse(
  readFileSync(join(import.meta.dirname, '../fixtures/rule-rows.json'), 'utf8'),
) as Row[];
const book = loadRules();
const calendar = makeCalendar(loadCalendarYears());
const UNITS: Record<string, string> = { WD: 'working_day', d: 'day', h: 'hour', mo: 'month', yr: 'year' };

/** `≥ before: 7 WD`, `+30 d`, `—` as the rule data has it. */
function lengthOf(words: string): { value: number; unit: string } | null {
  const [, value, unit = ''] = /(\d+) (WD|d|h|mo|yr)/.exec(words) ?? [];
  return value === undefined ? null : { value: Number(value), unit: UNITS[unit]! };
}

t.test('there is a row for every rule', async (t) => {
  t.same(rows.map(({ id }) => id).toSorted(), book.rules.map(({ id }) => id).toSorted());
});

for (const row of rows) {
  t.test(`${row.id} as its row has it`, async (t) => {
    const rule = book.get(row.id)!;
    t.same(rule.duration, lengthOf(row.time));
    t.same([rule.validFrom, rule.validTo], [row.validFrom, row.validTo]);
    checkExtension(t, row);
    checkValidity(t, row);
    if (row.start === undefined) return;
    const from = row.start.includes('T') ? parseInstant(row.start) : row.start;
    const due = dueColumns({ rule, from }, calendar);
    const raw = due.rawAt ? formatInstant(due.rawAt) : due.rawOn;
    t.equal(raw, row.raw, 'raw');
    if (due.rawAt) return t.equal(due.endsAt?.getTime(), due.rawAt.getTime());
    t.equal(due.rolledOn, row.rolled, 'rolled');
    t.equal(lastDay(rule, due), row.last, 'the last day that counts');
    if (row.extended) {
      const { mode, value, unit } = rule.extension!;
      const extension = { mode, value, unit } as Extension;
      t.equal(computeDue({ rule, from, extendBy: [extension] }, calendar).raw, row.extended, 'extended');
    }
  });
}

function checkExtension(t: Test, { id, extension }: Row): void {
  const known = book.get(id)!.extension;
  if (extension === null) return void t.equal(known, null, 'no extension');
  if (extension === 'open') return void t.match(known, { mode: 'open', value: null, unit: null });
  t.match(known, {
    mode: extension.startsWith('+') ? 'add' : 'replace',
    ...lengthOf(extension)!,
    maxTimes: 1,
  });
}

function checkValidity(t: Test, { id, validFrom, validTo }: Row): void {
  for (const day of [validFrom, validTo].filter((day) => day !== null))
    t.equal(book.at(id, day)?.id, id, day);
  if (validFrom !== null) t.not(book.at(id, addDays(validFrom, -1))?.id, id, 'not the day before');
  if (validTo !== null) t.not(book.at(id, addDays(validTo, 1))?.id, id, 'not the day after');
}
