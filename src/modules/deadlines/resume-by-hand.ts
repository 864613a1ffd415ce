import { type Ctx, inTx } from '../../context.ts';
import { conflict } from '../../shared/errors.ts';
import { pastDay } from '../../shared/time-order.ts';
import { audit } from '../audit/index.ts';
import { endPauses, ownPauses } from './exclude-time.ts';
import { requirePaper } from './papers.ts';
import { getClock } from './clock-detail.ts';
import type { ClockDetail, ResumeBody } from './schemas.ts';
import { lockClock } from './store.ts';

/**
 * An officer lets a limit run on that was paused by hand; what a sample or a hearing paused runs on when that ends.
 * 404, 412; 409 `clock.not_paused`, `clock.paused_by_itself`; 400 `deadline.exclude_reversed`; 422 `field.future`,
 * `clock.paper_unknown`.
 */
export async function resumeByHand(
  ctx: Ctx,
  id: string,
  { to, documentId }: ResumeBody,
): Promise<ClockDetail> {
  return inTx(ctx, async (tx) => {
    const clock = await lockClock(tx, id);
    if (clock.state !== 'paused') throw conflict('clock.not_paused', { rule: clock.ruleId });
    pastDay(to, tx.now, 'to');
    if (documentId) await requirePaper(tx, documentId);
    const pauses = await ownPauses(tx, clock);
    if (pauses.length === 0) throw conflict('clock.paused_by_itself', { rule: clock.ruleId });
    const end = { to, ...(documentId ? { documentId } : {}) };
    await endPauses(tx, clock, end, pauses);
    const subject = { kind: clock.subjectKind, id: clock.subjectId };
    await audit(tx, { action: 'clock.resume', subject, detail: { clockId: id, rule: clock.ruleId, ...end } });
    return getClock(tx, id);
  });
}
