import type { DomainEvent, TxCtx } from '../../context.ts';
import { type ClockMoved, moveTrigger } from '../deadlines/index.ts';

/**
 * The three months in which the court may be asked (F04) begin when the party can no longer sue (F06): where that end
 * moves, or becomes known with the calendar of its year, they move with it.
 */
export async function onClockMoved(tx: TxCtx, event: DomainEvent): Promise<void> {
  const { rule, subject, lastOn } = event as ClockMoved;
  if (rule !== 'F06' || subject.kind !== 'decision' || lastOn === null) return;
  await moveTrigger(tx, { rule: 'F04', subject, on: lastOn, reason: 'remedies.over' });
}
