import type { Decimal } from '../../shared/decimal.ts';
import { add, cmp, mul, normalise, sub, sum } from '../../shared/decimal.ts';
import { conflict, unprocessable } from '../../shared/errors.ts';
import { type Fen, timesQuantity } from '../../shared/money.ts';
import type { Account, Category, Whereabouts } from './schemas.ts';

/** Where something found stands first: at the scene, the party's. The opening entry is the only way in. */
export const AT_SCENE: Account = { place: 'scene', title: 'party' };

/** Where what an inspection left behind stands: with the party, who may still be asked for it by a later measure. */
export const LEFT: Account = { place: 'site', title: 'party' };

/** Where found goods stand that are still the party's: at the scene, or left on site once the inspection has ended. */
export const partyAccount = (inspectionState: string | null): Account =>
  inspectionState === 'ended' ? LEFT : AT_SCENE;

/** One account of the ledger with what stands on it. */
export type Balance = { place: string; title: string; quantity: Decimal };

/** An entry of the ledger as the sums need it; `found` puts in, `found_less` takes a miscount out again. */
export type Entry = {
  cause: string;
  fromPlace: string;
  fromTitle: string;
  toPlace: string;
  toTitle: string;
  quantity: Decimal;
};

/** The cause of an opening entry: from outside onto (scene, party). */
export const FOUND = 'goods.found';

/** The cause of an entry that takes a miscount off (scene, party) again. */
export const FOUND_LESS = 'goods.found_less';

const keyOf = (place: string, title: string): string => `${place}/${title}`;

/** What the ledger sums to, account by account, without those that stand at nothing. */
export function replay(entries: readonly Entry[]): Balance[] {
  const accounts = new Map<string, Balance>();
  const post = (place: string, title: string, quantity: Decimal): void => {
    const known = accounts.get(keyOf(place, title));
    accounts.set(keyOf(place, title), { place, title, quantity: add(known?.quantity ?? '0', quantity) });
  };
  for (const { cause, fromPlace, fromTitle, toPlace, toTitle, quantity } of entries) {
    if (cause !== FOUND) post(fromPlace, fromTitle, mul(quantity, '-1'));
    if (cause !== FOUND_LESS) post(toPlace, toTitle, quantity);
  }
  return [...accounts.values()].filter((balance) => cmp(balance.quantity, '0') !== 0);
}

const SEIZED_PLACES = new Set(['store', 'keeper']);
const GONE_PLACES = new Set(['returned', 'destroyed', 'sold', 'lost', 'used_up']);

type Part = Exclude<keyof Whereabouts, 'found'>;

function partOf({ place, title }: Balance): Part {
  if (place === 'scene') return 'atScene';
  if (place === 'laboratory') return 'sampled';
  if (place === 'police') return 'takenByPolice';
  if (GONE_PLACES.has(place)) return 'disposed';
  if (SEIZED_PLACES.has(place)) return title === 'party' ? 'toReturn' : 'preservedOrSeized';
  return title === 'party' ? 'leftOnSite' : 'sealedInPlace';
}

/**
 * Where the found quantity is: found = at the scene + sampled + preserved or seized + sealed in place + let go and not yet
 * handed back + taken by the police on site + left on site + disposed of.
 */
export function whereaboutsOf(balances: readonly Balance[]): Whereabouts {
  const parts: Record<Part, Decimal> = {
    atScene: '0',
    sampled: '0',
    preservedOrSeized: '0',
    sealedInPlace: '0',
    toReturn: '0',
    takenByPolice: '0',
    leftOnSite: '0',
    disposed: '0',
  };
  for (const balance of balances) {
    const part = partOf(balance);
    parts[part] = add(parts[part], balance.quantity);
  }
  return { found: sum(Object.values(parts)), ...parts };
}

/** An entry as its correction undoes it. */
export type Undone = { cause: string; to: Account; quantity: Decimal };

/** Where all of an item still lies as it was found; undefined once some of it has gone elsewhere. */
export function untouchedAt(balances: readonly Balance[], quantity: Decimal | null): Account | undefined {
  const [here] = balances;
  if (!here || cmp(here.quantity, quantity ?? '0') !== 0) return undefined;
  return [AT_SCENE, LEFT].find(({ place, title }) => here.place === place && here.title === title);
}

const KEEPING = '《行政强制法》第十八条、第二十五条、第二十七条';

/**
 * A correction takes back an earlier entry or a part of it, and only towards the party: what is kept, or disposed of,
 * is so by a measure or a decision. 422 `goods.not_reversible`, `goods.more_than_entry`.
 */
export function checkCorrection(
  entry: Undone,
  { quantity, already }: { quantity: Decimal; already: Decimal },
): void {
  if (!isReversible(entry)) {
    const code = 'goods.not_reversible';
    throw unprocessable(code, { article: KEEPING }, [{ field: 'movementId', code }]);
  }
  const left = normalise(sub(entry.quantity, already));
  if (cmp(quantity, left) > 0) {
    const code = 'goods.more_than_entry';
    throw unprocessable(code, { left }, [{ field: 'quantity', code, params: { left } }]);
  }
}

/** Whether a correction may take an entry back at all. */
export const isReversible = ({ cause, to }: Pick<Undone, 'cause' | 'to'>): boolean =>
  cause !== FOUND && cause !== FOUND_LESS && to.title === 'party' && !GONE_PLACES.has(to.place);

/** 422 `goods.same_account` where an entry would lead back to where it starts. */
export function checkAccounts(from: Account, to: Account): void {
  if (from.place === to.place && from.title === to.title) throw unprocessable('goods.same_account');
}

type Holder = { measureId: string | null; version: number };

/** 409 `goods.in_measure`: what a measure lists is changed by an entry of the ledger only (ACL 24). */
export function checkAmendable(item: Holder): void {
  if (item.measureId !== null) {
    throw conflict('goods.in_measure', { gate: 'K17', article: '《行政强制法》第二十四条' });
  }
}

/** How a re-count before any measure is entered: what to add to, or take from, (scene, party); null for nothing. */
export function recount(before: Decimal, after: Decimal): { cause: string; quantity: Decimal } | null {
  switch (cmp(after, before)) {
    case 0:
      return null;
    case 1:
      return { cause: FOUND, quantity: sub(after, before) };
    case -1:
      return { cause: FOUND_LESS, quantity: sub(before, after) };
  }
}

// Ten thousand items of this value still add up to a figure that can be printed.
const MOST_VALUE_FEN = '100000000000';

/** Whether one item's value goes past a thousand million yuan: a slip of the pen. */
export const isPriceSlip = (unitPriceFen: Fen, quantity: Decimal): boolean =>
  cmp(timesQuantity(unitPriceFen, quantity), MOST_VALUE_FEN) > 0;

/** What the value of goods is computed of. */
export type PricedItem = { category: Category; quantity: Decimal | null; unitPriceFen: Fen | null };

/** An item's value in fen, exact: unit price × quantity, never rounded before it is compared; null where unpriced. */
export const valueOf = ({ quantity, unitPriceFen }: PricedItem): Decimal | null =>
  quantity === null || unitPriceFen === null ? null : timesQuantity(unitPriceFen, quantity);

/** The sum of the values of the items in `counted` categories, in fen, exact (PQL 72). */
export const totalOf = (items: readonly PricedItem[], counted: ReadonlySet<string>): Decimal =>
  sum(items.flatMap((item) => (counted.has(item.category) ? [valueOf(item) ?? '0'] : [])));
