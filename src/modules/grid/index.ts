export { importDivisions, type ImportedDivisions } from './import-divisions.ts';
export { findDivisionName } from './queries.ts';
