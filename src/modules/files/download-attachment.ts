import type { Readable } from 'node:stream';
import { type Ctx, inTx } from '../../context.ts';
import { audit } from '../audit/index.ts';
import type { AttachmentAccess } from './access.ts';
import { getAttachment } from './queries.ts';
import type { AttachmentView } from './schemas.ts';

/** The content and what it is; a look at what may hold reporter data leaves a trace. 404 where it is not the caller's. */
export async function downloadAttachment(
  ctx: Ctx,
  access: AttachmentAccess,
  id: string,
): Promise<{ view: AttachmentView; content: Readable }> {
  const view = await getAttachment(ctx.db, id);
  const subject = { kind: view.subjectKind, id: view.subjectId };
  const { bureauId, isConfidential } = await access(ctx, subject, 'read');
  if (isConfidential) {
    await inTx(ctx, (tx) =>
      audit(tx, { action: 'attachment.look_at', subject, detail: { attachmentId: id }, bureauId }),
    );
  }
  return { view, content: await ctx.files.get(view.sha256) };
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
