import type { Kysely, Selectable, Updateable } from 'kysely';
import type { Actor, TxCtx } from '../../context.ts';
import type { DB, Documents } from '../../db/schema.ts';
import { notFound, unprocessable } from '../../shared/errors.ts';
import { hiddenKinds, type PaperBook } from './paper-book.ts';

export type DocumentRow = Selectable<Documents>;

/** The columns of a list: not what stands in the paper. */
export const LISTED = [
  'id',
  'bureauId',
  'kind',
  'templateVersion',
  'subjectKind',
  'subjectId',
  'state',
  'number',
  'issuedOn',
  'issuedAt',
  'contentHash',
  'verifyCode',
  'pdfSha256',
  'pages',
  'voidedAt',
  'voidReason',
  'replacesId',
  'createdAt',
  'version',
] as const;
export type ListedRow = Pick<DocumentRow, (typeof LISTED)[number]>;

/** Papers of the actor's bureau of the kinds he may see. */
export const visibleDocuments = (db: Kysely<DB>, actor: Actor, papers: PaperBook) => {
  const hidden = hiddenKinds(papers, actor);
  const query = db.selectFrom('documents').where('documents.bureauId', '=', actor.bureauId);
  return hidden.length === 0 ? query : query.where('documents.kind', 'not in', hidden);
};

/** One paper the actor may see; 404. */
export async function getDocumentRow(
  db: Kysely<DB>,
  who: { actor: Actor; papers: PaperBook },
  id: string,
): Promise<DocumentRow> {
  const row = await visibleDocuments(db, who.actor, who.papers)
    .selectAll()
    .where('id', '=', id)
    .executeTakeFirst();
  if (!row) throw notFound();
  return row;
}

/** Holds one paper the actor may see; 404. */
export async function lockDocument(tx: TxCtx, papers: PaperBook, id: string): Promise<DocumentRow> {
  const row = await visibleDocuments(tx.db, tx.actor, papers)
    .selectAll()
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst();
  if (!row) throw notFound();
  return row;
}

/** Writes changes to a paper and counts its version. */
export async function updateDocument(
  tx: TxCtx,
  row: DocumentRow,
  changes: Updateable<Documents>,
): Promise<DocumentRow> {
  return tx.db
    .updateTable('documents')
    .set({ ...changes, version: row.version + 1 })
    .where('id', '=', row.id)
    .returningAll()
    .executeTakeFirstOrThrow();
}

/** Whose paper it is: the actor's bureau, or the one named where the actor has none. */
export async function bureauOf(
  tx: TxCtx,
  named?: string,
): Promise<{ id: string; name: string; shortName: string }> {
  const id = named ?? tx.actor.bureauId;
  if (!id) throw unprocessable('document.no_bureau');
  return tx.db
    .selectFrom('bureaus')
    .select(['id', 'name', 'shortName'])
    .where('id', '=', id)
    .executeTakeFirstOrThrow();
}
