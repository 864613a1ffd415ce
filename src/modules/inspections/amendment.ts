import type { TxCtx } from '../../context.ts';
import { dayOf } from '../../shared/clock.ts';
import { unprocessable } from '../../shared/errors.ts';
import { certifiedOfficers } from '../identity/index.ts';
import { resolveParty } from '../parties/index.ts';
import type { RecordRow, RecordSpec } from '../records/index.ts';
import { officerIdsOf, sceneOf, usesOfInspection, usesOfOperation } from './queries.ts';
import { requireRightsTold, requireSameProgress, requireUnused, requireWholeRecord } from './rules.ts';
import { InspectionChanges, OperationChanges } from './schemas.ts';
import type { InspectionRow } from './store.ts';

/** A corrected record must be as whole as one that is written now (the table itself keeps the times in order). */
async function checkInspection(tx: TxCtx, before: RecordRow, after: RecordRow): Promise<void> {
  const [was, is] = [before as unknown as InspectionRow, after as unknown as InspectionRow];
  requireSameProgress(was, is);
  checkTimes(tx, is);
  if (is.partyId !== null && is.partyId !== was.partyId) await resolveParty(tx, { id: is.partyId });
  if (is.startedAt !== null && was.startedAt?.getTime() !== is.startedAt.getTime()) {
    await certifiedOfficers(tx, await officerIdsOf(tx.db, is.id), dayOf(is.startedAt));
  }
  requireRightsTold(is);
  if (is.state === 'ended') requireWholeRecord(is, await sceneOf(tx.db, is.id));
}

function checkTimes(tx: TxCtx, { startedAt, endedAt }: InspectionRow): void {
  for (const [field, at] of [
    ['startedAt', startedAt],
    ['endedAt', endedAt],
  ] as const) {
    if (at !== null && at > tx.now)
      throw unprocessable('field.future', {}, [{ field, code: 'field.future' }]);
  }
}

/** Amend, void, assign and history of inspections. */
export const inspectionAmendment: RecordSpec = {
  path: '/api/inspections',
  kind: 'inspection',
  table: 'inspections',
  changes: InspectionChanges,
  closedStates: ['ended'],
  onAmend: checkInspection,
  onVoid: async (tx, before) => requireUnused(await usesOfInspection(tx.db, before.id), 'inspection.in_use'),
};

/** Amend, void, assign and history of joint operations. */
export const operationAmendment: RecordSpec = {
  path: '/api/operations',
  kind: 'operation',
  table: 'operations',
  changes: OperationChanges,
  jsonColumns: ['sites'],
  closedStates: ['ended', 'called_off'],
  onVoid: async (tx, before) => requireUnused(await usesOfOperation(tx.db, before.id), 'operation.in_use'),
};
