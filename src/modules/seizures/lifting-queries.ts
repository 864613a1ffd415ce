import { type Kysely, sql } from 'kysely';
import type { Ctx, TxCtx } from '../../context.ts';
import type { DB } from '../../db/schema.ts';
import { formatInstant, formatInstantOrNull } from '../../shared/clock.ts';
import { liftGround } from './lifting-rules.ts';
import type { Lifting, Return } from './lifting-schemas.ts';

/** How many lines of a measure are let go and still in the house. */
export async function toReturnOf(db: Kysely<DB>, measureId: string): Promise<number> {
  const { rows } = await sql<{ lines: number }>`
    select count(distinct g.id) as lines from goods_items g join goods_balances b on b.item_id = g.id
    where g.measure_id = ${measureId}::uuid and g.voided_at is null
      and b.title = 'party' and b.place in ('store', 'keeper') and b.quantity > 0`.execute(db);
  return rows[0]!.lines;
}

/** The liftings asked for, in their order, each with what became of it. */
export async function liftingsOf({ db, locale }: Ctx | TxCtx, measureId: string): Promise<Lifting[]> {
  const rows = await db
    .selectFrom('measureLiftings')
    .innerJoin('approvals', 'approvals.id', 'measureLiftings.approvalId')
    .selectAll('measureLiftings')
    .select('approvals.state')
    .where('measureLiftings.measureId', '=', measureId)
    .orderBy('measureLiftings.createdAt')
    .orderBy('measureLiftings.id')
    .execute();
  return rows.map(({ id, approvalId, state, ground, reasons, lines, liftedAt }) => ({
    id,
    approvalId,
    state,
    ground,
    groundText: liftGround(ground)[locale],
    reasons,
    items: lines as unknown as Lifting['items'],
    liftedAt: formatInstantOrNull(liftedAt),
  }));
}

/** What was handed back, and to whom, in its order. */
export async function returnsOf(db: Kysely<DB>, measureId: string): Promise<Return[]> {
  const rows = await db
    .selectFrom('measureReturns')
    .selectAll()
    .where('measureId', '=', measureId)
    .orderBy('returnedAt')
    .orderBy('id')
    .execute();
  return rows.map(({ id, returnedAt, receivedBy, officerIds, documentId, paperNumber, remark }) => ({
    id,
    returnedAt: formatInstant(returnedAt),
    receivedBy,
    officerIds,
    documentId,
    paperNumber,
    remark,
  }));
}
