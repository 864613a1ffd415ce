export { onApprovalDecided, onApprovalWithdrawn } from './on-approval-decided.ts';
export { matterApprovalPaper } from './paper-data.ts';
export { proposers } from './propose-case.ts';
export { isOpenCase, requireOpenCase } from './rules.ts';
export { type CaseRow, lockCase, lockOpenCase } from './store.ts';
