import { type Kysely } from 'kysely';
import { type Ctx, inTx } from '../../context.ts';
import { type Page, page } from '../../db/page.ts';
import type { DB } from '../../db/schema.ts';
import { audit } from '../audit/index.ts';
import { requireKind, type PaperBook } from './paper-book.ts';
import type { DocumentDetail, DocumentFilter, DocumentView } from './schemas.ts';
import { isSealed } from './sealed-data.ts';
import { type DocumentRow, getDocumentRow, LISTED, visibleDocuments } from './store.ts';
import { documentDetail, documentView } from './views.ts';

/** The bureau's papers the actor may see, newest first. */
export async function listDocuments(
  ctx: Ctx,
  papers: PaperBook,
  filter: DocumentFilter,
): Promise<Page<DocumentView>> {
  if (filter.kind) requireKind(papers, ctx.actor, filter.kind);
  let query = visibleDocuments(ctx.db, ctx.actor, papers).select(LISTED);
  if (filter.subjectKind) query = query.where('subjectKind', '=', filter.subjectKind);
  if (filter.subjectId) query = query.where('subjectId', '=', filter.subjectId);
  if (filter.kind) query = query.where('kind', '=', filter.kind);
  if (filter.state) query = query.where('state', '=', filter.state);
  if (filter.number) query = query.where('number', 'like', `%${filter.number.replace(/[\\%_]/g, '\\$&')}%`);
  const found = await page(query, { time: 'documents.createdAt', id: 'documents.id' }, filter);
  return { items: found.items.map((row) => documentView(ctx, row)), next: found.next };
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
