import { randomBytes } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import t from 'tap';
import { inTx } from '../../src/context.ts';
import { makeClient } from '../../src/demo/client.ts';
import { startClock } from '../../src/modules/deadlines/index.ts';
import { readTemplate, testApp } from '../app.ts';
import { passwordIn, type Ran, shian } from './run.ts';

t.test('commands on a database that a server is using', async (t) => {
  const app = await testApp(t);
  const { owner, url, filled } = app;
  const folder = await mkdtemp(join(tmpdir(), 'shian-cli-'));
  t.teardown(() => rm(folder, { recursive: true, force: true }));
  const command = (...words: string[]): Promise<Ran> =>
    shian(words, {
      DATABASE_URL: app.databaseUrl,
      DATA_DIR: folder,
      VAULT_KEYS: readTemplate().vaultKeys,
    });

  t.test('create-user: prints a password once, which must be changed', async (t) => {
    const made = await command(
      'create-user',
      'Chen.Bing',
      '--name',
      '陈冰',
      '--role',
      'case_officer',
      '--bureau',
      '510114',
    );
    t.equal(made.status, 0, made.err);
    t.match(made.out, 'chen.bing', 'the name as it is typed at the log-in');
    const first = passwordIn(made);
    t.match(first, /^\w{16}$/);
    const client = await makeClient(url).logIn('chen.bing', first);
    t.match(await client.get('/api/units'), { status: 403, body: { code: 'auth.change_password_first' } });
    await client.post('/api/me/password', { current: first, next: 'Xindu-Word-77' });
    const again = await makeClient(url).logIn('chen.bing', 'Xindu-Word-77');
    t.equal((await again.get('/api/units')).status, 200);
    const entry = await owner
      .selectFrom('auditEntries')
      .select(['actorId', 'bureauId'])
      .where('action', '=', 'user.create')
      .where(sql<boolean>`detail->>'login' = 'chen.bing'`)
      .executeTakeFirstOrThrow();
    t.match(entry, { actorId: 'system:cli:create-user', bureauId: filled.bureauId });
  });

  t.test('create-user: of a laboratory', async (t) => {
    const made = await command(
      'create-user',
      'lab-two',
      '--name',
      '郑二',
      '--role',
      'laboratory_clerk',
      '--laboratory',
      '成都市食品检验研究院（演示）',
    );
    t.equal(made.status, 0, made.err);
    const me = await (await makeClient(url).logIn('lab-two', passwordIn(made))).get('/api/me');
    t.match(me.body, { bureau: null, laboratory: { id: filled.laboratoryId } });
  });

  t.test('create-user: what it refuses, in words', async (t) => {
    const role = ['--role', 'auditor'];
    const home = ['--bureau', '510114'];
    const refusals: [string[], number, string][] = [
      [['create-user', 'auditor', '--name', '程', ...role, ...home], 1, '该登录名已被使用'],
      [['create-user', 'new-one', '--name', '程', '--role', 'wizard', ...home], 1, 'wizard'],
      [
        ['create-user', 'new-one', '--name', '程', '--role', 'laboratory_clerk', ...home],
        1,
        'laboratory_clerk',
      ],
      [['create-user', 'new-one', '--name', '程', ...role, '--bureau', '999999'], 2, '999999'],
      [['create-user', 'new-one', '--name', '程', ...role], 2, '--bureau'],
      [['create-user', 'x', '--name', '程', ...role, ...home], 2, 'login'],
      [['create-user', 'new-one', ...role, ...home], 2, 'name'],
    ];
    const all = refusals.map(async (one) => [...one, await command(...one[0])] as const);
    for (const [words, status, named, ran] of await Promise.all(all)) {
      t.equal(ran.status, status, words.join(' '));
      t.match(ran.err, named);
      t.notMatch(ran.err, /\n\s+at /, 'no stack');
    }
    const left = await owner.selectFrom('users').select('id').where('login', '=', 'new-one').execute();
    t.same(left, []);
  });

  t.test('run-job, and verify-audit over what it sealed', async (t) => {
    const unknown = await command('run-job', 'nothing');
    t.equal(unknown.status, 2);
    t.match(unknown.err, 'audit.seal');
    const sealed = await command('run-job', 'audit.seal');
    t.match(sealed, { status: 0, out: /audit\.seal: 完成 done/ });

    const whole = await command('verify-audit');
    t.equal(whole.status, 0, whole.out);
    t.match(whole.out, '审计链完整');
    const root = /root: ([0-9a-f]{64})/.exec(whole.out)?.[1] ?? '';
    t.equal((await command('verify-audit', '--root', root)).status, 0);
    const foreign = await command('verify-audit', '--root', randomBytes(32).toString('hex'));
    t.match(foreign, { status: 1, out: /不含该根值/ });
  });

  t.test('verify-audit names the row that was altered: exit 1', async (t) => {
    const { id } = await owner
      .selectFrom('auditEntries')
      .select('id')
      .where('action', '=', 'user.create')
      .orderBy('id')
      .limit(1)
      .executeTakeFirstOrThrow();
    const forge = (to: string) =>
      owner.updateTable('auditEntries').set({ action: to }).where('id', '=', id).execute();
    await forge('user.amend');
    const broken = await command('verify-audit');
    t.equal(broken.status, 1);
    t.match(broken.out, `审计记录 ${id} 与封存时不一致`);
    await forge('user.create');
    t.equal((await command('verify-audit')).status, 0);
  });

  t.test('import-calendar: a new year ends the clocks that waited for it', async (t) => {
    const subject = { kind: 'tip', id: app.ctx().newId() };
    const clockId = await inTx(app.ctx(), (tx) =>
      startClock(tx, {
        rule: 'C01',
        subject,
        trigger: 'test.started',
        on: '2026-12-28',
        bureauId: filled.bureauId,
      }),
    );
    t.ok(clockId);
    const file = join(folder, '2027.json');
    await writeFile(
      file,
      JSON.stringify({
        year: 2027,
        papers: ['https://example.gov.cn/2027'],
        days: [{ name: '元旦', date: '2027-01-01', isOffDay: true }],
      }),
    );
    const imported = await command('import-calendar', file);
    t.equal(imported.status, 0, imported.err);
    const result = JSON.parse(imported.out) as { year: number; moved: unknown[] };
    t.match(result, { year: 2027, moved: [Object] });
    const { rawOn } = await owner
      .selectFrom('clocks')
      .select('rawOn')
      .where('subjectId', '=', subject.id)
      .executeTakeFirstOrThrow();
    t.equal(rawOn, '2027-01-07');

    await writeFile(file, '{"year": 2028, "papers": [], "days": []}');
    t.match(await command('import-calendar', file), { status: 1, err: /2028|arrangement|days/ });
    await writeFile(file, 'year: 2028');
    t.match(await command('import-calendar', file), { status: 2, err: /JSON/ });
    t.match(await command('import-calendar', join(folder, 'none.json')), { status: 2, err: /ENOENT/ });
    t.equal((await command('import-calendar')).status, 2);
  });

  t.test('import-divisions: the project’s own again, then one that is newer', async (t) => {
    const again = await command('import-divisions');
    t.equal(again.status, 0, again.err);
    t.match(JSON.parse(again.out), { edition: '2023', added: 0, changed: 0, abolished: 0 });
    const file = join(folder, 'new.csv');
    await writeFile(file, 'code,name\n510114999,试验街道\n');
    const newer = await command('import-divisions', file, '--edition', '2027');
    t.match(JSON.parse(newer.out), { edition: '2027', read: 1, added: 1 });
    await writeFile(file, 'name\n试验街道\n');
    t.match(await command('import-divisions', file), { status: 1, err: /code/ });
    t.match(await command('import-divisions', file, '--edition', 'new'), { status: 1, err: /new/ });
  });

  t.test('migrate: what is up to date stays so', async (t) => {
    const done = await command('migrate');
    t.match(done, { status: 0, out: /已是最新/ });
  });

  t.test('the log of a command stands beside its answer', async (t) => {
    const strong = new URL(app.databaseUrl);
    const { username, password } = new URL(readTemplate().ownerUrl);
    Object.assign(strong, { username, password });
    const { out, err } = await shian(['verify-audit'], {
      DATABASE_URL: strong.href,
      DATA_DIR: folder,
      VAULT_KEYS: readTemplate().vaultKeys,
    });
    t.match(err, 'may alter audit rows');
    t.notMatch(out, 'may alter audit rows');
  });
});
