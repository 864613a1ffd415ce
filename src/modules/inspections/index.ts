export type { InspectionEnded } from './end-inspection.ts';
export { onsiteRecordPaper } from './paper-data.ts';
export { inspectionSigners } from './signers.ts';
export { type InspectionRow, lockInspection } from './store.ts';
export { requireSameSource, resolveTies, type Ties } from './ties.ts';
