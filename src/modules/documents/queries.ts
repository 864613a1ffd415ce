import { type Kysely, sql } from 'kysely';
import { type Ctx, inTx } from '../../context.ts';
import { actedOn, asked, times } from '../../db/list.ts';
import { type Page, page } from '../../db/page.ts';
import type { DB } from '../../db/schema.ts';
import { labelled, labelOf } from '../../db/subjects.ts';
import { audit } from '../audit/index.ts';
import { requireKind, type PaperBook } from './paper-book.ts';
import type { DocumentDetail, DocumentFilter, DocumentView, ListedDocument } from './schemas.ts';
import { isSealed } from './sealed-data.ts';
import { type DocumentRow, getDocumentRow, LISTED, visibleDocuments } from './store.ts';
import { documentDetail, documentView } from './views.ts';

const listed = (ctx: Ctx, papers: PaperBook) =>
  visibleDocuments(ctx.db, ctx.actor, papers)
    .select(LISTED)
    .select([
      labelOf(ctx.actor, 'documents.subjectKind', sql.ref('documents.subjectId')).as('label'),
      sql<string | null>`(select u.name from users u where u.id::text = documents.created_by)`.as(
        'authorName',
      ),
      actedOn('document', 'documents').as('updatedAt'),
    ]);

/** The bureau's papers the actor may see, newest first. */
export async function listDocuments(
  ctx: Ctx,
  papers: PaperBook,
  filter: DocumentFilter,
): Promise<Page<ListedDocument>> {
  const { kind, subjectKind, subjectId, issuedFrom, issuedTo, author } = filter;
  for (const one of kind ?? []) requireKind(papers, ctx.actor, one);
  let query = listed(ctx, papers).where(
    asked(ctx, { table: 'documents', time: 'createdAt', texts: ['number'] }, filter),
  );
  if (kind) query = query.where('kind', 'in', kind);
  if (subjectKind) query = query.where('subjectKind', '=', subjectKind);
  if (subjectId) query = query.where('subjectId', '=', subjectId);
  if (issuedFrom) query = query.where('issuedOn', '>=', issuedFrom);
  if (issuedTo) query = query.where('issuedOn', '<=', issuedTo);
  if (author) query = query.where('createdBy', '=', author === 'me' ? ctx.actor.id : author);
  const found = await page(query, { time: 'documents.createdAt', id: 'documents.id' }, filter);
  return { items: found.items.map((row) => rowOf(ctx, row)), next: found.next };
}

type Found = Awaited<ReturnType<ReturnType<typeof listed>['executeTakeFirstOrThrow']>>;

function rowOf(ctx: Ctx, { label, authorName, updatedAt, ...row }: Found): ListedDocument {
  const view = documentView(ctx, row);
  const title = ctx.locale === 'zh' ? view.titleZh : view.titleEn;
  return {
    ...view,
    ...labelled(label),
    title,
    authorName,
    ...times({ updatedAt, createdAt: row.createdAt }),
  };
}

/** One paper with what stands in it. */
export async function getDocument(ctx: Ctx, papers: PaperBook, id: string): Promise<DocumentDetail> {
  const row = await getDocumentRow(ctx.db, { actor: ctx.actor, papers }, id);
  await traceLook(ctx, row);
  return documentDetail(ctx, row);
}

/** A look at a paper that names the reporter leaves a trace. */
export async function traceLook(ctx: Ctx, row: DocumentRow): Promise<void> {
  if (!isSealed(row)) return;
  const subject = { kind: 'document', id: row.id };
  await inTx(ctx, (tx) => audit(tx, { action: 'document.look_at', subject, detail: { kind: row.kind } }));
}

/**
 * The paper as a write left it. Every write keeps only the id beside its Idempotency-Key and reads the answer here: a
 * sealed paper must not lie in clear among the kept answers. A repeat is a look like any other.
 */
export async function documentAfter(ctx: Ctx, papers: PaperBook, id: string): Promise<DocumentDetail> {
  const row = await getDocumentRow(ctx.db, { actor: ctx.actor, papers }, id);
  if (ctx.idempotency?.replayed) await traceLook({ ...ctx, idempotency: null }, row);
  return documentDetail(ctx, row);
}

/** What other modules show of the papers of their thing: which there are, not what stands in them. Oldest first. */
export type DocumentSummary = Pick<
  DocumentView,
  'id' | 'kind' | 'state' | 'number' | 'issuedOn' | 'contentHash' | 'pages'
>;

/** The papers about a thing, drafts included, oldest first. */
export async function documentsOf(
  db: Kysely<DB>,
  bureauId: string,
  subject: { kind: string; id: string },
): Promise<DocumentSummary[]> {
  return db
    .selectFrom('documents')
    .select(['id', 'kind', 'state', 'number', 'issuedOn', 'contentHash', 'pages'])
    .where('bureauId', '=', bureauId)
    .where('subjectKind', '=', subject.kind)
    .where('subjectId', '=', subject.id)
    .orderBy('createdAt')
    .orderBy('id')
    .execute();
}
