import { type Ctx, inTx, type TxCtx } from '../../context.ts';
import { yuanText } from '../../shared/money.ts';
import { audit } from '../audit/index.ts';
import { askHead, lockDecided, moveCase } from '../cases/index.ts';
import { standingDecision } from '../penalties/index.ts';
import { accountOf } from './account.ts';
import type { Asked } from './on-approval.ts';
import { isRemissionWaiting, paymentsOf } from './queries.ts';
import { checkRemission, requireRemittable } from './rules.ts';
import type { PaymentsView, RemitSurchargeInput } from './schemas.ts';
import { lockPerforming } from './store.ts';

/** Asks the head to let the party off a part of the surcharge or all of it (ACL 42). 409 `surcharge.none`; 422. */
export async function remitSurcharge(
  ctx: Ctx,
  caseId: string,
  body: RemitSurchargeInput,
): Promise<PaymentsView> {
  return inTx(ctx, async (tx) => {
    const { row, decision } = await lockPerforming(tx, caseId, 'remit_surcharge');
    const { open } = (await accountOf(tx, decision)).sums.surcharge;
    requireRemittable({ open, isWaiting: await isRemissionWaiting(tx, caseId) });
    checkRemission(body.amountFen, open);
    const approvalId = await askHead(tx, row, {
      matter: 'surcharge.remit',
      grounds: `减免加处罚款${yuanText(String(body.amountFen))}元：${body.reason}`,
      detail: { ...body },
    });
    const detail = { approvalId, amountFen: body.amountFen };
    await moveCase(tx, row, 'remit_surcharge', { as: 'surcharge.remit', detail });
    return paymentsOf(tx, caseId);
  });
}

/** The head's word: what is let off is no longer owed, if it still was. */
export async function decideRemission(tx: TxCtx, asked: Asked): Promise<void> {
  const { caseId, approvalId, isApproved, detail } = asked;
  await lockDecided(tx, caseId, { action: 'remit_surcharge', isApproved });
  const subject = { kind: 'case', id: caseId };
  if (!isApproved)
    return audit(tx, { action: 'surcharge.remission_refused', subject, detail: { approvalId } });
  const decision = (await standingDecision(tx.db, caseId))!;
  const amountFen = Number(detail['amountFen']);
  checkRemission(amountFen, (await accountOf(tx, decision)).sums.surcharge.open);
  await tx.db
    .updateTable('decisions')
    .set({ surchargeRemittedFen: decision.surchargeRemittedFen + amountFen, version: decision.version + 1 })
    .where('id', '=', decision.id)
    .execute();
  await audit(tx, { action: 'surcharge.remission_approved', subject, detail: { approvalId, amountFen } });
}
