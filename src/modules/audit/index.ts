export { audit, type AuditEntry } from './append-entry.ts';
