import { type Ctx, inTx, type TxCtx } from '../../context.ts';
import type { Day } from '../../shared/clock.ts';
import { conflict } from '../../shared/errors.ts';
import { pastDay } from '../../shared/time-order.ts';
import { audit } from '../audit/index.ts';
import { closeClock } from './end-clock.ts';
import { getClock } from './clock-detail.ts';
import { requireRestartable } from './restart-rules.ts';
import type { ClockDetail, ClockView, RestartBody } from './schemas.ts';
import { startClock } from './start-clock.ts';
import { type ClockOn, type ClockRow, lockClock, lockOpenClocks } from './store.ts';

/** A repeat with new facts: the day the last report came in. */
export type Restart = ClockOn & { on: Day; reason: string };

/**
 * Order 121 art. 35(2) (C07): where the same reporter adds new facts against the same respondent, the limit of the
 * handling is counted anew from the last report. The old clock ends, a new one begins in the version in force on that
 * day, without the old one's extensions and exclusions. 409 `clock.not_open`; 422 `clock.no_restart` before the order
 * was in force, or for a limit that is not one of handling a report, `clock.restart_backwards`.
 */
export async function restartClock(
  tx: TxCtx,
  { rule, subject, ...restart }: Restart,
): Promise<ClockView | null> {
  const [clock] = await lockOpenClocks(tx, { rule, subject });
  if (!clock) throw conflict('clock.not_open', { rule });
  return beginAnew(tx, clock, restart);
}

/** An officer lets a limit begin anew. 404, 412, and as `restartClock`; 422 `field.future`. */
export async function restartByHand(ctx: Ctx, id: string, { on, reason }: RestartBody): Promise<ClockDetail> {
  return inTx(ctx, async (tx) => {
    pastDay(on, tx.now, 'on');
    const clock = await lockClock(tx, id);
    const begun = await beginAnew(tx, clock, { on, reason });
    const subject = { kind: clock.subjectKind, id: clock.subjectId };
    const detail = { clockId: id, newClockId: begun?.id ?? null, rule: clock.ruleId, on, reason };
    await audit(tx, { action: 'clock.restart', subject, detail });
    return getClock(tx, begun?.id ?? id);
  });
}

async function beginAnew(
  tx: TxCtx,
  clock: ClockRow,
  { on, reason }: { on: Day; reason: string },
): Promise<ClockView | null> {
  requireRestartable(clock, on);
  await closeClock(tx, clock, { change: 'restarted', reason });
  return startClock(tx, {
    rule: clock.ruleId,
    subject: { kind: clock.subjectKind, id: clock.subjectId },
    trigger: 'tip.repeated',
    on,
    bureauId: clock.bureauId,
    restartOf: clock.id,
  });
}
