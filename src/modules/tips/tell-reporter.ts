import { type Ctx, inTx, type TxCtx } from '../../context.ts';
import { pastInstant } from '../../shared/time-order.ts';
import { audit } from '../audit/index.ts';
import { meetClock } from '../deadlines/index.ts';
import { getTip } from './queries.ts';
import { nextState } from './rules.ts';
import type { TellReporterInput, TipView } from './schemas.ts';
import { lockForAct, type TipRecord, updateTip } from './store.ts';
import { requireReporter } from './view.ts';

/**
 * Keeps that the reporter was told something, by which way and when (not a service). What arrived meets the duty to
 * tell: R02o of a filing decision; an enquiry is answered by it. 409 `tip.nobody_to_tell`.
 */
export async function tellReporter(ctx: Ctx, id: string, body: TellReporterInput): Promise<TipView> {
  return inTx(ctx, async (tx) => {
    const tip = await lockForAct(tx, id);
    requireReporter(tip);
    const { about, way, content, failedReason } = body;
    const toldAt = body.toldAt === undefined ? tx.now : pastInstant(body.toldAt, tx.now, 'toldAt');
    await tx.db
      .insertInto('told')
      .values({
        id: tx.newId(),
        bureauId: tip.bureauId,
        tipId: id,
        about,
        way,
        toldAt,
        content,
        failedReason: failedReason ?? null,
        actorId: tx.actor.id,
        createdAt: tx.now,
      })
      .execute();
    const arrived = failedReason === undefined;
    await updateTip(tx, tip, arrived ? await afterTelling(tx, tip, { about, toldAt }) : {});
    // Content and reason of failure may name whom they were for.
    await audit(tx, {
      action: 'tip.tell_reporter',
      subject: { kind: 'tip', id },
      detail: { about, way, arrived },
    });
    return getTip(tx, id);
  });
}

type Told = Pick<TellReporterInput, 'about'> & { toldAt: Date };

async function afterTelling(tx: TxCtx, tip: TipRecord, { about, toldAt }: Told): Promise<Partial<TipRecord>> {
  if (about === 'filing_decision') {
    await meetClock(tx, { rule: 'R02o', subject: { kind: 'tip', id: tip.id }, at: toldAt });
  }
  return tip.kind === 'enquiry' && tip.state === 'received' && about === 'answer'
    ? { state: nextState(tip, 'answer') }
    : {};
}
