import { sql } from 'kysely';
import type { TxCtx } from '../../context.ts';
import type { ItemRow } from './store.ts';

/** A line of a measure's list: the item, on which basis, and how much of it; null: premises, or all of it. */
export type MeasureLine = { itemId: string; basis: NonNullable<ItemRow['basis']>; quantity: string | null };

/**
 * Puts held items on a measure's list, numbered on from its last line. The caller holds measure and items and has
 * asked the rules (K18, K19).
 */
export async function placeUnderMeasure(
  tx: TxCtx,
  measureId: string,
  lines: readonly MeasureLine[],
): Promise<void> {
  const rows = lines.map(({ itemId, basis, quantity }) => ({ item_id: itemId, basis, quantity }));
  await sql`
    update goods_items i
    set measure_id = ${measureId}::uuid, basis = l.basis, measure_quantity = l.quantity, version = i.version + 1,
      lifted_at = null,
      line_no = l.ord + coalesce((select max(line_no) from goods_items where measure_id = ${measureId}::uuid), 0)
    from (select r.*, row_number() over ()::integer as ord
          from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r(item_id uuid, basis text, quantity numeric)) l
    where i.id = l.item_id`.execute(tx.db);
}

/** The lines of a measure, held, in the order of its list. */
export async function lockMeasureItems(tx: TxCtx, measureId: string): Promise<ItemRow[]> {
  const rows = await tx.db
    .selectFrom('goodsItems')
    .selectAll()
    .where('measureId', '=', measureId)
    .where('voidedAt', 'is', null)
    .orderBy('id')
    .forUpdate()
    .execute();
  return rows.toSorted((a, b) => a.lineNo! - b.lineNo!);
}
