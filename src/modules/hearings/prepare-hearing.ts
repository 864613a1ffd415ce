import { type Ctx, inTx, type TxCtx } from '../../context.ts';
import { ownBureau } from '../../db/scope.ts';
import { dayOf } from '../../shared/clock.ts';
import { unprocessable } from '../../shared/errors.ts';
import { pastDay } from '../../shared/time-order.ts';
import { moveCase, peopleOf } from '../cases/index.ts';
import { meetClock, startClock } from '../deadlines/index.ts';
import { listHearings } from './queries.ts';
import { checkPanel } from './rules.ts';
import type { AppointHostInput, HearingsView } from './schemas.ts';
import { lockStep, updateHearing } from './store.ts';

/** A head names host, members and recorder (TZBF 18), or others where one had to stand aside. 422 K3 `hearing.panel`. */
export async function appointHost(ctx: Ctx, caseId: string, body: AppointHostInput): Promise<HearingsView> {
  return inTx(ctx, async (tx) => {
    const step = { ofCase: 'appoint_host', step: 'appoint_host', body } as const;
    const { row, hearing, state } = await lockStep(tx, caseId, step);
    const { reason, ...panel } = body;
    await requireColleagues(tx, [panel.hostId, ...panel.memberIds, panel.recorderId]);
    checkPanel(panel, await peopleOf(tx.db, caseId));
    await updateHearing(tx, hearing, { ...panel, interpreter: panel.interpreter ?? null, state });
    const subject = { kind: 'hearing', id: hearing.id };
    if (hearing.state === 'requested') {
      await meetClock(tx, { rule: 'P07', subject });
      await startClock(tx, { rule: 'P08', subject, trigger: 'hearing.appoint', on: dayOf(tx.now) });
    }
    const before = { hostId: hearing.hostId, memberIds: hearing.memberIds, recorderId: hearing.recorderId };
    const detail = { hearingId: hearing.id, before, after: panel, ...(reason ? { reason } : {}) };
    await moveCase(tx, row, 'appoint_host', { as: 'hearing.appoint', detail });
    return listHearings(tx, caseId);
  });
}

/** 422 `hearing.unknown_person` for who is none of the bureau's people. */
async function requireColleagues(tx: TxCtx, ids: readonly string[]): Promise<void> {
  const wanted = [...new Set(ids)];
  const { count } = await tx.db
    .selectFrom('users')
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .where('id', 'in', wanted)
    .where('bureauId', '=', ownBureau(tx.actor))
    .where('isActive', '=', true)
    .executeTakeFirstOrThrow();
  if (Number(count) < wanted.length) throw unprocessable('hearing.unknown_person');
}

/** The handlers give the host the file (TZBF 19); within five working days he fixes time and place (P09). */
export async function handFile(
  ctx: Ctx,
  caseId: string,
  { handedOn }: { handedOn: string },
): Promise<HearingsView> {
  return inTx(ctx, async (tx) => {
    const step = { ofCase: 'hand_file', step: 'hand_file', body: {} } as const;
    const { row, hearing, state } = await lockStep(tx, caseId, step);
    const fileHandedOn = pastDay(handedOn, tx.now, 'handedOn');
    await updateHearing(tx, hearing, { fileHandedOn, state });
    const subject = { kind: 'hearing', id: hearing.id };
    await meetClock(tx, { rule: 'P08', subject });
    await startClock(tx, { rule: 'P09', subject, trigger: 'hearing.hand_file', on: fileHandedOn });
    const detail = { hearingId: hearing.id, fileHandedOn };
    await moveCase(tx, row, 'hand_file', { as: 'hearing.hand_file', detail });
    return listHearings(tx, caseId);
  });
}
