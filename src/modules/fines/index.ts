export { arithmeticOf, fineAnswer, fineText, gateKey, gatesOf } from './answer.ts';
export { type Fine, FINES, type FineVersion, findFine, versionOn } from './book.ts';
export { fineRange, stepOf } from './rules.ts';
export { Mark } from './schemas.ts';
export { crimeChecks, thresholdAnswer, thresholdText } from './threshold.ts';
