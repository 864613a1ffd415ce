export { recordRoutes } from './record-routes.ts';
export { requireLive } from './rules.ts';
export type { RecordRow, RecordSpec, RecordTable } from './spec.ts';
export { type Correction, recordCorrection } from './store.ts';
