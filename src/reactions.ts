import type { DomainEvent, TxCtx } from './context.ts';

type Reaction = (tx: TxCtx, event: DomainEvent) => Promise<void>;

/** Which higher modules move when a lower one acts: event → functions, in the same transaction. */
const REACTIONS: Record<string, Reaction[]> = {};

/** Runs what hangs on `event`, one after the other: their writes share the transaction. */
export async function react(tx: TxCtx, event: DomainEvent): Promise<void> {
  for (const reaction of REACTIONS[event.type] ?? []) await reaction(tx, event);
}
