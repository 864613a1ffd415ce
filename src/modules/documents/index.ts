export { formatNumber, NUMBER_PATTERN, type NumberParts } from './numbering.ts';
export { takeNumber, type Counter } from './take-number.ts';
