import { type Kysely, sql } from 'kysely';
import type { DB } from '../../db/schema.ts';
import type { Calendar } from './calendar.ts';
import { type ChangedSpan, changedSpan } from './calendar-diff.ts';
import type { Moved } from './schemas.ts';
import { type ClockRow, partsOf, recount } from './store.ts';
import type { DueColumns } from './targets.ts';

/** How many of the moved clocks are named; the rest is counted. */
export const NAMED = 200;
const PAGE = 1000;

export type Planned = { count: number; named: Moved[] };

type Change = { bureauId: string; before: Calendar; after: Calendar };

/** Which open clocks of a bureau another calendar would move, from where to where. Nothing is written. */
export async function planMoves(db: Kysely<DB>, { bureauId, before, after }: Change): Promise<Planned> {
  const span = changedSpan(before, after);
  const planned: Planned = { count: 0, named: [] };
  if (span === null) return planned;
  for (let last: string | null = null; ;) {
    const clocks: ClockRow[] = await candidates(db, { bureauId, span, after: last });
    const parts = await partsOf(
      db,
      clocks.map(({ id }) => id),
    );
    for (const clock of clocks) {
      const due = recount(clock, parts.get(clock.id)!, after);
      if (isSame(clock, due)) continue;
      planned.count += 1;
      if (planned.named.length < NAMED) planned.named.push(movedOf(clock, due));
    }
    if (clocks.length < PAGE) return planned;
    last = clocks.at(-1)!.id;
  }
}

/** Open clocks whose days touch the changed ones, or that wait for a year. */
function candidates(
  db: Kysely<DB>,
  { bureauId, span, after }: { bureauId: string; span: ChangedSpan; after: string | null },
): Promise<ClockRow[]> {
  let query = db
    .selectFrom('clocks')
    .selectAll()
    .where('bureauId', '=', bureauId)
    .where('state', 'in', ['running', 'paused'])
    .where(
      sql<boolean>`(awaiting_year is not null or (
        least(triggered_on, raw_on, target_on) <= ${span.to}::date
        and greatest(triggered_on, raw_on, rolled_on) >= ${span.from}::date))`,
    );
  if (after !== null) query = query.where('id', '>', after);
  return query.orderBy('id').limit(PAGE).execute();
}

/** Whether a clock is where it was. */
export const isSame = (clock: ClockRow, due: DueColumns): boolean =>
  clock.endsAt?.getTime() === due.endsAt?.getTime() &&
  clock.rawOn === due.rawOn &&
  clock.rawAt?.getTime() === due.rawAt?.getTime() &&
  clock.rolledOn === due.rolledOn &&
  clock.targetOn === due.targetOn &&
  clock.awaitingYear === due.awaitingYear;

const movedOf = (clock: ClockRow, due: DueColumns): Moved => ({
  clockId: clock.id,
  rule: clock.ruleId,
  subject: { kind: clock.subjectKind, id: clock.subjectId },
  before: ends(clock),
  after: ends(due),
});

const ends = ({ rawOn, rolledOn, targetOn, awaitingYear }: Omit<DueColumns, 'endsAt' | 'rawAt'>) => ({
  rawOn,
  rolledOn,
  targetOn,
  awaitingYear,
});
