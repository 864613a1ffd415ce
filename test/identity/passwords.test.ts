import t from 'tap';
import { hashPassword, passwordProblem, verifyPassword } from '../../src/modules/identity/passwords.ts';

t.test('a hash fits its password and no other', async (t) => {
  const phc = await hashPassword('正确的-Password-1');
  t.equal(await verifyPassword('正确的-Password-1', phc), true);
  t.equal(await verifyPassword('正确的-Password-2', phc), false);
  t.not(await hashPassword('正确的-Password-1'), phc, 'each has its own salt');
});

t.test('the same characters in another normal form are the same password', async (t) => {
  const phc = await hashPassword('Caf\u00e9-Passwort-1');
  t.equal(await verifyPassword('Cafe\u0301-Passwort-1', phc), true);
});

t.test('a hash of RFC 9106 cost written elsewhere is understood', async (t) => {
  // argon2id, v=19, m=65536, t=2, p=1, "password" / "somesalt": test vector of the reference implementation.
  const phc = '$argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc';
  t.equal(await verifyPassword('password', phc), true);
  t.equal(await verifyPassword('passwore', phc), false);
});

t.test('no hash is no password, and a strange one is a fault', async (t) => {
  t.equal(await verifyPassword('', undefined), false);
  await t.rejects(verifyPassword('x', '$2b$10$abc'), /not argon2id/);
});

t.test('an unknown name takes as long as a known one', async (t) => {
  const phc = await hashPassword('Some-Password-1');
  const time = async (stored: string | undefined): Promise<number> => {
    const times: number[] = [];
    for (let i = 0; i < 7; i += 1) {
      const start = performance.now();
      await verifyPassword('guess', stored);
      times.push(performance.now() - start);
    }
    return times.toSorted((a, b) => a - b)[3]!;
  };
  const [known, unknown] = [await time(phc), await time(undefined)];
  t.ok(unknown > known / 3 && unknown < known * 3, `${known} ms and ${unknown} ms`);
});

t.test('what a password must have', async (t) => {
  t.equal(passwordProblem('Aa1-56789', 'login'), 'password.length', 'nine characters');
  t.equal(passwordProblem('Aa1-567890', 'login'), undefined, 'ten');
  t.equal(passwordProblem(`Aa1${'x'.repeat(125)}`, 'login'), undefined, '128');
  t.equal(passwordProblem(`Aa1${'x'.repeat(126)}`, 'login'), 'password.length', '129');
  t.equal(passwordProblem('abcdefgh12', 'login'), 'password.too_simple');
  t.equal(passwordProblem('Abc-LOGIN-1', 'login'), 'password.holds_login');
  t.equal(passwordProblem('一个很长的中文口令啊A1', 'login'), undefined);
});
