export { onApprovalDecided, onApprovalWithdrawn } from './on-approval.ts';
