import type { TxCtx } from '../../context.ts';
import type { Day } from '../../shared/clock.ts';
import { endPauses, takeOut } from './exclude-time.ts';
import { ruleById } from './rule-book.ts';
import type { ExclusionCause } from './rule-schema.ts';
import { type ClockRow, recountClock } from './store.ts';

/** What takes time out of clocks by itself while it lasts: a sample at the laboratory, a hearing, a public notice. */
export type Origin = { kind: string; id: string };

export type Interruption = {
  cause: ExclusionCause;
  origin: Origin;
  /** The things whose clocks it may interrupt; of each, every open limit whose law names the cause. */
  subjects: readonly { kind: string; id: string }[];
  from: Day;
  /** The last day, where it is fixed beforehand; null: until `endInterruption`. */
  to: Day | null;
  ground: string;
  /** The paper it rests on, of this kind, served on the party. */
  served?: { kind: string; documentId: string };
};

/**
 * Interrupts the open clocks of things from which the law takes this time out. A power of coercion runs on only by the
 * served notice of a definite period (K23, ACL 25(3)), and what has ended is not revived. Answers the clocks it took
 * time out of.
 */
export async function interruptClocks(tx: TxCtx, interruption: Interruption): Promise<string[]> {
  const { subjects, served, cause, origin, from, to, ground } = interruption;
  const clocks = (await lockOpenOf(tx, subjects)).filter((clock) => admits(tx, clock, interruption));
  const documentId = served && { documentId: served.documentId };
  for (const clock of clocks) await takeOut(tx, clock, { from, to, cause, ground, origin, ...documentId });
  return clocks.map(({ id }) => id);
}

function admits(tx: TxCtx, clock: ClockRow, { cause, served, to }: Interruption): boolean {
  const excluded = ruleById(clock.ruleId).excludes.find((entry) => entry.cause === cause);
  if (!excluded) return false;
  if (excluded.notice === null) return true;
  const isNotified = served?.kind === excluded.notice && to !== null;
  return isNotified && clock.endsAt !== null && clock.endsAt >= tx.now;
}

function lockOpenOf(tx: TxCtx, subjects: Interruption['subjects']): Promise<ClockRow[]> {
  if (subjects.length === 0) return Promise.resolve([]);
  return tx.db
    .selectFrom('clocks')
    .selectAll()
    .where((eb) =>
      eb.or(subjects.map(({ kind, id }) => eb.and([eb('subjectKind', '=', kind), eb('subjectId', '=', id)]))),
    )
    .where('state', 'in', ['running', 'paused'])
    .orderBy('id')
    .forUpdate()
    .execute();
}

type Interrupted = { clock: ClockRow; exclusionIds: string[] };

/** The clocks an origin interrupts, locked, met ones among them: their time was taken out all the same. */
async function interruptedBy(tx: TxCtx, { kind, id }: Origin, isOpen: boolean): Promise<Interrupted[]> {
  let query = tx.db
    .selectFrom('clockExclusions')
    .select(['id', 'clockId'])
    .where('originKind', '=', kind)
    .where('originId', '=', id)
    .where('removedAt', 'is', null);
  if (isOpen) query = query.where('toOn', 'is', null);
  const found = Map.groupBy(await query.execute(), ({ clockId }) => clockId);
  if (found.size === 0) return [];
  const clocks = await tx.db
    .selectFrom('clocks')
    .selectAll()
    .where('id', 'in', [...found.keys()])
    .where('state', '!=', 'cancelled')
    .orderBy('id')
    .forUpdate()
    .execute();
  return clocks.map((clock) => ({ clock, exclusionIds: found.get(clock.id)!.map(({ id: own }) => own) }));
}

/** What interrupted has ended: `to` is its last day (not before it began). Answers the clocks that run on. */
export async function endInterruption(
  tx: TxCtx,
  { origin, to, documentId }: { origin: Origin; to: Day; documentId?: string },
): Promise<string[]> {
  const interrupted = await interruptedBy(tx, origin, true);
  for (const { clock, exclusionIds } of interrupted) {
    await endPauses(tx, clock, { to, ...(documentId ? { documentId } : {}) }, exclusionIds);
  }
  return interrupted.map(({ clock }) => clock.id);
}

/** What interrupted never was (the sample was voided, the notice withdrawn): its time counts again. */
export async function dropInterruption(
  tx: TxCtx,
  { origin, reason }: { origin: Origin; reason: string },
): Promise<string[]> {
  const interrupted = await interruptedBy(tx, origin, false);
  for (const { clock, exclusionIds } of interrupted) {
    await tx.db
      .updateTable('clockExclusions')
      .set({ removedAt: tx.now, removedBy: tx.actor.id, removeReason: reason })
      .where('id', 'in', exclusionIds)
      .execute();
    await recountClock(tx, clock, { change: 'exclusion_removed', detail: { origin, reason } });
  }
  return interrupted.map(({ clock }) => clock.id);
}
