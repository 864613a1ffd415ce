import { type Ctx, inTx } from '../../context.ts';
import { checkVersion } from '../../db/version.ts';
import { dayOf, instantAt } from '../../shared/clock.ts';
import { unprocessable } from '../../shared/errors.ts';
import { notBefore, pastDay, pastInstant } from '../../shared/time-order.ts';
import { next } from '../../shared/workflow.ts';
import { audit } from '../audit/index.ts';
import { meetClock, startClock } from '../deadlines/index.ts';
import { requireReasons, TRANSFER_FLOW } from './rules.ts';
import type { AcknowledgeInput, PoliceDecisionInput, TransferView } from './schemas.ts';
import { lockTransfer, updateTransfer } from './store.ts';
import { transferView } from './transfer-queries.ts';

/** The police sign for the transfer (Order 310 art. 7): their three days to decide (T04) begin. */
export async function acknowledgeTransfer(
  ctx: Ctx,
  id: string,
  body: AcknowledgeInput,
): Promise<TransferView> {
  return inTx(ctx, async (tx) => {
    const row = await lockTransfer(tx, id);
    checkVersion(tx, row);
    const state = next(TRANSFER_FLOW, row.state, 'acknowledge');
    const { acknowledgedBy } = body;
    const at = body.acknowledgedAt;
    const acknowledgedAt = at ? pastInstant(at, tx.now, 'acknowledgedAt') : tx.now;
    notBefore(acknowledgedAt, row.deliveredAt ?? acknowledgedAt, 'acknowledgedAt');
    const updated = await updateTransfer(tx, row, { state, acknowledgedAt, acknowledgedBy });
    const subject = { kind: 'transfer', id };
    await startClock(tx, {
      rule: 'T04',
      subject,
      trigger: 'transfer.acknowledge',
      on: dayOf(acknowledgedAt),
    });
    await audit(tx, { action: 'transfer.acknowledge', subject, detail: { acknowledgedBy } });
    return transferView(tx, updated);
  });
}

/**
 * The police have decided, in writing: they file, or they do not and say why (Order 310 art. 8); T04 is met on the day
 * of their decision. Declined, the bureau still handles the matter itself (art. 10).
 */
export async function recordPoliceDecision(
  ctx: Ctx,
  id: string,
  body: PoliceDecisionInput,
): Promise<TransferView> {
  return inTx(ctx, async (tx) => {
    const row = await lockTransfer(tx, id);
    checkVersion(tx, row);
    const { decision, number, note = null } = body;
    const state = next(TRANSFER_FLOW, row.state, decision === 'filed' ? 'police_file' : 'police_decline');
    requireReasons(body);
    const decisionOn = pastDay(body.on, tx.now, 'on');
    if (row.acknowledgedAt !== null && decisionOn < dayOf(row.acknowledgedAt)) {
      const params = { after: dayOf(row.acknowledgedAt) };
      throw unprocessable('date.before_start', params, [{ field: 'on', code: 'date.before_start', params }]);
    }
    const updated = await updateTransfer(tx, row, {
      state,
      decisionOn,
      decisionNumber: number,
      decisionNote: note,
    });
    const subject = { kind: 'transfer', id };
    // Their paper has a day, not an hour; of today, it is known since now.
    const at = decisionOn === dayOf(tx.now) ? tx.now : instantAt(decisionOn, '12:00');
    await meetClock(tx, { rule: 'T04', subject, at });
    const detail = { decision, number, on: decisionOn, caseId: row.caseId };
    await audit(tx, { action: 'transfer.police_decision', subject, detail });
    return transferView(tx, updated);
  });
}
