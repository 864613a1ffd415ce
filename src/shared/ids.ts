import { randomBytes } from 'node:crypto';

/** A UUID version 7 (RFC 9562): the first 48 bits are `millis`, so rows made together lie together in an index. */
export function uuidV7(millis: number): string {
  const bytes = randomBytes(16);
  bytes.writeUIntBE(millis, 0, 6);
  bytes[6] = (bytes[6]! & 0x0f) | 0x70;
  bytes[8] = (bytes[8]! & 0x3f) | 0x80;
  const hex = bytes.toString('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}

const READABLE = '23456789ABCDEFGHJKMNPQRSTUVWXYZ';

/** A code a person can read out over the phone: no 0/O, 1/I/L. `length` characters of 31 each. */
export function readableCode(length: number): string {
  let code = '';
  while (code.length < length) {
    const byte = randomBytes(1)[0]!;
    if (byte < READABLE.length * 8) code += READABLE[byte % READABLE.length];
  }
  return code;
}
