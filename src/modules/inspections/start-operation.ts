import { type Ctx, inTx } from '../../context.ts';
import { checkVersion } from '../../db/version.ts';
import { dayOf } from '../../shared/clock.ts';
import { pastInstant } from '../../shared/time-order.ts';
import { next } from '../../shared/workflow.ts';
import { audit } from '../audit/index.ts';
import { certifiedOfficers } from '../identity/index.ts';
import { operationView } from './operation-queries.ts';
import { OPERATION_FLOW } from './rules.ts';
import type { OperationView, StartOperationInput } from './schemas.ts';
import { lockOperation, peopleOf, updateOperation } from './store.ts';

/** Begins a joint operation; the bureau's officers must hold a valid certificate on the day itself (K1). */
export async function startOperation(
  ctx: Ctx,
  id: string,
  body: StartOperationInput,
): Promise<OperationView> {
  return inTx(ctx, async (tx) => {
    const row = await lockOperation(tx, id);
    checkVersion(tx, row);
    const state = next(OPERATION_FLOW, row.state, 'start');
    const startedAt = body.startedAt ? pastInstant(body.startedAt, tx.now, 'startedAt') : tx.now;
    const officerIds = peopleOf(row).flatMap(({ userId }) => (userId === null ? [] : [userId]));
    await certifiedOfficers(tx, officerIds, dayOf(startedAt));
    const updated = await updateOperation(tx, row, { state, startedAt });
    const detail = { startedAt: startedAt.toISOString(), officerIds };
    await audit(tx, { action: 'operation.start', subject: { kind: 'operation', id }, detail });
    return operationView(tx, updated);
  });
}
