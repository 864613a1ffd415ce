import { type Ctx, inTx, type TxCtx } from '../../context.ts';
import { instantAt } from '../../shared/clock.ts';
import { conflict } from '../../shared/errors.ts';
import { notBefore } from '../../shared/time-order.ts';
import { audit } from '../audit/index.ts';
import { meetClock } from '../deadlines/index.ts';
import { keepTold } from '../tips/index.ts';
import { getMediation } from './queries.ts';
import type { MediationView, TellInput } from './schemas.ts';
import { lockMediation, moveMediation, type Step } from './store.ts';

/**
 * Keeps that the parties were told of the meeting (Order 121 art. 20(2)) or of the end (art. 23(2)). C03 is met on the day
 * the second of them has heard of a termination. 409 `mediation.not_ended`; 422 `date.before_start`, `field.future`.
 */
export async function tellParties(ctx: Ctx, tipId: string, body: TellInput): Promise<MediationView> {
  return inTx(ctx, async (tx) => {
    const step = await lockMediation(tx, tipId, 'tell');
    const { about, whom, ...said } = body;
    if (
      about === 'mediation_end' &&
      step.mediation.terminatedOn === null &&
      step.mediation.settledOn === null
    )
      throw conflict('mediation.not_ended');
    const sides = whom === 'both' ? (['complainant', 'respondent'] as const) : [whom];
    for (const side of sides) await tellOne(tx, step, { about, side, ...said });
    await moveMediation(tx, step, {});
    if (about === 'mediation_end') await meetWhenBothKnow(tx, tipId);
    await audit(tx, {
      action: 'mediation.tell',
      subject: { kind: 'tip', id: tipId },
      detail: { about, whom },
    });
    return getMediation(tx, tipId);
  });
}

type Saying = Omit<TellInput, 'whom'> & { side: 'complainant' | 'respondent' };

async function tellOne(tx: TxCtx, { tip, mediation }: Step, { side, ...said }: Saying): Promise<void> {
  const whom = side === 'complainant' ? 'reporter' : 'respondent';
  const toldAt = await keepTold(tx, tip, { ...said, whom });
  const endedOn = mediation?.terminatedOn ?? mediation?.settledOn ?? null;
  if (said.about === 'mediation_end' && endedOn !== null)
    notBefore(toldAt, instantAt(endedOn, '00:00'), 'toldAt');
}

async function meetWhenBothKnow(tx: TxCtx, tipId: string): Promise<void> {
  const heard = await tx.db
    .selectFrom('told')
    .select(({ fn }) => ['whom', fn.min<Date>('toldAt').as('at')])
    .where('tipId', '=', tipId)
    .where('about', '=', 'mediation_end')
    .where('arrived', '=', true)
    .groupBy('whom')
    .execute();
  if (heard.length < 2) return;
  const at = heard.map((one) => one.at).reduce((a, b) => (a > b ? a : b));
  await meetClock(tx, { rule: 'C03', subject: { kind: 'tip', id: tipId }, at });
}
