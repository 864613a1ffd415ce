import { sql } from 'kysely';
import type { TxCtx } from '../../context.ts';
import { cmp, normalise } from '../../shared/decimal.ts';
import { AppError, type FieldError } from '../../shared/errors.ts';
import { moveAll } from './move.ts';
import { lockMeasureItems } from './place-under-measure.ts';
import { balancesOf } from './queries.ts';
import { AT_SCENE, type Balance } from './rules.ts';
import type { Account } from './schemas.ts';
import type { ItemRow, LedgerLine } from './store.ts';

/** The carrying out of a measure on the goods it lists. */
export type Taking = { measureId: string; to: Account; cause: string; at: Date };

const LINES = 500;

/**
 * Takes what a measure lists from the scene, all or nothing: of each line its quantity, or all that is still there.
 * What was taken is then the line's quantity. Answers the lines, in the order of the list. 409
 * `goods.not_at_scene` with the fields `lines.<number>.quantity`.
 */
export async function takeUnderMeasure(tx: TxCtx, taking: Taking): Promise<ItemRow[]> {
  const items = await lockMeasureItems(tx, taking.measureId);
  const lines = linesToTake(items, await balancesOf(tx.db, idsOf(items)));
  const subject = { kind: 'measure', id: taking.measureId };
  for (let from = 0; from < lines.length; from += LINES) {
    const batch = lines.slice(from, from + LINES);
    await moveAll(tx, {
      from: AT_SCENE,
      to: taking.to,
      cause: taking.cause,
      subject,
      lines: batch,
      at: taking.at,
    });
  }
  await fixQuantities(tx, lines);
  return items;
}

const idsOf = (items: readonly ItemRow[]): string[] => items.map(({ id }) => id);

function linesToTake(items: readonly ItemRow[], balances: Map<string, Balance[]>): LedgerLine[] {
  const code = 'goods.not_at_scene';
  const errors: FieldError[] = [];
  const lines = items.flatMap(({ id, quantity, measureQuantity, lineNo }) => {
    if (quantity === null) return [];
    const there = atScene(balances.get(id));
    const wanted = measureQuantity ?? there;
    const isShort = cmp(wanted, there) > 0 || cmp(wanted, '0') === 0;
    if (isShort) errors.push({ field: `lines.${lineNo}.quantity`, code });
    return [{ itemId: id, quantity: wanted }];
  });
  if (errors.length > 0) throw new AppError(409, code, {}, errors);
  return lines;
}

const atScene = (balances: readonly Balance[] = []): string =>
  balances.find(({ place, title }) => place === AT_SCENE.place && title === AT_SCENE.title)?.quantity ?? '0';

async function fixQuantities(tx: TxCtx, lines: readonly LedgerLine[]): Promise<void> {
  const rows = lines.map(({ itemId, quantity }) => ({ item_id: itemId, quantity: normalise(quantity) }));
  await sql`
    update goods_items i set measure_quantity = l.quantity
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as l(item_id uuid, quantity numeric)
    where i.id = l.item_id`.execute(tx.db);
}

/** Where goods go when a measure ends without effect: back to the party. */
const BACK: Record<string, Account> = {
  site: { place: 'site', title: 'party' },
  store: { place: 'returned', title: 'party' },
  keeper: { place: 'returned', title: 'party' },
};

/** Gives back all that a measure still holds: what was sealed stays where it is, what was taken is returned. */
export async function giveBack(tx: TxCtx, { measureId, cause, at }: Omit<Taking, 'to'>): Promise<void> {
  const items = await lockMeasureItems(tx, measureId);
  const balances = await balancesOf(tx.db, idsOf(items));
  const subject = { kind: 'measure', id: measureId };
  for (const [place, to] of Object.entries(BACK)) {
    const from: Account = { place: place as Account['place'], title: 'held' };
    const lines = [...balances].flatMap(([itemId, held]) =>
      held
        .filter((balance) => balance.place === place && balance.title === 'held')
        .map(({ quantity }) => ({ itemId, quantity })),
    );
    if (lines.length > 0) await moveAll(tx, { from, to, cause, subject, lines, at });
  }
}
