import { type Ctx, inTx } from '../../context.ts';
import { notBefore, pastInstant } from '../../shared/time-order.ts';
import { next } from '../../shared/workflow.ts';
import { audit } from '../audit/index.ts';
import { operationView } from './operation-queries.ts';
import { OPERATION_FLOW } from './rules.ts';
import type { LogOperationInput, OperationView } from './schemas.ts';
import { lockOperation } from './store.ts';

/**
 * Appends one line to the log: when, which side, what. Lines are never edited; two people may write at once, so the
 * version of the operation neither counts nor changes.
 */
export async function logOperation(ctx: Ctx, id: string, body: LogOperationInput): Promise<OperationView> {
  return inTx(ctx, async (tx) => {
    const row = await lockOperation(tx, id);
    next(OPERATION_FLOW, row.state, 'log');
    const at = body.at ? pastInstant(body.at, tx.now, 'at') : tx.now;
    notBefore(at, row.startedAt ?? at, 'at');
    const { side, entry } = body;
    const line = { id: tx.newId(), operationId: id, at, side, entry, actorId: tx.actor.id };
    await tx.db.insertInto('operationLog').values(line).execute();
    const detail = { entryId: line.id, side, entry };
    await audit(tx, { action: 'operation.log', subject: { kind: 'operation', id }, detail });
    return operationView(tx, row);
  });
}
