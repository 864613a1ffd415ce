import { randomBytes, randomUUID } from 'node:crypto';

let lastMillis = 0;
let sequence = 0;

/**
 * A UUID version 7 (RFC 9562): the first 48 bits are `millis`, then a counter (method 1 of its section 6.2), so that
 * ids made one after the other in the same millisecond sort in that order.
 */
export function uuidV7(millis: number): string {
  // Node draws the random bits of these from a store; by itself each draw costs more than the rest of an id.
  const random = randomUUID();
  sequence = millis === lastMillis ? (sequence + 1) & 0xfff : Number.parseInt(random.slice(0, 3), 16) & 0x3ff;
  lastMillis = millis;
  const time = millis.toString(16).padStart(12, '0');
  return `${time.slice(0, 8)}-${time.slice(8)}-7${sequence.toString(16).padStart(3, '0')}${random.slice(18)}`;
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
