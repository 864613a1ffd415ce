import { type Ctx, inTx, type TxCtx } from '../../context.ts';
import { notFound } from '../../shared/errors.ts';
import { addUser, hashChosenPassword, makeOneTimePassword } from './add-user.ts';
import { checkCertificate, checkRoleKeys } from './rules.ts';
import { getUser } from './queries.ts';
import type { CreateUserInput, UserView } from './schemas.ts';
import { customRoleKeys, isLaboratoryOurs, lockUnit, ownBureau } from './store.ts';

type HomeOf = { bureauId: string | null; laboratoryId: string | null; unitId: string | null };

/** Where the new user belongs: the actor's bureau, or a laboratory the actor may people. 404 for anything else. */
async function homeOf(tx: TxCtx, body: CreateUserInput): Promise<HomeOf> {
  const laboratoryId = body.laboratoryId ?? tx.actor.laboratoryId;
  if (laboratoryId !== null) {
    checkRoleKeys(body.roleKeys, 'laboratory', new Set());
    if (!(await isLaboratoryOurs(tx.db, tx.actor, laboratoryId))) throw notFound();
    return { bureauId: null, laboratoryId, unitId: null };
  }
  const bureauId = ownBureau(tx.actor);
  checkRoleKeys(body.roleKeys, 'bureau', await customRoleKeys(tx.db, bureauId));
  const unitId = body.unitId ?? null;
  if (unitId !== null) await lockUnit(tx.db, bureauId, unitId);
  return { bureauId, laboratoryId: null, unitId };
}

/**
 * Adds a person of the bureau, or of a laboratory only this bureau has peopled so far. Without a password a one-time
 * one is made, shown this once, and must be changed at the first log-in; so must one an administrator chose.
 */
export async function createUser(
  ctx: Ctx,
  body: CreateUserInput,
): Promise<UserView & { oneTimePassword: string | null }> {
  const certificate = {
    certificateNumber: body.certificateNumber ?? null,
    certificateFrom: body.certificateFrom ?? null,
    certificateTo: body.certificateTo ?? null,
  };
  checkCertificate(certificate);
  const made = body.password === undefined ? await makeOneTimePassword() : null;
  const passwordHash = made?.hash ?? (await hashChosenPassword(body.password ?? '', body.login));
  // The answer may hold a password: it must not be kept beside an Idempotency-Key. A repeat is 409 `user.login_taken`.
  return inTx({ ...ctx, idempotency: null }, async (tx) => {
    const home = await homeOf(tx, body);
    const { login, name, roleKeys, locale } = body;
    const fields = { login, name, roleKeys, locale, passwordHash, mustChangePassword: true };
    const id = await addUser(tx, { ...fields, ...certificate, ...home });
    return { ...(await getUser(tx.db, tx.actor, id)), oneTimePassword: made?.password ?? null };
  });
}
