export { isQualified, type Qualification } from './rules.ts';
