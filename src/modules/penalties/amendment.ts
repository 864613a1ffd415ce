import { dayOf } from '../../shared/clock.ts';
import type { TxCtx } from '../../context.ts';
import { lockOpenCase } from '../cases/index.ts';
import { findFine } from '../fines/index.ts';
import type { RecordRow, RecordSpec } from '../records/index.ts';
import { checkDiscretion } from './discretion.ts';
import { checkSale, checkViolation, requireFactsOpen, type SaleFacts } from './rules.ts';
import { SaleChanges, ViolationChanges } from './schemas.ts';
import type { ViolationRow } from './store.ts';

/** What a correction or a voiding needs: a case whose facts are open. */
async function followCase(tx: TxCtx, before: RecordRow): Promise<void> {
  requireFactsOpen(await lockOpenCase(tx, String(before['caseId'])));
}

/** Amend, void and history of violations: what they then say must hold as if it were entered now. */
export const violationAmendment: RecordSpec = {
  path: '/api/violations',
  kind: 'violation',
  table: 'violations',
  changes: ViolationChanges,
  isAssignable: false,
  onAmend: async (tx, before, after) => {
    await followCase(tx, before);
    const row = after as unknown as ViolationRow;
    checkViolation(row, dayOf(tx.now));
    checkDiscretion({ ...row, fslr67: findFine(row.fineRule)!.fslr67 });
  },
  onVoid: (tx, before) => followCase(tx, before),
};

/** Amend, void and history of sales. */
export const saleAmendment: RecordSpec = {
  path: '/api/sales',
  kind: 'sale',
  table: 'caseSales',
  changes: SaleChanges,
  isAssignable: false,
  onAmend: async (tx, before, after) => {
    await followCase(tx, before);
    checkSale(after as unknown as SaleFacts, dayOf(tx.now));
  },
  onVoid: (tx, before) => followCase(tx, before),
};
