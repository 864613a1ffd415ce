import { createCipheriv, createDecipheriv, hkdfSync, type KeyObject, randomBytes } from 'node:crypto';

/** Names the form below beside each content: AES-256-GCM in pieces of 64 KiB under a key of the content's own. */
export const STREAM_ALG = 'aes-256-gcm-64k';

const PIECE = 64 * 1024;
const SALT = 32;
const TAG = 16;

// A key for each content: the count of the piece is nonce enough, and no two contents share one.
const keyOf = (key: KeyObject, salt: Buffer): Buffer =>
  Buffer.from(hkdfSync('sha256', key, salt, STREAM_ALG, 32));

/** The place of a piece and whether it is the last: none can be moved, left out or cut off unnoticed. */
function nonceOf(index: number, isLast: boolean): Buffer {
  const nonce = Buffer.alloc(12);
  nonce.writeUInt32BE(index, 7);
  nonce.writeUInt8(isLast ? 1 : 0, 11);
  return nonce;
}

/** The bytes in pieces of `size`; only the last, of which there always is one, may be shorter. */
async function* pieces(source: AsyncIterable<Buffer>, size: number) {
  let held: Buffer[] = [];
  let length = 0;
  for await (const chunk of source) {
    let rest = chunk;
    while (length + rest.length > size) {
      const taken = rest.subarray(0, size - length);
      yield { bytes: Buffer.concat([...held, taken]), isLast: false };
      rest = rest.subarray(taken.length);
      held = [];
      length = 0;
    }
    held.push(rest);
    length += rest.length;
  }
  yield { bytes: Buffer.concat(held), isLast: true };
}

/** Salt, then each piece with its tag; never more than a piece in memory. */
export async function* sealPieces(key: KeyObject, source: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  const salt = randomBytes(SALT);
  yield salt;
  const own = keyOf(key, salt);
  let index = 0;
  for await (const { bytes, isLast } of pieces(source, PIECE)) {
    const cipher = createCipheriv('aes-256-gcm', own, nonceOf(index, isLast));
    yield Buffer.concat([cipher.update(bytes), cipher.final(), cipher.getAuthTag()]);
    index += 1;
  }
}

/** What `sealPieces` sealed. Throws at the first piece that was altered, before a byte of it is given away. */
export async function* openPieces(key: KeyObject, source: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  let salt: Buffer = Buffer.alloc(0);
  async function* behindSalt() {
    for await (const chunk of source) {
      const missing = SALT - salt.length;
      if (missing > 0) salt = Buffer.concat([salt, chunk.subarray(0, missing)]);
      if (chunk.length > missing) yield missing > 0 ? chunk.subarray(missing) : chunk;
    }
  }
  let own: Buffer | undefined;
  let index = 0;
  for await (const { bytes, isLast } of pieces(behindSalt(), PIECE + TAG)) {
    if (bytes.length < TAG) throw new Error('sealed content: cut off');
    own ??= keyOf(key, salt);
    const decipher = createDecipheriv('aes-256-gcm', own, nonceOf(index, isLast));
    decipher.setAuthTag(bytes.subarray(-TAG));
    yield Buffer.concat([decipher.update(bytes.subarray(0, -TAG)), decipher.final()]);
    index += 1;
  }
}
