import type { TxCtx } from '../../context.ts';
import { dayOf } from '../../shared/clock.ts';
import { certifiedOfficers } from '../identity/index.ts';
import { resolveParty } from '../parties/index.ts';
import type { RecordRow, RecordSpec } from '../records/index.ts';
import { isApprovalWaiting } from './queries.ts';
import { requireNotFiled, requireNothingWaiting } from './rules.ts';
import { CaseChanges, type CaseState } from './schemas.ts';

/** What may be corrected in a case, and what a correction must still satisfy: two officers (K1), a party of ours. */
async function checkAmended(tx: TxCtx, before: RecordRow, after: RecordRow): Promise<void> {
  for (const matter of ['case.file', 'case.extend']) {
    requireNothingWaiting(await isApprovalWaiting(tx, before.id, matter));
  }
  if (JSON.stringify(after.officerIds) !== JSON.stringify(before.officerIds)) {
    await certifiedOfficers(tx, after.officerIds as string[], dayOf(tx.now));
  }
  if (after.partyId !== before.partyId) await resolveParty(tx, { id: after.partyId as string });
}

async function checkVoided(tx: TxCtx, before: RecordRow): Promise<void> {
  requireNotFiled({ state: before.state as CaseState });
  requireNothingWaiting(await isApprovalWaiting(tx, before.id, 'case.file'));
}

/** Amend, void, assign and history of cases. */
export const caseAmendment: RecordSpec = {
  path: '/api/cases',
  kind: 'case',
  table: 'cases',
  changes: CaseChanges,
  closedStates: ['declined', 'closed', 'archived'],
  onAmend: checkAmended,
  onVoid: checkVoided,
};
