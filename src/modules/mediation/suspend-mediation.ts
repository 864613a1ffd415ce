import { type Ctx, inTx } from '../../context.ts';
import { dayOf } from '../../shared/clock.ts';
import { audit } from '../audit/index.ts';
import { getMediation } from './queries.ts';
import { checkChallenged, mediatorsAfter } from './rules.ts';
import type { MediationView, ResumeInput, SuspendInput } from './schemas.ts';
import { challengesOf, lockMediation, moveMediation } from './store.ts';

/**
 * A party asks a mediator to stand aside: the mediation is suspended until the bureau has decided (Order 121 art.
 * 21(2)); its limit runs on. 422 `mediation.unknown_mediator`.
 */
export async function suspendMediation(ctx: Ctx, tipId: string, body: SuspendInput): Promise<MediationView> {
  return inTx(ctx, async (tx) => {
    const step = await lockMediation(tx, tipId, 'suspend');
    const suspendedOn = dayOf(tx.now);
    const { id: mediationId, mediators, bureauId } = step.mediation;
    checkChallenged(body.mediator, mediators, suspendedOn);
    const id = tx.newId();
    const made = { actorId: tx.actor.id, createdAt: tx.now };
    await tx.db
      .insertInto('mediationChallenges')
      .values({ ...body, id, bureauId, mediationId, suspendedOn, ...made })
      .execute();
    await moveMediation(tx, step, {});
    const detail = { mediationId, challengeId: id, askedBy: body.askedBy };
    await audit(tx, { action: 'mediation.suspend', subject: { kind: 'tip', id: tipId }, detail });
    return getMediation(tx, tipId);
  });
}

/** The bureau has decided whether he stands aside, and it goes on. 422 `mediation.successor`, `mediation.recused_mediates`. */
export async function resumeMediation(
  ctx: Ctx,
  tipId: string,
  { recused, decision, mediators: named }: ResumeInput,
): Promise<MediationView> {
  return inTx(ctx, async (tx) => {
    const step = await lockMediation(tx, tipId, 'resume');
    const decidedOn = dayOf(tx.now);
    const { id: mediationId, mediators: before } = step.mediation;
    const challenge = (await challengesOf(tx.db, mediationId)).find((one) => one.decidedOn === null)!;
    const { mediator } = challenge;
    const mediators = [...mediatorsAfter({ mediator, recused }, { before, named }, decidedOn)];
    await tx.db
      .updateTable('mediationChallenges')
      .set({ decidedOn, recused, decision })
      .where('id', '=', challenge.id)
      .execute();
    await moveMediation(tx, step, { mediators });
    const detail = { mediationId, challengeId: challenge.id, recused };
    await audit(tx, { action: 'mediation.resume', subject: { kind: 'tip', id: tipId }, detail });
    return getMediation(tx, tipId);
  });
}
