import type { Insertable } from 'kysely';
import type { TxCtx } from '../../context.ts';
import { compiledOnce } from '../../db/compiled.ts';
import type { ClockHistory, Clocks } from '../../db/schema.ts';
import type { Day } from '../../shared/clock.ts';
import { unprocessable } from '../../shared/errors.ts';
import { applies } from './applies.ts';
import type { Calendar } from './calendar.ts';
import { assigneesOf } from './assignees.ts';
import { calendarOf } from './calendars.ts';
import { clockView } from './clocks-of.ts';
import type { Rule } from './rule-data.ts';
import { ruleFor } from './rule-book.ts';
import type { ClockView } from './schemas.ts';
import { type ClockOn, historyRow } from './store.ts';
import { dueColumns } from './targets.ts';

/** What sets a clock going. `at` is needed where the limit counts hours. */
export type ClockStart = ClockOn & {
  /** The event, where it is another than the one that the limit's own data names. */
  trigger?: string;
  on: Day;
  at?: Date;
  /** Whose clock it is, where the actor has no bureau (a laboratory, the system). */
  bureauId?: string;
  /** The clock that ended for this one to begin anew. */
  restartOf?: string;
};

/**
 * Starts the clock of a limit in the version in force on the day of the act; `rule` is the id of any version.
 * Answers the clock, or null where none is in force that day, where the law says "promptly", or where it is a limit of
 * plan samples and this is none. A year of the calendar that is not loaded leaves the end open and the clock marked:
 * nothing is guessed, nothing refused.
 * 422 `deadline.unknown_rule`, `deadline.instant_needed`.
 */
export async function startClock(tx: TxCtx, start: ClockStart): Promise<ClockView | null> {
  const rule = ruleFor(start.rule, start.on);
  if (!rule) return null;
  const bureauId = start.bureauId ?? tx.actor.bureauId;
  if (!bureauId) throw unprocessable('clock.no_bureau');
  if (!(await applies(tx, rule, { subject: start.subject, bureauId }))) return null;
  return begin(tx, rule, { ...start, bureauId });
}

/** `of`: the id of the clock's thing under the name of its kind, so that each kind has a statement of its own. */
type NewClock = { clock: Insertable<Clocks>; history: Insertable<ClockHistory>; of: Record<string, string> };

// One statement: this runs in the registration of every tip.
const insertClock = compiledOnce((db, { clock, history, of }: NewClock) =>
  db
    .with('started', (started) => started.insertInto('clocks').values({ ...clock, ...assigneesOf(of) }))
    .insertInto('clockHistory')
    .values(history),
);

async function begin(tx: TxCtx, rule: Rule, start: ClockStart & { bureauId: string }): Promise<ClockView> {
  const calendar = await calendarOf(tx, start.bureauId);
  const clock = rowOf(tx, { rule, calendar }, start);
  const detail = { trigger: clock.trigger, targetOn: clock.targetOn, calendarVersion: calendar.version };
  const history = historyRow(tx, clock, { change: 'started', detail });
  await insertClock(tx.db, { clock, history, of: { [start.subject.kind]: start.subject.id } });
  return clockView({ ...clock, ...UNTOUCHED }, tx.now);
}

function rowOf(
  tx: TxCtx,
  { rule, calendar }: { rule: Rule; calendar: Calendar },
  { subject, bureauId, trigger, on, at, restartOf }: ClockStart & { bureauId: string },
) {
  const from = rule.duration?.unit === 'hour' ? (at ?? on) : on;
  return {
    id: tx.newId(),
    bureauId,
    ruleId: rule.id,
    subjectKind: subject.kind,
    subjectId: subject.id,
    trigger: trigger ?? rule.event,
    triggeredOn: on,
    triggeredAt: at ?? null,
    state: 'running' as const,
    ...dueColumns({ rule, from }, calendar),
    calendarVersion: calendar.version,
    restartOf: restartOf ?? null,
    createdAt: tx.now,
  };
}

/** What nobody has done with a clock that has just begun. */
const UNTOUCHED = {
  metAt: null,
  cancelledAt: null,
  cancelReason: null,
  overdueAt: null,
  reminded: null,
  escalated: null,
  assignedUnitId: null,
  assignedUserIds: [] as string[],
  version: 1,
  extensions: 0,
  exclusions: 0,
} as const;
