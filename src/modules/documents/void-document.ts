import { type Ctx, inTx } from '../../context.ts';
import { checkVersion } from '../../db/version.ts';
import { dayOf } from '../../shared/clock.ts';
import { conflict } from '../../shared/errors.ts';
import { next } from '../../shared/workflow.ts';
import { audit } from '../audit/index.ts';
import { knownBlanks } from './draft-document.ts';
import type { PaperBook } from './paper-book.ts';
import { documentAfter } from './queries.ts';
import { DOCUMENT_FLOW } from './rules.ts';
import type { DocumentDetail, ReasonBody } from './schemas.ts';
import { isSealed, packData, unpackData } from './sealed-data.ts';
import { lockDocument, updateDocument } from './store.ts';
import { templateFor } from './template.ts';

/** Declares an issued paper void; it stays, and whoever asks by its code is told. 409 in any other state. */
export async function voidDocument(
  ctx: Ctx,
  papers: PaperBook,
  id: string,
  { reason }: ReasonBody,
): Promise<DocumentDetail> {
  await inTx(ctx, async (tx) => {
    const row = await lockDocument(tx, papers, id);
    checkVersion(tx, row);
    const state = next(DOCUMENT_FLOW, row.state, 'void');
    await updateDocument(tx, row, { state, voidedAt: tx.now, voidReason: reason });
    await audit(tx, { action: 'document.void', subject: { kind: 'document', id }, detail: { reason } });
    await tx.react(tx, {
      type: 'document.voided',
      documentId: id,
      kind: row.kind,
      subject: { kind: row.subjectKind, id: row.subjectId },
    });
    return { id };
  });
  return documentAfter(ctx, papers, id);
}

/**
 * Begins the correction of an issued paper: a draft with the same blanks that names it. The old one holds until the
 * new one is issued. 409 `document.already_replacing` while another such draft is open.
 */
export async function replaceDocument(
  ctx: Ctx,
  papers: PaperBook,
  id: string,
  { reason }: ReasonBody,
): Promise<DocumentDetail> {
  const draft = await inTx(ctx, async (tx) => {
    const old = await lockDocument(tx, papers, id);
    checkVersion(tx, old);
    next(DOCUMENT_FLOW, old.state, 'replace');
    const open = await tx.db
      .selectFrom('documents')
      .select('id')
      .where('replacesId', '=', id)
      .where('state', '=', 'draft')
      .executeTakeFirst();
    if (open) throw conflict('document.already_replacing', { draft: open.id });
    const draftId = tx.newId();
    const { bureauId, kind, subjectKind, subjectId } = old;
    // Other than the paper it corrects, the new one follows the form of its own day.
    const template = templateFor(tx.papers.templates, kind, dayOf(tx.now));
    const data = knownBlanks(template, unpackData(tx.vault, old));
    await tx.db
      .insertInto('documents')
      .values({
        id: draftId,
        bureauId,
        kind,
        templateVersion: template.version,
        subjectKind,
        subjectId,
        state: 'draft',
        ...packData(tx.vault, data, isSealed(old)),
        replacesId: id,
        replaceReason: reason,
        createdBy: tx.actor.id,
        createdAt: tx.now,
      })
      .execute();
    const subject = { kind: 'document', id: draftId };
    await audit(tx, { action: 'document.replace', subject, detail: { replaces: id, reason } });
    return { id: draftId };
  });
  return documentAfter(ctx, papers, draft.id);
}
