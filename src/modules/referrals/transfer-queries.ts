import { type Kysely, sql } from 'kysely';
import type { Ctx, TxCtx } from '../../context.ts';
import { matterColumns, nameOfParty } from '../../db/list.ts';
import { type Page, page } from '../../db/page.ts';
import type { DB } from '../../db/schema.ts';
import { allowedActions } from '../../i18n/allowed-actions.ts';
import { formatInstant } from '../../shared/clock.ts';
import { notFound } from '../../shared/errors.ts';
import { next } from '../../shared/workflow.ts';
import { askedOf, type ClockedList, clocksOf, dueRows, nextClock } from '../deadlines/index.ts';
import { requireLive } from '../records/index.ts';
import { laboratoryReportsOf } from '../sources/index.ts';
import { enclosedIn, enclosuresOf, sourceOfCase } from './enclosure-queries.ts';
import { approvalOf, iso } from './queries.ts';
import {
  type Enclosed,
  requireAllEnclosures,
  requireNotCopied,
  requireTransferVoidable,
  TRANSFER_FLOW,
} from './rules.ts';
import type { TransferListItem, TransferQuery, TransferState, TransferView } from './schemas.ts';
import type { TransferRow } from './store.ts';

type Db = Kysely<DB>;

/**
 * The open transfer of a case: proposed, or with the police. While there is one, no penalty is decided in its place
 * (K10; APL 27, YSGD 11). Undefined where there is none.
 */
export async function findOpenTransfer(
  db: Db,
  caseId: string,
): Promise<{ id: string; state: TransferState } | undefined> {
  return db
    .selectFrom('transfers')
    .select(['id', 'state'])
    .where('caseId', '=', caseId)
    .where('state', 'not in', ['refused', 'declined', 'returned'])
    .where('voidedAt', 'is', null)
    .executeTakeFirst();
}

/** Whether a case has an open transfer; read it after the case's row is locked (K10). */
export const transferOpen = async (db: Db, caseId: string): Promise<boolean> =>
  (await findOpenTransfer(db, caseId)) !== undefined;

async function groupOf(db: Db, ids: readonly string[]): Promise<TransferView['group']> {
  const rows = await db.selectFrom('users').select(['id', 'name']).where('id', 'in', ids).execute();
  const names = new Map(rows.map((row) => [row.id, row.name]));
  return ids.map((id) => ({ id, name: names.get(id) ?? '' }));
}

type Known = { enclosed: readonly Enclosed[]; isAsked: boolean };

function actionsOf(ctx: Ctx | TxCtx, row: TransferRow, { enclosed, isAsked }: Known) {
  type Move = 'enclose' | 'deliver' | 'copy_to_procuratorate' | 'acknowledge' | 'police_file';
  const step = (action: string, move: Move, gate?: () => void) => ({
    action,
    permission: `transfer.${action}`,
    check: (): void => {
      requireLive(row);
      next(TRANSFER_FLOW, row.state, move);
      gate?.();
    },
  });
  return allowedActions(ctx, [
    step('enclose', 'enclose'),
    step('deliver', 'deliver', () => requireAllEnclosures(enclosed)),
    step('copy_to_procuratorate', 'copy_to_procuratorate', () => requireNotCopied(row)),
    step('acknowledge', 'acknowledge'),
    step('police_decision', 'police_file'),
    ...['amend', 'assign', 'void'].map((action) => ({
      action,
      permission: `transfer.${action}`,
      check: (): void => {
        requireLive(row);
        if (action === 'void') requireTransferVoidable(row, isAsked);
      },
    })),
  ]);
}

/** A transfer as a use case answers it: enclosures, clocks, what may be done now. */
export async function transferView(ctx: Ctx | TxCtx, row: TransferRow): Promise<TransferView> {
  const [group, approval, enclosures, clocks, enclosed, sourceId] = await Promise.all([
    groupOf(ctx.db, row.groupIds),
    approvalOf(ctx.db, row.approvalId),
    enclosuresOf(ctx, row.id),
    clocksOf(ctx.db, [{ kind: 'transfer', id: row.id }], ctx.now),
    enclosedIn(ctx.db, row.id),
    sourceOfCase(ctx.db, row.caseId),
  ]);
  const { facts, procuratorate, deliveredTo, acknowledgedBy, decisionNumber, decisionNote, voidReason } = row;
  return {
    id: row.id,
    caseId: row.caseId,
    state: row.state,
    suspectedCrime: row.suspectedCrime,
    recipient: row.recipient,
    reportReceivedAt: formatInstant(row.reportReceivedAt),
    approvedAt: iso(row.approvedAt),
    deliveredAt: iso(row.deliveredAt),
    acknowledgedAt: iso(row.acknowledgedAt),
    decisionOn: row.decisionOn,
    assignedUnitId: row.assignedUnitId,
    assignedUserIds: row.assignedUserIds,
    voidedAt: iso(row.voidedAt),
    version: row.version,
    facts,
    procuratorate,
    deliveredTo,
    acknowledgedBy,
    decisionNumber,
    decisionNote,
    voidReason,
    group,
    approval,
    enclosures,
    laboratoryReports: await laboratoryReportsOf(ctx, sourceId),
    clocks,
    procuratorateCopiedAt: iso(row.procuratorateCopiedAt),
    createdAt: formatInstant(row.createdAt),
    allowedActions: actionsOf(ctx, row, { enclosed, isAsked: approval?.state === 'proposed' }),
  };
}

/** One transfer of the actor's bureau; 404 otherwise. */
export async function getTransfer(ctx: Ctx, id: string): Promise<TransferView> {
  const row = await ctx.db
    .selectFrom('transfers')
    .selectAll()
    .where('id', '=', id)
    .where('bureauId', '=', ctx.actor.bureauId)
    .executeTakeFirst();
  if (!row) throw notFound();
  return transferView(ctx, row);
}

const PARTY = sql.ref('cases.partyId');

const listed = (ctx: Ctx) =>
  ctx.db
    .selectFrom('transfers')
    .innerJoin('cases', 'cases.id', 'transfers.caseId')
    .select([
      'transfers.id',
      'transfers.caseId',
      'transfers.state',
      'transfers.suspectedCrime',
      'transfers.recipient',
      'transfers.reportReceivedAt',
      'transfers.approvedAt',
      'transfers.deliveredAt',
      'transfers.acknowledgedAt',
      'transfers.decisionOn',
      'transfers.assignedUnitId',
      'transfers.assignedUserIds',
      'transfers.createdAt',
      'transfers.version',
      'cases.number as caseNumber',
      'cases.title as caseTitle',
      'cases.partyId',
      nameOfParty(PARTY).as('partyName'),
      nextClock(ctx, 'transfer', 'transfers.id').as('clock'),
    ])
    .select(matterColumns('transfer', 'transfers'))
    .where('transfers.bureauId', '=', ctx.actor.bureauId)
    .where('transfers.voidedAt', 'is', null);

const LIST: ClockedList = {
  kind: 'transfer',
  table: 'transfers',
  time: 'createdAt',
  texts: ['suspectedCrime', 'recipient', sql.ref('cases.number'), sql.ref('cases.title'), nameOfParty(PARTY)],
  party: PARTY,
};

/** The bureau's transfers, newest first; void ones are left out. */
export async function listTransfers(ctx: Ctx, filter: TransferQuery): Promise<Page<TransferListItem>> {
  let query = listed(ctx).where(askedOf(ctx, LIST, filter));
  if (filter.caseId) query = query.where('transfers.caseId', '=', filter.caseId);
  const found = await page(query, { time: 'transfers.createdAt', id: 'transfers.id' }, filter);
  const rows = found.items.map((row) => ({
    ...row,
    reportReceivedAt: formatInstant(row.reportReceivedAt),
    approvedAt: iso(row.approvedAt),
    deliveredAt: iso(row.deliveredAt),
    acknowledgedAt: iso(row.acknowledgedAt),
  }));
  return { items: await dueRows(ctx, rows), next: found.next };
}

/** Whether an approval of the referral still waits for its decision. */
export async function isWaiting(db: Db, approvalId: string | null): Promise<boolean> {
  const { rows } = await sql<{ waiting: boolean }>`
    select exists (select 1 from approvals where id = ${approvalId} and state = 'proposed') as waiting`.execute(
    db,
  );
  return rows[0]?.waiting ?? false;
}
