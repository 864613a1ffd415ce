import { type Ctx, inTx, type Job } from '../../context.ts';
import { audit } from '../audit/index.ts';
import { forgetContent, keepSealed, discardContent } from './keep-content.ts';
import { sealedDetails } from './sealed-details.ts';
import { storeSealed } from './store-sealed.ts';

const AT_ONCE = 200;

/** Seals what was kept as confidential before it was sealed, one after the other; nothing to do once it has run. */
export async function sealConfidential(ctx: Ctx): Promise<void> {
  const plain = await ctx.db
    .selectFrom('attachments')
    .select(['id', 'sha256', 'mediaType'])
    .where('isConfidential', '=', true)
    .where('sealed', 'is', null)
    .orderBy('createdAt')
    .limit(AT_ONCE)
    .execute();
  for (const one of plain) {
    // One whose content is lost must not keep the others from being sealed.
    await sealOne(ctx, one).catch((error: unknown) =>
      ctx.log.error({ err: error, attachmentId: one.id }, 'attachment not sealed'),
    );
  }
}

type Plain = { id: string; sha256: string; mediaType: string };

async function sealOne(ctx: Ctx, plain: Plain): Promise<void> {
  const content = await storeSealed(ctx, plain.mediaType, await ctx.files.get(plain.sha256));
  await inTx(ctx, async (tx) => {
    const row = await tx.db
      .selectFrom('attachments')
      .selectAll()
      .where('id', '=', plain.id)
      .where('sealed', 'is', null)
      .forUpdate()
      .executeTakeFirst();
    if (!row) return;
    const details = { name: row.name ?? '', note: row.note, sha256: content.plainSha256 };
    await tx.db
      .updateTable('attachments')
      .set({ ...sealedDetails(tx.vault, details), sha256: await keepSealed(tx, row.bureauId, content) })
      .where('id', '=', row.id)
      .execute();
    await forgetContent(tx, plain.sha256);
    const subject = { kind: row.subjectKind, id: row.subjectId };
    const detail = { attachmentId: row.id };
    await audit(tx, { action: 'attachment.seal', subject, detail, bureauId: row.bureauId });
  });
  await discardContent(ctx, content.sha256);
}

/** What files do by the clock. */
export const fileJobs: readonly Job[] = [
  { name: 'files.seal_confidential', schedule: '45 */10 * * * *', run: sealConfidential },
];
