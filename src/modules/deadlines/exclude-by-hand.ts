import { type Ctx, inTx, type TxCtx } from '../../context.ts';
import { dayOf } from '../../shared/clock.ts';
import { pastDay } from '../../shared/time-order.ts';
import { audit } from '../audit/index.ts';
import { takeOut, type TimeOut } from './exclude-time.ts';
import { admitted, requireNotice, requireRunning } from './exclusion-rules.ts';
import { articleOf } from './extend-clock.ts';
import { issuedPaper, requirePaper } from './papers.ts';
import { getClock } from './clock-detail.ts';
import { ruleById } from './rule-book.ts';
import type { ClockDetail, ExcludeBody, PauseBody } from './schemas.ts';
import { type ClockRow, lockClock } from './store.ts';

/**
 * An officer takes time out of one limit of a thing that no other step of the file takes out by itself, with the
 * paper it rests on. 404, 412; 409 `clock.not_open`, `clock.power_ended` (K23); 422 `clock.no_exclusion`,
 * `clock.cause_not_admitted`, `clock.paper_needed` (K23), `clock.paper_unknown`.
 */
export const excludeByHand = (ctx: Ctx, id: string, body: ExcludeBody): Promise<ClockDetail> =>
  byHand(ctx, { id, action: 'clock.exclude' }, body);

/**
 * An officer stops a limit from a day on, until it is resumed. Errors as `excludeByHand`; 409 `clock.already_paused`;
 * 422 `clock.period_indefinite` where the law wants a definite period (K23), `field.future`.
 */
export const pauseByHand = (ctx: Ctx, id: string, body: PauseBody): Promise<ClockDetail> =>
  byHand(ctx, { id, action: 'clock.pause' }, { ...body, to: null });

type Step = { id: string; action: 'clock.exclude' | 'clock.pause' };
type Given = PauseBody & { to: string | null };

async function byHand(ctx: Ctx, { id, action }: Step, body: Given): Promise<ClockDetail> {
  return inTx(ctx, async (tx) => {
    const clock = await lockClock(tx, id);
    requireRunning(clock, body.to === null);
    if (body.to === null) pastDay(body.from, tx.now, 'from');
    const cause = await checkGrounds(tx, clock, body);
    const { from, to, ground, documentId } = body;
    const time: TimeOut = { from, to, cause, ground, ...(documentId ? { documentId } : {}) };
    await takeOut(tx, clock, time);
    const subject = { kind: clock.subjectKind, id: clock.subjectId };
    await audit(tx, { action, subject, detail: { clockId: id, rule: clock.ruleId, ...time } });
    return getClock(tx, id);
  });
}

async function checkGrounds(tx: TxCtx, clock: ClockRow, { cause, documentId, to }: Given) {
  const excluded = admitted(ruleById(clock.ruleId), cause, articleOf(clock));
  const paper = documentId ? await issuedPaper(tx, documentId) : undefined;
  requireNotice(excluded, { paper, to }, { ...clock, today: dayOf(tx.now) });
  if (documentId) await requirePaper(tx, documentId);
  return excluded.cause;
}
