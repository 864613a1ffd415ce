import { type Ctx, inTx, type TxCtx } from '../../context.ts';
import { checkVersion } from '../../db/version.ts';
import { dayOf } from '../../shared/clock.ts';
import { pastInstant } from '../../shared/time-order.ts';
import { next } from '../../shared/workflow.ts';
import { audit } from '../audit/index.ts';
import { certifiedOfficers } from '../identity/index.ts';
import { tellAssigned } from '../records/index.ts';
import { inspectionView, operationStateOf } from './queries.ts';
import { INSPECTION_FLOW, requireOperationUnderWay } from './rules.ts';
import type { InspectionView, StartInspectionInput } from './schemas.ts';
import { addOfficers, addPeople, lockInspection, updateInspection } from './store.ts';

/**
 * Begins an inspection: who is there on each side, whether the party was called and came. At least two officers of the
 * bureau with a valid certificate (K1, K17); police and witnesses do not count among them.
 */
export async function startInspection(
  ctx: Ctx,
  id: string,
  body: StartInspectionInput,
): Promise<InspectionView> {
  return inTx(ctx, async (tx) => {
    const row = await lockInspection(tx, id);
    checkVersion(tx, row);
    const state = next(INSPECTION_FLOW, row.state, 'start');
    requireOperationUnderWay(await operationStateOf(tx.db, row.operationId));
    const startedAt = body.startedAt ? pastInstant(body.startedAt, tx.now, 'startedAt') : tx.now;
    const officers = await certifiedOfficers(tx, body.officerIds, dayOf(startedAt));
    await addOfficers(tx, id, officers);
    await addPeople(tx, id, body.people);
    const { partyNotified, partyPresent } = body;
    const assignedUserIds = officers.map((officer) => officer.id);
    const updated = await updateInspection(tx, row, {
      state,
      startedAt,
      partyNotified,
      partyPresent,
      assignedUserIds,
    });
    await auditStart(tx, id, { officerIds: assignedUserIds, others: body.people.length, partyPresent });
    await tellAssigned(tx, 'inspection', row, updated);
    return inspectionView(tx, updated);
  });
}

async function auditStart(tx: TxCtx, id: string, detail: Record<string, unknown>): Promise<void> {
  await audit(tx, { action: 'inspection.start', subject: { kind: 'inspection', id }, detail });
}
