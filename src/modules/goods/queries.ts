import { type Kysely, type Selectable, sql } from 'kysely';
import type { Ctx, TxCtx } from '../../context.ts';
import type { DB, GoodsItems } from '../../db/schema.ts';
import { text } from '../../i18n/index.ts';
import { formatInstantOrNull } from '../../shared/clock.ts';
import { type Decimal, normalise } from '../../shared/decimal.ts';
import { notFound } from '../../shared/errors.ts';
import { type Balance, totalOf, valueOf, whereaboutsOf } from './rules.ts';
import type { GoodsPageQuery, ItemList, ItemView, ValueQuery, ValueView } from './schemas.ts';
import { COUNTED_CATEGORIES, valuation } from './valuation.ts';

type ItemRow = Selectable<GoodsItems>;

/** What stands where, item by item, without empty accounts. Items without a quantity have none. */
export async function balancesOf(
  db: Kysely<DB>,
  itemIds: readonly string[],
): Promise<Map<string, Balance[]>> {
  const found = new Map<string, Balance[]>(itemIds.map((id) => [id, []]));
  if (itemIds.length === 0) return found;
  const rows = await db
    .selectFrom('goodsBalances')
    .selectAll()
    .where('itemId', '=', sql<string>`any(${itemIds}::uuid[])`)
    .where('quantity', '>', '0')
    .orderBy('place')
    .orderBy('title')
    .execute();
  for (const { itemId, quantity, ...account } of rows) {
    found.get(itemId)?.push({ ...account, quantity: normalise(quantity) });
  }
  return found;
}

const plain = (value: string | null): string | null => (value === null ? null : normalise(value));

/** How many photographs and other files hang on each item. */
async function filesOf(db: Kysely<DB>, itemIds: readonly string[]): Promise<Map<string, number>> {
  if (itemIds.length === 0) return new Map();
  const rows = await db
    .selectFrom('attachments')
    .select((eb) => ['subjectId', eb.fn.countAll<number>().as('files')])
    .where('subjectKind', '=', 'goods')
    .where('subjectId', '=', sql<string>`any(${itemIds}::uuid[])`)
    .where('voidedAt', 'is', null)
    .groupBy('subjectId')
    .execute();
  return new Map(rows.map(({ subjectId, files }) => [subjectId, files]));
}

function view(row: ItemRow, { balances, files }: { balances: Balance[]; files: number }): ItemView {
  return {
    ...row,
    files,
    quantity: plain(row.quantity),
    measureQuantity: plain(row.measureQuantity),
    netContent: plain(row.netContent),
    liftedAt: formatInstantOrNull(row.liftedAt),
    balances,
    whereabouts: row.quantity === null ? null : whereaboutsOf(balances),
  };
}

async function views(db: Kysely<DB>, rows: readonly ItemRow[]): Promise<ItemView[]> {
  const ids = rows.map(({ id }) => id);
  const [balances, files] = [await balancesOf(db, ids), await filesOf(db, ids)];
  return rows.map((row) =>
    view(row, { balances: balances.get(row.id) ?? [], files: files.get(row.id) ?? 0 }),
  );
}

/** The items with these ids, in their order; the caller has checked whose they are. */
export async function itemsByIds(db: Kysely<DB>, ids: readonly string[]): Promise<ItemView[]> {
  const rows = await db
    .selectFrom('goodsItems')
    .selectAll()
    .where('id', '=', sql<string>`any(${ids}::uuid[])`)
    .execute();
  const byId = new Map(rows.map((row) => [row.id, row]));
  return views(
    db,
    ids.flatMap((id) => byId.get(id) ?? []),
  );
}

/** The items of the bureau that are not void. */
export const liveItems = (ctx: Ctx | TxCtx) =>
  ctx.db
    .selectFrom('goodsItems')
    .selectAll('goodsItems')
    .where('goodsItems.bureauId', '=', ctx.actor.bureauId)
    .where('goodsItems.voidedAt', 'is', null);

type Order = 'foundNo' | 'lineNo';

async function pageBy(
  ctx: Ctx,
  query: ReturnType<typeof liveItems>,
  { after, limit, by }: GoodsPageQuery & { by: Order },
): Promise<ItemList> {
  const rows = await query
    .where(`goodsItems.${by}`, '>', after)
    .orderBy(`goodsItems.${by}`)
    .limit(limit + 1)
    .execute();
  const shown = rows.slice(0, limit);
  return { items: await views(ctx.db, shown), next: rows.length > limit ? shown.at(-1)![by] : null };
}

async function requireThing(
  ctx: Ctx,
  table: 'inspections' | 'measures' | 'cases',
  id: string,
): Promise<void> {
  const row = await ctx.db
    .selectFrom(table)
    .select('id')
    .where('id', '=', id)
    .where('bureauId', '=', ctx.actor.bureauId)
    .executeTakeFirst();
  if (!row) throw notFound();
}

/** What an inspection found, in the order it was found. 404. */
export async function listInspectionItems(ctx: Ctx, id: string, page: GoodsPageQuery): Promise<ItemList> {
  await requireThing(ctx, 'inspections', id);
  return pageBy(ctx, liveItems(ctx).where('goodsItems.inspectionId', '=', id), { ...page, by: 'foundNo' });
}

/** The lines of a measure, in the order of its list. 404. */
export async function listMeasureItems(ctx: Ctx, id: string, page: GoodsPageQuery): Promise<ItemList> {
  await requireThing(ctx, 'measures', id);
  return pageBy(ctx, liveItems(ctx).where('goodsItems.measureId', '=', id), { ...page, by: 'lineNo' });
}

/** The items that belong to a case: found under it, or under the source it was opened from. */
function caseItems(ctx: Ctx | TxCtx, caseId: string) {
  return liveItems(ctx).where((eb) =>
    eb.or([
      eb('goodsItems.caseId', '=', caseId),
      eb('goodsItems.inspectionId', 'in', inspectionsOfCase(ctx, caseId)),
    ]),
  );
}

const inspectionsOfCase = (ctx: Ctx | TxCtx, caseId: string) =>
  sql<string>`(
    select i.id from inspections i
      left join operations o on o.id = i.operation_id
      join cases c on c.id = ${caseId}::uuid
    where i.bureau_id = ${ctx.actor.bureauId}::uuid
      and (i.case_id = c.id or o.case_id = c.id
        or (i.case_id is null and o.case_id is null and coalesce(i.source_id, o.source_id) = c.source_id)))`;

/** The goods of a case and where they are, by the inspections that found them. 404. */
export async function listCaseGoods(ctx: Ctx, id: string): Promise<{ items: ItemView[] }> {
  await requireThing(ctx, 'cases', id);
  return { items: await views(ctx.db, await orderedCaseItems(ctx, id)) };
}

const MOST_ITEMS = 20_000;

const orderedCaseItems = (ctx: Ctx | TxCtx, id: string): Promise<ItemRow[]> =>
  caseItems(ctx, id)
    .orderBy('goodsItems.inspectionId')
    .orderBy('goodsItems.foundNo')
    .limit(MOST_ITEMS)
    .execute();

/** The value of the goods of a case, with its arithmetic and flags; it moves nothing and decides nothing. 404. */
export async function caseValue(ctx: Ctx, id: string, query: ValueQuery): Promise<ValueView> {
  await requireThing(ctx, 'cases', id);
  const rows = await orderedCaseItems(ctx, id);
  const items = rows.map((row) => ({ ...row, quantity: plain(row.quantity) }));
  const counted = new Set([...COUNTED_CATEGORIES, ...(query.include?.split(',') ?? [])]);
  const soldFen = query.soldFen === undefined ? await soldOf(ctx, id) : String(query.soldFen);
  const value = valuation(items, { counted, soldFen, locale: ctx.locale });
  return { caseId: id, note: text(ctx.locale, 'goods.value_note'), ...value };
}

/** What was sold, by the sales recorded in the case, in fen. */
async function soldOf({ db }: Ctx | TxCtx, caseId: string): Promise<Decimal> {
  const { sold } = await db
    .selectFrom('caseSales')
    .select((eb) => eb.fn.coalesce(eb.fn.sum<string>('amountFen'), sql.lit(0)).as('sold'))
    .where('caseId', '=', caseId)
    .where('voidedAt', 'is', null)
    .executeTakeFirstOrThrow();
  return normalise(String(sold));
}

/** The value of the goods of a case in fen, exact: what was found unsold, and what the recorded sales brought. */
export type CaseSums = { unsold: Decimal; sold: Decimal; unpriced: number };

/** The sums of a case that is known to be the actor's bureau's. */
export async function caseSums(ctx: Ctx | TxCtx, caseId: string): Promise<CaseSums> {
  const [rows, sold] = [await orderedCaseItems(ctx, caseId), await soldOf(ctx, caseId)];
  const items = rows.map((row) => ({ ...row, quantity: plain(row.quantity) }));
  const counted = new Set(COUNTED_CATEGORIES);
  const unpriced = items.filter((item) => counted.has(item.category) && valueOf(item) === null).length;
  return { unsold: totalOf(items, counted), sold, unpriced };
}
