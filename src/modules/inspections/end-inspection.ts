import { type Ctx, type DomainEvent, inTx } from '../../context.ts';
import { checkVersion } from '../../db/version.ts';
import { pastInstant, notBefore } from '../../shared/time-order.ts';
import { next } from '../../shared/workflow.ts';
import { audit } from '../audit/index.ts';
import { inspectionView, sceneOf } from './queries.ts';
import { INSPECTION_FLOW, requireWholeRecord } from './rules.ts';
import type { EndInspectionInput, InspectionView } from './schemas.ts';
import { lockInspection, updateInspection } from './store.ts';

/** The officers leave: what was found and not taken stays behind. */
export type InspectionEnded = DomainEvent & { type: 'inspection.ended'; inspectionId: string; at: Date };

/**
 * Ends an inspection: the record must be whole (findings, answers, two officers, a witness for an absent party, the
 * reason of a refused signature). From here it is corrected with a reason, never rewritten.
 */
export async function endInspection(ctx: Ctx, id: string, body: EndInspectionInput): Promise<InspectionView> {
  return inTx(ctx, async (tx) => {
    const row = await lockInspection(tx, id);
    checkVersion(tx, row);
    const state = next(INSPECTION_FLOW, row.state, 'end');
    const endedAt = body.endedAt ? pastInstant(body.endedAt, tx.now, 'endedAt') : tx.now;
    notBefore(endedAt, row.startedAt ?? endedAt, 'endedAt');
    const closing = {
      closingAnswer: body.closingAnswer ?? row.closingAnswer,
      partyRefusedToSign: body.partyRefusedToSign,
      refusalNote: body.refusalNote ?? null,
    };
    requireWholeRecord({ ...row, ...closing }, await sceneOf(tx.db, id));
    const updated = await updateInspection(tx, row, { ...closing, state, endedAt });
    const detail = { partyPresent: row.partyPresent, partyRefusedToSign: body.partyRefusedToSign };
    await audit(tx, { action: 'inspection.end', subject: { kind: 'inspection', id }, detail });
    const event: InspectionEnded = { type: 'inspection.ended', inspectionId: id, at: endedAt };
    await tx.react(tx, event);
    return inspectionView(tx, updated);
  });
}
