import { type Kysely, sql } from 'kysely';
import type { Ctx, TxCtx } from '../../context.ts';
import type { DB } from '../../db/schema.ts';
import { loadCalendarYears } from './calendar-data.ts';
import { type Calendar, type CalendarDay, type CalendarYear, makeCalendar } from './calendar.ts';

/** A year as it was imported, or days laid over one. */
export type CalendarRow = {
  id: string;
  bureauId: string | null;
  year: number;
  kind: 'year' | 'overlay';
  revision: number;
  days: CalendarDay[];
};

type Cache = { fingerprint: string; checkedAt: number; rows: CalendarRow[]; made: Map<string, Calendar> };

// Read from the disk once: they are part of the program.
const BASE: readonly CalendarYear[] = loadCalendarYears();

/** How long an answer may rest on a calendar another process has just replaced; the job corrects what it did. */
const RECHECK_MS = 1000;

// One cache per process wiring (each has its own vault), so that two databases in one process never share one.
const caches = new WeakMap<object, Cache>();

type Reader = Pick<Ctx | TxCtx, 'db' | 'vault'>;

/**
 * The working-day calendar of a bureau: the years that come with the product, over them the national imports, over
 * them the bureau's own. Kept in memory; one small SELECT a second looks for new revisions.
 */
export async function calendarOf(ctx: Reader, bureauId: string | null): Promise<Calendar> {
  const cache = await currentCache(ctx);
  const key = bureauId ?? '';
  const known = cache.made.get(key);
  if (known) return known;
  const made = calendarFrom(cache.rows, bureauId);
  cache.made.set(key, made);
  return made;
}

/** Drops what is kept, after an import. */
export const forgetCalendars = (ctx: Reader): void => void caches.delete(ctx.vault);

async function currentCache(ctx: Reader): Promise<Cache> {
  const known = caches.get(ctx.vault);
  const at = performance.now();
  if (known && at - known.checkedAt < RECHECK_MS) return known;
  // Claimed before the question is asked: others need not ask it at the same time.
  if (known) known.checkedAt = at;
  const fingerprint = await fingerprintOf(ctx.db);
  if (known?.fingerprint === fingerprint) return known;
  const fresh: Cache = {
    fingerprint,
    checkedAt: at,
    rows: currentOf(await calendarRows(ctx.db)),
    made: new Map(),
  };
  caches.set(ctx.vault, fresh);
  return fresh;
}

// Rows are only ever added, so that their number and the newest say whether anything changed.
async function fingerprintOf(db: Kysely<DB>): Promise<string> {
  const { count, newest } = await db
    .selectFrom('calendarYears')
    .select([sql<number>`count(*)`.as('count'), sql<string | null>`max(created_at)::text`.as('newest')])
    .executeTakeFirstOrThrow();
  return `${count}/${newest ?? ''}`;
}

/** Every imported row, read anew, in the order of the imports. */
export async function calendarRows(db: Kysely<DB>): Promise<CalendarRow[]> {
  const rows = await db
    .selectFrom('calendarYears')
    .select(['id', 'bureauId', 'year', 'kind', 'revision', 'days'])
    .orderBy('createdAt')
    .orderBy('revision')
    .orderBy('id')
    .execute();
  return rows.map((row) => ({ ...row, days: row.days as CalendarDay[] }));
}

/** The rows that count: the latest revision of each year and kind. */
export function currentOf(rows: readonly CalendarRow[]): CalendarRow[] {
  const latest = new Map<string, CalendarRow>();
  for (const row of rows) {
    const key = [row.bureauId ?? '', row.year, row.kind].join('/');
    if ((latest.get(key)?.revision ?? 0) < row.revision) latest.set(key, row);
  }
  return [...latest.values()];
}

/** The calendar of a bureau from the imported `rows`: its own year stands in the place of the national one. */
export function calendarFrom(rows: readonly CalendarRow[], bureauId: string | null): Calendar {
  const years = new Map(BASE.map((year) => [year.year, year]));
  const overlays: CalendarDay[] = [];
  for (const scope of bureauId === null ? [null] : [null, bureauId]) {
    for (const { kind, year, days } of rows.filter((row) => row.bureauId === scope)) {
      if (kind === 'year') years.set(year, { year, papers: [], days });
      else overlays.push(...days);
    }
  }
  return makeCalendar([...years.values()], overlays);
}

/** The years that come with the product. */
export const baseYears = (): readonly CalendarYear[] => BASE;
