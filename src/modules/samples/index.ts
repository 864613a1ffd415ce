export { samplingRecordPaper } from './paper-data.ts';
