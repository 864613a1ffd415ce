import type { Multipart } from '@fastify/multipart';
import type { Readable } from 'node:stream';
import { type Ctx, inTx, type TxCtx } from '../../context.ts';
import { badRequest } from '../../shared/errors.ts';
import { audit } from '../audit/index.ts';
import type { AttachmentAccess, Subject } from './access.ts';
import { recognise, safeName } from './incoming.ts';
import { type Content, discardContent, keepContent, keepSealed, type SealedContent } from './keep-content.ts';
import { getAttachment } from './queries.ts';
import { type AttachmentView, Note } from './schemas.ts';
import { sealedDetails } from './sealed-details.ts';
import { NO_LIMIT, storeSealed } from './store-sealed.ts';

type Stored = { name: string; mediaType: string; content: Content | SealedContent };
/** A file that lies in the store and hangs on nothing yet. */
export type ReceivedFile = Stored & { note: string | null };

/** One file and an optional note, in either order; the file goes to the store as it streams. */
async function receive(
  ctx: Ctx,
  parts: AsyncIterable<Multipart>,
  isConfidential: boolean,
): Promise<ReceivedFile> {
  const storeIn = isConfidential ? storeSealed : storePlain;
  let note: string | null = null;
  let stored: Stored | undefined;
  try {
    for await (const part of parts) {
      if (part.type === 'file') stored = await storeFile(ctx, part, storeIn);
      else if (part.fieldname === 'note' && part.value !== '') note = readNote(part.value);
      else if (part.fieldname !== 'note') throw badRequest('request.invalid', {}, [unknown(part.fieldname)]);
    }
    if (!stored) throw badRequest('request.invalid', {}, [{ field: 'file', code: 'field.required' }]);
    return { ...stored, note };
  } catch (error) {
    if (stored) await discardContent(ctx, stored.content.sha256);
    throw error;
  }
}

const unknown = (field: string) => ({ field, code: 'field.unknown' });

function readNote(value: unknown): string {
  const parsed = Note.safeParse(value);
  if (!parsed.success) throw badRequest('request.invalid', {}, [{ field: 'note', code: 'field.invalid' }]);
  return parsed.data;
}

type Part = { filename: string; file: Parameters<typeof recognise>[0] };

/** Takes one file to the store as it streams: recognised before its first byte is kept (422), whole, not too long (413). */
async function storeFile(
  ctx: Ctx,
  { filename, file }: Part,
  storeIn: (ctx: Ctx, mediaType: string, content: Readable) => Promise<Content | SealedContent>,
): Promise<Stored> {
  const name = safeName(filename);
  const { type, stream } = await recognise(file, name);
  const { mediaType } = type;
  return { name, mediaType, content: await storeIn(ctx, mediaType, stream) };
}

/** As they come in: a file that will be confidential, sealed on its way to the store. */
export const storeConfidential = async (ctx: Ctx, part: Part): Promise<ReceivedFile> => ({
  ...(await storeFile(ctx, part, storeSealed)),
  note: null,
});

async function storePlain(ctx: Ctx, _mediaType: string, content: Readable): Promise<Content> {
  const { sha256, size } = await ctx.files.put(content, NO_LIMIT);
  return { sha256, size };
}

const isSealed = (content: Content | SealedContent): content is SealedContent => 'plainSha256' in content;

type Owner = Subject & { bureauId: string; isConfidential: boolean };

/** Hangs a file of the store on a thing, in the transaction of whoever knows that it may. */
export async function keepFile(
  tx: TxCtx,
  owner: Owner,
  { name, note, mediaType, content }: ReceivedFile,
): Promise<{ id: string }> {
  const id = tx.newId();
  const { bureauId, isConfidential, kind: subjectKind, id: subjectId } = owner;
  await tx.db
    .insertInto('attachments')
    .values({
      id,
      bureauId,
      isConfidential,
      mediaType,
      ...(await kept(tx, bureauId, { name, note, content })),
      subjectKind,
      subjectId,
      createdBy: tx.actor.id,
      createdAt: tx.now,
    })
    .execute();
  const { size } = content;
  // Neither the name, which may be the reporter's, nor the hash of what is confidential, by which it could be guessed.
  const detail = { attachmentId: id, size, mediaType, ...(isConfidential ? {} : { sha256: content.sha256 }) };
  const subject = { kind: subjectKind, id: subjectId };
  const said = isConfidential ? null : { name, note };
  await audit({ ...tx, said }, { action: `${subjectKind}.attach`, subject, detail, bureauId });
  return { id };
}

/** The content in the books, and the columns that name it. */
async function kept(tx: TxCtx, bureauId: string, { name, note, content }: Omit<ReceivedFile, 'mediaType'>) {
  if (!isSealed(content)) {
    await keepContent(tx, content);
    return { sha256: content.sha256, name, note };
  }
  const sha256 = await keepSealed(tx, bureauId, content);
  return { sha256, ...sealedDetails(tx.vault, { name, note, sha256: content.plainSha256 }) };
}

/** Another file under the same key is another request: a form has no body to hash before it is read. */
function promise({ idempotency, vault }: Ctx, { name, note, content }: ReceivedFile): void {
  if (!idempotency) return;
  const hash = isSealed(content) ? content.plainSha256 : content.sha256;
  const body = JSON.stringify([idempotency.bodyHash, hash, name, note]);
  idempotency.bodyHash = vault.lookup('idempotency', body).toString('hex');
}

/**
 * Attaches one file to a thing. It is recognised by its content before its first byte is kept (422), must be whole
 * (400) and not too long (413); whatever is refused leaves nothing behind. The same content is kept once; what is
 * confidential, by itself or by what it hangs on, is sealed on its way to the store.
 */
export async function uploadAttachment(
  ctx: Ctx,
  access: AttachmentAccess,
  { confidential, ...subject }: Subject & { confidential: boolean },
  parts: AsyncIterable<Multipart>,
): Promise<AttachmentView> {
  const { bureauId, ...allowed } = await access(ctx, subject, 'write');
  const isConfidential = allowed.isConfidential || confidential;
  const file = await receive(ctx, parts, isConfidential);
  promise(ctx, file);
  try {
    const { id } = await inTx(ctx, (tx) => keepFile(tx, { ...subject, bureauId, isConfidential }, file));
    // Where the bureau has it already, or the request was a repeat, what was sealed anew is not needed.
    if (isSealed(file.content)) await discardContent(ctx, file.content.sha256);
    return await getAttachment(ctx, id, allowed.seesConfidential);
  } catch (error) {
    await discardContent(ctx, file.content.sha256);
    throw error;
  }
}
