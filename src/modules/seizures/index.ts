export { onApprovalDecided, onApprovalWithdrawn } from './on-approval-decided.ts';
export { itemListPaper, measureDecisionPaper } from './paper-data.ts';
export { onClockRanOut } from './on-clock-ran-out.ts';
export { onDocumentServed } from './on-document-served.ts';
