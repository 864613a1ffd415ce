import { type Ctx, inTx, type TxCtx } from '../../context.ts';
import { dayOf } from '../../shared/clock.ts';
import { pastDay } from '../../shared/time-order.ts';
import { type CaseRow, lockForAct, moveCase } from '../cases/index.ts';
import { trackedCase } from './assessment.ts';
import { discussionOf } from './decide-penalty.ts';
import { checkNotHeavier, requireCitysPower, requireReady } from './decide-rules.ts';
import { makeDecision } from './make-decision.ts';
import type { CityAnswerInput, SubmitToCityInput } from './proposal-schemas.ts';
import { penaltyTrack } from './queries.ts';
import { decideFacts, isCitys } from './track-queries.ts';
import { finesIn, standingProposal } from './track-store.ts';
import type { PenaltyView } from './view-schemas.ts';

/** A fine of 300,000 yuan or more under the FSL goes up to the city level, which decides it (K9). 409. */
export async function submitToCity(ctx: Ctx, caseId: string, body: SubmitToCityInput): Promise<PenaltyView> {
  return inTx(ctx, async (tx) => {
    const row = await lockForAct(tx, caseId, 'submit_to_city');
    const track = await trackedCase(tx, caseId);
    const facts = await decideFacts(tx, track);
    requireCitysPower(isCitys(facts.notice, track.areaCode));
    requireReady(facts);
    await tx.db
      .insertInto('citySubmissions')
      .values({
        ...body,
        id: tx.newId(),
        bureauId: row.bureauId,
        caseId,
        proposalId: facts.notice!.id,
        submittedOn: dayOf(tx.now),
        createdBy: tx.actor.id,
        createdAt: tx.now,
      })
      .execute();
    const detail = { proposalId: facts.notice!.id, submittedTo: body.submittedTo };
    await moveCase(tx, row, 'submit_to_city', { as: 'penalty.submit_to_city', detail });
    return penaltyTrack(tx, caseId);
  });
}

/** What the city level answered: its decision, or the case comes back. */
export async function recordCityAnswer(
  ctx: Ctx,
  caseId: string,
  body: CityAnswerInput,
): Promise<PenaltyView> {
  return inTx(ctx, async (tx) => {
    const row = await lockForAct(tx, caseId, body.outcome === 'decided' ? 'decide' : 'send_back');
    pastDay(body.answeredOn, tx.now, 'answeredOn');
    const { outcome, answeredOn, answer } = body;
    const submission = await tx.db
      .updateTable('citySubmissions')
      .set({ outcome, answeredOn, answer })
      .where('caseId', '=', caseId)
      .where('outcome', 'is', null)
      .returning('id')
      .executeTakeFirstOrThrow();
    const detail = { submissionId: submission.id, outcome, answeredOn };
    if (body.outcome === 'decided') await decidedByCity(tx, row, body);
    else await moveCase(tx, row, 'send_back', { as: 'penalty.city_sent_back', detail });
    return penaltyTrack(tx, caseId);
  });
}

async function decidedByCity(
  tx: TxCtx,
  row: CaseRow,
  body: Extract<CityAnswerInput, { outcome: 'decided' }>,
): Promise<void> {
  const proposal = (await standingProposal(tx.db, row.id))!;
  checkNotHeavier(body, { ...proposal, fines: finesIn(proposal) });
  await makeDecision(tx, row, proposal, {
    action: 'decide',
    as: 'penalty.decided_by_city',
    on: body.answeredOn,
    decidedBy: 'city',
    decider: body.decider,
    discussionId: await discussionOf(tx, row.id, proposal.id),
    body,
  });
}
