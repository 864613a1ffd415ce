import { sql } from 'kysely';
import type { TxCtx } from '../../context.ts';
import { cmp, type Decimal, normalise, sub } from '../../shared/decimal.ts';
import { AppError, type FieldError, unprocessable } from '../../shared/errors.ts';
import { moveAll } from './move.ts';
import { lockMeasureItems } from './place-under-measure.ts';
import { balancesOf } from './queries.ts';
import type { Balance } from './rules.ts';
import type { Account } from './schemas.ts';
import type { ItemRow, LedgerLine } from './store.ts';

/** One line that is let go: all that is there of it, where no quantity is said. */
export type ReleaseLine = { itemId: string; quantity: Decimal | null };

/** What a measure lets go, and when. `lines` null: everything. */
export type Release = { measureId: string; lines: readonly ReleaseLine[] | null; cause: string; at: Date };

const HELD_AT = ['site', 'store', 'keeper'] as const;
const KEPT_AT = ['store', 'keeper'] as const;

const LINES = 500;

type Titled = Pick<Account, 'title'>;
type Places = readonly Account['place'][];

const standing = (balances: readonly Balance[], places: Places, { title }: Titled): Balance[] =>
  places.flatMap((place) => balances.filter((one) => one.place === place && one.title === title));

/** Whether a measure still holds something of an item that its list names. */
export const isHeld = ({ category, liftedAt }: ItemRow, balances: readonly Balance[]): boolean =>
  category === 'premises' ? liftedAt === null : standing(balances, HELD_AT, { title: 'held' }).length > 0;

/** Whether these lines could be let go as things stand. Errors as `release`. */
export async function checkReleasable(
  tx: TxCtx,
  items: readonly ItemRow[],
  lines: readonly ReleaseLine[] | null,
): Promise<void> {
  await batchesOf(tx, checkedLines(items, lines), { places: HELD_AT, title: 'held' });
}

/**
 * Ends the holding of what a measure lists, all or nothing: goods are the party's again where they lie, premises are
 * open. Answers what the measure still holds. 409 `goods.negative_balance`; 422 `goods.not_listed`, with the fields.
 */
export async function release(tx: TxCtx, { measureId, lines, cause, at }: Release): Promise<ItemRow[]> {
  const items = await lockMeasureItems(tx, measureId);
  const wanted = checkedLines(items, lines);
  const batches = await batchesOf(tx, wanted, { places: HELD_AT, title: 'held' });
  const subject = { kind: 'measure', id: measureId };
  for (const { place, lines: batch } of batches) {
    const accounts = { from: account(place, 'held'), to: account(place, 'party') };
    await post(tx, { ...accounts, cause, subject, at }, batch);
  }
  return markLifted(tx, items, { wanted, at });
}

/**
 * Hands goods that were let go back to the party: from where they are kept out of the house. 409
 * `goods.negative_balance`; 422 `goods.not_listed`.
 */
export async function handBack(tx: TxCtx, { measureId, lines, cause, at }: Release): Promise<LedgerLine[]> {
  const items = await lockMeasureItems(tx, measureId);
  const batches = await batchesOf(tx, checkedLines(items, lines), { places: KEPT_AT, title: 'party' });
  const subject = { kind: 'measure', id: measureId };
  for (const { place, lines: batch } of batches) {
    const accounts = { from: account(place, 'party'), to: account('returned', 'party') };
    await post(tx, { ...accounts, cause, subject, at }, batch);
  }
  return batches.flatMap((batch) => batch.lines);
}

const account = (place: Account['place'], title: Account['title']): Account => ({ place, title });

type Posted = Omit<Parameters<typeof moveAll>[1], 'lines'>;

async function post(tx: TxCtx, posting: Posted, lines: readonly LedgerLine[]): Promise<void> {
  for (let first = 0; first < lines.length; first += LINES) {
    await moveAll(tx, { ...posting, lines: lines.slice(first, first + LINES) });
  }
}

function checkedLines(items: readonly ItemRow[], lines: readonly ReleaseLine[] | null): ReleaseLine[] {
  if (lines === null) return items.map(({ id }) => ({ itemId: id, quantity: null }));
  const known = new Map(items.map((item) => [item.id, item]));
  const code = 'goods.not_listed';
  const seen = new Set<string>();
  const errors = lines.flatMap(({ itemId, quantity }, n): FieldError[] => {
    const item = known.get(itemId);
    const isTwice = seen.has(itemId);
    seen.add(itemId);
    if (!item || isTwice)
      return [{ field: `items.${n}.itemId`, code: item ? 'goods.same_item_twice' : code }];
    return item.quantity === null && quantity !== null
      ? [{ field: `items.${n}.quantity`, code: 'goods.premises_quantity' }]
      : [];
  });
  if (errors.length > 0) throw unprocessable(errors[0]!.code, {}, errors);
  return [...lines];
}

type Batch = { place: Account['place']; lines: LedgerLine[] };

/** Which quantities leave which place: of each line as much as is asked, from one place after the other. */
async function batchesOf(
  tx: TxCtx,
  wanted: readonly ReleaseLine[],
  { places, title }: Titled & { places: Places },
): Promise<Batch[]> {
  const balances = await balancesOf(
    tx.db,
    wanted.map(({ itemId }) => itemId),
  );
  const batches = places.map((place): Batch => ({ place, lines: [] }));
  const short = wanted.flatMap(({ itemId, quantity }, n): FieldError[] => {
    const rest = spread(batches, itemId, {
      quantity,
      there: standing(balances.get(itemId) ?? [], places, { title }),
    });
    return rest === null ? [] : [{ field: `items.${n}.quantity`, code: 'goods.negative_balance' }];
  });
  if (short.length > 0) throw new AppError(409, 'goods.negative_balance', { place: places[0], title }, short);
  return batches.filter(({ lines }) => lines.length > 0);
}

/** Puts what leaves each place into its batch; answers what is asked beyond what is there, null for nothing. */
function spread(
  batches: readonly Batch[],
  itemId: string,
  { quantity, there }: { quantity: Decimal | null; there: readonly Balance[] },
): Decimal | null {
  let rest = quantity;
  for (const balance of there) {
    const taken = rest === null || cmp(rest, balance.quantity) > 0 ? balance.quantity : rest;
    if (cmp(taken, '0') > 0) {
      batches.find(({ place }) => place === balance.place)!.lines.push({ itemId, quantity: taken });
    }
    rest = rest === null ? null : normalise(sub(rest, taken));
  }
  return rest === null || cmp(rest, '0') === 0 ? null : rest;
}

type Marking = { wanted: readonly ReleaseLine[]; at: Date };

async function markLifted(tx: TxCtx, items: readonly ItemRow[], { wanted, at }: Marking): Promise<ItemRow[]> {
  const named = new Set(wanted.map(({ itemId }) => itemId));
  const balances = await balancesOf(
    tx.db,
    items.map(({ id }) => id),
  );
  const rest = items.filter((item) => {
    const isNamedPremises = item.category === 'premises' && named.has(item.id);
    return !isNamedPremises && isHeld(item, balances.get(item.id) ?? []);
  });
  const held = new Set(rest.map(({ id }) => id));
  const lifted = items.filter(({ id, liftedAt }) => named.has(id) && !held.has(id) && liftedAt === null);
  if (lifted.length > 0) {
    await tx.db
      .updateTable('goodsItems')
      .set((eb) => ({ liftedAt: at, version: eb('version', '+', 1) }))
      .where('id', '=', sql<string>`any(${lifted.map(({ id }) => id)}::uuid[])`)
      .execute();
  }
  return rest;
}
