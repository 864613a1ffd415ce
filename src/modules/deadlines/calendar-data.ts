import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { isDay } from '../../shared/clock.ts';
import { badRequest } from '../../shared/errors.ts';
import type { CalendarYear } from './calendar.ts';

const FOLDER = join(import.meta.dirname, '../../data/calendar');

// $schema and $id stand in the files of holiday-cn: they are imported as they are published.
const fileSchema = z
  .strictObject({
    $schema: z.string().optional(),
    $id: z.string().optional(),
    year: z.int().min(2000).max(2100),
    papers: z.array(z.string()),
    days: z
      .array(
        z.strictObject({ name: z.string().min(1), date: z.string().refine(isDay), isOffDay: z.boolean() }),
      )
      .min(1, 'no days: the arrangement of this year is not announced'),
  })
  .superRefine(({ year, days }, ctx) => {
    const dates = days.map(({ date }) => date);
    if (new Set(dates).size !== dates.length)
      ctx.addIssue({ code: 'custom', message: 'a day stands there twice' });
    for (const date of dates.filter((d) => d < `${year - 1}-12-01` || d > `${year}-12-31`)) {
      ctx.addIssue({ code: 'custom', message: `${date} does not belong to ${year}` });
    }
  });

/**
 * One year as read from JSON (the shape of holiday-cn). badRequest `calendar.invalid` with `{ detail }`: wrong shape,
 * impossible or doubled days, days of other years, or no days at all, which is a year not announced.
 */
export function parseCalendarYear(json: unknown): CalendarYear {
  const read = fileSchema.safeParse(json);
  if (!read.success) throw badRequest('calendar.invalid', { detail: z.prettifyError(read.error) });
  const { year, papers, days } = read.data;
  return { year, papers, days };
}

/** The years that come with the product (`src/data/calendar`), in order. */
export function loadCalendarYears(): CalendarYear[] {
  const names = readdirSync(FOLDER).filter((name) => name.endsWith('.json'));
  return names
    .toSorted()
    .map((name) => parseCalendarYear(JSON.parse(readFileSync(join(FOLDER, name), 'utf8'))));
}
