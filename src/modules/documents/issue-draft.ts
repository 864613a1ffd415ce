import { type Ctx, inTx, type TxCtx } from '../../context.ts';
import { checkVersion } from '../../db/version.ts';
import { type Day, dayOf } from '../../shared/clock.ts';
import { notFound, unprocessable } from '../../shared/errors.ts';
import { next } from '../../shared/workflow.ts';
import { audit } from '../audit/index.ts';
import { fillIn } from './by-hand.ts';
import { fillingOf } from './draft-document.ts';
import { freeze } from './freeze.ts';
import { announceIssue } from './issue-document.ts';
import type { Paper, PaperBook } from './paper-book.ts';
import { documentAfter } from './queries.ts';
import { renderIssued } from './render-issued.ts';
import { DOCUMENT_FLOW } from './rules.ts';
import type { DocumentDetail, IssueBody } from './schemas.ts';
import { isSealed, unpackData } from './sealed-data.ts';
import { requireSigned, signedBy } from './signatures.ts';
import { bureauOf, type DocumentRow, lockDocument, updateDocument } from './store.ts';

/**
 * Numbers and freezes a draft and waits for it to be drawn; where that fails it stays `issuing` and the job goes on.
 * A paper it replaces is voided in the same transaction. The record is read
 * again: a draft it has left behind cannot contradict it, nor what was signed (409 `document.signed_otherwise`). Errors as `freeze` and the builder; 409, 412; 422
 * `document.before_act`.
 */
export async function issueDraft(
  ctx: Ctx,
  papers: PaperBook,
  id: string,
  body: IssueBody,
): Promise<DocumentDetail> {
  await inTx(ctx, async (tx) => {
    const draft = await lockDocument(tx, papers, id);
    checkVersion(tx, draft);
    next(DOCUMENT_FLOW, draft.state, 'issue');
    const replaced = draft.replacesId === null ? null : await lockReplaced(tx, draft.replacesId);
    const bureau = await bureauOf(tx);
    const subject = { kind: draft.subjectKind, id: draft.subjectId };
    const on = body.on ?? dayOf(tx.now);
    const filling = await fillingOf(tx, papers, draft, on);
    await requireSince(tx, filling.paper, { subjectId: draft.subjectId, on });
    const data = fillIn(filling, unpackData(tx.vault, draft));
    const signed = await requireSigned(tx, id, { template: filling.template, data });
    const frozen = await freeze(tx, {
      kind: draft.kind,
      subject,
      data,
      on,
      bureau,
      substitutions: body.substitutions,
      sealed: isSealed(draft),
      signatures: signedBy(signed),
    });
    await updateDocument(tx, draft, frozen);
    if (replaced) await voidReplaced(tx, replaced, draft);
    const { number, contentHash: hash } = frozen;
    await announceIssue(tx, { id, bureauId: bureau.id, kind: draft.kind, subject, number, hash });
    return { id };
  });
  await renderIssued(ctx, id).catch((error: unknown) =>
    ctx.log.error({ err: error, documentId: id }, 'issued, not yet drawn; its job repeats it'),
  );
  return documentAfter(ctx, papers, id);
}

/** 422 `document.before_act`: a paper bears no day before the act it tells of. */
async function requireSince(
  tx: TxCtx,
  paper: Paper,
  { subjectId, on }: { subjectId: string; on: Day },
): Promise<void> {
  const first = await paper.since(tx, subjectId);
  if (first === null || on >= first) return;
  const params = { day: on, first };
  throw unprocessable('document.before_act', params, [{ field: 'on', code: 'document.before_act', params }]);
}

async function lockReplaced(tx: TxCtx, id: string): Promise<DocumentRow> {
  const row = await tx.db
    .selectFrom('documents')
    .selectAll()
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst();
  if (!row) throw notFound();
  return row;
}

/** The paper that is replaced: both stay, the old one void. It may have been voided by hand meanwhile. */
async function voidReplaced(tx: TxCtx, old: DocumentRow, by: DocumentRow): Promise<void> {
  if (old.state !== 'issued') return;
  const reason = by.replaceReason ?? '';
  await updateDocument(tx, old, { state: 'voided', voidedAt: tx.now, voidReason: reason });
  const subject = { kind: 'document', id: old.id };
  await audit(tx, { action: 'document.void', subject, detail: { reason, replacedBy: by.id } });
}
