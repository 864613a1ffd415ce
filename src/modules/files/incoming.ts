import { Readable } from 'node:stream';
import { AppError, unprocessable } from '../../shared/errors.ts';
import { cleanLine, truncate } from '../../shared/text.ts';
import { type ContentType, contentType } from './content-type.ts';

/** A file part of a multipart body, as it streams in; `truncated` once it was longer than allowed. */
export type FilePart = Readable & { truncated: boolean; bytesRead: number };

// Enough to recognise an office document, whose telling entry lies a while in.
const PEEK_BYTES = 1024 * 1024;
const MAX_NAME = 200;

/**
 * The last part of a path, on one line, without what file systems or shells understand; 422 `attachment.name`
 * where nothing is left of it.
 */
export function safeName(given: string | undefined): string {
  const last = (given ?? '').split(/[/\\]/).at(-1) ?? '';
  const name = cleanLine(last)
    .replace(/[<>:"|?*]/g, '_')
    .replace(/^\.+/, '');
  if (name === '') throw unprocessable('attachment.name');
  if (Array.from(name).length <= MAX_NAME) return name;
  const dot = name.lastIndexOf('.');
  const extension = dot > 0 ? name.slice(dot).slice(0, 10) : '';
  return truncate(name, MAX_NAME - Array.from(extension).length) + extension;
}

/** The beginning of a stream, and an iterator that goes on behind it. */
async function peek(stream: Readable) {
  const rest = stream[Symbol.asyncIterator]() as AsyncIterator<Buffer>;
  const chunks: Buffer[] = [];
  let size = 0;
  while (size < PEEK_BYTES) {
    const { value, done } = await rest.next();
    if (done) break;
    chunks.push(value);
    size += value.length;
  }
  return { head: Buffer.concat(chunks), rest };
}

async function* whole(head: Buffer, rest: AsyncIterator<Buffer>, part: FilePart, isText: boolean) {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  const check = (bytes?: Buffer): void => {
    if (!isText) return;
    try {
      decoder.decode(bytes, { stream: bytes !== undefined });
    } catch {
      throw unprocessable('attachment.not_utf8');
    }
  };
  try {
    check(head);
    yield head;
    for (;;) {
      const { value, done } = await rest.next();
      if (done) break;
      check(value);
      yield value;
    }
    check();
    if (part.truncated) throw new AppError(413, 'request.too_large', { limit: part.bytesRead });
  } finally {
    await rest.return?.();
  }
}

/** The part as a stream that was recognised before its first byte is kept, and that fails where the part is not whole. */
export async function recognise(
  part: FilePart,
  name: string,
): Promise<{ type: ContentType; stream: Readable }> {
  const { head, rest } = await peek(part);
  try {
    const type = await contentType(head, name);
    return { type, stream: Readable.from(whole(head, rest, part, type.isText), { objectMode: false }) };
  } catch (error) {
    await rest.return?.();
    throw error;
  }
}
