export { onApprovalDecided, onApprovalWithdrawn } from './decide-transfer.ts';
export { crimeTransferPaper } from './paper-data.ts';
export { transferOpen } from './transfer-queries.ts';
