import { type Kysely, sql } from 'kysely';
import type { Actor, Ctx, TxCtx } from '../../context.ts';
import { asked } from '../../db/list.ts';
import { type Page, page } from '../../db/page.ts';
import type { DB } from '../../db/schema.ts';
import { allowedActions } from '../../i18n/allowed-actions.ts';
import { dayOf, formatInstant, type Day } from '../../shared/clock.ts';
import { notFound } from '../../shared/errors.ts';
import { isQualified, requireOwner } from './rules.ts';
import type { LaboratoryQuery, LaboratoryView } from './schemas.ts';

/** Whether a laboratory of `laboratories` has an active administrator of its own. */
export const selfAdministered = sql<boolean>`exists (
  select from users u where u.laboratory_id = laboratories.id and u.is_active
    and 'laboratory_administrator' = any (u.role_keys))`;

// A laboratory's people see their own house; a bureau sees all it can send to.
function visible(db: Kysely<DB>, actor: Actor) {
  const query = db
    .selectFrom('laboratories')
    .selectAll('laboratories')
    .select(selfAdministered.as('selfAdministered'));
  return actor.laboratoryId ? query.where('laboratories.id', '=', actor.laboratoryId) : query;
}

type Row = Awaited<ReturnType<ReturnType<typeof visible>['executeTakeFirstOrThrow']>>;

const view = (ctx: Ctx | TxCtx, row: Row): LaboratoryView => ({
  ...row,
  qualified: isQualified(row, dayOf(ctx.now)),
  createdAt: formatInstant(row.createdAt),
  allowedActions: allowedActions(ctx, [
    { action: 'amend', permission: 'laboratory.amend', check: () => requireOwner(row, ctx.actor) },
  ]),
});

const qualified = (today: Day) => sql<boolean>`(laboratories.cma_number is not null
  and coalesce(laboratories.valid_from <= ${today}::date, true) and coalesce(laboratories.valid_to >= ${today}::date, true))`;

/** The laboratories one can send to, newest first. */
export async function listLaboratories(ctx: Ctx, filter: LaboratoryQuery): Promise<Page<LaboratoryView>> {
  let query = visible(ctx.db, ctx.actor).where(
    asked(ctx, { table: 'laboratories', time: 'createdAt', texts: ['name', 'cmaNumber'] }, filter),
  );
  if (filter.qualified !== undefined) query = query.where(qualified(dayOf(ctx.now)), '=', filter.qualified);
  const { items, next } = await page(
    query,
    { time: 'laboratories.createdAt', id: 'laboratories.id' },
    filter,
  );
  return { items: items.map((row) => view(ctx, row)), next };
}

/** One laboratory; 404 where the actor may not see it. */
export async function getLaboratory(ctx: Ctx | TxCtx, id: string): Promise<LaboratoryView> {
  const row = await visible(ctx.db, ctx.actor).where('laboratories.id', '=', id).executeTakeFirst();
  if (!row) throw notFound();
  return view(ctx, row);
}
