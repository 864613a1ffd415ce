import { createCipheriv, createDecipheriv, createHmac, createSecretKey, randomBytes } from 'node:crypto';
import { Readable } from 'node:stream';
import { openPieces, sealPieces, STREAM_ALG } from './sealed-stream.ts';

/** One encryption key: `id` stands beside each value it sealed, so that keys can rotate. */
export type VaultKey = { id: string; alg: 'aes-256-gcm'; key: Buffer };

/** A value at rest: which key and algorithm sealed it, and nonce ‖ tag ‖ ciphertext. */
export type Sealed = { keyId: string; alg: string; data: Buffer };

/** Which key and algorithm sealed a content that lies in a store. */
export type SealedWith = Pick<Sealed, 'keyId' | 'alg'>;

/** Seals personal data at rest and finds it again by a keyed hash. */
export type Vault = {
  /** Encrypts with the newest key. */
  seal(plain: string): Sealed;
  /** Decrypts with the key the value names; throws where that key is not loaded or the value was altered. */
  open(sealed: Sealed): string;
  /** As `seal`, while it streams. */
  sealStream(plain: AsyncIterable<Buffer>): SealedWith & { stream: Readable };
  /** As `open`: the stream breaks at the first piece that was altered. */
  openStream(sealed: AsyncIterable<Buffer>, by: SealedWith): Readable;
  /** Keyed hash for equality search; `field` keeps a phone from matching an ID number. */
  lookup(field: string, value: string): Buffer;
};

/**
 * Makes a vault of `keys` (newest first) and the search key. SM4 can stand beside AES-256-GCM later:
 * the algorithm is named per value.
 */
export function makeVault(keys: VaultKey[], searchKey: Buffer): Vault {
  // Prepared once: to make a key of its bytes costs more than to seal a name with it.
  const prepared = keys.map(({ id, alg, key }) => ({ id, alg, key: createSecretKey(key) }));
  const search = createSecretKey(searchKey);
  const newest = prepared[0];
  if (!newest) throw new Error('vault: no key');
  const byId = new Map(prepared.map((key) => [key.id, key]));
  const keyFor = ({ keyId, alg }: SealedWith, known: (key: { alg: string }) => string) => {
    const key = byId.get(keyId);
    if (!key || known(key) !== alg) throw new Error(`vault: key ${keyId} (${alg}) is not loaded`);
    return key;
  };
  return {
    seal(plain) {
      const nonce = randomBytes(12);
      const cipher = createCipheriv(newest.alg, newest.key, nonce);
      const body = Buffer.concat([cipher.update(plain, 'utf8'), cipher.final()]);
      return { keyId: newest.id, alg: newest.alg, data: Buffer.concat([nonce, cipher.getAuthTag(), body]) };
    },
    open({ keyId, alg, data }) {
      const key = keyFor({ keyId, alg }, (one) => one.alg);
      const decipher = createDecipheriv(key.alg, key.key, data.subarray(0, 12));
      decipher.setAuthTag(data.subarray(12, 28));
      return Buffer.concat([decipher.update(data.subarray(28)), decipher.final()]).toString('utf8');
    },
    sealStream: (plain) => ({
      keyId: newest.id,
      alg: STREAM_ALG,
      stream: Readable.from(sealPieces(newest.key, plain), { objectMode: false }),
    }),
    openStream: (sealed, by) =>
      Readable.from(openPieces(keyFor(by, () => STREAM_ALG).key, sealed), { objectMode: false }),
    lookup(field, value) {
      return createHmac('sha256', search).update(`${field}\0${value}`, 'utf8').digest();
    },
  };
}
