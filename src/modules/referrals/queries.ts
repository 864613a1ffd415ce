import { type Kysely, sql } from 'kysely';
import type { Ctx, TxCtx } from '../../context.ts';
import { matterColumns, originColumns, partyVia } from '../../db/list.ts';
import { type Page, page } from '../../db/page.ts';
import type { DB } from '../../db/schema.ts';
import { allowedActions } from '../../i18n/allowed-actions.ts';
import { formatInstant } from '../../shared/clock.ts';
import { notFound } from '../../shared/errors.ts';
import { next } from '../../shared/workflow.ts';
import { askedOf, type ClockedList, dueRows, nextClock } from '../deadlines/index.ts';
import { requireLive } from '../records/index.ts';
import { laboratoryReportsOf } from '../sources/index.ts';
import {
  CLUE_NOTICE_FLOW,
  requireApproved,
  requireClueNoticeVoidable,
  requireNotSubmitted,
} from './rules.ts';
import type { ApprovalView, ClueNoticeListItem, ClueNoticeQuery, ClueNoticeView } from './schemas.ts';
import type { ClueNoticeRow } from './store.ts';

/** An instant as the API writes it. */
export const iso = (instant: Date | null): string | null =>
  instant === null ? null : formatInstant(instant);

/** The approval a referral rests on; null where none is asked for, or it was changed after it. */
export async function approvalOf(db: Kysely<DB>, id: string | null): Promise<ApprovalView> {
  if (id === null) return null;
  return db
    .selectFrom('approvals')
    .select(['id', 'state', 'opinion'])
    .where('id', '=', id)
    .executeTakeFirstOrThrow();
}

/** When the head approved; the caller knows that he has. */
export async function approvedAt(db: Kysely<DB>, id: string | null): Promise<Date | null> {
  const row = await db.selectFrom('approvals').select('decidedAt').where('id', '=', id).executeTakeFirst();
  return row?.decidedAt ?? null;
}

function actionsOf(ctx: Ctx | TxCtx, row: ClueNoticeRow, approval: ApprovalView) {
  const step = (action: string, move: 'submit' | 'send' | 'acknowledge' | 'join', gate?: () => void) => ({
    action,
    permission: `clue_notice.${action}`,
    check: (): void => {
      requireLive(row);
      next(CLUE_NOTICE_FLOW, row.state, move);
      gate?.();
    },
  });
  return allowedActions(ctx, [
    step('submit', 'submit', () => requireNotSubmitted(approval)),
    step('send', 'send', () => requireApproved(approval)),
    step('acknowledge', 'acknowledge'),
    step('conclude', 'join'),
    ...['amend', 'assign', 'void'].map((action) => ({
      action,
      permission: `clue_notice.${action}`,
      check: (): void => {
        requireLive(row);
        if (action === 'void') requireClueNoticeVoidable(row, approval?.state === 'proposed');
      },
    })),
  ]);
}

/** A clue notice as a use case answers it. */
export async function clueNoticeView(ctx: Ctx | TxCtx, row: ClueNoticeRow): Promise<ClueNoticeView> {
  const approval = await approvalOf(ctx.db, row.approvalId);
  const { content, acknowledgedBy, outcome, voidReason } = row;
  return {
    id: row.id,
    state: row.state,
    sourceId: row.sourceId,
    caseId: row.caseId,
    recipient: row.recipient,
    sentAt: iso(row.sentAt),
    acknowledgedAt: iso(row.acknowledgedAt),
    assignedUnitId: row.assignedUnitId,
    assignedUserIds: row.assignedUserIds,
    voidedAt: iso(row.voidedAt),
    version: row.version,
    content,
    acknowledgedBy,
    outcome,
    voidReason,
    approval,
    laboratoryReports: await laboratoryReportsOf(ctx, row.sourceId),
    createdAt: formatInstant(row.createdAt),
    allowedActions: actionsOf(ctx, row, approval),
  };
}

/** One clue notice of the actor's bureau; 404 otherwise. */
export async function getClueNotice(ctx: Ctx, id: string): Promise<ClueNoticeView> {
  const row = await ctx.db
    .selectFrom('clueNotices')
    .selectAll()
    .where('id', '=', id)
    .where('bureauId', '=', ctx.actor.bureauId)
    .executeTakeFirst();
  if (!row) throw notFound();
  return clueNoticeView(ctx, row);
}

const PARTY = partyVia('clueNotices', { own: false });

const listed = (ctx: Ctx) =>
  ctx.db
    .selectFrom('clueNotices')
    .innerJoin('sources', 'sources.id', 'clueNotices.sourceId')
    .select([
      'clueNotices.id',
      'clueNotices.state',
      'clueNotices.sourceId',
      'clueNotices.caseId',
      'clueNotices.recipient',
      'clueNotices.sentAt',
      'clueNotices.acknowledgedAt',
      'clueNotices.assignedUnitId',
      'clueNotices.assignedUserIds',
      'clueNotices.createdAt',
      'clueNotices.version',
      PARTY.as('partyId'),
      'sources.partyName',
      nextClock(ctx, 'clue_notice', 'clueNotices.id').as('clock'),
    ])
    .select(originColumns('clueNotices'))
    .select(matterColumns('clue_notice', 'clueNotices'))
    .where('clueNotices.bureauId', '=', ctx.actor.bureauId)
    .where('clueNotices.voidedAt', 'is', null);

const LIST: ClockedList = {
  kind: 'clue_notice',
  table: 'clueNotices',
  time: 'createdAt',
  texts: ['recipient', sql.ref('sources.number'), sql.ref('sources.partyName')],
  party: PARTY,
};

/** The bureau's clue notices, newest first; void ones are left out. */
export async function listClueNotices(ctx: Ctx, filter: ClueNoticeQuery): Promise<Page<ClueNoticeListItem>> {
  const { sourceId, caseId } = filter;
  let query = listed(ctx).where(askedOf(ctx, LIST, filter));
  if (sourceId) query = query.where('clueNotices.sourceId', '=', sourceId);
  if (caseId) query = query.where('clueNotices.caseId', '=', caseId);
  const found = await page(query, { time: 'clueNotices.createdAt', id: 'clueNotices.id' }, filter);
  const rows = found.items.map((row) => ({
    ...row,
    sentAt: iso(row.sentAt),
    acknowledgedAt: iso(row.acknowledgedAt),
  }));
  return { items: await dueRows(ctx, rows), next: found.next };
}
