export { onsiteRecordPaper } from './paper-data.ts';
export { type InspectionRow, lockInspection, resolveTies, type Ties } from './store.ts';
