import { type Ctx, inTx } from '../../context.ts';
import { checkVersion } from '../../db/version.ts';
import { audit } from '../audit/index.ts';
import { requireLive } from '../records/index.ts';
import { move } from './move.ts';
import { itemsByIds } from './queries.ts';
import type { CorrectionInput, ItemView } from './schemas.ts';
import { lockItem } from './store.ts';

/**
 * Sets a mistake in the ledger right by an entry of its own: what was written stays. 404, 412,
 * 409 `goods.negative_balance`, 422 `goods.same_account`.
 */
export async function correctLedger(ctx: Ctx, id: string, body: CorrectionInput): Promise<ItemView> {
  return inTx(ctx, async (tx) => {
    const item = await lockItem(tx, id);
    requireLive(item);
    checkVersion(tx, item);
    const { from, to, quantity, reason } = body;
    const subject = { kind: 'goods', id };
    await move(tx, { itemId: id, from, to, quantity, reason, cause: 'goods.correct', subject });
    await tx.db
      .updateTable('goodsItems')
      .set({ version: item.version + 1 })
      .where('id', '=', id)
      .execute();
    await audit(tx, { action: 'goods.correct', subject, detail: body });
    return (await itemsByIds(tx.db, [id]))[0]!;
  });
}
