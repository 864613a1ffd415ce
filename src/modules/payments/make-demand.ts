import { type Ctx, inTx } from '../../context.ts';
import { audit } from '../audit/index.ts';
import { moveCase } from '../cases/index.ts';
import { startClock } from '../deadlines/index.ts';
import { partyNameOf } from '../penalties/index.ts';
import { recordService } from '../services/index.ts';
import type { ServeInput } from '../services/schemas.ts';
import { accountOf, lastDueOf } from './account.ts';
import { paymentsOf } from './queries.ts';
import { requireOverdue, requireServedDemand, requireUnservedDemand } from './rules.ts';
import type { MakeDemandInput, PaymentsView } from './schemas.ts';
import { lineOf, lockPerforming } from './store.ts';

/** Writes the demand (#48) once the day to pay has passed (ACL 54). 409 `demand.not_due`, `demand.nothing_open`. */
export async function makeDemand(ctx: Ctx, caseId: string, body: MakeDemandInput): Promise<PaymentsView> {
  return inTx(ctx, async (tx) => {
    const { row, decision } = await lockPerforming(tx, caseId, 'demand');
    const account = await accountOf(tx, decision);
    requireOverdue({ ...account, payBy: decision.payBy, lastDue: lastDueOf(account) });
    const line = { ...body, ...lineOf(tx, decision), madeOn: account.today };
    await tx.db.insertInto('demands').values(line).execute();
    await moveCase(tx, row, 'demand', { as: 'demand.make', detail: { demandId: line.id } });
    return paymentsOf(tx, caseId);
  });
}

/** Serves the demand: the ten working days before the court may be asked begin (F03). 409 `demand.none`, `demand.served`. */
export async function serveDemand(ctx: Ctx, caseId: string, body: ServeInput): Promise<PaymentsView> {
  return inTx(ctx, async (tx) => {
    const { row, decision } = await lockPerforming(tx, caseId, 'demand');
    const demand = requireUnservedDemand((await accountOf(tx, decision)).demands.at(-1));
    const subject = { kind: 'demand', id: demand.id };
    const recipient = await partyNameOf(tx, row);
    const what = { subject, paperTitle: '行政处罚决定履行催告书', recipient, madeOn: demand.madeOn };
    const { id: serviceId, servedOn } = await recordService(tx, what, body);
    const detail = { demandId: demand.id, serviceId, way: body.way, servedOn };
    if (servedOn === null) {
      await audit(tx, { action: 'demand.serve_attempt', subject: { kind: 'case', id: caseId }, detail });
      return paymentsOf(tx, caseId);
    }
    const number = body.paperNumber ?? demand.number;
    await tx.db.updateTable('demands').set({ servedOn, number }).where('id', '=', demand.id).execute();
    await startClock(tx, { rule: 'F03', subject, trigger: 'demand.serve', on: servedOn });
    await moveCase(tx, row, 'demand', { as: 'demand.serve', detail });
    return paymentsOf(tx, caseId);
  });
}

/** What the party says to the demand (ACL 36). 409 `demand.not_served`. */
export async function answerDemand(
  ctx: Ctx,
  caseId: string,
  body: { answer: string },
): Promise<PaymentsView> {
  return inTx(ctx, async (tx) => {
    const { row, decision } = await lockPerforming(tx, caseId, 'demand');
    const demand = requireServedDemand((await accountOf(tx, decision)).demands.at(-1));
    await tx.db.updateTable('demands').set(body).where('id', '=', demand.id).execute();
    // A second answer replaces the first, which the trail keeps.
    const detail = { demandId: demand.id, before: demand.answer };
    await moveCase(tx, row, 'demand', { as: 'demand.answer', detail });
    return paymentsOf(tx, caseId);
  });
}
