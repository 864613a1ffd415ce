import type { TxCtx } from '../../context.ts';
import { type ClockOn, type ClockRow, appendHistory, lockOpenClocks } from './store.ts';

/**
 * The duty is done: every open clock of the limit on the thing is met at `at` (else now). Answers how many; none is
 * no error, for the law may not have set one on that day.
 */
export async function meetClock(tx: TxCtx, { at, ...which }: ClockOn & { at?: Date }): Promise<number> {
  const clocks = await lockOpenClocks(tx, which);
  const metAt = at ?? tx.now;
  for (const clock of clocks) {
    await tx.db
      .updateTable('clocks')
      .set({ state: 'met', metAt, version: clock.version + 1 })
      .where('id', '=', clock.id)
      .execute();
    await appendHistory(tx, clock, { change: 'met', detail: { metAt: metAt.toISOString() } });
  }
  return clocks.length;
}

/** The duty has fallen away: every open clock of the limit on the thing is cancelled. Answers how many. */
export async function cancelClock(
  tx: TxCtx,
  { reason, ...which }: ClockOn & { reason: string },
): Promise<number> {
  const clocks = await lockOpenClocks(tx, which);
  for (const clock of clocks) await closeClock(tx, clock, { change: 'cancelled', reason });
  return clocks.length;
}

/** Ends one locked clock without its duty being done. */
export async function closeClock(
  tx: TxCtx,
  clock: ClockRow,
  { change, reason }: { change: 'cancelled' | 'restarted'; reason: string },
): Promise<void> {
  await tx.db
    .updateTable('clocks')
    .set({ state: 'cancelled', cancelledAt: tx.now, cancelReason: reason, version: clock.version + 1 })
    .where('id', '=', clock.id)
    .execute();
  await appendHistory(tx, clock, { change, detail: { reason } });
}
