import { type Kysely, sql } from 'kysely';
import { jsonArrayFrom } from 'kysely/helpers/postgres';
import type { Ctx, TxCtx } from '../../context.ts';
import { matterColumns, numberOf } from '../../db/list.ts';
import { type Page, page } from '../../db/page.ts';
import type { DB } from '../../db/schema.ts';
import { ownBureau } from '../../db/scope.ts';
import { notFound } from '../../shared/errors.ts';
import { askedOf, clocksOf, dueRows, nextClock } from '../deadlines/index.ts';
import { laboratoryReportsOf } from './laboratory-reports.ts';
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
  return viewOf(ctx, row, {
    clocks: await clocksOf(ctx.db, [{ kind: 'source', id }], ctx.now),
    laboratoryReports: await laboratoryReportsOf(ctx, id),
  });
}

const SUMMARY_LENGTH = 80;

const listed = (ctx: Ctx) =>
  ctx.db
    .selectFrom('sources')
    .select([
      'sources.id',
      'sources.number',
      'sources.origin',
      'sources.state',
      'sources.foundOn',
      'sources.partyId',
      'sources.partyName',
      'sources.tipId',
      'sources.assignedUnitId',
      'sources.assignedUserIds',
      'sources.createdAt',
      'sources.version',
      sql<string>`left(sources.content, ${SUMMARY_LENGTH})`.as('summary'),
      numberOf('tips', 'sources.tipId').as('tipNumber'),
      nextClock(ctx, 'source', 'sources.id').as('clock'),
    ])
    .select(matterColumns('source', 'sources'))
    .where('sources.bureauId', '=', ownBureau(ctx.actor))
    .where('sources.voidedAt', 'is', null);

/** Case sources of the bureau, newest first, each with the clock that ends next. */
export async function listSources(ctx: Ctx, filter: SourceQuery): Promise<Page<SourceRow>> {
  const { origin, tipId } = filter;
  let query = listed(ctx).where(
    askedOf(
      ctx,
      { kind: 'source', table: 'sources', time: 'createdAt', texts: ['number', 'partyName', 'content'] },
      filter,
    ),
  );
  if (origin) query = query.where('sources.origin', 'in', origin);
  if (tipId) query = query.where('sources.tipId', '=', tipId);
  const { items, next } = await page(query, { time: 'sources.createdAt', id: 'sources.id' }, filter);
  return { items: await dueRows(ctx, items), next };
}
