import type { TxCtx } from '../../context.ts';
import { readableCode } from '../../shared/ids.ts';
import { unprocessable } from '../../shared/errors.ts';
import { audit } from '../audit/index.ts';
import { hashPassword, inHashSlot, passwordProblem } from './passwords.ts';

/** A person to be added: of a bureau or of a laboratory, never of both. */
export type NewUser = {
  login: string;
  name: string;
  bureauId: string | null;
  laboratoryId: string | null;
  unitId: string | null;
  roleKeys: string[];
  certificateNumber?: string | null;
  certificateFrom?: string | null;
  certificateTo?: string | null;
  locale?: 'zh' | 'en';
  passwordHash: string;
  mustChangePassword: boolean;
};

/** The hash of a password somebody chose; 422 where it breaks the rules. Outside any transaction: it takes a while. */
export async function hashChosenPassword(password: string, login: string): Promise<string> {
  const code = passwordProblem(password, login);
  if (code) throw unprocessable(code, {}, [{ field: 'password', code }]);
  return inHashSlot(() => hashPassword(password));
}

/** A one-time password to read out, with its hash. */
export async function makeOneTimePassword(): Promise<{ password: string; hash: string }> {
  const password = readableCode(16);
  return { password, hash: await inHashSlot(() => hashPassword(password)) };
}

/** Adds a user with his trace; the caller has checked roles, unit and laboratory. Answers the id. */
export async function addUser(tx: TxCtx, user: NewUser): Promise<string> {
  const id = tx.newId();
  await tx.db
    .insertInto('users')
    .values({
      ...user,
      id,
      certificateNumber: user.certificateNumber ?? null,
      certificateFrom: user.certificateFrom ?? null,
      certificateTo: user.certificateTo ?? null,
      locale: user.locale ?? 'zh',
      createdAt: tx.now,
    })
    .execute();
  const { login, roleKeys, unitId, laboratoryId } = user;
  await audit(tx, {
    action: 'user.create',
    subject: { kind: 'user', id },
    detail: { login, roleKeys, unitId, laboratoryId },
    bureauId: user.bureauId ?? tx.actor.bureauId,
  });
  return id;
}
