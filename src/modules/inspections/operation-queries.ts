import { type Kysely, sql } from 'kysely';
import type { Ctx, TxCtx } from '../../context.ts';
import { assigneeColumns, matterColumns, nameOfParty, originColumns, partyVia } from '../../db/list.ts';
import { type Page, page } from '../../db/page.ts';
import type { DB } from '../../db/schema.ts';
import { type ActionCheck, allowedActions } from '../../i18n/allowed-actions.ts';
import { formatInstant } from '../../shared/clock.ts';
import { notFound } from '../../shared/errors.ts';
import { next } from '../../shared/workflow.ts';
import { askedOf, type ClockedList, dueRows, nextClock } from '../deadlines/index.ts';
import { requireLive } from '../records/index.ts';
import { iso } from './queries.ts';
import { OPERATION_FLOW, requireUnused } from './rules.ts';
import type { OperationListItem, OperationQuery, OperationView, Site } from './schemas.ts';
import { type OperationRow, peopleOf } from './store.ts';

const PARTY = partyVia('operations', { own: false });

/** What an operation hangs on and who has it, by name. */
const namesOf = (db: Kysely<DB>, id: string) =>
  db
    .selectFrom('operations')
    .select(nameOfParty(PARTY).as('partyName'))
    .select(originColumns('operations'))
    .select(assigneeColumns('operations'))
    .where('id', '=', id)
    .executeTakeFirstOrThrow();

async function logOf(db: Kysely<DB>, id: string): Promise<OperationView['log']> {
  const rows = await db
    .selectFrom('operationLog')
    .select(['id', 'at', 'side', 'entry', 'actorId'])
    .select((eb) =>
      eb
        .selectFrom('users')
        .select('name')
        .where(sql<boolean>`users.id::text = operation_log.actor_id`)
        .as('actorName'),
    )
    .where('operationId', '=', id)
    .orderBy('at')
    .orderBy('lineNo')
    .execute();
  return rows.map((row) => ({ ...row, at: formatInstant(row.at) }));
}

async function inspectionsOf(db: Kysely<DB>, id: string): Promise<OperationView['inspections']> {
  return db
    .selectFrom('inspections')
    .select(['id', 'state', 'subjectMatter', 'place'])
    .where('operationId', '=', id)
    .where('voidedAt', 'is', null)
    .orderBy('createdAt')
    .orderBy('id')
    .execute();
}

function actionsOf(row: OperationRow, inspections: number): ActionCheck[] {
  const steps = (['start', 'log', 'end', 'call_off'] as const).map((action) => ({
    action,
    permission: `operation.${action}`,
    check: (): void => {
      requireLive(row);
      next(OPERATION_FLOW, row.state, action);
    },
  }));
  const always = ['amend', 'assign', 'void'].map((action) => ({
    action,
    permission: `operation.${action}`,
    check: (): void => {
      requireLive(row);
      if (action === 'void') requireUnused(inspections, 'operation.in_use');
    },
  }));
  return [...steps, ...always];
}

/** A joint operation as a use case answers it, with its log and its inspections. */
export async function operationView(ctx: Ctx | TxCtx, row: OperationRow): Promise<OperationView> {
  const [log, inspections, names] = await Promise.all([
    logOf(ctx.db, row.id),
    inspectionsOf(ctx.db, row.id),
    namesOf(ctx.db, row.id),
  ]);
  const { plan, outcome, bureauTook, policeTook, calledOffReason, voidReason } = row;
  return {
    id: row.id,
    title: row.title,
    state: row.state,
    partner: row.partner,
    plannedOn: row.plannedOn,
    sourceId: row.sourceId,
    caseId: row.caseId,
    startedAt: iso(row.startedAt),
    endedAt: iso(row.endedAt),
    assignedUnitId: row.assignedUnitId,
    assignedUserIds: row.assignedUserIds,
    voidedAt: iso(row.voidedAt),
    version: row.version,
    plan,
    outcome,
    bureauTook,
    policeTook,
    calledOffReason,
    voidReason,
    ...names,
    sites: row.sites as unknown as Site[],
    people: peopleOf(row),
    log,
    inspections,
    createdAt: formatInstant(row.createdAt),
    allowedActions: allowedActions(ctx, actionsOf(row, inspections.length)),
  };
}

/** One joint operation of the actor's bureau; 404 otherwise. */
export async function getOperation(ctx: Ctx, id: string): Promise<OperationView> {
  const row = await ctx.db
    .selectFrom('operations')
    .selectAll()
    .where('id', '=', id)
    .where('bureauId', '=', ctx.actor.bureauId)
    .executeTakeFirst();
  if (!row) throw notFound();
  return operationView(ctx, row);
}

const listed = (ctx: Ctx) =>
  ctx.db
    .selectFrom('operations')
    .select([
      'operations.id',
      'operations.title',
      'operations.state',
      'operations.partner',
      'operations.plannedOn',
      'operations.sourceId',
      'operations.caseId',
      'operations.startedAt',
      'operations.endedAt',
      'operations.assignedUnitId',
      'operations.assignedUserIds',
      'operations.createdAt',
      'operations.version',
      PARTY.as('partyId'),
      nameOfParty(PARTY).as('partyName'),
      nextClock(ctx, 'operation', 'operations.id').as('clock'),
    ])
    .select(originColumns('operations'))
    .select(matterColumns('operation', 'operations'))
    .where('operations.bureauId', '=', ctx.actor.bureauId)
    .where('operations.voidedAt', 'is', null);

const LIST: ClockedList = {
  kind: 'operation',
  table: 'operations',
  time: 'createdAt',
  texts: ['title', 'partner', nameOfParty(PARTY)],
  party: PARTY,
};

/** The bureau's joint operations, newest first; void ones are left out. */
export async function listOperations(ctx: Ctx, filter: OperationQuery): Promise<Page<OperationListItem>> {
  const { caseId, sourceId } = filter;
  let query = listed(ctx).where(askedOf(ctx, LIST, filter));
  if (caseId) query = query.where('operations.caseId', '=', caseId);
  if (sourceId) query = query.where('operations.sourceId', '=', sourceId);
  const { items, next } = await page(query, { time: 'operations.createdAt', id: 'operations.id' }, filter);
  const rows = items.map((row) => ({ ...row, startedAt: iso(row.startedAt), endedAt: iso(row.endedAt) }));
  return { items: await dueRows(ctx, rows), next };
}
