import type { TxCtx } from '../../context.ts';
import type { Day } from '../../shared/clock.ts';
import { badRequest, conflict } from '../../shared/errors.ts';
import { ruleById } from './rule-book.ts';
import type { ExclusionCause } from './rule-schema.ts';
import { type ClockOn, type ClockRow, lockOpenClocks, partsOf, recountClock } from './store.ts';

/** Time that does not count, both ends in; `to` null: it is still going on, and the clock stands still. */
export type TimeOut = {
  from: Day;
  to: Day | null;
  cause?: ExclusionCause;
  ground: string;
  documentId?: string;
  /** The thing that took the time out by itself. */
  origin?: { kind: string; id: string };
};

/** Time out of the clocks of a limit on a thing. */
export type ExcludedTime = ClockOn & TimeOut;

/**
 * Takes days out of the open clocks of a limit (testing, hearing, suspension …), with the paper it rests on.
 * 400 `deadline.exclude_reversed`; 409 `clock.not_open`.
 */
export async function excludeTime(tx: TxCtx, { rule, subject, ...time }: ExcludedTime): Promise<void> {
  const clocks = await lockOpenClocks(tx, { rule, subject });
  if (clocks.length === 0) throw conflict('clock.not_open', { rule });
  for (const clock of clocks) await takeOut(tx, clock, time);
}

/** Takes days out of one locked clock. 400 `deadline.exclude_reversed`. */
export async function takeOut(
  tx: TxCtx,
  clock: ClockRow,
  { from, to, cause, ground, documentId, origin }: TimeOut,
): Promise<void> {
  if (to !== null && to < from) throw badRequest('deadline.exclude_reversed', { from, to });
  const row = {
    id: tx.newId(),
    clockId: clock.id,
    fromOn: from,
    toOn: to,
    cause: causeOf(clock, cause),
    ground,
    documentId: documentId ?? null,
    originKind: origin?.kind ?? null,
    originId: origin?.id ?? null,
    createdAt: tx.now,
    actorId: tx.actor.id,
  };
  await tx.db.insertInto('clockExclusions').values(row).execute();
  const detail = {
    from,
    to,
    cause: row.cause,
    ground,
    documentId: row.documentId,
    ...(origin && { origin }),
  };
  await recountClock(tx, clock, { change: to === null ? 'paused' : 'excluded', detail });
}

/** What it is excluded for; where the caller does not say, what the law names first. */
const causeOf = ({ ruleId }: ClockRow, cause: ExclusionCause | undefined): ExclusionCause =>
  cause ?? ruleById(ruleId).excludes[0]?.cause ?? 'testing';

/** The end of a pause: `to` is the last day that does not count. */
export type Resumption = { to: Day; documentId?: string };

/**
 * Ends the pauses of a limit's clocks that an act began; what a sample or a hearing paused ends with that
 * (`endInterruption`). 409 `clock.not_paused`; 400 `deadline.exclude_reversed` where it lies before the
 * pause began.
 */
export async function resumeClock(tx: TxCtx, { rule, subject, ...end }: ClockOn & Resumption): Promise<void> {
  const clocks = (await lockOpenClocks(tx, { rule, subject })).filter(({ state }) => state === 'paused');
  let ended = 0;
  for (const clock of clocks) {
    const pauses = await ownPauses(tx, clock);
    if (pauses.length > 0) await endPauses(tx, clock, end, pauses);
    ended += pauses.length;
  }
  if (ended === 0) throw conflict('clock.not_paused', { rule });
}

/** The open pauses of a clock that no thing began by itself. */
export async function ownPauses(tx: TxCtx, { id }: ClockRow): Promise<string[]> {
  const { exclusions } = (await partsOf(tx.db, [id])).get(id)!;
  return exclusions.filter(({ toOn, originId }) => toOn === null && originId === null).map((row) => row.id);
}

/** Ends those pauses of one locked clock. */
export async function endPauses(
  tx: TxCtx,
  clock: ClockRow,
  { to, documentId }: Resumption,
  pauses: readonly string[],
): Promise<void> {
  const { exclusions } = (await partsOf(tx.db, [clock.id])).get(clock.id)!;
  const open = exclusions.filter(({ id, toOn }) => toOn === null && pauses.includes(id));
  for (const { id, fromOn } of open) {
    if (to < fromOn) throw badRequest('deadline.exclude_reversed', { from: fromOn, to });
    await tx.db
      .updateTable('clockExclusions')
      .set({ toOn: to, resumeDocumentId: documentId ?? null })
      .where('id', '=', id)
      .execute();
  }
  await recountClock(tx, clock, { change: 'resumed', detail: { to, documentId: documentId ?? null } });
}
