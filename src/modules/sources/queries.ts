import { formatInstant } from '../../shared/clock.ts';
import { type Kysely, sql } from 'kysely';
import { jsonArrayFrom } from 'kysely/helpers/postgres';
import type { Ctx, TxCtx } from '../../context.ts';
import { type Page, page } from '../../db/page.ts';
import type { DB } from '../../db/schema.ts';
import { ownBureau } from '../../db/scope.ts';
import { notFound } from '../../shared/errors.ts';
import { clocksOf } from '../deadlines/index.ts';
import type { SourceQuery, SourceRow, SourceView } from './schemas.ts';
import { inUse } from './store.ts';
import { viewOf } from './view.ts';

const foundSource = (db: Kysely<DB>, bureauId: string, id: string) =>
  db
    .selectFrom('sources')
    .leftJoin('tips', 'tips.id', 'sources.tipId')
    .selectAll('sources')
    .select('tips.number as tipNumber')
    .select((eb) => [
      inUse(eb.ref('sources.id')).as('inUse'),
      jsonArrayFrom(
        eb
          .selectFrom('users')
          .select(['users.id', 'users.name'])
          .whereRef('users.id', '=', sql`any (sources.verifier_ids)`)
          .orderBy('users.name'),
      ).as('verifiers'),
      jsonArrayFrom(
        eb
          .selectFrom('approvals')
          .select(['approvals.id', 'approvals.matter'])
          .where('approvals.subjectKind', '=', 'source')
          .whereRef('approvals.subjectId', '=', 'sources.id')
          .where('approvals.state', '=', 'proposed'),
      ).as('pendingApprovals'),
    ])
    .where('sources.id', '=', id)
    .where('sources.bureauId', '=', bureauId)
    .executeTakeFirst();

/** A case source with what is shown beside it. */
export type FoundSource = NonNullable<Awaited<ReturnType<typeof foundSource>>>;

/** A case source of the actor's bureau, with its clocks and what may be done with it; 404 otherwise. */
export async function getSource(ctx: Ctx | TxCtx, id: string): Promise<SourceView> {
  const row = await foundSource(ctx.db, ownBureau(ctx.actor), id);
  if (!row) throw notFound();
  return viewOf(ctx, row, await clocksOf(ctx.db, [{ kind: 'source', id }], ctx.now));
}

const ROW = [
  'id',
  'number',
  'origin',
  'state',
  'foundOn',
  'partyId',
  'partyName',
  'tipId',
  'createdAt',
] as const;

/** Case sources of the bureau, newest first, each with the day R01 aims at. */
export async function listSources(ctx: Ctx, filter: SourceQuery): Promise<Page<SourceRow>> {
  const { q, cursor, limit, ...exact } = filter;
  let query = ctx.db
    .selectFrom('sources')
    .select(ROW)
    .select((eb) =>
      eb
        .selectFrom('clocks')
        .select((c) => c.fn.min('clocks.targetOn').as('dueOn'))
        .where('clocks.subjectKind', '=', 'source')
        .whereRef('clocks.subjectId', '=', 'sources.id')
        .where('clocks.state', 'in', ['running', 'paused'])
        .as('dueOn'),
    )
    .where('bureauId', '=', ownBureau(ctx.actor))
    .where('voidedAt', 'is', null);
  for (const [key, value] of Object.entries(exact)) {
    if (value !== undefined) query = query.where(key as keyof typeof exact, '=', value);
  }
  if (q) {
    const pattern = `%${q.replace(/[\\%_]/g, '\\$&')}%`;
    query = query.where((eb) => eb.or([eb('partyName', 'like', pattern), eb('number', 'like', pattern)]));
  }
  const { items, next } = await page(
    query,
    { time: 'sources.createdAt', id: 'sources.id' },
    { cursor, limit },
  );
  return { items: items.map((row) => ({ ...row, createdAt: formatInstant(row.createdAt) })), next };
}
