import { type Ctx, inTx } from '../../context.ts';
import { unprocessable } from '../../shared/errors.ts';
import { pastDay } from '../../shared/time-order.ts';
import { audit } from '../audit/index.ts';
import { lockForAct } from '../cases/index.ts';
import type { DiscussInput } from './proposal-schemas.ts';
import { penaltyTrack } from './queries.ts';
import { standingProposal } from './track-store.ts';
import type { PenaltyView } from './view-schemas.ts';

/**
 * Keeps the heads' collective discussion (#42), with the opinion of each (K8): of the penalty, or of more time than the
 * thirty days (CXGD 60(2), 64(1)). 422 `discussion.two_needed`.
 */
export async function discussPenalty(ctx: Ctx, caseId: string, body: DiscussInput): Promise<PenaltyView> {
  return inTx(ctx, async (tx) => {
    const row = await lockForAct(tx, caseId, body.about === 'penalty' ? 'discuss' : 'extend');
    pastDay(body.heldOn, tx.now, 'heldOn');
    const names = new Set(body.attendees.map(({ userId, name }) => userId ?? name));
    if (names.size < 2)
      throw unprocessable('discussion.two_needed', { gate: 'K8' }, [
        { field: 'attendees', code: 'discussion.two_needed' },
      ]);
    const proposal = body.about === 'penalty' ? await standingProposal(tx.db, caseId) : undefined;
    const id = tx.newId();
    await tx.db
      .insertInto('discussions')
      .values({
        ...body,
        id,
        bureauId: row.bureauId,
        caseId,
        proposalId: proposal?.id ?? null,
        attendees: JSON.stringify(body.attendees),
        createdBy: tx.actor.id,
        createdAt: tx.now,
      })
      .execute();
    const detail = { discussionId: id, about: body.about, heldOn: body.heldOn };
    await audit(tx, { action: 'discussion.record', subject: { kind: 'case', id: caseId }, detail });
    return penaltyTrack(tx, caseId);
  });
}
