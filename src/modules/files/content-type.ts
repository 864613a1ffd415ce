import { extname } from 'node:path';
import { fileTypeFromBuffer } from 'file-type';
import { unprocessable } from '../../shared/errors.ts';

type Kind = { mediaType: string; extensions: readonly string[]; detected: readonly string[] };

const OFFICE = 'application/vnd.openxmlformats-officedocument';

/** What may be attached: nothing that runs in a browser, nothing that hides other files. */
const KINDS: readonly Kind[] = [
  { mediaType: 'application/pdf', extensions: ['.pdf'], detected: ['application/pdf'] },
  { mediaType: 'image/jpeg', extensions: ['.jpg', '.jpeg'], detected: ['image/jpeg'] },
  { mediaType: 'image/png', extensions: ['.png'], detected: ['image/png'] },
  { mediaType: 'image/webp', extensions: ['.webp'], detected: ['image/webp'] },
  { mediaType: 'image/heic', extensions: ['.heic', '.heif'], detected: ['image/heic', 'image/heif'] },
  { mediaType: 'video/mp4', extensions: ['.mp4'], detected: ['video/mp4', 'video/x-m4v'] },
  { mediaType: 'audio/mpeg', extensions: ['.mp3'], detected: ['audio/mpeg'] },
  { mediaType: 'audio/wav', extensions: ['.wav'], detected: ['audio/wav'] },
  { mediaType: 'audio/mp4', extensions: ['.m4a'], detected: ['audio/x-m4a', 'audio/mp4', 'video/mp4'] },
  {
    mediaType: `${OFFICE}.wordprocessingml.document`,
    extensions: ['.docx'],
    detected: [`${OFFICE}.wordprocessingml.document`],
  },
  {
    mediaType: `${OFFICE}.spreadsheetml.sheet`,
    extensions: ['.xlsx'],
    detected: [`${OFFICE}.spreadsheetml.sheet`],
  },
];

const TEXT: Record<string, string> = { '.txt': 'text/plain', '.csv': 'text/csv' };

const MARKUP = /<\s*(!doctype|html|head|body|script|svg|iframe|object|embed|meta|link|style|\?xml)\b|<\?xml/i;
const BINARY = /(?![\t\n\f\r])\p{Cc}/u;

/** Plain text as far as the head tells: UTF-8 (the last character may be cut), no binary, no markup. */
function isPlainText(head: Buffer): boolean {
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(head, { stream: true });
    return !BINARY.test(text) && !MARKUP.test(text);
  } catch {
    return false;
  }
}

/** What a content is, and whether all of it must be proven UTF-8 while it streams. */
export type ContentType = { mediaType: string; isText: boolean };

/**
 * The media type of what begins with `head`, found by content; the name's extension must agree with it.
 * 422 `attachment.empty`, `attachment.type_refused`, `attachment.name_disagrees`.
 */
export async function contentType(head: Buffer, name: string): Promise<ContentType> {
  if (head.length === 0) throw unprocessable('attachment.empty');
  const extension = extname(name).toLowerCase();
  const found = await fileTypeFromBuffer(head);
  if (!found) {
    const mediaType = TEXT[extension];
    if (mediaType === undefined || !isPlainText(head))
      throw unprocessable('attachment.type_refused', { name });
    return { mediaType, isText: true };
  }
  const kinds = KINDS.filter((kind) => kind.detected.includes(found.mime));
  if (kinds.length === 0) throw unprocessable('attachment.type_refused', { name });
  const named = kinds.find((kind) => kind.extensions.includes(extension));
  if (!named) {
    const expected = kinds.flatMap((kind) => kind.extensions);
    throw unprocessable('attachment.name_disagrees', { name, expected });
  }
  return { mediaType: named.mediaType, isText: false };
}
