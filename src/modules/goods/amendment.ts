import type { TxCtx } from '../../context.ts';
import { conflict, unprocessable } from '../../shared/errors.ts';
import type { RecordRow, RecordSpec } from '../records/index.ts';
import { balancesOf } from './queries.ts';
import { checkAmendable, FOUND, FOUND_LESS, recount, untouchedAt } from './rules.ts';
import { type Account, ItemChanges } from './schemas.ts';
import { type ItemRow, putIn, takeOut } from './store.ts';

/**
 * A line of what was found is corrected or voided only while no measure lists it (ACL 24): 409 `goods.in_measure`.
 * A re-count is an entry of its own, and only while all of it still lies where it was found: 409 `goods.moved_already`.
 */
export const goodsAmendment: RecordSpec = {
  path: '/api/goods',
  kind: 'goods',
  table: 'goodsItems',
  changes: ItemChanges,
  isAssignable: false,
  onAmend: async (tx, before, after) => {
    const [item, now] = [asItem(before), asItem(after)];
    checkAmendable(item);
    if (item.quantity === now.quantity) return;
    if (item.quantity === null || now.quantity === null) throw unprocessable('goods.premises_quantity');
    const account = await requireUntouched(tx, item);
    const entry = recount(item.quantity, now.quantity);
    if (entry) await post(tx, item.id, { ...entry, account });
  },
  onVoid: async (tx, before) => {
    const item = asItem(before);
    checkAmendable(item);
    if (item.quantity === null) return;
    const account = await requireUntouched(tx, item);
    await post(tx, item.id, { cause: FOUND_LESS, quantity: item.quantity, account });
  },
};

// The spec names the table, so the row is one of its rows.
const asItem = (row: RecordRow): ItemRow => row as unknown as ItemRow;

async function requireUntouched(tx: TxCtx, { id, quantity }: ItemRow): Promise<Account> {
  const account = untouchedAt((await balancesOf(tx.db, [id])).get(id) ?? [], quantity);
  if (!account) throw conflict('goods.moved_already');
  return account;
}

async function post(
  tx: TxCtx,
  itemId: string,
  { cause, quantity, account }: { cause: string; quantity: string; account: Account },
): Promise<void> {
  const posting = {
    from: account,
    to: account,
    cause,
    subject: { kind: 'goods', id: itemId },
    lines: [{ itemId, quantity }],
  };
  if (cause === FOUND) await putIn(tx, posting);
  else await takeOut(tx, posting);
}
