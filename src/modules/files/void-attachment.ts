import { type Ctx, inTx } from '../../context.ts';
import { checkVersion } from '../../db/version.ts';
import { conflict, notFound } from '../../shared/errors.ts';
import { audit } from '../audit/index.ts';
import type { AttachmentAccess } from './access.ts';
import { getAttachment, getAttachmentRow } from './queries.ts';
import type { AttachmentView } from './schemas.ts';

/** Marks an attachment as entered by mistake, with the reason; its content stays, for the file must stay whole. */
export async function voidAttachment(
  ctx: Ctx,
  access: AttachmentAccess,
  id: string,
  body: { reason: string },
): Promise<AttachmentView> {
  const { subjectKind, subjectId } = await getAttachmentRow(ctx.db, id);
  const subject = { kind: subjectKind, id: subjectId };
  const { bureauId, seesConfidential } = await access(ctx, subject, 'write');
  await inTx(ctx, async (tx) => {
    const row = await tx.db
      .selectFrom('attachments')
      .select(['voidedAt', 'version'])
      .where('id', '=', id)
      .where('bureauId', '=', bureauId)
      .forUpdate()
      .executeTakeFirst();
    if (!row) throw notFound();
    checkVersion(tx, row);
    if (row.voidedAt) throw conflict('attachment.void');
    await tx.db
      .updateTable('attachments')
      .set({ voidedAt: tx.now, voidReason: body.reason, version: row.version + 1 })
      .where('id', '=', id)
      .execute();
    await audit(tx, { action: 'attachment.void', subject, detail: { attachmentId: id }, bureauId });
    return { id };
  });
  return getAttachment(ctx, id, seesConfidential);
}
