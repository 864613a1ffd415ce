import { type Ctx, inTx } from '../../context.ts';
import { forbidden, unprocessable } from '../../shared/errors.ts';
import { audit } from '../audit/index.ts';
import { hashChosenPassword, makeOneTimePassword } from './add-user.ts';
import { type LogInFrom, noteFailure, refuseWhereLocked } from './lockout.ts';
import { inHashSlot, verifyPassword } from './passwords.ts';
import { endSessions, lockUser } from './store.ts';

/** Where the change is asked from, and the session it is asked in, which goes on. */
export type ChangeFrom = LogInFrom & { token: string };

/**
 * The actor's own password. 422 `password.wrong_current` for a wrong current one (which counts as a failed log-in),
 * 422 `password.same` for no change. Every other session of the actor ends.
 */
export async function changePassword(
  ctx: Ctx,
  body: { current: string; next: string },
  from: ChangeFrom,
): Promise<void> {
  const { id } = ctx.actor;
  const user = await ctx.db
    .selectFrom('users')
    .select(['login', 'passwordHash'])
    .where('id', '=', id)
    .executeTakeFirst();
  if (!user) throw forbidden('auth.persons_only');
  const right = await inHashSlot(async () => {
    await refuseWhereLocked(ctx, user.login, from);
    return verifyPassword(body.current, user.passwordHash);
  });
  if (!right) {
    await ctx.db.transaction().execute((db) => noteFailure(db, ctx.newId(), user.login, from));
    throw unprocessable('password.wrong_current', {}, [{ field: 'current', code: 'password.wrong_current' }]);
  }
  if (body.next === body.current) {
    throw unprocessable('password.same', {}, [{ field: 'next', code: 'password.same' }]);
  }
  const passwordHash = await hashChosenPassword(body.next, user.login);
  await inTx(ctx, async (tx) => {
    await tx.db
      .updateTable('users')
      .set((eb) => ({ passwordHash, mustChangePassword: false, version: eb('version', '+', 1) }))
      .where('id', '=', id)
      .execute();
    await endSessions(tx.db, id, from.token);
    await audit(tx, { action: 'user.change_password', subject: { kind: 'user', id } });
  });
}

/** A new one-time password for somebody who has forgotten his; his sessions end. Shown this once. */
export async function resetPassword(ctx: Ctx, id: string): Promise<{ oneTimePassword: string }> {
  const { password, hash } = await makeOneTimePassword();
  return inTx({ ...ctx, idempotency: null }, async (tx) => {
    const user = await lockUser(tx.db, tx.actor, id);
    await tx.db
      .updateTable('users')
      .set({ passwordHash: hash, mustChangePassword: true, version: user.version + 1 })
      .where('id', '=', id)
      .execute();
    await endSessions(tx.db, id);
    await audit(tx, { action: 'user.reset_password', subject: { kind: 'user', id } });
    return { oneTimePassword: password };
  });
}
