import { type Ctx, inTx, type TxCtx } from '../../context.ts';
import { dayOf } from '../../shared/clock.ts';
import { notBefore, pastInstant } from '../../shared/time-order.ts';
import { handInAfterHearing, moveCase } from '../cases/index.ts';
import { cancelClock, meetClock, resumeClock, startClock } from '../deadlines/index.ts';
import { listHearings } from './queries.ts';
import { requireHost, requireTold } from './rules.ts';
import type { EndHearingInput, HearingsView, ReportHearingInput, TerminateHearingInput } from './schemas.ts';
import { lockStep, updateHearing } from './store.ts';

/** The hearing was held (#40): its report is due in five working days (P12). 409 `hearing.not_told`, `hearing.not_announced`. */
export async function endHearing(ctx: Ctx, caseId: string, body: EndHearingInput): Promise<HearingsView> {
  return inTx(ctx, async (tx) => {
    const { row, hearing, state } = await lockStep(tx, caseId, { ofCase: 'end_hearing', step: 'end' });
    requireHost(hearing, tx.actor.id);
    requireTold(hearing);
    const endedAt = pastInstant(body.endedAt, tx.now, 'endedAt');
    notBefore(endedAt, hearing.heldAt!, 'endedAt');
    await updateHearing(tx, hearing, { ...body, endedAt, endedBy: 'held', state });
    const subject = { kind: 'hearing', id: hearing.id };
    await startClock(tx, { rule: 'P12', subject, trigger: 'hearing.end', on: dayOf(endedAt) });
    const detail = { hearingId: hearing.id, endedAt: body.endedAt };
    await moveCase(tx, row, 'end_hearing', { as: 'hearing.end', detail });
    return listHearings(tx, caseId);
  });
}

/** The party withdraws, does not come or walks out (APL 64(6)): no hearing, and the case goes on. */
export async function terminateHearing(
  ctx: Ctx,
  caseId: string,
  body: TerminateHearingInput,
): Promise<HearingsView> {
  return inTx(ctx, async (tx) => {
    const step = { ofCase: 'terminate_hearing', step: 'terminate', body } as const;
    const { row, hearing, state } = await lockStep(tx, caseId, step);
    const { ground, reason } = body;
    await updateHearing(tx, hearing, { endedAt: tx.now, endedBy: ground, endReason: reason, state });
    const subject = { kind: 'hearing', id: hearing.id };
    for (const rule of ['P07', 'P08', 'P09', 'P10', 'P11'])
      await cancelClock(tx, { rule, subject, reason: 'hearing.terminate' });
    await runAgain(tx, caseId);
    const detail = { hearingId: hearing.id, ground };
    await moveCase(tx, row, 'terminate_hearing', { as: 'hearing.terminate', detail });
    return listHearings(tx, caseId);
  });
}

/** The limit of the case runs again from the day after (CXGD 64(2)). */
const runAgain = (tx: TxCtx, caseId: string): Promise<void> =>
  resumeClock(tx, { rule: 'P04', subject: { kind: 'case', id: caseId }, to: dayOf(tx.now) });

/** The host's report (#41): the limit of the case runs again, and the legal review follows (CXGD 50(2), K4). */
export async function reportHearing(
  ctx: Ctx,
  caseId: string,
  body: ReportHearingInput,
): Promise<HearingsView> {
  return inTx(ctx, async (tx) => {
    const { row, hearing, state } = await lockStep(tx, caseId, { ofCase: 'report', step: 'report' });
    requireHost(hearing, tx.actor.id);
    await updateHearing(tx, hearing, { ...body, reportedOn: dayOf(tx.now), state });
    await meetClock(tx, { rule: 'P12', subject: { kind: 'hearing', id: hearing.id } });
    await runAgain(tx, caseId);
    await handInAfterHearing(tx, row);
    await moveCase(tx, row, 'report', { as: 'hearing.report', detail: { hearingId: hearing.id } });
    return listHearings(tx, caseId);
  });
}
