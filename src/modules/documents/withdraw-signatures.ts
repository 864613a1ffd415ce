import { type Ctx, inTx } from '../../context.ts';
import { checkVersion } from '../../db/version.ts';
import { notFound } from '../../shared/errors.ts';
import { next } from '../../shared/workflow.ts';
import { audit } from '../audit/index.ts';
import type { PaperBook } from './paper-book.ts';
import { DOCUMENT_FLOW } from './rules.ts';
import { signaturesOf, standing } from './signatures.ts';
import type { SigningView, WithdrawBody } from './signature-schemas.ts';
import { signingAfter } from './signing-queries.ts';
import { lockDocument, updateDocument } from './store.ts';

/**
 * Takes back a signature of a draft, or all of them, so that it can be corrected and signed anew. They stay on record.
 * 404 where there is none; 409 once the paper is issued; 412.
 */
export async function withdrawSignatures(
  ctx: Ctx,
  papers: PaperBook,
  id: string,
  { signatureId, reason }: WithdrawBody,
): Promise<SigningView> {
  await inTx(ctx, async (tx) => {
    const row = await lockDocument(tx, papers, id);
    checkVersion(tx, row);
    next(DOCUMENT_FLOW, row.state, 'withdraw_signatures');
    const ids = standing(await signaturesOf(tx.db, id))
      .map((one) => one.id)
      .filter((one) => signatureId === undefined || one === signatureId);
    if (ids.length === 0) throw notFound();
    await tx.db
      .updateTable('documentSignatures')
      .set({ withdrawnAt: tx.now, withdrawnBy: tx.actor.id, withdrawReason: reason })
      .where('id', 'in', ids)
      .execute();
    await updateDocument(tx, row, {});
    const subject = { kind: 'document', id };
    await audit(tx, { action: 'document.withdraw_signatures', subject, detail: { signatures: ids, reason } });
    return { id };
  });
  return signingAfter(ctx, papers, id);
}
