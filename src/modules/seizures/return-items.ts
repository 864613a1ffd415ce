import { type Ctx, inTx, type TxCtx } from '../../context.ts';
import { checkVersion } from '../../db/version.ts';
import { dayOf } from '../../shared/clock.ts';
import { unprocessable } from '../../shared/errors.ts';
import { pastInstant } from '../../shared/time-order.ts';
import { next } from '../../shared/workflow.ts';
import { handBack } from '../goods/index.ts';
import { requireAfter, requireToReturn, RETURN_LAW } from './lifting-rules.ts';
import { measureOfficers } from './propose-measure.ts';
import { toReturnOf } from './lifting-queries.ts';
import { getMeasure } from './queries.ts';
import { MEASURE_FLOW } from './rules.ts';
import type { ReturnInput } from './lifting-schemas.ts';
import type { MeasureView } from './schemas.ts';
import { lockMeasure, type MeasureRow, moveMeasure } from './store.ts';

/**
 * Hands back what was let go: at once, against the signatures of two officers and the party on the list (CXGD 42(2);
 * K21). 404, 412; 409 out of turn, `measure.nothing_to_return`, `goods.negative_balance`; 422 `measure.two_officers`,
 * `measure.return_before_lifting`, `measure.return_paper`, `goods.not_listed`, `field.future`.
 */
export async function returnItems(ctx: Ctx, id: string, body: ReturnInput): Promise<MeasureView> {
  return inTx(ctx, async (tx) => {
    const row = await lockMeasure(tx, id);
    checkVersion(tx, row);
    next(MEASURE_FLOW, row.state, 'return_items');
    requireToReturn(await toReturnOf(tx.db, id));
    const at = body.returnedAt ? pastInstant(body.returnedAt, tx.now, 'returnedAt') : tx.now;
    requireAfter(at, await firstLifted(tx, row));
    const officerIds = await measureOfficers(tx, body.officerIds, dayOf(at));
    await requirePaper(tx, row, body.documentId);
    const lines = body.items?.map(({ itemId, quantity }) => ({ itemId, quantity: quantity ?? null })) ?? null;
    const returned = await handBack(tx, { measureId: id, lines, cause: 'measure.return_items', at });
    requireToReturn(returned.length);
    const { receivedBy, documentId = null, paperNumber = null, remark = null } = body;
    const kept = { receivedBy, officerIds, documentId, paperNumber };
    await tx.db
      .insertInto('measureReturns')
      .values({
        id: tx.newId(),
        bureauId: row.bureauId,
        measureId: id,
        returnedAt: at,
        ...kept,
        remark,
        createdBy: tx.actor.id,
        createdAt: tx.now,
      })
      .execute();
    await moveMeasure(tx, row, {
      action: 'measure.return_items',
      change: {},
      detail: { ...kept, items: returned.length },
    });
    return getMeasure(tx, id);
  });
}

/** Since when something is let go: by the head's decision on a lifting, or his refusal of an urgent measure. */
async function firstLifted(tx: TxCtx, row: MeasureRow): Promise<Date | null> {
  const { at } = await tx.db
    .selectFrom('measureLiftings')
    .select((eb) => eb.fn.min<Date | null>('liftedAt').as('at'))
    .where('measureId', '=', row.id)
    .executeTakeFirstOrThrow();
  return at ?? row.endedAt;
}

/** 422 `measure.return_paper` unless it is an issued paper of the bureau about this measure. */
async function requirePaper(tx: TxCtx, row: MeasureRow, documentId: string | undefined): Promise<void> {
  if (documentId === undefined) return;
  const paper = await tx.db
    .selectFrom('documents')
    .select('id')
    .where('id', '=', documentId)
    .where('bureauId', '=', row.bureauId)
    .where('subjectKind', '=', 'measure')
    .where('subjectId', '=', row.id)
    .where('state', '=', 'issued')
    .executeTakeFirst();
  const code = 'measure.return_paper';
  if (!paper) throw unprocessable(code, RETURN_LAW, [{ field: 'documentId', code }]);
}
