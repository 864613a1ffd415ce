import { type Kysely, sql } from 'kysely';
import type { DB } from '../../db/schema.ts';
import type { InvestigationFacts } from './rules.ts';
import type { OpenReview } from './review-rules.ts';
import type { ProcedureView } from './procedure-schemas.ts';
import type { CaseRow } from './store.ts';

type Db = Kysely<DB>;

/** What has to be in order before an investigation is ended, suspended or given up. */
export async function investigationFacts(db: Db, caseId: string): Promise<InvestigationFacts> {
  const { rows } = await sql<InvestigationFacts>`
    select
      (select count(*) from investigation_reports r where r.case_id = c.id) as reports,
      (select count(*) from violations v where v.case_id = c.id and v.voided_at is null) as violations,
      (select count(*) from samples s where (s.case_id = c.id or (s.case_id is null and s.source_id = c.source_id))
        and s.kind = 'enforcement' and s.state = 'reported' and s.voided_at is null) as results_not_told,
      exists (select from approvals a where a.subject_kind = 'case' and a.subject_id = c.id and a.state = 'proposed'
        and a.matter in ('case.suspend', 'case.terminate')) as is_waiting
    from cases c where c.id = ${caseId}::uuid`.execute(db);
  return rows[0]!;
}

/** The review that is with the reviewers; there is never more than one. */
export const openReview = (db: Db, caseId: string): Promise<OpenReview | undefined> =>
  db
    .selectFrom('caseReviews')
    .select(['id', 'stage', 'kind'])
    .where('caseId', '=', caseId)
    .where('returnedOn', 'is', null)
    .executeTakeFirst();

/** Whether the case ever held goods of the party: their end belongs in the closing form. */
export async function heldGoods(db: Db, caseId: string): Promise<boolean> {
  const found = await db
    .selectFrom('measures')
    .select('id')
    .where('caseId', '=', caseId)
    .where('executedAt', 'is not', null)
    .where('voidedAt', 'is', null)
    .executeTakeFirst();
  return found !== undefined;
}

const reportsOf = (db: Db, caseId: string) =>
  db
    .selectFrom('investigationReports')
    .select(['id', 'roundNo', 'course', 'facts', 'evidence', 'nature', 'discretion', 'handling', 'suggested'])
    .select('reportedOn')
    .where('caseId', '=', caseId)
    .orderBy('roundNo')
    .execute();

const reviewsOf = (db: Db, caseId: string) =>
  db
    .selectFrom('caseReviews')
    .leftJoin('users', 'users.id', 'caseReviews.reviewerId')
    .select(['caseReviews.id', 'stage', 'kind', 'receivedOn', 'returnedOn', 'users.name as reviewer'])
    .select(['opinion', 'comment', 'qualification'])
    .where('caseId', '=', caseId)
    .orderBy('caseReviews.lineNo')
    .execute();

const pausesOf = (db: Db, caseId: string) =>
  db
    .selectFrom('casePauses')
    .select(['ground', 'reason', 'fromOn', 'toOn', 'resumeReason'])
    .where('caseId', '=', caseId)
    .orderBy('fromOn')
    .execute();

/** What the procedure of a case has brought so far. */
export async function procedureOf(db: Db, row: CaseRow): Promise<ProcedureView> {
  const [reports, reviews, pauses] = await Promise.all([
    reportsOf(db, row.id),
    reviewsOf(db, row.id),
    pausesOf(db, row.id),
  ]);
  const { legalGrounds, decisionKind, decidedOn, closingGround, closingOn } = row;
  const { closedOn, archivedOn, archiveNumber, retention } = row;
  return {
    legalGrounds,
    reports,
    reviews,
    pauses,
    decisionKind,
    decidedOn,
    closingGround,
    closingOn,
    closedOn,
    archivedOn,
    archiveNumber,
    retention,
  };
}
