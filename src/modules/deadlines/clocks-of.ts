import { type Kysely, sql } from 'kysely';
import type { DB } from '../../db/schema.ts';
import { dayOf, daysBetween, formatInstantOrNull } from '../../shared/clock.ts';
import { citationText } from './rule-data.ts';
import { BOOK, ruleById } from './rule-book.ts';
import type { ClockView } from './schemas.ts';
import type { ClockRow } from './store.ts';
import { isPastEnd, lastDay } from './targets.ts';

/** A clock's row with how often it was extended and interrupted. */
export type CountedClock = ClockRow & { extensions: number; exclusions: number };

/** The clocks with their counts; the caller adds its scope. */
export const countedClocks = (db: Kysely<DB>) =>
  db
    .selectFrom('clocks')
    .selectAll('clocks')
    .select([
      sql<number>`(select count(*) from clock_extensions x where x.clock_id = clocks.id and x.removed_at is null)`.as(
        'extensions',
      ),
      sql<number>`(select count(*) from clock_exclusions x where x.clock_id = clocks.id and x.removed_at is null)`.as(
        'exclusions',
      ),
    ]);

/**
 * The clocks of things the caller may already see, oldest first. `now` (ctx.now) tells days left and lateness;
 * without it both are null.
 */
export async function clocksOf(
  db: Kysely<DB>,
  subjects: readonly { kind: string; id: string }[],
  now?: Date,
): Promise<ClockView[]> {
  if (subjects.length === 0) return [];
  const kinds = [...new Set(subjects.map(({ kind }) => kind))];
  const rows = await countedClocks(db)
    .where((eb) =>
      eb.or(
        kinds.map((kind) =>
          eb.and([
            eb('subjectKind', '=', kind),
            eb(
              'subjectId',
              'in',
              subjects.filter((subject) => subject.kind === kind).map(({ id }) => id),
            ),
          ]),
        ),
      ),
    )
    .orderBy('createdAt')
    .orderBy('id')
    .execute();
  return rows.map((row) => clockView(row, now));
}

/** The view of a row. */
export function clockView(row: CountedClock, now?: Date): ClockView {
  const rule = ruleById(row.ruleId);
  const begun = { rule, on: row.triggeredOn };
  return {
    id: row.id,
    rule: rule.id,
    ruleTitle: rule.titleZh,
    ruleTitleEn: rule.titleEn,
    article: citationText(BOOK, begun, 'zh'),
    articleEn: citationText(BOOK, begun, 'en'),
    side: rule.side,
    nature: rule.nature,
    subject: { kind: row.subjectKind, id: row.subjectId },
    state: row.state,
    trigger: row.trigger,
    triggeredOn: row.triggeredOn,
    triggeredAt: iso(row.triggeredAt),
    rawOn: row.rawOn,
    rawAt: iso(row.rawAt),
    rolledOn: row.rolledOn,
    targetOn: row.targetOn,
    lastOn: lastDay(rule, row),
    ...standing(row, now),
    awaitingYear: row.awaitingYear,
    calendarVersion: row.calendarVersion,
    extensions: row.extensions,
    exclusions: row.exclusions,
    metAt: iso(row.metAt),
    version: row.version,
  };
}

const iso = (instant: Date | null): string | null => formatInstantOrNull(instant);

/** How a clock stands now; a met one, how it stood when it was met. */
function standing(row: ClockRow, now: Date | undefined): Pick<ClockView, 'daysLeft' | 'overdue'> {
  if (row.state === 'met' && row.metAt) return { daysLeft: null, overdue: isPastEnd(row, row.metAt) };
  if (row.state !== 'running' || !now) return { daysLeft: null, overdue: null };
  const daysLeft = row.targetOn === null ? null : daysBetween(dayOf(now), row.targetOn);
  return { daysLeft, overdue: isPastEnd(row, now) };
}
