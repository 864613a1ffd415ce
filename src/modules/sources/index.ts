export {
  concludeSource,
  onApprovalDecided,
  onApprovalWithdrawn,
  type SourceConcluded,
} from './conclude-source.ts';
export { followTipDay } from './follow-tip.ts';
export { clueOnlyNote, laboratoryReportsOf, type Lacking, shortcomingViews } from './laboratory-reports.ts';
export { caseSourcePaper } from './paper-data.ts';
export { type NewSource, registerSource } from './register-source.ts';
export type { LaboratoryReportNote, SourceOutcome } from './schemas.ts';
export { lockOpenSource } from './store.ts';
