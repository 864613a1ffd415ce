export { onApprovalDecided, onApprovalWithdrawn } from './on-approval-decided.ts';
export { matterApprovalPaper } from './paper-data.ts';
export { proposers } from './propose-case.ts';
export { barred, GATES, type GateId, notPassed } from './gates.ts';
export { askHead, enterClosing, lockDecided, lockForAct, moveCase } from './move-case.ts';
export { type CasePeople, peopleOf } from './people.ts';
export { handInAfterHearing } from './review-case.ts';
export { CASE_FLOW, type CaseAction, isOpenCase, requireOpenCase } from './rules.ts';
export { type CaseRow, lockCase, lockOpenCase } from './store.ts';
