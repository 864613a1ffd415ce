import t from 'tap';
import { hashPassword } from '../../src/modules/identity/passwords.ts';
import { testApp } from '../app.ts';

t.test('150 log-ins at once neither fail nor take the memory', async (t) => {
  const { anonymous, filled, owner } = await testApp(t);
  // The template's hashes are cheap ones.
  await owner
    .updateTable('users')
    .set({ passwordHash: await hashPassword(filled.password) })
    .execute();
  const before = process.memoryUsage().rss;
  const logins = Object.values(filled.users).map((user) => user.login);
  const clients = await Promise.all(
    Array.from({ length: 150 }, (_, i) => anonymous().logIn(logins[i % logins.length]!, filled.password)),
  );
  t.equal(clients.length, 150);
  const grown = (process.memoryUsage().rss - before) / 1024 / 1024;
  t.ok(grown < 400, `grew by ${Math.round(grown)} MiB; 150 hashes at once would take 2850`);
});
