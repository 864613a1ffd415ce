export { audit, type AuditEntry, type TraceLeft } from './append-entry.ts';
export { sealAudit } from './seal-audit.ts';
export { verifyAudit, type Verification } from './verify-audit.ts';
