import { sql } from 'kysely';
import type { TxCtx } from '../../context.ts';
import { add, cmp, type Decimal, normalise, sub } from '../../shared/decimal.ts';
import { AppError, type FieldError } from '../../shared/errors.ts';
import { moveAll } from './move.ts';
import { lockMeasureItems } from './place-under-measure.ts';
import { balancesOf } from './queries.ts';
import { AT_SCENE, type Balance, LEFT } from './rules.ts';
import type { Account } from './schemas.ts';
import type { ItemRow, LedgerLine } from './store.ts';

/** The carrying out of a measure on the goods it lists. */
export type Taking = { measureId: string; to: Account; cause: string; at: Date };

const LINES = 500;

const onAccount = (balances: readonly Balance[] = [], { place, title }: Account): Decimal =>
  balances.find((balance) => balance.place === place && balance.title === title)?.quantity ?? '0';

/** How much of an item is still with the party: at the scene, or left on site. */
export const withParty = (balances: readonly Balance[] | undefined): Decimal =>
  add(onAccount(balances, AT_SCENE), onAccount(balances, LEFT));

/**
 * Takes what a measure lists from the party, all or nothing: of each line its quantity, first from the scene, then
 * from what was left on site; without a quantity all at the scene, and where nothing is there all that was left.
 * What was taken is then the line's quantity. Answers the lines, in the order of the list. 409
 * `goods.not_at_scene` with the fields `lines.<number>.quantity`.
 */
export async function takeUnderMeasure(tx: TxCtx, taking: Taking): Promise<ItemRow[]> {
  const items = await lockMeasureItems(tx, taking.measureId);
  const lines = linesToTake(items, await balancesOf(tx.db, idsOf(items)));
  await take(tx, taking, { from: AT_SCENE, lines: lines.map((line) => [line.itemId, line.atScene]) });
  await take(tx, taking, { from: LEFT, lines: lines.map((line) => [line.itemId, line.left]) });
  await fixQuantities(
    tx,
    lines.map(({ itemId, atScene, left }) => ({ itemId, quantity: add(atScene, left) })),
  );
  return items;
}

type Parts = { itemId: string; atScene: Decimal; left: Decimal };

async function take(
  tx: TxCtx,
  { measureId, to, cause, at }: Taking,
  { from, lines }: { from: Account; lines: [string, Decimal][] },
): Promise<void> {
  const subject = { kind: 'measure', id: measureId };
  const wanted = lines
    .filter(([, quantity]) => cmp(quantity, '0') > 0)
    .map(([itemId, quantity]) => ({ itemId, quantity }));
  for (let first = 0; first < wanted.length; first += LINES) {
    await moveAll(tx, { from, to, cause, subject, lines: wanted.slice(first, first + LINES), at });
  }
}

const idsOf = (items: readonly ItemRow[]): string[] => items.map(({ id }) => id);

function linesToTake(items: readonly ItemRow[], balances: Map<string, Balance[]>): Parts[] {
  const code = 'goods.not_at_scene';
  const errors: FieldError[] = [];
  const lines = items.flatMap(({ id, quantity, measureQuantity, lineNo }) => {
    if (quantity === null) return [];
    const parts = partsOf(measureQuantity, balances.get(id));
    if (parts === undefined) errors.push({ field: `lines.${lineNo}.quantity`, code });
    return parts === undefined ? [] : [{ itemId: id, ...parts }];
  });
  if (errors.length > 0) throw new AppError(409, code, {}, errors);
  return lines;
}

function partsOf(wanted: Decimal | null, balances: readonly Balance[] | undefined) {
  const here = onAccount(balances, AT_SCENE);
  const left = onAccount(balances, LEFT);
  const quantity = wanted ?? (cmp(here, '0') > 0 ? here : left);
  if (cmp(quantity, '0') === 0 || cmp(quantity, add(here, left)) > 0) return undefined;
  const atScene = cmp(quantity, here) > 0 ? here : quantity;
  return { atScene, left: sub(quantity, atScene) };
}

async function fixQuantities(tx: TxCtx, lines: readonly LedgerLine[]): Promise<void> {
  const rows = lines.map(({ itemId, quantity }) => ({ item_id: itemId, quantity: normalise(quantity) }));
  await sql`
    update goods_items i set measure_quantity = l.quantity
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as l(item_id uuid, quantity numeric)
    where i.id = l.item_id`.execute(tx.db);
}
