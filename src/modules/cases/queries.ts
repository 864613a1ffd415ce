import { type Kysely, sql } from 'kysely';
import type { Ctx, TxCtx } from '../../context.ts';
import { matterColumns, nameOfParty, numberOf, peopleOf } from '../../db/list.ts';
import { type Page, page } from '../../db/page.ts';
import type { DB } from '../../db/schema.ts';
import { formatInstant, formatInstantOrNull } from '../../shared/clock.ts';
import { notFound } from '../../shared/errors.ts';
import { askedOf, dueRows, nextClock } from '../deadlines/index.ts';
import { actionsOf } from './case-actions.ts';
import { procedureOf } from './procedure-queries.ts';
import type { CaseListItem, CaseQuery, CaseView } from './schemas.ts';
import type { CaseRow } from './store.ts';

type Db = Kysely<DB>;

/** The names behind user ids, in the order asked. */
async function officersOf(
  db: Db,
  ids: readonly string[],
): Promise<Map<string, CaseView['officers'][number]>> {
  if (ids.length === 0) return new Map();
  const rows = await db
    .selectFrom('users')
    .select(['id', 'name', 'certificateNumber'])
    .where('id', 'in', [...new Set(ids)])
    .execute();
  return new Map(rows.map((row) => [row.id, row]));
}

/** The party of a case; a merged one is shown as the one that lives on. */
async function partyOf(db: Db, id: string | null): Promise<CaseView['party']> {
  const row = await db
    .selectFrom('parties')
    .leftJoin('parties as survivor', 'survivor.id', 'parties.mergedInto')
    .where('parties.id', '=', id)
    .select((eb) => [
      eb.fn.coalesce('survivor.id', 'parties.id').as('id'),
      eb.fn.coalesce('survivor.name', 'parties.name').as('name'),
    ])
    .executeTakeFirst();
  return row ?? null;
}

/** Whether an approval of `matter` on the case still waits for its decision. */
export async function isApprovalWaiting(ctx: Ctx | TxCtx, id: string, matter: string): Promise<boolean> {
  const waiting = await ctx.db
    .selectFrom('approvals')
    .select('id')
    .where('subjectKind', '=', 'case')
    .where('subjectId', '=', id)
    .where('matter', '=', matter)
    .where('state', '=', 'proposed')
    .executeTakeFirst();
  return waiting !== undefined;
}

/** The grounds an approval was asked on. */
export async function approvalGrounds(tx: TxCtx, id: string): Promise<string> {
  const { grounds } = await tx.db
    .selectFrom('approvals')
    .select('grounds')
    .where('id', '=', id)
    .executeTakeFirstOrThrow();
  return grounds;
}

/** A case as a use case answers it. */
export async function caseView(ctx: Ctx | TxCtx, row: CaseRow): Promise<CaseView> {
  const [officers, party, actions] = await Promise.all([
    officersOf(ctx.db, row.officerIds),
    partyOf(ctx.db, row.partyId),
    actionsOf(ctx, row),
  ]);
  return {
    id: row.id,
    number: row.number,
    title: row.title,
    cause: row.cause,
    state: row.state,
    sourceId: row.sourceId,
    party,
    officers: row.officerIds.map((id) => officers.get(id) ?? { id, name: '', certificateNumber: null }),
    proposedAt: formatInstant(row.proposedAt),
    filedOn: row.filedOn,
    assignedUnitId: row.assignedUnitId,
    assignedUserIds: row.assignedUserIds,
    facts: row.facts,
    basis: row.basis,
    jurisdictionBasis: row.jurisdictionBasis,
    approvalId: row.approvalId,
    voidedAt: formatInstantOrNull(row.voidedAt),
    voidReason: row.voidReason,
    createdAt: formatInstant(row.createdAt),
    version: row.version,
    procedure: await procedureOf(ctx.db, row),
    allowedActions: actions,
  };
}

/** The case's row; 404 where it is not of the actor's bureau. */
export async function getCaseRow(ctx: Ctx | TxCtx, id: string): Promise<CaseRow> {
  const row = await ctx.db
    .selectFrom('cases')
    .selectAll()
    .where('id', '=', id)
    .where('bureauId', '=', ctx.actor.bureauId)
    .executeTakeFirst();
  if (!row) throw notFound();
  return row;
}

const listed = (ctx: Ctx) =>
  ctx.db
    .selectFrom('cases')
    .select([
      'cases.id',
      'cases.number',
      'cases.title',
      'cases.cause',
      'cases.state',
      'cases.sourceId',
      'cases.partyId',
      'cases.proposedAt',
      'cases.filedOn',
      'cases.assignedUnitId',
      'cases.assignedUserIds',
      'cases.createdAt',
      'cases.version',
      peopleOf('cases.officerIds').as('officers'),
      nameOfParty(sql.ref('cases.partyId')).as('partyName'),
      numberOf('sources', 'cases.sourceId').as('sourceNumber'),
      nextClock(ctx, 'case', 'cases.id').as('clock'),
    ])
    .select(matterColumns('case', 'cases'))
    .where('cases.bureauId', '=', ctx.actor.bureauId)
    .where('cases.voidedAt', 'is', null);

const TEXTS = ['number', 'title', nameOfParty(sql.ref('cases.partyId'))];

/** The bureau's cases, newest first; void ones are left out. */
export async function listCases(ctx: Ctx, filter: CaseQuery): Promise<Page<CaseListItem>> {
  const { sourceId, officerId, filedFrom, filedTo } = filter;
  let query = listed(ctx).where(
    askedOf(ctx, { kind: 'case', table: 'cases', time: 'createdAt', texts: TEXTS }, filter),
  );
  if (sourceId) query = query.where('cases.sourceId', '=', sourceId);
  if (officerId) query = query.where(sql<boolean>`cases.officer_ids @> array[${officerId}::uuid]`);
  if (filedFrom) query = query.where('cases.filedOn', '>=', filedFrom);
  if (filedTo) query = query.where('cases.filedOn', '<=', filedTo);
  const { items, next } = await page(query, { time: 'cases.createdAt', id: 'cases.id' }, filter);
  const rows = items.map((row) => ({ ...row, proposedAt: formatInstant(row.proposedAt) }));
  return { items: await dueRows(ctx, rows), next };
}
