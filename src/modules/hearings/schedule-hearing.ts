import { type Ctx, inTx, type TxCtx } from '../../context.ts';
import { type Day, dayOf, formatInstant, parseInstant } from '../../shared/clock.ts';
import { pastDay } from '../../shared/time-order.ts';
import { moveCase } from '../cases/index.ts';
import { cancelClock, clocksOf, meetClock, startClock } from '../deadlines/index.ts';
import { partyNameOf } from '../penalties/index.ts';
import { recordService } from '../services/index.ts';
import type { ServeInput } from '../services/schemas.ts';
import { listHearings } from './queries.ts';
import { checkPublic, requireHost, requireTimeLeft, requireToldInTime } from './rules.ts';
import type { AdjournInput, HearingsView, ScheduleInput } from './schemas.ts';
import { type HearingRow, lockStep, updateHearing } from './store.ts';

/**
 * The host fixes time and place (TZBF 20): at least seven working days ahead for the notice (P10), three for the
 * announcement of a public one (P11). 422 `hearing.too_soon`, `hearing.closed_reason`, K3 `hearing.host_only`.
 */
export async function scheduleHearing(ctx: Ctx, caseId: string, body: ScheduleInput): Promise<HearingsView> {
  return inTx(ctx, async (tx) => {
    const step = { ofCase: 'schedule_hearing', step: 'schedule', body } as const;
    const { row, hearing, state } = await lockStep(tx, caseId, step);
    requireHost(hearing, tx.actor.id);
    checkPublic(body);
    const heldAt = parseInstant(body.heldAt);
    await runUp(tx, hearing, { heldAt, isPublic: body.isPublic });
    await meetClock(tx, { rule: 'P09', subject: { kind: 'hearing', id: hearing.id } });
    await updateHearing(tx, hearing, { ...body, heldAt, closedReason: body.closedReason ?? null, state });
    const detail = { hearingId: hearing.id, heldAt: body.heldAt, isPublic: body.isPublic };
    await moveCase(tx, row, 'schedule_hearing', { as: 'hearing.schedule', detail });
    return listHearings(tx, caseId);
  });
}

/** The limits that run up to a hearing begin, counted back from its day. */
async function runUp(
  tx: TxCtx,
  hearing: HearingRow,
  { heldAt, isPublic }: { heldAt: Date; isPublic: boolean },
): Promise<void> {
  const subject = { kind: 'hearing', id: hearing.id };
  const on = dayOf(heldAt);
  const start = (rule: string) => startClock(tx, { rule, subject, trigger: 'hearing.schedule', on });
  requireTimeLeft((await start('P10'))?.rawOn ?? null, dayOf(tx.now));
  if (isPublic) await start('P11');
}

/** The last day of a limit of the hearing that still runs. */
async function lastDay(tx: TxCtx, hearing: HearingRow, rule: string): Promise<Day | null> {
  const clocks = await clocksOf(tx.db, [{ kind: 'hearing', id: hearing.id }], tx.now);
  return clocks.find((clock) => clock.rule === rule && clock.state === 'running')?.rawOn ?? null;
}

/** Serves the notice of the hearing (#39), seven working days ahead. 409 `hearing.told_late`. */
export async function serveHearingNotice(ctx: Ctx, caseId: string, body: ServeInput): Promise<HearingsView> {
  return inTx(ctx, async (tx) => {
    const step = { ofCase: 'schedule_hearing', step: 'serve_notice', body } as const;
    const { row, hearing } = await lockStep(tx, caseId, step);
    const subject = { kind: 'hearing', id: hearing.id };
    const recipient = await partyNameOf(tx, row);
    const what = { subject, paperTitle: '行政处罚听证通知书', recipient, madeOn: hearing.requestedOn };
    const done = await recordService(tx, what, body);
    if (done.servedOn !== null) {
      requireToldInTime(done.servedOn, await lastDay(tx, hearing, 'P10'));
      await updateHearing(tx, hearing, { noticeServedOn: done.servedOn });
      await meetClock(tx, { rule: 'P10', subject });
    }
    const detail = { hearingId: hearing.id, serviceId: done.id, servedOn: done.servedOn };
    await moveCase(tx, row, 'schedule_hearing', { as: 'hearing.serve_notice', detail });
    return listHearings(tx, caseId);
  });
}

/** A public hearing is announced three working days ahead (TZBF 22(2)). 409 `hearing.told_late`. */
export async function announceHearing(
  ctx: Ctx,
  caseId: string,
  { announcedOn }: { announcedOn: Day },
): Promise<HearingsView> {
  return inTx(ctx, async (tx) => {
    const step = { ofCase: 'schedule_hearing', step: 'announce', body: {} } as const;
    const { row, hearing } = await lockStep(tx, caseId, step);
    requireToldInTime(pastDay(announcedOn, tx.now, 'announcedOn'), await lastDay(tx, hearing, 'P11'));
    await updateHearing(tx, hearing, { announcedOn });
    await meetClock(tx, { rule: 'P11', subject: { kind: 'hearing', id: hearing.id } });
    const detail = { hearingId: hearing.id, announcedOn };
    await moveCase(tx, row, 'schedule_hearing', { as: 'hearing.announce', detail });
    return listHearings(tx, caseId);
  });
}

/** The host puts the hearing off to another day, of which party and public are told anew. 422 `hearing.too_soon`. */
export async function adjournHearing(ctx: Ctx, caseId: string, body: AdjournInput): Promise<HearingsView> {
  return inTx(ctx, async (tx) => {
    const { row, hearing } = await lockStep(tx, caseId, { ofCase: 'adjourn', step: 'adjourn' });
    requireHost(hearing, tx.actor.id);
    const subject = { kind: 'hearing', id: hearing.id };
    for (const rule of ['P10', 'P11']) await cancelClock(tx, { rule, subject, reason: 'hearing.adjourn' });
    const heldAt = parseInstant(body.heldAt);
    await runUp(tx, hearing, { heldAt, isPublic: hearing.isPublic ?? false });
    const before = {
      heldAt: formatInstant(hearing.heldAt!),
      place: hearing.place,
      reason: body.reason,
      on: dayOf(tx.now),
    };
    const adjournments = JSON.stringify([...(hearing.adjournments as unknown[]), before]);
    const again = { noticeServedOn: null, announcedOn: null };
    await updateHearing(tx, hearing, { heldAt, place: body.place, adjournments, ...again });
    const detail = { hearingId: hearing.id, before, heldAt: body.heldAt };
    await moveCase(tx, row, 'adjourn', { as: 'hearing.adjourn', detail });
    return listHearings(tx, caseId);
  });
}
