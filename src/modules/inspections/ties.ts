import type { TxCtx } from '../../context.ts';
import { conflict, unprocessable } from '../../shared/errors.ts';
import { isOpenCase, lockOpenCase } from '../cases/index.ts';
import { lockOpenSource } from '../sources/index.ts';

/** Where a record hangs: a source, a case of the actor's own bureau, and the party they name. */
export type Ties = { sourceId: string | null; caseId: string | null; partyId: string | null };

const NO_CASE = { sourceId: null, partyId: null };

/**
 * Holds the case and the source an inspection, a sample or a measure is entered under, and finds the party they name.
 * A concluded matter takes no further act, and a case goes with the source it was opened on. 404; 409 `case.not_open`,
 * `source.not_open`; 422 `inspection.other_source`.
 */
export async function resolveTies(tx: TxCtx, given: Ties): Promise<Ties> {
  const filed = given.caseId === null ? NO_CASE : await lockOpenCase(tx, given.caseId);
  requireSameSource(filed.sourceId, given.sourceId, 'caseId');
  const sourceId = given.sourceId ?? filed.sourceId;
  const partyId = given.partyId ?? filed.partyId;
  if (sourceId === null) return { ...given, sourceId, partyId };
  const source = await lockOpenSource(tx, sourceId);
  if (given.caseId === null && source.state === 'case_opened') await requireOpenCaseOn(tx, sourceId);
  return { ...given, sourceId, partyId: partyId ?? source.partyId };
}

/** 422 `inspection.other_source` where both are known and they are not the same. */
export function requireSameSource(one: string | null, other: string | null, field: string): void {
  const code = 'inspection.other_source';
  if (one !== null && other !== null && one !== other) throw unprocessable(code, {}, [{ field, code }]);
}

/** 409 `source.not_open` where all cases a source has opened are over. */
async function requireOpenCaseOn(tx: TxCtx, sourceId: string): Promise<void> {
  const cases = await tx.db
    .selectFrom('cases')
    .select('state')
    .where('sourceId', '=', sourceId)
    .where('voidedAt', 'is', null)
    .execute();
  if (!cases.some(({ state }) => isOpenCase(state))) {
    throw conflict('source.not_open', { state: 'case_opened' });
  }
}
