export { type Notice, notify, settle } from './notify.ts';
export { onApprovalDecided, onApprovalProposed, onApprovalWithdrawn } from './on-approval.ts';
export { onRecordAssigned } from './on-assigned.ts';
export { onCalendarAwaited, onClockDueSoon, onClockEscalated, onClockRanOut } from './on-clock.ts';
