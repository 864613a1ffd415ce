import { type Ctx, inTx } from '../../context.ts';
import { dayOf } from '../../shared/clock.ts';
import { audit } from '../audit/index.ts';
import { startClock } from '../deadlines/index.ts';
import { getTip } from './queries.ts';
import { nextState, refusalGround } from './rules.ts';
import type { AcceptInput, RefuseInput, TipView } from './schemas.ts';
import { requireSilence } from './silence.ts';
import { lockForAct, updateTip } from './store.ts';
import { tellDecision } from './tell-reporter.ts';

/**
 * Accepts a complaint (Order 121 art. 15, Order 20 art. 14). C01 is met once the complainant is told as well: by `told`
 * here, or by telling him later. From this day the mediation has its limit (C02).
 */
export async function acceptTip(ctx: Ctx, id: string, { note, told }: AcceptInput): Promise<TipView> {
  return inTx(ctx, async (tx) => {
    const tip = await lockForAct(tx, id);
    const state = nextState(tip, 'accept');
    // The note stands in the trail, which auditors read.
    await requireSilence(tx, tip, { note });
    await updateTip(tx, tip, { state, decidedOn: dayOf(tx.now) });
    const subject = { kind: 'tip', id };
    await startClock(tx, { rule: 'C02', subject, on: dayOf(tx.now) });
    await tellDecision(tx, tip, { about: 'acceptance', told });
    await audit(tx, { action: 'tip.accept', subject, detail: note === undefined ? {} : { note } });
    return getTip(tx, id);
  });
}

/**
 * Refuses a complaint on a ground of the order in force today, with reasons and the other routes (CPL 39). C01 is
 * met once the complainant is told as well, as in `acceptTip`. 422 `tip.refusal_ground`.
 */
export async function refuseTip(
  ctx: Ctx,
  id: string,
  { ground, reasons, told }: RefuseInput,
): Promise<TipView> {
  return inTx(ctx, async (tx) => {
    const tip = await lockForAct(tx, id);
    const state = nextState(tip, 'refuse');
    const today = dayOf(tx.now);
    const { article } = refusalGround(ground, today);
    await updateTip(tx, tip, { state, refusalGround: ground, refusalReasons: reasons, decidedOn: today });
    const subject = { kind: 'tip', id };
    await tellDecision(tx, tip, { about: 'refusal', told });
    await audit(tx, { action: 'tip.refuse', subject, detail: { ground, article } });
    return getTip(tx, id);
  });
}
