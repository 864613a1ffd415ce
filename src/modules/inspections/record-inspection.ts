import { type Ctx, inTx } from '../../context.ts';
import { checkVersion } from '../../db/version.ts';
import { dayOf } from '../../shared/clock.ts';
import { next } from '../../shared/workflow.ts';
import { audit } from '../audit/index.ts';
import { certifiedOfficers } from '../identity/index.ts';
import { resolveParty } from '../parties/index.ts';
import { inspectionView, officerIdsOf } from './queries.ts';
import { INSPECTION_FLOW, requireRightsTold } from './rules.ts';
import type { InspectionView, RecordInspectionInput } from './schemas.ts';
import { addOfficers, addPeople, lockInspection, updateInspection } from './store.ts';

/**
 * Writes what happens on the scene, field by field of form #9, while the inspection is under way. Rights before
 * evidence (K2): 422 `inspection.rights_not_told`. Officers and others who come later are added.
 */
export async function recordInspection(
  ctx: Ctx,
  id: string,
  body: RecordInspectionInput,
): Promise<InspectionView> {
  return inTx(ctx, async (tx) => {
    const row = await lockInspection(tx, id);
    checkVersion(tx, row);
    next(INSPECTION_FLOW, row.state, 'record');
    const { officerIds, people, partyId, ...fields } = body;
    requireRightsTold({ ...row, ...fields });
    if (officerIds) {
      const all = [...(await officerIdsOf(tx.db, id)), ...officerIds];
      await addOfficers(tx, id, await certifiedOfficers(tx, all, dayOf(row.startedAt ?? tx.now)));
    }
    if (people) await addPeople(tx, id, people);
    const party = partyId ? await resolveParty(tx, { id: partyId }) : null;
    const updated = await updateInspection(tx, row, { ...fields, ...(party ? { partyId: party.id } : {}) });
    const detail = { fields: Object.keys(body) };
    await audit(tx, { action: 'inspection.record', subject: { kind: 'inspection', id }, detail });
    return inspectionView(tx, updated);
  });
}
