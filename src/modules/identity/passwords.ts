import { argon2, randomBytes, timingSafeEqual } from 'node:crypto';

// OWASP's second argon2id setting: 19 MiB, two passes, one lane.
const MEMORY_KIB = 19_456;
const PASSES = 2;
const LANES = 1;
const TAG_BYTES = 32;
const SALT_BYTES = 16;
const MAX_LENGTH = 128;
const MIN_LENGTH = 10;
const MIN_CLASSES = 3;

type Cost = { memory: number; passes: number; parallelism: number };

// Each hash holds 19 MiB and a thread of the pool: one thread stays free for files, and 150 log-ins at once
// wait in a line instead of taking 3 GB.
const CONCURRENT = 3;
let free = CONCURRENT;
const waiting: (() => void)[] = [];

/** Runs `work` when one of the few places for hashing is free, in the order of asking. */
export async function inHashSlot<T>(work: () => Promise<T>): Promise<T> {
  if (free > 0) free -= 1;
  else await new Promise<void>((resolve) => waiting.push(resolve));
  try {
    return await work();
  } finally {
    const next = waiting.shift();
    if (next) next();
    else free += 1;
  }
}

function derive(password: string, nonce: Buffer, cost: Cost, tagLength: number): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    argon2('argon2id', { message: password.normalize('NFC'), nonce, tagLength, ...cost }, (error, key) =>
      error ? reject(error) : resolve(key),
    );
  });
}

const unpadded = (bytes: Buffer): string => bytes.toString('base64').replace(/=+$/, '');

/** Hashes with argon2id; answers a PHC string, which carries its own cost. Call it in a hash slot. */
export async function hashPassword(password: string): Promise<string> {
  const salt = randomBytes(SALT_BYTES);
  const cost = { memory: MEMORY_KIB, passes: PASSES, parallelism: LANES };
  const tag = await derive(password, salt, cost, TAG_BYTES);
  return `$argon2id$v=19$m=${MEMORY_KIB},t=${PASSES},p=${LANES}$${unpadded(salt)}$${unpadded(tag)}`;
}

const PHC = /^\$argon2id\$v=19\$m=(\d+),t=(\d+),p=(\d+)\$([A-Za-z0-9+/]+)\$([A-Za-z0-9+/]+)$/;

// For log-ins nobody has: the same work is done, so that the time does not tell which exist.
const NOBODY = `$argon2id$v=19$m=${MEMORY_KIB},t=${PASSES},p=${LANES}$${unpadded(Buffer.alloc(SALT_BYTES))}$${unpadded(Buffer.alloc(TAG_BYTES))}`;

/** Whether `password` is the one `phc` was made of; with no hash the same work is done and the answer is no. */
export async function verifyPassword(password: string, phc: string | undefined): Promise<boolean> {
  const parts = PHC.exec(phc ?? NOBODY);
  if (!parts) throw new Error('a stored password hash is not argon2id in PHC form');
  const [, memory, passes, parallelism, salt = '', tag = ''] = parts;
  const expected = Buffer.from(tag, 'base64');
  const cost = { memory: Number(memory), passes: Number(passes), parallelism: Number(parallelism) };
  const actual = await derive(password, Buffer.from(salt, 'base64'), cost, expected.length);
  return timingSafeEqual(actual, expected) && phc !== undefined;
}

const CLASSES = [/\p{Ll}/u, /\p{Lu}/u, /\p{N}/u, /[^\p{Ll}\p{Lu}\p{N}]/u];

/**
 * What is wrong with a new password, as an error code; undefined when nothing is. At least ten characters of three
 * classes (GB/T 22239 level 3 asks for complexity) and not the log-in name.
 */
export function passwordProblem(password: string, login: string): string | undefined {
  const length = Array.from(password).length;
  if (length < MIN_LENGTH || length > MAX_LENGTH) return 'password.length';
  if (CLASSES.filter((one) => one.test(password)).length < MIN_CLASSES) return 'password.too_simple';
  if (password.toLowerCase().includes(login.toLowerCase())) return 'password.holds_login';
  return undefined;
}
