import { type Ctx, inTx } from '../../context.ts';
import { dayOf } from '../../shared/clock.ts';
import { conflict, unprocessable } from '../../shared/errors.ts';
import { pastDay } from '../../shared/time-order.ts';
import { audit } from '../audit/index.ts';
import { clocksOf } from '../deadlines/index.ts';
import { checkIdentityDue, nextState, requireIdentityCheck } from './rules.ts';
import type { IdentitySuppliedInput, RequestIdentityInput, TipView } from './schemas.ts';
import { getTip } from './queries.ts';
import { lockForAct, updateTip } from './store.ts';
import { keepTold } from './tell-reporter.ts';

/**
 * Asks a complainant to prove who he is (Order 121 art. 10(3), form 4), until a day inside the seven working days of
 * C01, which run on. 409 `tip.no_identity_check` before that order, or where the seven days have passed; 422
 * `tip.identity_due`.
 */
export async function requestIdentity(
  ctx: Ctx,
  id: string,
  { material, dueOn, told }: RequestIdentityInput,
): Promise<TipView> {
  return inTx(ctx, async (tx) => {
    const tip = await lockForAct(tx, id);
    const state = nextState(tip, 'request_identity');
    const subject = { kind: 'tip', id };
    const askedOn = dayOf(tx.now);
    const last = requireIdentityCheck(await clocksOf(tx.db, [subject], tx.now), askedOn);
    checkIdentityDue(dueOn, { askedOn, last });
    const requestId = tx.newId();
    const { bureauId } = tip;
    const made = { actorId: tx.actor.id, createdAt: tx.now };
    await tx.db
      .insertInto('identityRequests')
      .values({ id: requestId, bureauId, tipId: id, askedOn, dueOn, material, ...made })
      .execute();
    await updateTip(tx, tip, { state });
    if (told) await keepTold(tx, tip, { about: 'identity_request', ...told });
    await audit(tx, { action: 'tip.request_identity', subject, detail: { requestId, dueOn } });
    return getTip(tx, id);
  });
}

/**
 * The proof has come: the complaint is as it was received, to be accepted or refused. 422 `field.future`,
 * `tip.supplied_before_asked`.
 */
export async function identitySupplied(
  ctx: Ctx,
  id: string,
  { supplied, ...body }: IdentitySuppliedInput,
): Promise<TipView> {
  return inTx(ctx, async (tx) => {
    const tip = await lockForAct(tx, id);
    const state = nextState(tip, 'identity_supplied');
    const suppliedOn = pastDay(body.suppliedOn ?? dayOf(tx.now), tx.now, 'suppliedOn');
    const asked = await tx.db
      .selectFrom('identityRequests')
      .select(['id', 'askedOn', 'dueOn'])
      .where('tipId', '=', id)
      .where('suppliedOn', 'is', null)
      .orderBy('createdAt', 'desc')
      .executeTakeFirst();
    if (!asked) throw conflict('tip.identity_not_asked');
    if (suppliedOn < asked.askedOn) {
      const code = 'tip.supplied_before_asked';
      const params = { day: asked.askedOn };
      throw unprocessable(code, params, [{ field: 'suppliedOn', code, params }]);
    }
    await tx.db
      .updateTable('identityRequests')
      .set({ supplied, suppliedOn })
      .where('id', '=', asked.id)
      .execute();
    await updateTip(tx, tip, { state });
    const detail = { requestId: asked.id, suppliedOn, late: suppliedOn > asked.dueOn };
    await audit(tx, { action: 'tip.identity_supplied', subject: { kind: 'tip', id }, detail });
    return getTip(tx, id);
  });
}
