import type { Kysely, Selectable } from 'kysely';
import type { TxCtx } from '../../context.ts';
import type { DB, Hearings } from '../../db/schema.ts';
import { type CaseAction, type CaseRow, lockForAct } from '../cases/index.ts';
import { type HearingAction, nextState } from './rules.ts';

export type HearingRow = Selectable<Hearings>;

/** The hearings of a case, in order. */
export const hearingsOf = (db: Kysely<DB>, caseId: string): Promise<HearingRow[]> =>
  db.selectFrom('hearings').selectAll().where('caseId', '=', caseId).orderBy('lineNo').execute();

/** The hearing that is not over; a case has one at most. */
export const openHearing = (db: Kysely<DB>, caseId: string): Promise<HearingRow | undefined> =>
  db
    .selectFrom('hearings')
    .selectAll()
    .where('caseId', '=', caseId)
    .where('state', 'not in', ['terminated', 'reported'])
    .executeTakeFirst();

/** A case and its hearing, held for one step of it. */
export type Step = { row: CaseRow; hearing: HearingRow; state: HearingRow['state'] };

/** Holds a case in which a hearing takes place, for a step of it that is open. 404; 409; 412. */
export async function lockStep(
  tx: TxCtx,
  caseId: string,
  { ofCase, step }: { ofCase: CaseAction; step: HearingAction },
): Promise<Step> {
  const row = await lockForAct(tx, caseId, ofCase);
  const hearing = await openHearing(tx.db, caseId);
  const state = nextState(hearing, step);
  return { row, hearing: hearing!, state };
}

type Change = Partial<
  Omit<HearingRow, 'id' | 'bureauId' | 'caseId' | 'version' | 'createdAt' | 'adjournments'>
>;

/** Writes `change` over a hearing of a locked case. */
export async function updateHearing(
  tx: TxCtx,
  hearing: HearingRow,
  change: Change & { adjournments?: string },
): Promise<void> {
  await tx.db
    .updateTable('hearings')
    .set({ ...change, version: hearing.version + 1 })
    .where('id', '=', hearing.id)
    .execute();
}
