import { type Ctx, inTx, type TxCtx } from '../../context.ts';
import { checkVersion } from '../../db/version.ts';
import { type Day, dayOf } from '../../shared/clock.ts';
import { conflict, forbidden } from '../../shared/errors.ts';
import { next } from '../../shared/workflow.ts';
import { audit } from '../audit/index.ts';
import { checkByHand, fillIn, type Filling } from './by-hand.ts';
import { isConfidential, type PaperBook, paperFor } from './paper-book.ts';
import { documentAfter } from './queries.ts';
import { DOCUMENT_FLOW } from './rules.ts';
import type { AmendDraftBody, DocumentDetail, DraftBody } from './schemas.ts';
import { packData, isSealed, unpackData } from './sealed-data.ts';
import { signaturesOf, standing } from './signatures.ts';
import { bureauOf, type DocumentRow, lockDocument, updateDocument } from './store.ts';
import { type Template, templateFor } from './template.ts';

/**
 * Fills a draft from the record it is about, in the version of the form of today. It has no number and may still
 * lack blanks. 422 `document.unknown_kind`; 404 for a record of another bureau; errors of `checkByHand` for what it is overridden with.
 */
export async function draftDocument(ctx: Ctx, papers: PaperBook, body: DraftBody): Promise<DocumentDetail> {
  const paper = paperFor(papers, body.kind, body.subjectKind);
  const { permission } = paper;
  if (permission !== undefined && !ctx.actor.permissions.has(permission)) {
    throw forbidden('auth.forbidden', { permission });
  }
  const { id } = await inTx(ctx, async (tx) => {
    const bureau = await bureauOf(tx);
    const day = dayOf(tx.now);
    const template = templateFor(tx.papers.templates, body.kind, day);
    const filling = { template, paper, record: await paper.build(tx, bureau.id, body.subjectId, day) };
    checkByHand(filling, body.overrides);
    const data = fillIn(filling, body.overrides);
    const id = tx.newId();
    const subject = { kind: body.subjectKind, id: body.subjectId };
    await tx.db
      .insertInto('documents')
      .values({
        id,
        bureauId: bureau.id,
        kind: body.kind,
        templateVersion: template.version,
        subjectKind: subject.kind,
        subjectId: subject.id,
        state: 'draft',
        ...packData(tx.vault, data, isConfidential(papers, body.kind)),
        createdBy: tx.actor.id,
        createdAt: tx.now,
      })
      .execute();
    await audit(tx, {
      action: 'document.draft',
      subject: { kind: 'document', id },
      detail: { kind: body.kind, subject },
    });
    return { id };
  });
  return documentAfter(ctx, papers, id);
}

/**
 * Changes blanks of a draft; null empties one. The record is read again, and the draft goes over to the version of the
 * form of today; what that one has no blank for falls away. 409 once it is issued: a correction is then a new paper;
 * `document.is_signed` while signatures stand on it.
 * Errors as `checkByHand`.
 */
export async function amendDraft(
  ctx: Ctx,
  papers: PaperBook,
  id: string,
  body: AmendDraftBody,
): Promise<DocumentDetail> {
  await inTx(ctx, async (tx) => {
    const row = await lockDocument(tx, papers, id);
    checkVersion(tx, row);
    next(DOCUMENT_FLOW, row.state, 'amend');
    if (standing(await signaturesOf(tx.db, id)).length > 0) throw conflict('document.is_signed');
    const filling = await fillingOf(tx, papers, row, dayOf(tx.now));
    checkByHand(filling, body.data);
    const data = fillIn(filling, { ...unpackData(tx.vault, row), ...body.data });
    await updateDocument(tx, row, {
      templateVersion: filling.template.version,
      ...packData(tx.vault, data, isSealed(row)),
    });
    const subject = { kind: 'document', id };
    // Which blanks, not what stood in them: a paper may name the reporter.
    await audit(tx, { action: 'document.amend', subject, detail: { blanks: Object.keys(body.data) } });
    return { id };
  });
  return documentAfter(ctx, papers, id);
}

/** The blanks a form has, of those another version of it was filled with. */
export const knownBlanks = (
  { blankSpecs }: Template,
  data: Record<string, unknown>,
): Record<string, unknown> =>
  Object.fromEntries(Object.entries(data).filter(([name]) => Object.hasOwn(blankSpecs, name)));

/** What stands behind a draft on a day: its form, and its record as it is now. Errors as the builder of its kind. */
export async function fillingOf(
  tx: TxCtx,
  papers: PaperBook,
  { kind, subjectKind, subjectId }: DocumentRow,
  day: Day,
): Promise<Filling> {
  const paper = paperFor(papers, kind, subjectKind);
  const template = templateFor(tx.papers.templates, kind, day);
  const bureau = await bureauOf(tx);
  return { template, paper, record: await paper.build(tx, bureau.id, subjectId, day) };
}
