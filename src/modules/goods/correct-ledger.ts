import { type Ctx, inTx } from '../../context.ts';
import { checkVersion } from '../../db/version.ts';
import { unprocessable } from '../../shared/errors.ts';
import { audit } from '../audit/index.ts';
import { requireLive } from '../records/index.ts';
import { move } from './move.ts';
import { itemsByIds } from './queries.ts';
import { backwards } from './reverse.ts';
import { checkCorrection } from './rules.ts';
import type { CorrectionInput, ItemView } from './schemas.ts';
import { lockItem, movementOf } from './store.ts';

/**
 * Sets a mistake in the ledger right: takes an entry of the item, or a part of it, back by an entry of its own; what was
 * written stays. It does no work of a measure: nothing comes into anybody's keeping by it. 404, 412,
 * 409 `goods.negative_balance`, 422 `goods.unknown_entry`, `goods.not_reversible`, `goods.more_than_entry`,
 * `goods.same_account`.
 */
export async function correctLedger(ctx: Ctx, id: string, body: CorrectionInput): Promise<ItemView> {
  return inTx(ctx, async (tx) => {
    const item = await lockItem(tx, id);
    requireLive(item);
    checkVersion(tx, item);
    const { movementId, quantity, reason } = body;
    const entry = await movementOf(tx, id, movementId);
    const code = 'goods.unknown_entry';
    if (!entry) throw unprocessable(code, {}, [{ field: 'movementId', code }]);
    const back = backwards(entry);
    checkCorrection(
      { ...back, cause: entry.cause, quantity: entry.quantity },
      { quantity, already: entry.takenBack },
    );
    const subject = { kind: 'goods', id };
    const cause = 'goods.correct';
    await move(tx, { itemId: id, ...back, quantity, reason, cause, subject, reverses: movementId });
    await tx.db
      .updateTable('goodsItems')
      .set({ version: item.version + 1 })
      .where('id', '=', id)
      .execute();
    await audit(tx, { action: 'goods.correct', subject, detail: body });
    return (await itemsByIds(tx.db, [id]))[0]!;
  });
}
