import type { TxCtx } from '../../context.ts';
import type { Day } from '../../shared/clock.ts';
import { conflict } from '../../shared/errors.ts';
import { ruleById, ruleFor } from './rule-book.ts';
import { type ClockOn, lockStandingClocks, recountClock } from './store.ts';

/** The day (and instant) on which it really happened, and why it was wrong. */
export type MovedTrigger = ClockOn & { on: Day; at?: Date; reason: string };

/**
 * The day a clock started from was corrected: its end, its extensions and its exclusions follow, in the version of
 * the limit in force on the right day (the one it had, where none is). One already met stays met, but may now have been
 * met too late. Answers how many clocks moved.
 */
export async function moveTrigger(tx: TxCtx, { on, at, reason, ...which }: MovedTrigger): Promise<number> {
  const clocks = await lockStandingClocks(tx, which);
  for (const clock of clocks) {
    const rule = ruleFor(which.rule, on) ?? ruleById(clock.ruleId);
    if (rule.duration?.unit === 'hour' && !at) throw conflict('deadline.instant_needed', { rule: rule.id });
    const set = { ruleId: rule.id, triggeredOn: on, triggeredAt: at ?? null };
    const was = { triggeredOn: clock.triggeredOn, rule: clock.ruleId };
    await recountClock(tx, clock, { change: 'trigger_moved', detail: { reason, was } }, set);
  }
  return clocks.length;
}
