import { type Ctx, inTx, type TxCtx } from '../../context.ts';
import { checkVersion } from '../../db/version.ts';
import { notFound, unprocessable } from '../../shared/errors.ts';
import { next } from '../../shared/workflow.ts';
import { audit } from '../audit/index.ts';
import { laboratoryReportsOf } from '../sources/index.ts';
import { findFile, findPaper, type OnSubject, sourceOfCase } from './enclosure-queries.ts';
import { reportEnclosed, requireFitFor, requireLetter, TRANSFER_FLOW } from './rules.ts';
import type { EncloseInput, TransferView } from './schemas.ts';
import { lockTransfer, type TransferRow, updateTransfer } from './store.ts';
import { transferView } from './transfer-queries.ts';

/**
 * Puts one of the five attachments (Order 310 art. 6) with a transfer: an issued paper or an attached file of the same
 * case. Item 1 is the letter of transfer itself, a laboratory report of item 4 fit for a referral (K24). 422
 * `transfer.not_of_the_case`, `transfer.letter_expected`, and as `reportEnclosed` and `requireFit`.
 */
export async function enclose(ctx: Ctx, id: string, body: EncloseInput): Promise<TransferView> {
  return inTx(ctx, async (tx) => {
    const row = await lockTransfer(tx, id);
    checkVersion(tx, row);
    next(TRANSFER_FLOW, row.state, 'enclose');
    const reportId = await checkedReport(tx, row, body);
    const { item, title, documentId = null, attachmentId = null } = body;
    const enclosure = {
      id: tx.newId(),
      transferId: id,
      item,
      title,
      documentId,
      attachmentId,
      reportId,
      createdAt: tx.now,
    };
    await tx.db.insertInto('transferAttachments').values(enclosure).execute();
    const updated = await updateTransfer(tx, row, {});
    const detail = { enclosureId: enclosure.id, item, title, documentId, attachmentId, reportId };
    await audit(tx, { action: 'transfer.enclose', subject: { kind: 'transfer', id }, detail });
    return transferView(tx, updated);
  });
}

/** Whether it may go with the transfer; which laboratory report it is, null where it is none. */
async function checkedReport(tx: TxCtx, row: TransferRow, body: EncloseInput): Promise<string | null> {
  const { subjectKind, subjectId } = await requireOfTheCase(tx, row, body);
  const reports = await laboratoryReportsOf(tx, await sourceOfCase(tx.db, row.caseId));
  const report = reportEnclosed(reports, body, subjectKind === 'sample' ? subjectId : null);
  requireFitFor(body.item, report);
  return report?.id ?? null;
}

async function requireOfTheCase(tx: TxCtx, row: TransferRow, body: EncloseInput): Promise<OnSubject> {
  const of = { bureauId: row.bureauId, caseId: row.caseId, transferId: row.id };
  const paper = body.documentId ? await findPaper(tx.db, of, body.documentId) : undefined;
  const file = body.attachmentId ? await findFile(tx.db, of, body.attachmentId) : undefined;
  const found = paper ?? file;
  if (!found) {
    const field = body.documentId ? 'documentId' : 'attachmentId';
    throw unprocessable('transfer.not_of_the_case', {}, [{ field, code: 'transfer.not_of_the_case' }]);
  }
  requireLetter(body.item, paper ?? null, row.id);
  return found;
}

/** Takes an enclosure back out before the delivery; the trail keeps what it was. */
export async function removeEnclosure(ctx: Ctx, id: string, enclosureId: string): Promise<TransferView> {
  return inTx(ctx, async (tx) => {
    const row = await lockTransfer(tx, id);
    checkVersion(tx, row);
    next(TRANSFER_FLOW, row.state, 'enclose');
    const removed = await tx.db
      .deleteFrom('transferAttachments')
      .where('id', '=', enclosureId)
      .where('transferId', '=', id)
      // What has once been delivered stays as the police have it.
      .where('sha256', 'is', null)
      .returning(['item', 'title', 'documentId', 'attachmentId'])
      .executeTakeFirst();
    if (!removed) throw notFound();
    const updated = await updateTransfer(tx, row, {});
    const detail = { removed: { id: enclosureId, ...removed } };
    await audit(tx, { action: 'transfer.enclose', subject: { kind: 'transfer', id }, detail });
    return transferView(tx, updated);
  });
}
