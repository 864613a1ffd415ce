export { onApprovalDecided, onApprovalWithdrawn } from './on-approval-decided.ts';
export { matterApprovalPaper } from './paper-data.ts';
export { proposers } from './propose-case.ts';
export { isOpenCase } from './rules.ts';
export { type CaseRow, lockCase, lockOpenCase } from './store.ts';
