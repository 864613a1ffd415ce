import { type Ctx, inTx, type TxCtx } from '../../context.ts';
import { checkVersion } from '../../db/version.ts';
import { next } from '../../shared/workflow.ts';
import {
  type Balance,
  balancesOf,
  type ItemRow,
  lockNamed,
  placeUnderMeasure,
  withParty,
} from '../goods/index.ts';
import { getMeasure } from './queries.ts';
import { checkLines, type Line, MEASURE_FLOW } from './rules.ts';
import type { AddItemsInput, MeasureItem, MeasureView } from './schemas.ts';
import { lockMeasure, type MeasureRow, moveMeasure, scenesOf, standingMeasures } from './store.ts';

/**
 * Puts further items on a measure's list before it is carried out (≤ 500 a batch, all or nothing). 404, 409 out of
 * turn, 412; 422 with gate K18 or K19 and the fields `items.<n>.…`.
 */
export async function addItems(ctx: Ctx, id: string, body: AddItemsInput): Promise<MeasureView> {
  return inTx(ctx, async (tx) => {
    const row = await lockMeasure(tx, id);
    checkVersion(tx, row);
    next(MEASURE_FLOW, row.state, 'add_items');
    await listItems(tx, row, body.items);
    await moveMeasure(tx, row, {
      action: 'measure.add_items',
      change: {},
      detail: { items: body.items.length, itemIds: body.items.map(({ itemId }) => itemId) },
    });
    return getMeasure(tx, id);
  });
}

type Whose = Pick<MeasureRow, 'id' | 'kind' | 'sourceId' | 'inspectionId'>;

/** Checks lines against K18 and K19 and puts them on the list; the measure is held, the items become held. */
export async function listItems(tx: TxCtx, measure: Whose, items: readonly MeasureItem[]): Promise<void> {
  if (items.length === 0) return;
  const rows = await lockNamed(
    tx,
    items.map(({ itemId }) => itemId),
  );
  const byId = new Map(rows.map((row) => [row.id, row]));
  const known = await knownOf(tx, measure, rows);
  checkLines(
    measure.kind,
    items.map((item) => lineOf(item, byId.get(item.itemId)!, known)),
  );
  await placeUnderMeasure(
    tx,
    measure.id,
    items.map(({ itemId, basis, quantity }) => ({ itemId, basis, quantity: quantity ?? null })),
  );
}

type Known = {
  taken: ReadonlySet<string>;
  ofMatter: ReadonlySet<string>;
  balances: ReadonlyMap<string, Balance[]>;
};

async function knownOf(tx: TxCtx, measure: Whose, rows: readonly ItemRow[]): Promise<Known> {
  const scenes = await scenesOf(tx, [...new Set(rows.flatMap((row) => row.inspectionId ?? []))]);
  const ofMatter = scenes.filter(
    ({ id, sourceId }) => id === measure.inspectionId || (sourceId !== null && sourceId === measure.sourceId),
  );
  return {
    taken: await standingMeasures(
      tx,
      rows.flatMap((row) => row.measureId ?? []),
    ),
    ofMatter: new Set(ofMatter.map(({ id }) => id)),
    balances: await balancesOf(
      tx.db,
      rows.map(({ id }) => id),
    ),
  };
}

const lineOf = (
  { basis, quantity }: MeasureItem,
  item: ItemRow,
  { taken, ofMatter, balances }: Known,
): Line => ({
  category: item.category,
  basis,
  quantity,
  found: item.quantity === null ? null : withParty(balances.get(item.id)),
  sealedBy: item.sealedBy,
  isTaken: item.measureId !== null && taken.has(item.measureId),
  isOfMatter: item.inspectionId !== null && ofMatter.has(item.inspectionId),
});
