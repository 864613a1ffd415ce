import { type Ctx, inTx } from '../../context.ts';
import { checkVersion } from '../../db/version.ts';
import { notBefore, pastInstant } from '../../shared/time-order.ts';
import { next } from '../../shared/workflow.ts';
import { audit } from '../audit/index.ts';
import { operationView } from './operation-queries.ts';
import { OPERATION_FLOW } from './rules.ts';
import type { CallOffOperationInput, EndOperationInput, OperationView } from './schemas.ts';
import { lockOperation, updateOperation } from './store.ts';

/** Ends a joint operation with its outcome and what each side took. */
export async function endOperation(ctx: Ctx, id: string, body: EndOperationInput): Promise<OperationView> {
  return inTx(ctx, async (tx) => {
    const row = await lockOperation(tx, id);
    checkVersion(tx, row);
    const state = next(OPERATION_FLOW, row.state, 'end');
    const endedAt = body.endedAt ? pastInstant(body.endedAt, tx.now, 'endedAt') : tx.now;
    notBefore(endedAt, row.startedAt ?? endedAt, 'endedAt');
    const { outcome, bureauTook, policeTook } = body;
    const updated = await updateOperation(tx, row, { state, endedAt, outcome, bureauTook, policeTook });
    const detail = { outcome, bureauTook, policeTook };
    await audit(tx, { action: 'operation.end', subject: { kind: 'operation', id }, detail });
    return operationView(tx, updated);
  });
}

/** Calls a joint operation off, before or while it runs, with the reason. */
export async function callOffOperation(
  ctx: Ctx,
  id: string,
  body: CallOffOperationInput,
): Promise<OperationView> {
  return inTx(ctx, async (tx) => {
    const row = await lockOperation(tx, id);
    checkVersion(tx, row);
    const state = next(OPERATION_FLOW, row.state, 'call_off');
    const updated = await updateOperation(tx, row, { state, calledOffReason: body.reason });
    const detail = { reason: body.reason };
    await audit(tx, { action: 'operation.call_off', subject: { kind: 'operation', id }, detail });
    return operationView(tx, updated);
  });
}
