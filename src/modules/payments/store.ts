import type { Kysely, Selectable } from 'kysely';
import type { TxCtx } from '../../context.ts';
import type {
  CourtApplications,
  DB,
  Demands,
  PaymentPlans,
  Payments,
  SurchargeStops,
} from '../../db/schema.ts';
import { conflict } from '../../shared/errors.ts';
import { type CaseAction, type CaseRow, lockForAct } from '../cases/index.ts';
import { type DecisionRow, standingDecision } from '../penalties/index.ts';
import type { Due } from './surcharge.ts';

type Db = Kysely<DB>;
export type PaymentRow = Selectable<Payments>;
export type PlanRow = Selectable<PaymentPlans>;
export type StopRow = Selectable<SurchargeStops>;
export type DemandRow = Selectable<Demands>;
export type CourtRow = Selectable<CourtApplications>;

const linesOf = <T extends 'payments' | 'paymentPlans' | 'surchargeStops' | 'demands' | 'courtApplications'>(
  db: Db,
  table: T,
  decisionId: string,
) =>
  db
    // One of five tables of the same shape stands for all in the types.
    .selectFrom(table as 'payments')
    .selectAll()
    .where('decisionId', '=', decisionId)
    .orderBy('lineNo')
    .execute() as Promise<unknown>;

/** Everything that was written down about carrying a decision out, in order. */
export async function recordsOf(db: Db, decisionId: string) {
  return {
    payments: (await linesOf(db, 'payments', decisionId)) as PaymentRow[],
    plans: (await linesOf(db, 'paymentPlans', decisionId)) as PlanRow[],
    stops: (await linesOf(db, 'surchargeStops', decisionId)) as StopRow[],
    demands: (await linesOf(db, 'demands', decisionId)) as DemandRow[],
    applications: (await linesOf(db, 'courtApplications', decisionId)) as CourtRow[],
  };
}

export type Records = Awaited<ReturnType<typeof recordsOf>>;

/** The lines of a plan. */
export const instalmentsOf = ({ instalments }: PlanRow): Due[] => instalments as unknown as Due[];

/** Holds a case whose penalty is being carried out, with its decision. 404; 409. */
export async function lockPerforming(
  tx: TxCtx,
  caseId: string,
  action: CaseAction,
): Promise<{ row: CaseRow; decision: DecisionRow }> {
  const row = await lockForAct(tx, caseId, action);
  const decision = await standingDecision(tx.db, caseId);
  if (!decision) throw conflict('payment.no_decision');
  return { row, decision };
}

/** What every new line of a decision carries. */
export const lineOf = (tx: TxCtx, { id, bureauId }: DecisionRow) => ({
  id: tx.newId(),
  bureauId,
  decisionId: id,
  createdBy: tx.actor.id,
  createdAt: tx.now,
});
