import { type Ctx, inTx, type TxCtx } from '../../context.ts';
import { dayOf } from '../../shared/clock.ts';
import { audit } from '../audit/index.ts';
import { getFound, getTip } from './queries.ts';
import { startTipClock } from './register-tip.ts';
import { checkComplaint, checkKeys, splitKind } from './rules.ts';
import type { SplitInput, TipView } from './schemas.ts';
import { findReporter, lockForAct, nextTipNumber, numberHead, type TipRecord, updateTip } from './store.ts';
import { isSplit } from './view.ts';

/**
 * Makes the second tip of a letter that is both complaint and report (Order 121 art. 9): same reporter, same
 * respondent, its own state and clock from the day the letter came in. Answers the second tip. 409
 * `tip.not_splittable`; 422 `tip.complaint_incomplete` where the second would be a complaint that lacks what one needs.
 */
export async function splitTip(ctx: Ctx, id: string, body: SplitInput): Promise<TipView> {
  return inTx(ctx, async (tx) => {
    const tip = await lockForAct(tx, id);
    const kind = splitKind({ kind: tip.kind, isSplit: isSplit(await getFound(tx, id)) }, dayOf(tx.now));
    checkKeys({ category: body.category });
    if (kind === 'complaint') await checkSecondComplaint(tx, tip, body);
    const second = await insertSecond(tx, tip, { ...body, kind });
    await updateTip(tx, tip, {});
    await startTipClock(tx, second);
    const detail = { into: second.id, number: second.number };
    await audit(tx, { action: 'tip.split', subject: { kind: 'tip', id }, detail });
    await audit(tx, {
      action: 'tip.register',
      subject: { kind: 'tip', id: second.id },
      detail: { kind, channel: second.channel, number: second.number, splitFrom: id },
    });
    return getTip(tx, second.id);
  });
}

async function checkSecondComplaint(tx: TxCtx, tip: TipRecord, body: SplitInput): Promise<void> {
  const found = await findReporter(tx, tip);
  checkComplaint(
    {
      reporter: found ? { ...found.reporter, idType: undefined, anonymous: found.isAnonymous } : undefined,
      respondent: { address: tip.respondentAddress },
      demand: body.demand ?? tip.demand,
    },
    dayOf(tx.now),
  );
}

/** What was decided on the first half says nothing of the second. */
const UNDECIDED = {
  refusalGround: null,
  refusalReasons: null,
  decidedOn: null,
  forwardedTo: null,
  reportBy: null,
  endReason: null,
};

type Second = SplitInput & { kind: 'complaint' | 'report' };

async function insertSecond(tx: TxCtx, tip: TipRecord, { kind, ...body }: Second): Promise<TipRecord> {
  const { voidedAt: _v, voidReason: _w, ...same } = tip;
  return tx.db
    .insertInto('tips')
    .values({
      ...same,
      ...UNDECIDED,
      ...body,
      kind,
      id: tx.newId(),
      number: nextTipNumber(numberHead(kind, tip.receivedAt)),
      state: 'received',
      splitFrom: tip.id,
      version: 1,
      createdBy: tx.actor.id,
      createdAt: tx.now,
    })
    .returningAll()
    .executeTakeFirstOrThrow();
}
