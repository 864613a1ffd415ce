import type { Ctx, TxCtx } from '../../context.ts';
import { allowedActions } from '../../i18n/allowed-actions.ts';
import { type Locale, text } from '../../i18n/index.ts';
import { dayOf, formatInstant, formatInstantOrNull } from '../../shared/clock.ts';
import { conflict } from '../../shared/errors.ts';
import type { AllowedAction } from '../../shared/schemas.ts';
import { clockView } from './clocks-of.ts';
import { admitted, requireNotice, requireRunning } from './exclusion-rules.ts';
import { articleOf, requireInTime } from './extend-clock.ts';
import { extensionLeft, nextExtension, requireNoOwnStep } from './extension-rules.ts';
import { getClockRow } from './queries.ts';
import { requireRestartable } from './restart-rules.ts';
import { ruleById } from './rule-book.ts';
import type { ClockDetail, HistoryQuery, HistoryView } from './schemas.ts';
import { allPartsOf, type ClockParts, type ClockRow, type ExclusionRow, type ExtensionRow } from './store.ts';

type Reader = Ctx | TxCtx;

/** How many lines of history a clock shows at once. */
const SHOWN = 50;

/** One clock with its pauses, extensions, the last of its history, and what may be done to it. 404. */
export async function getClock(ctx: Reader, id: string): Promise<ClockDetail> {
  const row = await getClockRow(ctx, id);
  const parts = (await allPartsOf(ctx.db, [id])).get(id)!;
  const history = await historyOf(ctx, id, { limit: SHOWN });
  const waiting = await waitingFor(ctx, id);
  const rule = ruleById(row.ruleId);
  return {
    ...clockView(row, ctx.now),
    exclusionList: parts.exclusions.map((entry) => exclusionView(entry, ctx.locale)),
    extensionList: parts.extensions.map((entry) => extensionView(entry, ctx.locale)),
    history: history.toReversed(),
    causes: rule.excludes.map(({ cause }) => cause),
    extensionLeft: extensionLeft(rule, liveOf(parts.extensions)),
    extensionWaiting: waiting,
    restartOf: row.restartOf,
    cancelReason: row.cancelReason,
    allowedActions: actionsOf(ctx, row, { parts, isWaiting: waiting !== null }),
  };
}

const liveOf = (rows: readonly { removedAt: Date | null }[]): number =>
  rows.filter(({ removedAt }) => removedAt === null).length;

const taken = ({ removedAt, removeReason }: Pick<ExclusionRow, 'removedAt' | 'removeReason'>) => ({
  removedAt: formatInstantOrNull(removedAt),
  removeReason,
});

const exclusionView = (row: ExclusionRow, locale: Locale): ClockDetail['exclusionList'][number] => ({
  id: row.id,
  cause: row.cause,
  from: row.fromOn,
  to: row.toOn,
  ground: text(locale, row.ground),
  documentId: row.documentId,
  resumeDocumentId: row.resumeDocumentId,
  origin: row.originKind && row.originId ? { kind: row.originKind, id: row.originId } : null,
  at: formatInstant(row.createdAt),
  actorId: row.actorId,
  ...taken(row),
});

const extensionView = (row: ExtensionRow, locale: Locale): ClockDetail['extensionList'][number] => ({
  id: row.id,
  value: row.value,
  unit: row.unit,
  reason: text(locale, row.reason),
  approvalId: row.approvalId,
  documentId: row.documentId,
  approvedBy: row.approvedBy,
  at: formatInstant(row.createdAt),
  actorId: row.actorId,
  ...taken(row),
});

async function historyOf(
  ctx: Reader,
  clockId: string,
  { cursor, limit }: { cursor?: number | undefined; limit: number },
): Promise<HistoryView[]> {
  let query = ctx.db.selectFrom('clockHistory').selectAll().where('clockId', '=', clockId);
  if (cursor !== undefined) query = query.where('id', '<', cursor);
  const rows = await query.orderBy('id', 'desc').limit(limit).execute();
  return rows.map(({ id, at, actorId, change, rawOn, rolledOn, detail }) => ({
    id,
    at: formatInstant(at),
    actorId,
    change,
    rawOn,
    rolledOn,
    detail: detail as Record<string, unknown>,
  }));
}

/** The history of a clock, newest first, paged. 404. */
export async function listHistory(
  ctx: Ctx,
  id: string,
  { cursor, limit }: HistoryQuery,
): Promise<{ items: HistoryView[]; next: string | null }> {
  await getClockRow(ctx, id);
  const rows = await historyOf(ctx, id, { cursor, limit: limit + 1 });
  const items = rows.slice(0, limit);
  return { items, next: rows.length > limit ? String(items.at(-1)!.id) : null };
}

/** The request for more time a head has before him. */
async function waitingFor(ctx: Reader, clockId: string): Promise<string | null> {
  const request = await ctx.db
    .selectFrom('clockExtensionRequests')
    .innerJoin('approvals', 'approvals.id', 'clockExtensionRequests.approvalId')
    .select('approvals.id')
    .where('clockExtensionRequests.clockId', '=', clockId)
    .where('approvals.state', '=', 'proposed')
    .executeTakeFirst();
  return request?.id ?? null;
}

type Known = { parts: ClockParts; isWaiting: boolean };

function actionsOf(ctx: Reader, clock: ClockRow, { parts, isWaiting }: Known): AllowedAction[] {
  const rule = ruleById(clock.ruleId);
  const today = dayOf(ctx.now);
  const article = articleOf(clock);
  const step = (action: string, check: () => unknown) => ({ action, permission: `clock.${action}`, check });
  const standing = (rows: readonly { removedAt: Date | null }[]) => () => {
    if (clock.state === 'cancelled' || !rows.some(({ removedAt }) => removedAt === null))
      throw conflict('clock.not_standing', { rule: rule.id });
  };
  return allowedActions(ctx, [
    step('extend', () => {
      requireRunning(clock, false);
      const live = liveOf(parts.extensions);
      // Of an open extension the length is asked for in the form.
      const asked = rule.extension?.value === null || (rule.further && live > 0) ? 1 : undefined;
      requireNoOwnStep(nextExtension(rule, live, { value: asked, article }).terms);
      requireInTime(clock, ctx.now);
      if (isWaiting) throw conflict('approval.already_waiting');
    }),
    step('exclude', () => {
      requireRunning(clock, false);
      requireOpenPower(clock, today, article);
    }),
    step('pause', () => {
      requireRunning(clock, true);
      requireNotice(admitted(rule, undefined, article), { paper: undefined, to: null }, { ...clock, today });
    }),
    step('resume', () => {
      if (clock.state !== 'paused') throw conflict('clock.not_paused', { rule: rule.id });
    }),
    step('restart', () => requireRestartable(clock, today)),
    step('remove_extension', standing(parts.extensions)),
    step('remove_exclusion', standing(parts.exclusions)),
  ]);
}

/** An exclusion is possible at all: its paper comes with the form. */
function requireOpenPower(clock: ClockRow, today: string, article: string): void {
  const excluded = admitted(ruleById(clock.ruleId), undefined, article);
  if (excluded.notice === null) return;
  const { subjectKind, subjectId } = clock;
  const paper = { kind: excluded.notice, subjectKind, subjectId, isServed: true };
  requireNotice(excluded, { paper, to: today }, { ...clock, today });
}
