import type { Kysely } from 'kysely';
import type { Ctx, TxCtx } from '../../context.ts';
import { type Page, page } from '../../db/page.ts';
import type { DB } from '../../db/schema.ts';
import { allowedActions } from '../../i18n/allowed-actions.ts';
import { formatInstant } from '../../shared/clock.ts';
import { notFound } from '../../shared/errors.ts';
import { next } from '../../shared/workflow.ts';
import { requireLive } from '../records/index.ts';
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

function listItem(row: ClueNoticeRow): ClueNoticeListItem {
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
  };
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
    ...listItem(row),
    content,
    acknowledgedBy,
    outcome,
    voidReason,
    approval,
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

/** The bureau's clue notices, newest first; void ones are left out. */
export async function listClueNotices(ctx: Ctx, filter: ClueNoticeQuery): Promise<Page<ClueNoticeListItem>> {
  let query = ctx.db
    .selectFrom('clueNotices')
    .selectAll()
    .where('clueNotices.bureauId', '=', ctx.actor.bureauId)
    .where('clueNotices.voidedAt', 'is', null);
  if (filter.state) query = query.where('state', '=', filter.state);
  if (filter.sourceId) query = query.where('sourceId', '=', filter.sourceId);
  if (filter.caseId) query = query.where('caseId', '=', filter.caseId);
  const found = await page(query, { time: 'clueNotices.createdAt', id: 'clueNotices.id' }, filter);
  return { items: found.items.map(listItem), next: found.next };
}
