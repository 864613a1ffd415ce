import { type Ctx, inTx } from '../../context.ts';
import { checkVersion } from '../../db/version.ts';
import { unprocessable } from '../../shared/errors.ts';
import { audit } from '../audit/index.ts';
import { requireLive } from '../records/index.ts';
import { itemsByIds } from './queries.ts';
import { isPriceSlip } from './rules.ts';
import type { ItemView, PriceInput } from './schemas.ts';
import { lockItem } from './store.ts';

/**
 * Sets what one unit of an item is worth and by what it is known (marked price, else the market price of the like:
 * PQL 72). The price before stands in the trail. 404, 412, 422 `goods.value_too_large`, `goods.no_quantity`.
 */
export async function setPrice(ctx: Ctx, id: string, body: PriceInput): Promise<ItemView> {
  return inTx(ctx, async (tx) => {
    const item = await lockItem(tx, id);
    requireLive(item);
    checkVersion(tx, item);
    if (item.quantity === null) throw unprocessable('goods.no_quantity');
    if (isPriceSlip(body.unitPriceFen, item.quantity)) {
      throw unprocessable('goods.value_too_large', {}, [
        { field: 'unitPriceFen', code: 'goods.value_too_large' },
      ]);
    }
    const price = { unitPriceFen: body.unitPriceFen, priceBasis: body.basis, priceNote: body.note ?? null };
    await tx.db
      .updateTable('goodsItems')
      .set({ ...price, version: item.version + 1 })
      .where('id', '=', id)
      .execute();
    const { unitPriceFen, priceBasis, priceNote } = item;
    const detail = { before: { unitPriceFen, priceBasis, priceNote }, after: price };
    await audit(tx, { action: 'goods.price', subject: { kind: 'goods', id }, detail });
    return (await itemsByIds(tx.db, [id]))[0]!;
  });
}
