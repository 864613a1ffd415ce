import { createHash } from 'node:crypto';
import type { Readable } from 'node:stream';
import type { Ctx } from '../../context.ts';
import type { SealedContent } from './keep-content.ts';

// The limit is the HTTP layer's: it cuts the part and marks it, which makes the stream fail.
export const NO_LIMIT = Number.MAX_SAFE_INTEGER;

/** Seals a content while it streams to the store: it never lies there, nor in memory, as it is. */
export async function storeSealed(ctx: Ctx, mediaType: string, content: Readable): Promise<SealedContent> {
  const hash = createHash('sha256');
  let size = 0;
  async function* counted() {
    for await (const chunk of content as AsyncIterable<Buffer>) {
      hash.update(chunk);
      size += chunk.length;
      yield chunk;
    }
  }
  const { stream, ...by } = ctx.vault.sealStream(counted());
  const { sha256 } = await ctx.files.put(stream, NO_LIMIT);
  return { ...by, sha256, size, mediaType, plainSha256: hash.digest('hex') };
}
