import { type Ctx, inTx } from '../../context.ts';
import { dayOf } from '../../shared/clock.ts';
import { pastDay } from '../../shared/time-order.ts';
import { lockForAct, moveCase } from '../cases/index.ts';
import { excludeTime, startClock } from '../deadlines/index.ts';
import { endWindow, requestFacts } from '../penalties/index.ts';
import { listHearings } from './queries.ts';
import { requireInTime, requireOffered } from './rules.ts';
import type { HearingsView, RequestHearingInput } from './schemas.ts';

/**
 * The party asks for the hearing the notice offered, in its five working days: within three a host is named (P07), and
 * the limit of the case stands still until the report (CXGD 64(2)). 409 K5, K7 `hearing.not_offered`, `hearing.too_late`.
 */
export async function requestHearing(
  ctx: Ctx,
  caseId: string,
  body: RequestHearingInput,
): Promise<HearingsView> {
  return inTx(ctx, async (tx) => {
    const row = await lockForAct(tx, caseId, 'request_hearing');
    const facts = await requestFacts(tx, caseId);
    requireOffered(facts, dayOf(tx.now));
    requireInTime(pastDay(body.requestedOn, tx.now, 'requestedOn'), facts);
    const id = tx.newId();
    await tx.db
      .insertInto('hearings')
      .values({
        ...body,
        id,
        bureauId: row.bureauId,
        caseId,
        proposalId: facts.proposalId!,
        state: 'requested',
        createdBy: tx.actor.id,
        createdAt: tx.now,
      })
      .execute();
    await endWindow(tx, caseId, 'hearing.request');
    const on = body.requestedOn;
    await startClock(tx, { rule: 'P07', subject: { kind: 'hearing', id }, trigger: 'hearing.request', on });
    const subject = { kind: 'case', id: caseId };
    await excludeTime(tx, { rule: 'P04', subject, from: on, to: null, ground: 'hearing.request' });
    await moveCase(tx, row, 'request_hearing', { as: 'hearing.request', detail: { hearingId: id, on } });
    return listHearings(tx, caseId);
  });
}
