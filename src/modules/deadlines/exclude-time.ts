import type { TxCtx } from '../../context.ts';
import type { Day } from '../../shared/clock.ts';
import { badRequest, conflict } from '../../shared/errors.ts';
import { calendarOf } from './calendars.ts';
import { ruleById } from './rule-book.ts';
import type { ExclusionCause } from './rule-schema.ts';
import { type ClockOn, type ClockRow, lockOpenClocks, moveClock, partsOf, recount } from './store.ts';

/** Time that does not count, both ends in; `to` null: it is still going on, and the clock stands still. */
export type ExcludedTime = ClockOn & {
  from: Day;
  to: Day | null;
  cause?: ExclusionCause;
  ground: string;
  documentId?: string;
};

/**
 * Takes days out of the open clocks of a limit (testing, hearing, suspension …), with the paper it rests on.
 * 400 `deadline.exclude_reversed`; 409 `clock.not_open`.
 */
export async function excludeTime(
  tx: TxCtx,
  { from, to, cause, ground, documentId, ...which }: ExcludedTime,
): Promise<void> {
  if (to !== null && to < from) throw badRequest('deadline.exclude_reversed', { from, to });
  const clocks = await lockOpenClocks(tx, which);
  if (clocks.length === 0) throw conflict('clock.not_open', { rule: which.rule });
  for (const clock of clocks) {
    await tx.db
      .insertInto('clockExclusions')
      .values({
        id: tx.newId(),
        clockId: clock.id,
        fromOn: from,
        toOn: to,
        cause: causeOf(clock, cause),
        ground,
        documentId: documentId ?? null,
        createdAt: tx.now,
        actorId: tx.actor.id,
      })
      .execute();
    await recountNow(tx, clock, {
      change: to === null ? 'paused' : 'excluded',
      detail: { from, to, ground, documentId: documentId ?? null },
    });
  }
}

/** What it is excluded for; where the caller does not say, what the law names first. */
const causeOf = ({ ruleId }: ClockRow, cause: ExclusionCause | undefined): ExclusionCause =>
  cause ?? ruleById(ruleId).excludes[0]?.cause ?? 'testing';

/**
 * Ends the pauses of a limit's clocks: `to` is the last day that does not count. 409 `clock.not_paused`;
 * 400 `deadline.exclude_reversed` where it lies before the pause began.
 */
export async function resumeClock(tx: TxCtx, { to, ...which }: ClockOn & { to: Day }): Promise<void> {
  const clocks = (await lockOpenClocks(tx, which)).filter(({ state }) => state === 'paused');
  if (clocks.length === 0) throw conflict('clock.not_paused', { rule: which.rule });
  for (const clock of clocks) {
    const open = (await partsOf(tx.db, [clock.id]))
      .get(clock.id)!
      .exclusions.filter(({ toOn }) => toOn === null);
    for (const { id, fromOn } of open) {
      if (to < fromOn) throw badRequest('deadline.exclude_reversed', { from: fromOn, to });
      await tx.db.updateTable('clockExclusions').set({ toOn: to }).where('id', '=', id).execute();
    }
    await recountNow(tx, clock, { change: 'resumed', detail: { to } });
  }
}

async function recountNow(
  tx: TxCtx,
  clock: ClockRow,
  note: { change: string; detail: Record<string, unknown> },
): Promise<void> {
  const parts = (await partsOf(tx.db, [clock.id])).get(clock.id)!;
  const calendar = await calendarOf(tx, clock.bureauId);
  await moveClock(tx, clock, { due: recount(clock, parts, calendar), calendar }, note);
}
