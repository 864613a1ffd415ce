import type { Multipart } from '@fastify/multipart';
import { type Ctx, inTx, type TxCtx } from '../../context.ts';
import { badRequest } from '../../shared/errors.ts';
import { audit } from '../audit/index.ts';
import type { AttachmentAccess, Subject } from './access.ts';
import { recognise, safeName } from './incoming.ts';
import { discardContent, keepContent } from './keep-content.ts';
import { getAttachment } from './queries.ts';
import { type AttachmentView, Note } from './schemas.ts';

type Stored = { name: string; sha256: string; size: number; mediaType: string };
type Received = Stored & { note: string | null };

/** One file and an optional note, in either order; the file goes to the store as it streams. */
async function receive(ctx: Ctx, parts: AsyncIterable<Multipart>): Promise<Received> {
  let note: string | null = null;
  let stored: Stored | undefined;
  try {
    for await (const part of parts) {
      if (part.type === 'file') stored = await store(ctx, part.filename, part.file);
      else if (part.fieldname === 'note' && part.value !== '') note = readNote(part.value);
      else if (part.fieldname !== 'note') throw badRequest('request.invalid', {}, [unknown(part.fieldname)]);
    }
    if (!stored) throw badRequest('request.invalid', {}, [{ field: 'file', code: 'field.required' }]);
    return { ...stored, note };
  } catch (error) {
    if (stored) await discardContent(ctx, stored.sha256);
    throw error;
  }
}

const unknown = (field: string) => ({ field, code: 'field.unknown' });

function readNote(value: unknown): string {
  const parsed = Note.safeParse(value);
  if (!parsed.success) throw badRequest('request.invalid', {}, [{ field: 'note', code: 'field.invalid' }]);
  return parsed.data;
}

async function store(ctx: Ctx, filename: string, part: Parameters<typeof recognise>[0]): Promise<Stored> {
  const name = safeName(filename);
  const { type, stream } = await recognise(part, name);
  // The limit is the HTTP layer's: it cuts the part and marks it, which makes the stream fail.
  const { sha256, size } = await ctx.files.put(stream, Number.MAX_SAFE_INTEGER);
  return { name, sha256, size, mediaType: type.mediaType };
}

async function keep(
  tx: TxCtx,
  owner: Subject & { bureauId: string },
  file: Received,
): Promise<AttachmentView> {
  const { sha256, size, mediaType, name, note } = file;
  await keepContent(tx, { sha256, size, mediaType });
  const id = tx.newId();
  const { bureauId, kind: subjectKind, id: subjectId } = owner;
  await tx.db
    .insertInto('attachments')
    .values({
      id,
      bureauId,
      sha256,
      subjectKind,
      subjectId,
      name,
      note,
      createdBy: tx.actor.id,
      createdAt: tx.now,
    })
    .execute();
  // Not the name: it may be the reporter's.
  const said = { name, note };
  await audit(
    { ...tx, said },
    {
      action: `${subjectKind}.attach`,
      subject: { kind: subjectKind, id: subjectId },
      detail: { attachmentId: id, sha256, size, mediaType },
      bureauId,
    },
  );
  return getAttachment(tx.db, id);
}

/**
 * Attaches one file to a thing. It is recognised by its content before its first byte is kept (422), must be whole
 * (400) and not too long (413); whatever is refused leaves nothing behind. The same content is kept once.
 */
export async function uploadAttachment(
  ctx: Ctx,
  access: AttachmentAccess,
  subject: Subject,
  parts: AsyncIterable<Multipart>,
): Promise<AttachmentView> {
  const { bureauId } = await access(ctx, subject, 'write');
  const file = await receive(ctx, parts);
  // A form has no body to hash before it is read: another file under the same key is another request.
  if (ctx.idempotency) ctx.idempotency.bodyHash += `:${file.sha256}:${file.name}`;
  try {
    return await inTx(ctx, (tx) => keep(tx, { ...subject, bureauId }, file));
  } catch (error) {
    await discardContent(ctx, file.sha256);
    throw error;
  }
}
