import type { Readable } from 'node:stream';
import { type Ctx, inTx } from '../../context.ts';
import { audit } from '../audit/index.ts';
import type { AttachmentAccess } from './access.ts';
import { forbidden } from '../../shared/errors.ts';
import { type AttachmentRow, getAttachmentRow, viewOf } from './queries.ts';
import type { AttachmentView } from './schemas.ts';

/**
 * The content and what it is; a look at what may hold reporter data leaves a trace. 404 where it is not the caller's, 403
 * where it is confidential and he may not see that.
 */
export async function downloadAttachment(
  ctx: Ctx,
  access: AttachmentAccess,
  id: string,
): Promise<{ view: AttachmentView; content: Readable }> {
  const row = await getAttachmentRow(ctx.db, id);
  const subject = { kind: row.subjectKind, id: row.subjectId };
  const { bureauId, seesConfidential } = await access(ctx, subject, 'read');
  if (row.isConfidential) {
    if (!seesConfidential) throw forbidden('attachment.confidential');
    await inTx(ctx, (tx) =>
      audit(tx, { action: 'attachment.look_at', subject, detail: { attachmentId: id }, bureauId }),
    );
  }
  return { view: viewOf(ctx, row, seesConfidential), content: await contentOf(ctx, row) };
}

async function contentOf(ctx: Ctx, { sha256, fileKeyId, fileAlg }: AttachmentRow): Promise<Readable> {
  const stored = await ctx.files.get(sha256);
  if (fileKeyId === null || fileAlg === null) return stored;
  return ctx.vault.openStream(stored, { keyId: fileKeyId, alg: fileAlg });
}

/** Headers under which a content may be fetched but never runs in a browser. */
export function contentHeaders({ name, mediaType, size, sha256 }: AttachmentView): Record<string, string> {
  const plain = name.replace(/[^\x20-\x7e]|["\\%]/g, '_');
  const encoded = encodeURIComponent(name).replace(
    /['()*]/g,
    (mark) => `%${mark.charCodeAt(0).toString(16)}`,
  );
  return {
    'content-type': mediaType,
    'content-length': String(size),
    'content-disposition': `attachment; filename="${plain}"; filename*=UTF-8''${encoded}`,
    'content-security-policy': "default-src 'none'; sandbox",
    'x-content-type-options': 'nosniff',
    'cache-control': 'private, no-store',
    etag: `"${sha256}"`,
  };
}
