import { type Ctx, inTx, type TxCtx } from '../../context.ts';
import { dayOf, parseInstant } from '../../shared/clock.ts';
import { pastDay } from '../../shared/time-order.ts';
import { audit } from '../audit/index.ts';
import { getMediation } from './queries.ts';
import { checkConsent, checkMeeting } from './rules.ts';
import type { DelegateInput, MediationView, StartInput } from './schemas.ts';
import { insertMediation, lockStep } from './store.ts';

/** What both kinds of beginning keep: the consent of both, the meeting, who mediates. */
function begun(tx: TxCtx, body: StartInput) {
  const day = dayOf(tx.now);
  const consent = checkConsent(body, day);
  pastDay(consent.complainantAgreedOn, tx.now, 'complainantAgreedOn');
  pastDay(consent.respondentAgreedOn, tx.now, 'respondentAgreedOn');
  const { mode, meetAt, place, mediators, contactPhone } = body;
  return {
    ...consent,
    startedOn: day,
    mode,
    meetAt: meetAt === undefined ? null : parseInstant(meetAt),
    place: place ?? null,
    mediators,
    contactPhone: contactPhone ?? null,
  };
}

/** Both agree, and the bureau mediates (Order 121 art. 18, 20). 422 `mediation.consent`, `mediation.meeting`, `field.future`. */
export async function startMediation(ctx: Ctx, tipId: string, body: StartInput): Promise<MediationView> {
  return inTx(ctx, async (tx) => {
    const step = await lockStep(tx, tipId, 'start_mediation');
    const fields = begun(tx, body);
    checkMeeting(body, fields.startedOn);
    const mediationId = await insertMediation(tx, step, fields);
    const detail = { mediationId, mode: body.mode };
    await audit(tx, { action: 'mediation.start', subject: { kind: 'tip', id: tipId }, detail });
    return getMediation(tx, tipId);
  });
}

/**
 * Both agree that a consumer association or another lawful body mediates in the bureau's name (art. 19): it fixes the
 * meeting itself. 422 `mediation.consent`, `field.future`.
 */
export async function delegateMediation(
  ctx: Ctx,
  tipId: string,
  { delegatedTo, ...body }: DelegateInput,
): Promise<MediationView> {
  return inTx(ctx, async (tx) => {
    const step = await lockStep(tx, tipId, 'delegate');
    const mediationId = await insertMediation(tx, step, { ...begun(tx, body), delegatedTo });
    const detail = { mediationId, mode: body.mode };
    await audit(tx, { action: 'mediation.delegate', subject: { kind: 'tip', id: tipId }, detail });
    return getMediation(tx, tipId);
  });
}
