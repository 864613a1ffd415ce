import { type Ctx, inTx, type TxCtx } from '../../context.ts';
import { conflict, unprocessable } from '../../shared/errors.ts';
import { audit } from '../audit/index.ts';
import { ownBureau } from '../../db/scope.ts';
import { requireLive } from '../records/index.ts';
import { itemsByIds } from './queries.ts';
import { FOUND, isPriceSlip, partyAccount } from './rules.ts';
import type { ItemLine, ItemList, RecordItemsInput } from './schemas.ts';
import { lastFoundNo, lockInspection, putIn } from './store.ts';

/** The inspection that found the goods; its row is held. */
export type FoundAt = { id: string; caseId: string | null; state: string };

/**
 * Enters what an inspection found, line by line, all or nothing (≤ 500 a batch; a list goes on with the next batch).
 * Each quantity stands at the scene, the party's, by its opening entry: the only way in. 404;
 * 409 `goods.inspection_not_started`; 422 with fields `items.<n>.…`.
 */
export async function recordInspectionItems(ctx: Ctx, id: string, body: RecordItemsInput): Promise<ItemList> {
  return inTx(ctx, async (tx) => {
    const inspection = await lockInspection(tx, id);
    requireLive(inspection);
    if (inspection.state === 'planned') throw conflict('goods.inspection_not_started');
    const ids = await recordItems(tx, inspection, body.items);
    const subject = { kind: 'inspection', id };
    await audit(tx, { action: 'goods.record', subject, detail: { items: ids.length, itemIds: ids } });
    return { items: await itemsByIds(tx.db, ids), next: null };
  });
}

/** Writes the lines and their opening entries; answers their ids in the order given. 422 `goods.value_too_large`. */
export async function recordItems(tx: TxCtx, found: FoundAt, lines: readonly ItemLine[]): Promise<string[]> {
  checkPrices(lines);
  const first = (await lastFoundNo(tx, found.id)) + 1;
  const rows = lines.map((line, index) => ({
    id: tx.newId(),
    bureauId: ownBureau(tx.actor),
    inspectionId: found.id,
    caseId: found.caseId,
    foundNo: first + index,
    ...line,
    createdBy: tx.actor.id,
    createdAt: tx.now,
  }));
  await tx.db.insertInto('goodsItems').values(rows).execute();
  // What is written down after the officers left was left behind.
  const account = partyAccount(found.state);
  await putIn(tx, {
    from: account,
    to: account,
    cause: FOUND,
    subject: { kind: 'inspection', id: found.id },
    lines: rows.flatMap(({ id, quantity }) => (quantity === undefined ? [] : [{ itemId: id, quantity }])),
  });
  return rows.map(({ id }) => id);
}

function checkPrices(lines: readonly ItemLine[]): void {
  const code = 'goods.value_too_large';
  const errors = lines.flatMap(({ unitPriceFen, quantity }, index) =>
    unitPriceFen !== undefined && quantity !== undefined && isPriceSlip(unitPriceFen, quantity)
      ? [{ field: `items.${index}.unitPriceFen`, code }]
      : [],
  );
  if (errors.length > 0) throw unprocessable(code, {}, errors);
}
