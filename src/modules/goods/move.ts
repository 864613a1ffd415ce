import type { TxCtx } from '../../context.ts';
import { AppError, type FieldError, unprocessable } from '../../shared/errors.ts';
import { checkAccounts } from './rules.ts';
import { type ItemRow, lockItems, type Posting, transfer } from './store.ts';

/** One entry of the ledger. */
export type Move = Omit<Posting, 'lines'> & { itemId: string; quantity: string };

/** Moves a quantity of one item. Errors as `moveAll`. */
export async function move(tx: TxCtx, { itemId, quantity, ...posting }: Move): Promise<void> {
  await moveAll(tx, { ...posting, lines: [{ itemId, quantity }] });
}

/**
 * Moves quantities of many items from one account to another: all of them or none, entries and balances together.
 * Holds the items. 409 `goods.negative_balance` names the lines whose account holds less; 422 `goods.same_item_twice`,
 * `goods.unknown_item`, `goods.same_account`, with the fields `items.<n>.…`.
 */
export async function moveAll(tx: TxCtx, posting: Posting): Promise<ItemRow[]> {
  checkAccounts(posting.from, posting.to);
  const items = await lockNamed(
    tx,
    posting.lines.map(({ itemId }) => itemId),
  );
  const short = new Set(await transfer(tx, posting));
  if (short.size > 0) throw tooLittle(posting, short);
  return items;
}

/** Holds the items a batch names, once each, all of the bureau and live. Errors as `moveAll`. */
export async function lockNamed(tx: TxCtx, ids: readonly string[]): Promise<ItemRow[]> {
  const seen = new Set<string>();
  const twice = ids.flatMap((id, index) => (seen.has(id) ? [index] : (seen.add(id), [])));
  if (twice.length > 0) throw refused('goods.same_item_twice', twice);
  const items = await lockItems(tx, ids);
  const known = new Set(items.filter((item) => item.voidedAt === null).map((item) => item.id));
  const unknown = ids.flatMap((id, index) => (known.has(id) ? [] : [index]));
  if (unknown.length > 0) throw refused('goods.unknown_item', unknown);
  return items;
}

const itemFields = (code: string, lines: readonly number[]): FieldError[] =>
  lines.map((line) => ({ field: `items.${line}.itemId`, code }));

const refused = (code: string, lines: readonly number[]): AppError =>
  unprocessable(code, {}, itemFields(code, lines));

function tooLittle({ from, lines }: Posting, short: ReadonlySet<string>): AppError {
  const code = 'goods.negative_balance';
  const errors = lines.flatMap(({ itemId }, index) =>
    short.has(itemId) ? [{ field: `items.${index}.quantity`, code }] : [],
  );
  return new AppError(409, code, { place: from.place, title: from.title }, errors);
}
