import { type Ctx, inTx, type TxCtx } from '../../context.ts';
import { checkVersion } from '../../db/version.ts';
import { notBefore, pastInstant } from '../../shared/time-order.ts';
import { next } from '../../shared/workflow.ts';
import { audit } from '../audit/index.ts';
import { meetClock } from '../deadlines/index.ts';
import { enclosedIn } from './enclosure-queries.ts';
import { requireAllEnclosures, requireNotCopied, TRANSFER_FLOW } from './rules.ts';
import type { CopyToProcuratorateInput, DeliverTransferInput, TransferView } from './schemas.ts';
import { lockTransfer, type TransferRow, updateTransfer } from './store.ts';
import { transferView } from './transfer-queries.ts';

/**
 * Hands the case to the police of the same level: all five attachments there, issued and valid, frozen by their hash;
 * T02 is met (late or not, the clock says). 422 `transfer.enclosures_missing`; 409 `transfer.enclosure_void`,
 * `transfer.enclosure_not_issued`.
 */
export async function deliverTransfer(
  ctx: Ctx,
  id: string,
  body: DeliverTransferInput,
): Promise<TransferView> {
  return inTx(ctx, async (tx) => {
    const row = await lockTransfer(tx, id);
    checkVersion(tx, row);
    const state = next(TRANSFER_FLOW, row.state, 'deliver');
    const frozen = await freeze(tx, id);
    const deliveredAt = body.deliveredAt ? pastInstant(body.deliveredAt, tx.now, 'deliveredAt') : tx.now;
    notBefore(deliveredAt, row.approvedAt ?? deliveredAt, 'deliveredAt');
    const copied = body.procuratorateCopiedAt ? copiedAt(tx, row, body.procuratorateCopiedAt) : {};
    const { deliveredTo } = body;
    const updated = await updateTransfer(tx, row, { state, deliveredAt, deliveredTo, ...copied });
    const subject = { kind: 'transfer', id };
    await meetClock(tx, { rule: 'T02', subject, at: deliveredAt });
    const detail = { deliveredTo, deliveredAt: deliveredAt.toISOString(), enclosures: frozen };
    await audit(tx, { action: 'transfer.deliver', subject, detail });
    return transferView(tx, updated);
  });
}

/** Writes each file's hash beside its enclosure: what was handed over can be told from what came later. */
async function freeze(tx: TxCtx, transferId: string): Promise<{ item: number; sha256: string | null }[]> {
  const enclosed = await enclosedIn(tx.db, transferId);
  requireAllEnclosures(enclosed);
  for (const { id, sha256 } of enclosed) {
    // What went with an earlier delivery keeps the hash it went with.
    await tx.db
      .updateTable('transferAttachments')
      .set({ sha256 })
      .where('id', '=', id)
      .where('sha256', 'is', null)
      .execute();
  }
  return enclosed.map(({ item, sha256 }) => ({ item, sha256 }));
}

function copiedAt(tx: TxCtx, row: TransferRow, text: string): { procuratorateCopiedAt: Date } {
  const at = pastInstant(text, tx.now, 'procuratorateCopiedAt');
  notBefore(at, row.approvedAt ?? at, 'procuratorateCopiedAt');
  return { procuratorateCopiedAt: at };
}

/** Records the copy to the procuratorate (抄送), where it did not go together with the delivery. */
export async function copyToProcuratorate(
  ctx: Ctx,
  id: string,
  body: CopyToProcuratorateInput,
): Promise<TransferView> {
  return inTx(ctx, async (tx) => {
    const row = await lockTransfer(tx, id);
    checkVersion(tx, row);
    next(TRANSFER_FLOW, row.state, 'copy_to_procuratorate');
    requireNotCopied(row);
    const copied = body.copiedAt ? copiedAt(tx, row, body.copiedAt) : { procuratorateCopiedAt: tx.now };
    const updated = await updateTransfer(tx, row, copied);
    const detail = { procuratorate: row.procuratorate };
    await audit(tx, { action: 'transfer.copy_to_procuratorate', subject: { kind: 'transfer', id }, detail });
    return transferView(tx, updated);
  });
}
