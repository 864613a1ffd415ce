import type { PaperBook } from './modules/documents/index.ts';
import { matterApprovalPaper } from './modules/cases/paper-data.ts';
import { onsiteRecordPaper } from './modules/inspections/paper-data.ts';
import { crimeTransferPaper } from './modules/referrals/paper-data.ts';
import { samplingRecordPaper } from './modules/samples/paper-data.ts';
import { itemListPaper, measureDecisionPaper } from './modules/seizures/paper-data.ts';
import { caseSourcePaper } from './modules/sources/paper-data.ts';
import { reportRegistrationPaper } from './modules/tips/paper-data.ts';

/** Which papers there are, what each is about, and who fills its blanks from the record: one explicit list. */
export const PAPERS: PaperBook = {
  // It names the reporter: the one paper that does.
  'report-registration': {
    subjectKind: 'tip',
    permission: 'tip.look_at_reporter',
    build: reportRegistrationPaper,
  },
  'case-source-registration': {
    subjectKind: 'source',
    build: ({ db }, bureauId, id) => caseSourcePaper(db, bureauId, id),
  },
  'matter-approval': {
    subjectKind: 'approval',
    build: ({ db }, bureauId, id) => matterApprovalPaper(db, bureauId, id),
  },
  'crime-transfer': {
    subjectKind: 'transfer',
    build: ({ db }, bureauId, id, day) => crimeTransferPaper(db, bureauId, { id, day }),
  },
  'sampling-record': { subjectKind: 'sample', build: samplingRecordPaper },
  'measure-decision': { subjectKind: 'measure', build: measureDecisionPaper },
  'item-list': { subjectKind: 'measure', build: itemListPaper },
  'onsite-record': { subjectKind: 'inspection', build: onsiteRecordPaper },
};
