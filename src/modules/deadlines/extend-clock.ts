import type { TxCtx } from '../../context.ts';
import type { Day } from '../../shared/clock.ts';
import { conflict, unprocessable } from '../../shared/errors.ts';
import { calendarOf } from './calendars.ts';
import { citationText, type Rule } from './rule-data.ts';
import { BOOK, ruleById } from './rule-book.ts';
import {
  type ClockOn,
  type ClockParts,
  type ClockRow,
  lockOpenClocks,
  moveClock,
  partsOf,
  recount,
} from './store.ts';
import { isPastEnd, lastDay } from './targets.ts';

/** An extension and who approved it. */
export type ClockExtension = ClockOn & { reason: string; approvalId?: string };

/**
 * Lengthens the open clocks of a limit by what the law itself allows, as often as it allows it, and only before the
 * last day has ended. 409 `clock.not_open`, `clock.already_extended`, `clock.extend_too_late`;
 * 422 `clock.no_extension`, `clock.open_extension`; each names the article.
 */
export async function extendClock(
  tx: TxCtx,
  { reason, approvalId, ...which }: ClockExtension,
): Promise<void> {
  const clocks = await lockOpenClocks(tx, which);
  if (clocks.length === 0) throw conflict('clock.not_open', { rule: which.rule });
  const parts = await partsOf(
    tx.db,
    clocks.map(({ id }) => id),
  );
  for (const clock of clocks) {
    await extendOne(tx, clock, parts.get(clock.id)!, { reason, approvalId: approvalId ?? null });
  }
}

type Grounds = { reason: string; approvalId: string | null };

async function extendOne(tx: TxCtx, clock: ClockRow, parts: ClockParts, grounds: Grounds): Promise<void> {
  const rule = ruleById(clock.ruleId);
  const { value, unit } = statutoryExtension(rule, clock.triggeredOn);
  requireRoom(rule, clock, parts, tx.now);
  const row = await tx.db
    .insertInto('clockExtensions')
    .values({
      id: tx.newId(),
      clockId: clock.id,
      value,
      unit,
      ...grounds,
      createdAt: tx.now,
      actorId: tx.actor.id,
    })
    .returningAll()
    .executeTakeFirstOrThrow();
  const calendar = await calendarOf(tx, clock.bureauId);
  const due = recount(
    clock,
    { ...parts, extensions: [...parts.extensions, { ...row, approvedBy: null }] },
    calendar,
  );
  await moveClock(tx, clock, { due, calendar }, { change: 'extended', detail: { value, unit, ...grounds } });
}

/** The extension the law gives; 422 where it gives none or fixes no length. */
function statutoryExtension(rule: Rule, on: Day): { value: number; unit: string } {
  const article = citationText(BOOK, { rule, on }, 'zh');
  const { extension } = rule;
  if (!extension) throw unprocessable('clock.no_extension', { rule: rule.id, article });
  if (extension.value === null || extension.unit === null) {
    throw unprocessable('clock.open_extension', { rule: rule.id, article });
  }
  return { value: extension.value, unit: extension.unit };
}

function requireRoom(rule: Rule, clock: ClockRow, { extensions }: ClockParts, now: Date): void {
  const article = citationText(BOOK, { rule, on: clock.triggeredOn }, 'zh');
  const most = rule.extension?.maxTimes ?? null;
  if (most !== null && extensions.length >= most) {
    throw conflict('clock.already_extended', { rule: rule.id, times: most, article });
  }
  if (isPastEnd(clock, now) === true) {
    throw conflict('clock.extend_too_late', { rule: rule.id, day: lastDay(rule, clock), article });
  }
}
