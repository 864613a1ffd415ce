import type { Selectable } from 'kysely';
import type { TxCtx } from '../../context.ts';
import type { GoodsMovements, Measures } from '../../db/schema.ts';
import { cmp, normalise, sub } from '../../shared/decimal.ts';
import { move } from './move.ts';
import { partyAccount } from './rules.ts';
import type { Account } from './schemas.ts';
import { lockItems, movementsOf } from './store.ts';

type Entry = Selectable<GoodsMovements>;

/** Which entries are taken back, and how the new ones are called. */
export type TakingBack = {
  subject: { kind: string; id: string };
  of: string;
  cause: string;
  /** When it happened; now where it is not said. */
  at?: Date;
};

/**
 * Takes back every entry that `of` made for `subject`, by new entries: what came from the scene goes back to the
 * party, where it lies now that the inspection may have ended. What a correction has taken back already stays so. 409
 * `goods.negative_balance` where it has gone on.
 */
export async function takeBack(tx: TxCtx, { subject, of, cause, at }: TakingBack): Promise<void> {
  const entries = await movementsOf(tx, subject, of);
  await lockItems(
    tx,
    entries.map(({ itemId }) => itemId),
  );
  const when = at === undefined ? {} : { at };
  for (const entry of entries) {
    const quantity = normalise(sub(entry.quantity, entry.takenBack));
    if (cmp(quantity, '0') <= 0) continue;
    const { itemId, id: reverses } = entry;
    await move(tx, { itemId, quantity, ...backwards(entry), subject, cause, reverses, ...when });
  }
}

/** An entry with the states of the inspection that found its item and of the measure that lists it. */
export type FoundEntry = Entry & {
  inspectionState: string | null;
  measureState: Selectable<Measures>['state'] | null;
};

const OVER: readonly (string | null)[] = ['refused', 'lifted', 'ended'];

/**
 * The entry that undoes `entry`. Once the inspection has ended, nothing stands at the scene any more; once the measure is
 * over, nothing is held under it: what comes back then is the party's.
 */
export function backwards(entry: FoundEntry): { from: Account; to: Account } {
  // The table's own checks hold its places and titles to those of an account.
  const from = { place: entry.toPlace, title: entry.toTitle } as Account;
  const origin = { place: entry.fromPlace, title: entry.fromTitle } as Account;
  if (origin.place === 'scene') return { from, to: partyAccount(entry.inspectionState) };
  const isFree = origin.title === 'held' && OVER.includes(entry.measureState);
  return { from, to: isFree ? { ...origin, title: 'party' } : origin };
}
