export { formatNumber, NUMBER_PATTERN, type NumberParts } from './numbering.ts';
export { takeNumber, type Counter } from './take-number.ts';
export { issueDocument, type DocumentIssue, type IssuedDocument } from './issue-document.ts';
export { documentsOf, type DocumentSummary } from './queries.ts';
export { officersOfPaper, type PaperSigner } from './signers.ts';
export type { Paper, PaperBook } from './paper-book.ts';
export { verifyDocument } from './verify-document.ts';
export type { Verification } from './schemas.ts';
