export type { DecisionMade } from './make-decision.ts';
export { onApprovalDecided, onApprovalWithdrawn } from './on-approval.ts';
export { partyNameOf } from './assessment.ts';
export { endWindow } from './record-statement.ts';
export { requestFacts } from './track-queries.ts';
export { type DecisionRow, othersIn, standingDecision } from './track-store.ts';
export { onClockMoved } from './on-clock-moved.ts';
