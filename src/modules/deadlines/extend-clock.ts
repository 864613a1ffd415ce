import type { TxCtx } from '../../context.ts';
import { conflict } from '../../shared/errors.ts';
import { nextExtension, requireBasis } from './extension-rules.ts';
import { citationText } from './rule-data.ts';
import { BOOK, ruleById } from './rule-book.ts';
import { type ClockOn, type ClockRow, lockOpenClocks, partsOf, recountClock } from './store.ts';
import { isPastEnd, lastDay } from './targets.ts';

/** Why and on whose word; `value`: less than the law's own length, or that which the law leaves open. */
export type ExtensionGrounds = {
  reason: string;
  approvalId?: string;
  documentId?: string;
  value?: number;
};

/** An extension of the clocks of a limit on a thing. */
export type ClockExtension = ClockOn & ExtensionGrounds;

/**
 * Lengthens the open clocks of a limit as the law allows: as often, as far, on the word of the rank it names, approved
 * before the last day has ended. 409 `clock.not_open`, `clock.already_extended`, `clock.extend_too_late`;
 * 422 `clock.no_extension`, `clock.open_extension`, `clock.extension_too_long`, `clock.approval_needed` and its like;
 * each names the article.
 */
export async function extendClock(tx: TxCtx, { rule, subject, ...grounds }: ClockExtension): Promise<void> {
  const clocks = await lockOpenClocks(tx, { rule, subject });
  if (clocks.length === 0) throw conflict('clock.not_open', { rule });
  for (const clock of clocks) await lengthen(tx, clock, grounds);
}

/** Lengthens one locked clock. Errors as `extendClock`. */
export async function lengthen(tx: TxCtx, clock: ClockRow, grounds: ExtensionGrounds): Promise<void> {
  if (clock.state !== 'running' && clock.state !== 'paused')
    throw conflict('clock.not_open', { rule: clock.ruleId });
  const { reason, approvalId = null, documentId = null } = grounds;
  const { extensions } = (await partsOf(tx.db, [clock.id])).get(clock.id)!;
  const article = articleOf(clock);
  const { value, unit, terms } = nextExtension(ruleById(clock.ruleId), extensions.length, {
    value: grounds.value,
    article,
  });
  const approvedAt = approvalId === null ? null : await approvalTime(tx, clock, approvalId);
  requireInTime(clock, approvedAt ?? tx.now);
  const basis = { isApproved: approvedAt !== null, hasDocument: documentId !== null };
  requireBasis(terms, basis, { rule: clock.ruleId, article });
  const extension = { id: tx.newId(), clockId: clock.id, value, unit, reason, approvalId, documentId };
  await tx.db
    .insertInto('clockExtensions')
    .values({ ...extension, createdAt: tx.now, actorId: tx.actor.id })
    .execute();
  const detail = { value, unit, reason, approvalId, documentId };
  await recountClock(tx, clock, { change: 'extended', detail });
}

/** When the head approved it; null where he did not. */
async function approvalTime(tx: TxCtx, { bureauId }: ClockRow, id: string): Promise<Date | null> {
  const approval = await tx.db
    .selectFrom('approvals')
    .select('decidedAt')
    .where('id', '=', id)
    .where('bureauId', '=', bureauId)
    .where('state', '=', 'approved')
    .executeTakeFirst();
  return approval?.decidedAt ?? null;
}

/** The articles a clock rests on, as refusals name them. */
export const articleOf = ({ ruleId, triggeredOn }: Pick<ClockRow, 'ruleId' | 'triggeredOn'>): string =>
  citationText(BOOK, { rule: ruleById(ruleId), on: triggeredOn }, 'zh');

/** 409 `clock.extend_too_late` where the last day had ended at `at`. */
export function requireInTime(clock: ClockRow, at: Date): void {
  if (isPastEnd(clock, at) !== true) return;
  const day = lastDay(ruleById(clock.ruleId), clock);
  throw conflict('clock.extend_too_late', { rule: clock.ruleId, day, article: articleOf(clock) });
}
