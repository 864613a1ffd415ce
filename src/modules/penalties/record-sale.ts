import { type Ctx, inTx } from '../../context.ts';
import { dayOf } from '../../shared/clock.ts';
import { audit } from '../audit/index.ts';
import { penaltyTrack } from './queries.ts';
import { checkSale } from './rules.ts';
import type { SaleInput } from './schemas.ts';
import { lockForFacts } from './store.ts';
import type { PenaltyView } from './view-schemas.ts';

/** Enters what was sold, by its evidence: it counts in the value of the goods and in the gains. 409; 422 `sale.wrong`. */
export async function recordSale(ctx: Ctx, caseId: string, body: SaleInput): Promise<PenaltyView> {
  return inTx(ctx, async (tx) => {
    const row = await lockForFacts(tx, caseId);
    checkSale(body, dayOf(tx.now));
    const id = tx.newId();
    await tx.db
      .insertInto('caseSales')
      .values({
        ...body,
        id,
        bureauId: row.bureauId,
        caseId,
        createdBy: tx.actor.id,
        createdAt: tx.now,
      })
      .execute();
    const { amountFen, refundedFen } = body;
    const detail = { saleId: id, amountFen, refundedFen };
    await audit(tx, { action: 'sale.record', subject: { kind: 'case', id: caseId }, detail });
    return penaltyTrack(tx, caseId);
  });
}
