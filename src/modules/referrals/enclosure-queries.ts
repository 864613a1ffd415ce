import { type Kysely, sql } from 'kysely';
import type { Ctx, TxCtx } from '../../context.ts';
import type { DB } from '../../db/schema.ts';
import { type Lacking, shortcomingViews } from '../sources/index.ts';
import type { Enclosed } from './rules.ts';
import type { EnclosureView } from './schemas.ts';

type Db = Kysely<DB>;

/** The enclosures of a transfer, in the order of Order 310 art. 6. */
export async function enclosuresOf(ctx: Ctx | TxCtx, transferId: string): Promise<EnclosureView[]> {
  const rows = await ctx.db
    .selectFrom('transferAttachments as x')
    .leftJoin('laboratoryReports as r', 'r.id', 'x.reportId')
    .select(['x.id', 'x.item', 'x.title', 'x.documentId', 'x.attachmentId', 'x.sha256', 'x.reportId'])
    .select(['r.number', 'r.shortcomings'])
    .where('x.transferId', '=', transferId)
    .orderBy('x.item')
    .orderBy('x.createdAt')
    .orderBy('x.id')
    .execute();
  return rows.map(({ reportId, number, shortcomings, ...row }) => ({
    ...row,
    report:
      reportId === null
        ? null
        : {
            id: reportId,
            number: number ?? '',
            shortcomings: shortcomingViews(ctx.locale, lackingIn(shortcomings)),
          },
  }));
}

const lackingIn = (frozen: unknown): Lacking[] => (frozen ?? []) as Lacking[];

/** The enclosures as the delivery checks them, each with the hash of the file as it is now. */
export async function enclosedIn(db: Db, transferId: string): Promise<(Enclosed & { id: string })[]> {
  const rows = await db
    .selectFrom('transferAttachments')
    .leftJoin('documents', 'documents.id', 'transferAttachments.documentId')
    .leftJoin('attachments', 'attachments.id', 'transferAttachments.attachmentId')
    .leftJoin('laboratoryReports', 'laboratoryReports.id', 'transferAttachments.reportId')
    .select(['transferAttachments.id', 'transferAttachments.item', 'transferAttachments.title'])
    .select([
      'documents.kind as documentKind',
      'documents.state as documentState',
      'documents.pdfSha256 as documentSha256',
    ])
    .select(['attachments.sha256 as fileSha256', 'attachments.voidedAt as fileVoidedAt'])
    .select([
      'laboratoryReports.number as reportNumber',
      'laboratoryReports.state as reportState',
      'laboratoryReports.shortcomings',
    ])
    .where('transferAttachments.transferId', '=', transferId)
    .orderBy('transferAttachments.item')
    .orderBy('transferAttachments.createdAt')
    .orderBy('transferAttachments.id')
    .execute();
  return rows.map((row) => ({
    id: row.id,
    item: row.item,
    title: row.title,
    documentKind: row.documentKind,
    isVoid: row.documentState === 'voided' || row.fileVoidedAt !== null,
    sha256: row.documentState === 'issued' ? row.documentSha256 : row.fileSha256,
    report:
      row.reportNumber === null
        ? null
        : {
            number: row.reportNumber,
            isSuperseded: row.reportState !== 'reported',
            shortcomings: lackingIn(row.shortcomings),
          },
  }));
}

/**
 * The things whose papers may go to the police with a case: the case, its transfer, inspections, samples, measures and
 * operations, and the approvals of these. Neither tips nor sources: their papers name or point at who reported.
 */
const related = (caseId: string, transferId: string) => sql`
  with c as (select id, source_id from cases where id = ${caseId}),
  things as (
    select 'case' as kind, id from c
    union all select 'transfer', ${transferId}::uuid
    union all select 'inspection', i.id from inspections i, c where i.case_id = c.id or i.source_id = c.source_id
    union all select 'operation', o.id from operations o, c where o.case_id = c.id or o.source_id = c.source_id
    union all select 'sample', s.id from samples s, c where s.case_id = c.id or s.source_id = c.source_id
    union all select 'measure', m.id from measures m, c where m.case_id = c.id or m.source_id = c.source_id),
  related as (
    select kind, id from things
    union all select 'approval', a.id from approvals a join things on (a.subject_kind, a.subject_id) = (things.kind, things.id))`;

/** What is handed over with which case and transfer. */
export type EnclosureOf = { bureauId: string; caseId: string; transferId: string };

/** Something that hangs on a thing of the case. */
export type OnSubject = { id: string; subjectKind: string; subjectId: string };

/** An issued, valid paper that belongs to the case; undefined otherwise. */
export async function findPaper(
  db: Db,
  { bureauId, caseId, transferId }: EnclosureOf,
  documentId: string,
): Promise<(OnSubject & { kind: string }) | undefined> {
  const { rows } = await sql<OnSubject & { kind: string }>`
    ${related(caseId, transferId)}
    select d.id, d.kind, d.subject_kind, d.subject_id from documents d
    join related on (related.kind, related.id) = (d.subject_kind, d.subject_id)
    where d.id = ${documentId} and d.bureau_id = ${bureauId} and d.state in ('issuing', 'issued')`.execute(
    db,
  );
  return rows[0];
}

/** A valid attached file that belongs to the case and may leave the house; undefined otherwise. */
export async function findFile(
  db: Db,
  { bureauId, caseId, transferId }: EnclosureOf,
  attachmentId: string,
): Promise<OnSubject | undefined> {
  const { rows } = await sql<OnSubject>`
    ${related(caseId, transferId)}
    select f.id, f.subject_kind, f.subject_id from attachments f
    join related on (related.kind, related.id) = (f.subject_kind, f.subject_id)
    where f.id = ${attachmentId} and f.bureau_id = ${bureauId} and f.voided_at is null and not f.is_confidential`.execute(
    db,
  );
  return rows[0];
}

/** The source a case was opened on. */
export async function sourceOfCase(db: Db, caseId: string): Promise<string> {
  const { sourceId } = await db
    .selectFrom('cases')
    .select('sourceId')
    .where('id', '=', caseId)
    .executeTakeFirstOrThrow();
  return sourceId;
}
