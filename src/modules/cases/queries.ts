import { type Kysely, sql } from 'kysely';
import type { Ctx, TxCtx } from '../../context.ts';
import { type Page, page } from '../../db/page.ts';
import type { DB } from '../../db/schema.ts';
import { allowedActions } from '../../i18n/allowed-actions.ts';
import { formatInstant } from '../../shared/clock.ts';
import { notFound } from '../../shared/errors.ts';
import type { AllowedAction } from '../../shared/schemas.ts';
import { next } from '../../shared/workflow.ts';
import { clocksOf } from '../deadlines/index.ts';
import { requireLive } from '../records/index.ts';
import {
  CASE_FLOW,
  type CaseClock,
  requireExtendable,
  requireNotFiled,
  requireNothingWaiting,
} from './rules.ts';
import type { CaseListItem, CaseQuery, CaseView } from './schemas.ts';
import type { CaseRow } from './store.ts';

type Db = Kysely<DB>;

const iso = (instant: Date | null): string | null => (instant === null ? null : formatInstant(instant));

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

/** The parties of cases by the id written in the case; a merged party is shown as the one that lives on. */
async function partiesOf(
  db: Db,
  ids: readonly (string | null)[],
): Promise<Map<string, { id: string; name: string }>> {
  const wanted = [...new Set(ids.filter((id) => id !== null))];
  if (wanted.length === 0) return new Map();
  const rows = await db
    .selectFrom('parties')
    .leftJoin('parties as survivor', 'survivor.id', 'parties.mergedInto')
    .where('parties.id', 'in', wanted)
    .select(['parties.id as asked', 'parties.id', 'parties.name'])
    .select(['survivor.id as survivorId', 'survivor.name as survivorName'])
    .execute();
  return new Map(
    rows.map((row) => [row.asked, { id: row.survivorId ?? row.id, name: row.survivorName ?? row.name }]),
  );
}

type Shown = Pick<
  CaseRow,
  | 'id'
  | 'number'
  | 'title'
  | 'cause'
  | 'state'
  | 'sourceId'
  | 'partyId'
  | 'officerIds'
  | 'proposedAt'
  | 'filedOn'
  | 'assignedUnitId'
  | 'assignedUserIds'
  | 'voidedAt'
  | 'version'
>;

async function listItems(db: Db, rows: readonly Shown[]): Promise<CaseListItem[]> {
  const [officers, parties] = await Promise.all([
    officersOf(
      db,
      rows.flatMap((row) => row.officerIds),
    ),
    partiesOf(
      db,
      rows.map((row) => row.partyId),
    ),
  ]);
  return rows.map((row) => ({
    id: row.id,
    number: row.number,
    title: row.title,
    cause: row.cause,
    state: row.state,
    sourceId: row.sourceId,
    party: row.partyId === null ? null : (parties.get(row.partyId) ?? null),
    officers: row.officerIds.map((id) => officers.get(id) ?? { id, name: '', certificateNumber: null }),
    proposedAt: formatInstant(row.proposedAt),
    filedOn: row.filedOn,
    assignedUnitId: row.assignedUnitId,
    assignedUserIds: row.assignedUserIds,
    voidedAt: iso(row.voidedAt),
    version: row.version,
  }));
}

/** How the 90-day clock of a case stands; null where there is none (not filed, or cancelled). */
export async function caseClock(ctx: Ctx | TxCtx, id: string): Promise<CaseClock | null> {
  const clocks = await clocksOf(ctx.db, [{ kind: 'case', id }], ctx.now);
  const clock = clocks.find(({ rule, state }) => rule.startsWith('P04') && state !== 'cancelled');
  return clock ? { state: clock.state, extensions: clock.extensions, isOver: clock.overdue === true } : null;
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

async function actionsOf(ctx: Ctx | TxCtx, row: CaseRow): Promise<AllowedAction[]> {
  const [clock, isWaiting, isFilingAsked] = await Promise.all([
    caseClock(ctx, row.id),
    isApprovalWaiting(ctx, row.id, 'case.extend'),
    isApprovalWaiting(ctx, row.id, 'case.file'),
  ]);
  const live = (): void => requireLive(row);
  const amend = (): void => {
    live();
    requireNothingWaiting(isFilingAsked || isWaiting);
  };
  const strikeOut = (): void => {
    live();
    requireNotFiled(row);
    requireNothingWaiting(isFilingAsked);
  };
  const extend = (): void => {
    requireLive(row);
    next(CASE_FLOW, row.state, 'extend');
    requireExtendable(clock, isWaiting);
  };
  return allowedActions(ctx, [
    { action: 'extend', permission: 'case.extend', check: extend },
    { action: 'amend', permission: 'case.amend', check: amend },
    { action: 'assign', permission: 'case.assign', check: live },
    { action: 'void', permission: 'case.void', check: strikeOut },
  ]);
}

/** A case as a use case answers it. */
export async function caseView(ctx: Ctx | TxCtx, row: CaseRow): Promise<CaseView> {
  const [item] = await listItems(ctx.db, [row]);
  return {
    ...item!,
    facts: row.facts,
    basis: row.basis,
    jurisdictionBasis: row.jurisdictionBasis,
    approvalId: row.approvalId,
    voidReason: row.voidReason,
    createdAt: formatInstant(row.createdAt),
    allowedActions: await actionsOf(ctx, row),
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

/** The bureau's cases, newest first; void ones are left out. */
export async function listCases(ctx: Ctx, filter: CaseQuery): Promise<Page<CaseListItem>> {
  let query = ctx.db
    .selectFrom('cases')
    .select(['id', 'number', 'title', 'cause', 'state', 'sourceId', 'partyId', 'officerIds', 'proposedAt'])
    .select(['filedOn', 'assignedUnitId', 'assignedUserIds', 'voidedAt', 'version'])
    .where('cases.bureauId', '=', ctx.actor.bureauId)
    .where('cases.voidedAt', 'is', null);
  if (filter.state) query = query.where('state', '=', filter.state);
  if (filter.partyId) query = query.where('partyId', '=', filter.partyId);
  if (filter.sourceId) query = query.where('sourceId', '=', filter.sourceId);
  if (filter.officerId)
    query = query.where(sql<boolean>`${filter.officerId}::uuid = any (cases.officer_ids)`);
  if (filter.filedFrom) query = query.where('filedOn', '>=', filter.filedFrom);
  if (filter.filedTo) query = query.where('filedOn', '<=', filter.filedTo);
  if (filter.q) query = query.where(named(filter.q));
  const found = await page(query, { time: 'cases.createdAt', id: 'cases.id' }, filter);
  return { items: await listItems(ctx.db, found.items), next: found.next };
}

function named(q: string) {
  const like = `%${q.replace(/[\\%_]/g, '\\$&')}%`;
  return sql<boolean>`(cases.title ilike ${like} or cases.number ilike ${like} or exists (
    select 1 from parties where parties.id = cases.party_id and parties.name ilike ${like}))`;
}
