import { type Ctx, inTx, type TxCtx } from '../../context.ts';
import { cleanLine, truncate } from '../../shared/text.ts';
import { unauthorised } from '../../shared/errors.ts';
import { audit } from '../audit/index.ts';
import { forgetFailures, type LogInFrom, noteFailure, refuseWhereLocked } from './lockout.ts';
import { inHashSlot, verifyPassword } from './passwords.ts';
import type { LogInInput } from './schemas.ts';
import { hashToken, newToken } from './tokens.ts';

/** What the browser is given: the token goes into the cookie, the csrf token into the page. */
export type NewSession = { token: string; csrfToken: string; userId: string; mustChangePassword: boolean };

type Candidate = {
  id: string;
  name: string;
  bureauId: string | null;
  roleKeys: string[];
  mustChangePassword: boolean;
};

/** Always the same work and the same answer, whether the name, the password or the account is at fault. */
async function findByPassword(ctx: Ctx, login: string, password: string): Promise<Candidate | undefined> {
  const user = await ctx.db
    .selectFrom('users')
    .select(['id', 'name', 'bureauId', 'roleKeys', 'mustChangePassword', 'passwordHash', 'isActive'])
    .where('login', '=', login)
    .executeTakeFirst();
  const right = await verifyPassword(password, user?.passwordHash);
  return right && user?.isActive ? user : undefined;
}

async function openSession(tx: TxCtx, user: Candidate, from: LogInFrom): Promise<NewSession> {
  const session = { token: newToken(), csrfToken: newToken() };
  const id = tx.newId();
  await tx.db
    .insertInto('sessions')
    .values({
      id,
      tokenHash: hashToken(session.token),
      csrfToken: session.csrfToken,
      userId: user.id,
      startedTick: from.ticks,
      seenTick: from.ticks,
      startedAt: tx.now,
      userAgent: from.userAgent === null ? null : truncate(cleanLine(from.userAgent), 200),
      ip: from.ip,
    })
    .execute();
  return { ...session, userId: user.id, mustChangePassword: user.mustChangePassword };
}

/**
 * Opens a session with a new token. Throws 401 `auth.wrong`, 429 `auth.locked`.
 * The lock is looked at inside the hash slot: however many guesses come at once, few are tried after the fifth.
 */
export async function logIn(ctx: Ctx, body: LogInInput, from: LogInFrom): Promise<NewSession> {
  const login = cleanLine(body.login).toLowerCase();
  const user = await inHashSlot(async () => {
    await refuseWhereLocked(ctx, login, from);
    const found = await findByPassword(ctx, login, body.password);
    if (!found) await ctx.db.transaction().execute((db) => noteFailure(db, ctx.newId(), login, from));
    return found;
  });
  if (!user) throw unauthorised('auth.wrong');
  // The answer is a secret: it must not be kept beside an Idempotency-Key.
  return inTx({ ...ctx, idempotency: null }, async (tx) => {
    await forgetFailures(tx.db, login);
    const session = await openSession(tx, user, from);
    const actor = { ...tx.actor, kind: 'user' as const, id: user.id, name: user.name, roles: user.roleKeys };
    await audit(
      { ...tx, actor },
      { action: 'session.log_in', subject: { kind: 'user', id: user.id }, bureauId: user.bureauId },
    );
    return session;
  });
}
