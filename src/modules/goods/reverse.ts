import type { Selectable } from 'kysely';
import type { TxCtx } from '../../context.ts';
import type { GoodsMovements } from '../../db/schema.ts';
import { move } from './move.ts';
import { partyAccount } from './rules.ts';
import type { Account } from './schemas.ts';
import { lockItems, movementsOf } from './store.ts';

type Entry = Selectable<GoodsMovements>;

/**
 * Takes back every entry that `cause` made for `subject`, by new entries: what came from the scene goes back to the
 * party, where it lies now that the inspection may have ended. 409 `goods.negative_balance` where it has gone on.
 */
export async function takeBack(
  tx: TxCtx,
  { subject, of, cause }: { subject: { kind: string; id: string }; of: string; cause: string },
): Promise<void> {
  const entries = await movementsOf(tx, subject, of);
  await lockItems(
    tx,
    entries.map(({ itemId }) => itemId),
  );
  for (const entry of entries) {
    const { itemId, quantity } = entry;
    await move(tx, { itemId, quantity, ...backwards(entry), subject, cause });
  }
}

/** An entry with the state of the inspection that found its item. */
export type FoundEntry = Entry & { inspectionState: string | null };

/** The entry that undoes `entry`. Once the inspection has ended, nothing stands at the scene any more. */
export function backwards(entry: FoundEntry): { from: Account; to: Account } {
  // The table's own checks hold its places and titles to those of an account.
  const origin = { place: entry.fromPlace, title: entry.fromTitle } as Account;
  return {
    from: { place: entry.toPlace, title: entry.toTitle } as Account,
    to: origin.place === 'scene' ? partyAccount(entry.inspectionState) : origin,
  };
}
