import { createHash } from 'node:crypto';
import type { Kysely, Transaction } from 'kysely';
import type { Ctx } from '../../context.ts';
import type { DB } from '../../db/schema.ts';
import { AppError } from '../../shared/errors.ts';

const WINDOW_MS = 15 * 60_000;
const PER_LOGIN = 5;
// A whole bureau may stand behind one address.
const PER_ADDRESS = 100;

/** From where a log-in is tried, and the monotonic milliseconds of now. */
export type LogInFrom = { ip: string; userAgent: string | null; ticks: number };

// Kept as a hash: people type their password into the wrong box.
const failureKey = (login: string): string => createHash('sha256').update(login, 'utf8').digest('hex');

/** The ticks at which the newest `max` failures lie, oldest first. */
async function newestFailures(
  db: Kysely<DB>,
  which: { column: 'login' | 'ip'; value: string },
  { ticks, max }: { ticks: number; max: number },
): Promise<number[]> {
  const rows = await db
    .selectFrom('loginFailures')
    .select('tick')
    .where(which.column, '=', which.value)
    .where('tick', '>', ticks - WINDOW_MS)
    .orderBy('tick', 'desc')
    .limit(max)
    .execute();
  return rows.map((row) => row.tick).toReversed();
}

/**
 * Refuses (429 `auth.locked` with the minutes left) after five failures of the same log-in name, or a hundred from the
 * same address, within fifteen minutes. The refused tries are not counted: nobody is locked out for ever.
 */
export async function refuseWhereLocked(ctx: Ctx, login: string, { ip, ticks }: LogInFrom): Promise<void> {
  const limits = [
    { column: 'login' as const, value: failureKey(login), max: PER_LOGIN },
    { column: 'ip' as const, value: ip, max: PER_ADDRESS },
  ];
  for (const { column, value, max } of limits) {
    const failures = await newestFailures(ctx.db, { column, value }, { ticks, max });
    if (failures.length < max) continue;
    const minutes = Math.max(1, Math.ceil((failures[0]! + WINDOW_MS - ticks) / 60_000));
    throw new AppError(429, 'auth.locked', { minutes });
  }
}

/** Notes a failed try. */
export async function noteFailure(
  db: Transaction<DB>,
  id: string,
  login: string,
  { ip, ticks }: LogInFrom,
): Promise<void> {
  await db
    .insertInto('loginFailures')
    .values({ id, login: failureKey(login), ip, tick: ticks })
    .execute();
}

/** Forgets the failures of a log-in name that has succeeded. */
export async function forgetFailures(db: Transaction<DB>, login: string): Promise<void> {
  await db.deleteFrom('loginFailures').where('login', '=', failureKey(login)).execute();
}

/** Removes what no longer counts. */
export async function forgetOldFailures(db: Transaction<DB>, ticks: number): Promise<number> {
  const gone = await db
    .deleteFrom('loginFailures')
    .where('tick', '<', ticks - WINDOW_MS)
    .executeTakeFirst();
  return Number(gone.numDeletedRows);
}
