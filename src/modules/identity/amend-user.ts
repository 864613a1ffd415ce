import { type Ctx, inTx, type TxCtx } from '../../context.ts';
import { checkVersion } from '../../db/version.ts';
import { conflict, unprocessable } from '../../shared/errors.ts';
import { audit } from '../audit/index.ts';
import { getUser } from './queries.ts';
import { checkCertificate, checkRoleKeys } from './rules.ts';
import type { AmendUserInput, UserView } from './schemas.ts';
import { customRoleKeys, endSessions, lockBureau, lockUnit, lockUser, otherAdministrators } from './store.ts';

type User = Awaited<ReturnType<typeof lockUser>>;

/** Takes the administrator's role or account from somebody: never from the last one of the bureau. */
async function keepAnAdministrator(tx: TxCtx, user: User): Promise<void> {
  if (user.bureauId === null || !user.roleKeys.includes('administrator')) return;
  if ((await otherAdministrators(tx.db, user.bureauId, user.id)) === 0)
    throw conflict('user.last_administrator');
}

async function checkRoles(tx: TxCtx, user: User, roleKeys: string[]): Promise<void> {
  if (user.id === tx.actor.id) throw unprocessable('user.own_roles');
  const { bureauId } = user;
  checkRoleKeys(
    roleKeys,
    bureauId === null ? 'laboratory' : 'bureau',
    bureauId === null ? new Set() : await customRoleKeys(tx.db, bureauId),
  );
  if (!roleKeys.includes('administrator')) await keepAnAdministrator(tx, user);
}

// Two administrators who take each other's role at the same moment must meet somewhere: at their bureau's row.
async function lockWithBureau(tx: TxCtx, id: string): Promise<User> {
  if (tx.actor.bureauId !== null) await lockBureau(tx.db, tx.actor.bureauId);
  return lockUser(tx.db, tx.actor, id);
}

/**
 * Changes name, roles, unit, certificate or language, or takes a deactivated user back. Nobody changes his own roles;
 * the last administrator keeps his. Other roles end the user's sessions.
 */
export async function amendUser(ctx: Ctx, id: string, body: AmendUserInput): Promise<UserView> {
  return inTx(ctx, async (tx) => {
    const user = await lockWithBureau(tx, id);
    checkVersion(tx, user);
    const { certificateNumber, certificateFrom, certificateTo } = { ...user, ...body };
    checkCertificate({ certificateNumber, certificateFrom, certificateTo });
    if (body.roleKeys) await checkRoles(tx, user, body.roleKeys);
    if (body.unitId && user.bureauId) await lockUnit(tx.db, user.bureauId, body.unitId);
    if (body.unitId && !user.bureauId) throw unprocessable('user.laboratory_unit');
    await tx.db
      .updateTable('users')
      .set({ ...body, version: user.version + 1 })
      .where('id', '=', id)
      .execute();
    if (body.roleKeys) await endSessions(tx.db, id);
    await audit(tx, {
      action: 'user.amend',
      subject: { kind: 'user', id },
      detail: { before: pick(user, body), after: body },
    });
    return getUser(tx.db, tx.actor, id);
  });
}

const pick = (user: User, body: AmendUserInput): Record<string, unknown> =>
  Object.fromEntries(Object.keys(body).map((key) => [key, user[key as keyof User]]));

/** Closes an account and ends its sessions; what the person did stays under his name. Never the last administrator. */
export async function deactivateUser(ctx: Ctx, id: string, body: { reason: string }): Promise<UserView> {
  return inTx(ctx, async (tx) => {
    const user = await lockWithBureau(tx, id);
    checkVersion(tx, user);
    if (!user.isActive) throw conflict('user.inactive');
    await keepAnAdministrator(tx, user);
    await tx.db
      .updateTable('users')
      .set({ isActive: false, version: user.version + 1 })
      .where('id', '=', id)
      .execute();
    await endSessions(tx.db, id);
    await audit(tx, {
      action: 'user.deactivate',
      subject: { kind: 'user', id },
      detail: { reason: body.reason },
    });
    return getUser(tx.db, tx.actor, id);
  });
}
