import type { Kysely } from 'kysely';
import type { Actor, Ctx } from '../../context.ts';
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

/** The laboratories one can send to, newest first. */
export async function listLaboratories(ctx: Ctx, filter: LaboratoryQuery): Promise<Page<LaboratoryView>> {
  let query = visible(ctx.db, ctx.actor);
  if (filter.q) query = query.where('laboratories.name', 'like', `%${filter.q.replace(/[\\%_]/g, '\\$&')}%`);
  const rows = await page(query, { time: 'laboratories.createdAt', id: 'laboratories.id' }, filter);
  return { ...rows, items: rows.items.map((row) => view(row, dayOf(ctx.now))) };
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
