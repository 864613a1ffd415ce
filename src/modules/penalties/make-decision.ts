import type { TxCtx } from '../../context.ts';
import type { Day } from '../../shared/clock.ts';
import { type CaseAction, type CaseRow, moveCase } from '../cases/index.ts';
import { meetClock, startClock } from '../deadlines/index.ts';
import type { DecideInput } from './proposal-schemas.ts';
import { type DecisionRow, finesIn, type ProposalRow } from './track-store.ts';

/** A decision was made: what is published when is another module's affair. */
export type DecisionMade = {
  type: 'decision.made';
  caseId: string;
  decisionId: string;
  kind: DecisionRow['kind'];
  on: Day;
};

/** Who decided, when, and what differs from the notice. */
export type Making = {
  action: CaseAction;
  as: string;
  on: Day;
  decidedBy: 'bureau' | 'city';
  decider?: string;
  approvalId?: string;
  discussionId?: string | null;
  body?: DecideInput;
};

/** The fines of a decision: the notice's, lowered where the decision says so. */
function finesOf(proposal: ProposalRow, body: DecideInput | undefined) {
  const told = finesIn(proposal);
  const fines = told.map((line) => {
    const lower = body?.fines?.find(({ violationId }) => violationId === line.violationId);
    return lower
      ? { ...line, fineFen: lower.fineFen, ...(lower.reason ? { reason: lower.reason } : {}) }
      : line;
  });
  return { fines: JSON.stringify(fines), fineFen: fines.reduce((sum, { fineFen }) => sum + fineFen, 0) };
}

/** What a decision says: what the notice told, and what differs from it. */
const contentOf = (proposal: ProposalRow, body: DecideInput | undefined) => ({
  proposalId: proposal.id,
  kind: proposal.kind,
  ...finesOf(proposal, body),
  gainsFen: body?.gainsFen ?? proposal.gainsFen,
  goodsFen: proposal.goodsFen,
  goodsText: proposal.goodsText,
  others: JSON.stringify(proposal.others),
  orderToCorrect: proposal.orderToCorrect,
  education: proposal.education,
  otherAgency: proposal.otherAgency,
  isListed: proposal.isListed,
  number: body?.number ?? null,
  treatment: body?.treatment ?? null,
  performance: body?.performance ?? null,
});

async function insertDecision(
  tx: TxCtx,
  row: CaseRow,
  proposal: ProposalRow,
  { on, decidedBy, body, ...by }: Making,
): Promise<DecisionRow> {
  return tx.db
    .insertInto('decisions')
    .values({
      ...contentOf(proposal, body),
      id: tx.newId(),
      bureauId: row.bureauId,
      caseId: row.id,
      state: 'standing',
      decidedBy,
      decider: by.decider ?? null,
      decidedOn: on,
      approvalId: by.approvalId ?? null,
      discussionId: by.discussionId ?? null,
      createdBy: tx.actor.id,
      createdAt: tx.now,
    })
    .returningAll()
    .executeTakeFirstOrThrow();
}

/**
 * Makes the decision of a case, in the transaction that decides: the limit of the case is met (CXGD 64), seven working
 * days to serve it begin (CXGD 81).
 */
export async function makeDecision(
  tx: TxCtx,
  row: CaseRow,
  proposal: ProposalRow,
  making: Making,
): Promise<DecisionRow> {
  const { action, as, on, decidedBy } = making;
  const decision = await insertDecision(tx, row, proposal, making);
  const { id: decisionId, kind, fineFen } = decision;
  await meetClock(tx, { rule: 'P04', subject: { kind: 'case', id: row.id } });
  await startClock(tx, { rule: 'P13', subject: { kind: 'decision', id: decisionId }, trigger: as, on });
  const change = { decisionKind: kind, decidedOn: on };
  await moveCase(tx, row, action, { as, change, detail: { decisionId, kind, fineFen, decidedBy } });
  const event: DecisionMade = { type: 'decision.made', caseId: row.id, decisionId, kind, on };
  await tx.react(tx, event);
  return decision;
}
