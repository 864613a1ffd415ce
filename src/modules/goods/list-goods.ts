import { type RawBuilder, sql } from 'kysely';
import type { Ctx } from '../../context.ts';
import { actedOn, asked, nameOfParty, times } from '../../db/list.ts';
import { type Page, page } from '../../db/page.ts';
import { normalise } from '../../shared/decimal.ts';
import { balancesOf } from './queries.ts';
import { type Balance, whereaboutsOf } from './rules.ts';
import type { GoodsQuery, GoodsRow } from './list-schemas.ts';

// Found under a case, or in an inspection of one; under a measure it is the measure's party's.
const CASE = sql<string | null>`coalesce(goods_items.case_id,
  (select i.case_id from inspections i where i.id = goods_items.inspection_id))`;
const PARTY = sql<string | null>`coalesce(
  (select m.party_id from measures m where m.id = goods_items.measure_id),
  (select i.party_id from inspections i where i.id = goods_items.inspection_id),
  (select c.party_id from cases c where c.id = ${CASE}))`;

const listed = (ctx: Ctx) =>
  ctx.db
    .selectFrom('goodsItems')
    .select([
      'goodsItems.id',
      'goodsItems.inspectionId',
      'goodsItems.measureId',
      'goodsItems.name',
      'goodsItems.category',
      'goodsItems.spec',
      'goodsItems.batchNo',
      'goodsItems.producer',
      'goodsItems.quantity',
      'goodsItems.unit',
      'goodsItems.unitPriceFen',
      'goodsItems.createdAt',
      'goodsItems.version',
      CASE.as('caseId'),
      PARTY.as('partyId'),
      nameOfParty(PARTY).as('partyName'),
      sql<string | null>`(select c.number from cases c where c.id = ${CASE})`.as('caseNumber'),
      sql<string | null>`(select i.place from inspections i where i.id = goods_items.inspection_id)`.as(
        'scene',
      ),
      actedOn('goods', 'goodsItems').as('updatedAt'),
    ])
    .where('goodsItems.bureauId', '=', ctx.actor.bureauId)
    .where('goodsItems.voidedAt', 'is', null);

const standsAt = ({ place, title }: GoodsQuery): RawBuilder<boolean> => sql<boolean>`exists (
  select from goods_balances b where b.item_id = goods_items.id and b.quantity > 0
    and b.place = coalesce(${place ?? null}, b.place) and b.title = coalesce(${title ?? null}, b.title))`;

const foundIn = (operationId: string): RawBuilder<boolean> => sql<boolean>`goods_items.inspection_id in (
  select i.id from inspections i where i.operation_id = ${operationId}::uuid and i.voided_at is null)`;

function filtered(ctx: Ctx, filter: GoodsQuery) {
  const { category, place, title, inspectionId, operationId, measureId, caseId } = filter;
  const where = {
    table: 'goodsItems',
    time: 'createdAt',
    texts: ['name', 'batchNo', 'producer'],
    party: PARTY,
  };
  let query = listed(ctx).where(asked(ctx, where, filter));
  if (category) query = query.where('goodsItems.category', 'in', category);
  if (place ?? title) query = query.where(standsAt(filter));
  if (inspectionId) query = query.where('goodsItems.inspectionId', '=', inspectionId);
  if (operationId) query = query.where(foundIn(operationId));
  if (measureId) query = query.where('goodsItems.measureId', '=', measureId);
  return caseId ? query.where(CASE, '=', caseId) : query;
}

function partsOf(quantity: string | null, balances: readonly Balance[]) {
  if (quantity === null) return NOWHERE;
  const { found: _, ...parts } = whereaboutsOf(balances);
  return parts;
}

// Premises have no quantity to be anywhere.
const NOWHERE = {
  atScene: null,
  sampled: null,
  preservedOrSeized: null,
  sealedInPlace: null,
  toReturn: null,
  takenByPolice: null,
  leftOnSite: null,
  disposed: null,
};

/** The goods of the bureau and where they are, newest first. */
export async function listGoods(ctx: Ctx, filter: GoodsQuery): Promise<Page<GoodsRow>> {
  const columns = { time: 'goodsItems.createdAt', id: 'goodsItems.id' } as const;
  const { items, next } = await page(filtered(ctx, filter), columns, filter);
  const balances = await balancesOf(
    ctx.db,
    items.map(({ id }) => id),
  );
  const rows = items.map((row) => ({
    ...row,
    quantity: row.quantity === null ? null : normalise(row.quantity),
    ...partsOf(row.quantity, balances.get(row.id) ?? []),
    ...times(row),
  }));
  return { items: rows, next };
}
