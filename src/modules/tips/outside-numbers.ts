import { type Ctx, inTx } from '../../context.ts';
import { notFound } from '../../shared/errors.ts';
import { pastDay } from '../../shared/time-order.ts';
import { audit } from '../audit/index.ts';
import { getTip } from './queries.ts';
import { checkKeys } from './rules.ts';
import type { OutsideNumberChanges, OutsideNumberInput, TipView } from './schemas.ts';
import { lockForAct, numberRows, updateTip } from './store.ts';

/** Keeps one more number another system gave the matter. 409 `tip.outside_number_taken` where a tip has it. */
export async function addOutsideNumber(ctx: Ctx, id: string, body: OutsideNumberInput): Promise<TipView> {
  return inTx(ctx, async (tx) => {
    const tip = await lockForAct(tx, id);
    checkKeys({ outsideNumbers: [body] });
    if (body.answeredOn) pastDay(body.answeredOn, tx.now, 'answeredOn');
    await tx.db
      .insertInto('tipNumbers')
      .values(numberRows(tx, id, [body]))
      .execute();
    await updateTip(tx, tip, {});
    await audit(tx, { action: 'tip.set_outside_number', subject: { kind: 'tip', id }, detail: { ...body } });
    return getTip(tx, id);
  });
}

/** Keeps what the other system says of it, and on which day it was answered there. */
export async function setOutsideNumber(
  ctx: Ctx,
  { id, numberId }: { id: string; numberId: string },
  body: OutsideNumberChanges,
): Promise<TipView> {
  return inTx(ctx, async (tx) => {
    const tip = await lockForAct(tx, id);
    if (body.answeredOn) pastDay(body.answeredOn, tx.now, 'answeredOn');
    const before = await tx.db
      .selectFrom('tipNumbers')
      .select(['system', 'number', 'theirState', 'answeredOn'])
      .where('id', '=', numberId)
      .where('tipId', '=', id)
      .executeTakeFirst();
    if (!before) throw notFound();
    const { theirState = before.theirState, answeredOn = before.answeredOn } = body;
    await tx.db
      .updateTable('tipNumbers')
      .set({ theirState, answeredOn })
      .where('id', '=', numberId)
      .execute();
    await updateTip(tx, tip, {});
    const detail = { before, after: { theirState, answeredOn } };
    await audit(tx, { action: 'tip.set_outside_number', subject: { kind: 'tip', id }, detail });
    return getTip(tx, id);
  });
}
