import { type Ctx, inTx, type TxCtx } from '../../context.ts';
import { audit } from '../audit/index.ts';
import { ownBureau } from '../../db/scope.ts';
import { resolveParty } from '../parties/index.ts';
import { inspectionView } from './queries.ts';
import { requireOperationOpen } from './rules.ts';
import type { InspectionView, PlanInspectionInput } from './schemas.ts';
import { lockOperation, type OperationRow } from './store.ts';
import { resolveTies, type Ties } from './ties.ts';

/**
 * Plans an inspection, on its own or as part of a joint operation (whose source and case it then takes over). Each
 * authority acts with its own powers: the inspection is the bureau's also where police are on the scene.
 */
export async function planInspection(ctx: Ctx, body: PlanInspectionInput): Promise<InspectionView> {
  return inTx(ctx, async (tx) => {
    const operation = body.operationId ? await openOperation(tx, body.operationId) : null;
    const ties = await tiesOf(tx, body, operation);
    const { kind, subjectMatter, place, isDwelling } = body;
    const row = await tx.db
      .insertInto('inspections')
      .values({
        id: tx.newId(),
        bureauId: ownBureau(tx.actor),
        kind,
        subjectMatter,
        place,
        isDwelling,
        ...ties,
        operationId: operation?.id ?? null,
        state: 'planned',
        assignedUnitId: tx.actor.unitId,
        createdBy: tx.actor.id,
        createdAt: tx.now,
      })
      .returningAll()
      .executeTakeFirstOrThrow();
    const detail = { ...ties, operationId: row.operationId, place, isDwelling };
    await audit(tx, { action: 'inspection.plan', subject: { kind: 'inspection', id: row.id }, detail });
    return inspectionView(tx, row);
  });
}

async function tiesOf(tx: TxCtx, body: PlanInspectionInput, operation: OperationRow | null): Promise<Ties> {
  const { partyId, sourceId = operation?.sourceId ?? null, caseId = operation?.caseId ?? null } = body;
  const party = partyId ? await resolveParty(tx, { id: partyId }) : null;
  return resolveTies(tx, { sourceId, caseId, partyId: party?.id ?? null });
}

async function openOperation(tx: TxCtx, id: string): Promise<OperationRow> {
  const row = await lockOperation(tx, id);
  requireOperationOpen(row.state);
  return row;
}
