import { type Kysely, sql } from 'kysely';
import type { Actor, Ctx } from '../../context.ts';
import { asked } from '../../db/list.ts';
import { type Page, page } from '../../db/page.ts';
import type { DB } from '../../db/schema.ts';
import { dayOf, formatInstant, type Day } from '../../shared/clock.ts';
import { notFound } from '../../shared/errors.ts';
import { isQualified } from './rules.ts';
import type { LaboratoryQuery, LaboratoryView } from './schemas.ts';

// A laboratory's people see their own house; a bureau sees all it can send to.
function visible(db: Kysely<DB>, actor: Actor) {
  const query = db.selectFrom('laboratories').selectAll('laboratories');
  return actor.laboratoryId ? query.where('laboratories.id', '=', actor.laboratoryId) : query;
}

type Row = Awaited<ReturnType<ReturnType<typeof visible>['executeTakeFirstOrThrow']>>;

const view = (row: Row, today: Day): LaboratoryView => ({
  ...row,
  qualified: isQualified(row, today),
  createdAt: formatInstant(row.createdAt),
});

const qualified = (today: Day) => sql<boolean>`(laboratories.cma_number is not null
  and coalesce(laboratories.valid_from <= ${today}::date, true) and coalesce(laboratories.valid_to >= ${today}::date, true))`;

/** The laboratories one can send to, newest first. */
export async function listLaboratories(ctx: Ctx, filter: LaboratoryQuery): Promise<Page<LaboratoryView>> {
  const today = dayOf(ctx.now);
  let query = visible(ctx.db, ctx.actor).where(
    asked(ctx, { table: 'laboratories', time: 'createdAt', texts: ['name', 'cmaNumber'] }, filter),
  );
  if (filter.qualified !== undefined) query = query.where(qualified(today), '=', filter.qualified);
  const { items, next } = await page(
    query,
    { time: 'laboratories.createdAt', id: 'laboratories.id' },
    filter,
  );
  return { items: items.map((row) => view(row, today)), next };
}

/** One laboratory; 404 where the actor may not see it. */
export async function getLaboratory(
  ctx: { db: Kysely<DB>; actor: Actor; now: Date },
  id: string,
): Promise<LaboratoryView> {
  const row = await visible(ctx.db, ctx.actor).where('laboratories.id', '=', id).executeTakeFirst();
  if (!row) throw notFound();
  return view(row, dayOf(ctx.now));
}
