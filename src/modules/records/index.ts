export { recordRoutes } from './record-routes.ts';
export type { HistoryView } from './schemas.ts';
export { requireLive } from './rules.ts';
export type { RecordRow, RecordSpec, RecordTable } from './spec.ts';
export { type Correction, recordCorrection } from './store.ts';
export { type RecordAssigned, tellAssigned } from './assigned.ts';
