import { randomBytes } from 'node:crypto';

let lastMillis = 0;
let sequence = 0;

/**
 * A UUID version 7 (RFC 9562): the first 48 bits are `millis`, then a counter (method 1 of its section 6.2), so that
 * ids made one after the other in the same millisecond sort in that order.
 */
export function uuidV7(millis: number): string {
  const bytes = randomBytes(16);
  sequence = millis === lastMillis ? (sequence + 1) & 0xfff : bytes.readUInt16BE(6) & 0x3ff;
  lastMillis = millis;
  bytes.writeUIntBE(millis, 0, 6);
  bytes.writeUInt16BE(0x7000 | sequence, 6);
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
