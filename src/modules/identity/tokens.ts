import { createHash, randomBytes } from 'node:crypto';

/** A secret of 256 random bits, fit for a cookie, a link or a header. */
export const newToken = (): string => randomBytes(32).toString('base64url');

/** What of a secret is kept: SHA-256; 256 random bits need no slow hash. */
export const hashToken = (token: string): Buffer => createHash('sha256').update(token, 'utf8').digest();
