import { sql } from 'kysely';
import type { Paper, PaperBook } from './modules/documents/index.ts';
import { matterApprovalPaper } from './modules/cases/paper-data.ts';
import { onsiteRecordPaper } from './modules/inspections/paper-data.ts';
import { inspectionSigners } from './modules/inspections/signers.ts';
import { crimeTransferPaper } from './modules/referrals/paper-data.ts';
import { samplingRecordPaper } from './modules/samples/paper-data.ts';
import { sampleSigners } from './modules/samples/signers.ts';
import { itemListPaper, measureDecisionPaper } from './modules/seizures/paper-data.ts';
import { measureSigners } from './modules/seizures/signers.ts';
import { caseSourcePaper } from './modules/sources/paper-data.ts';
import { reportRegistrationPaper } from './modules/tips/paper-data.ts';
import { dayOf } from './shared/clock.ts';

/** The day of the act a paper tells of, where its record keeps the instant. */
const dayIn =
  (table: string, column: string): Paper['since'] =>
  async ({ db }, id) => {
    const { rows } = await sql<{ at: Date | null }>`
      select ${sql.ref(column)} as at from ${sql.table(table)} where id = ${id}::uuid`.execute(db);
    const at = rows[0]?.at ?? null;
    return at === null ? null : dayOf(at);
  };

/** Which papers there are, what each is about, and who fills its blanks from the record: one explicit list. */
export const PAPERS: PaperBook = {
  // It names the reporter: the one paper that does.
  'report-registration': {
    subjectKind: 'tip',
    permission: 'tip.look_at_reporter',
    build: reportRegistrationPaper,
    open: ['reporterSignature', 'reporterSignedOn'],
    since: dayIn('tips', 'created_at'),
  },
  'case-source-registration': {
    subjectKind: 'source',
    build: ({ db }, bureauId, id) => caseSourcePaper(db, bureauId, id),
    open: ['remark'],
    since: dayIn('sources', 'created_at'),
  },
  'matter-approval': {
    subjectKind: 'approval',
    build: ({ db }, bureauId, id) => matterApprovalPaper(db, bureauId, id),
    open: ['remark'],
    since: dayIn('approvals', 'decided_at'),
  },
  'crime-transfer': {
    subjectKind: 'transfer',
    build: ({ db }, bureauId, id, day) => crimeTransferPaper(db, bureauId, { id, day }),
    proposed: ['contactPerson', 'contactPhone', 'contactAddress', 'copies'],
    since: dayIn('transfers', 'approved_at'),
  },
  'sampling-record': {
    subjectKind: 'sample',
    build: samplingRecordPaper,
    open: ['remark'],
    signers: ({ db }, id) => sampleSigners(db, id),
    since: dayIn('samples', 'sampled_at'),
  },
  'measure-decision': {
    subjectKind: 'measure',
    build: measureDecisionPaper,
    open: ['court'],
    proposed: ['contactPerson', 'contactPhone', 'contactAddress', 'copies'],
    since: dayIn('measures', 'executed_at'),
  },
  'item-list': {
    subjectKind: 'measure',
    build: itemListPaper,
    open: ['refusalNote'],
    proposed: ['copies'],
    signers: ({ db }, id) => measureSigners(db, id),
    since: dayIn('measures', 'executed_at'),
  },
  // How the record was read back is asked at the signing.
  'onsite-record': {
    subjectKind: 'inspection',
    build: onsiteRecordPaper,
    proposed: ['readBack'],
    signers: ({ db }, id) => inspectionSigners(db, id),
    since: dayIn('inspections', 'ended_at'),
  },
};
