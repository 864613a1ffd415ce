import t from 'tap';
import {
  addBureau,
  addUser,
  certifiedOfficers,
  hashChosenPassword,
} from '../../src/modules/identity/index.ts';
import { inTx } from '../../src/context.ts';
import { testApp } from '../app.ts';

const PASSWORD = 'Another-Pass-77';

/** A second bureau with an administrator. */
async function secondBureau({ ctx }: Pick<Awaited<ReturnType<typeof testApp>>, 'ctx'>) {
  const passwordHash = await hashChosenPassword(PASSWORD, 'other-admin');
  return inTx(ctx(), async (tx) => {
    const bureauId = await addBureau(tx, {
      areaCode: '510115',
      name: '温江区市场监督管理局',
      shortName: '温江',
    });
    const home = { bureauId, laboratoryId: null, unitId: null, passwordHash, mustChangePassword: false };
    await addUser(tx, { login: 'other-admin', name: '赵管理', roleKeys: ['administrator'], ...home });
    const id = await addUser(tx, {
      login: 'other-officer',
      name: '钱办案',
      roleKeys: ['case_officer'],
      ...home,
    });
    return { bureauId, officerId: id };
  });
}

t.test('users', async (t) => {
  const app = await testApp(t);
  const { as, anonymous, owner, filled } = app;
  const admin = await as('administrator');
  const other = await secondBureau(app);

  t.test('a new user logs in with the one-time password and must change it first', async (t) => {
    const body = {
      login: 'New.Officer',
      name: '  孙　新  ',
      roleKeys: ['case_officer'],
      unitId: filled.stationId,
    };
    const made = await admin.post('/api/users', body);
    t.equal(made.status, 201);
    t.match(made.body, { login: 'new.officer', mustChangePassword: true, version: 1, isActive: true });
    const oneTime = made.body.oneTimePassword as string;
    const person = await anonymous().logIn('new.officer', oneTime);
    const barred = await person.get('/api/users');
    t.equal(barred.status, 403);
    t.equal(barred.body.code, 'auth.change_password_first');
    const weak = await person.post('/api/me/password', { current: oneTime, next: 'short' });
    t.equal(weak.status, 422);
    t.equal(weak.body.code, 'password.length');
    const simple = await person.post('/api/me/password', { current: oneTime, next: 'onlysmallletters' });
    t.equal(simple.body.code, 'password.too_simple');
    const named = await person.post('/api/me/password', { current: oneTime, next: 'X-new.officer-1' });
    t.equal(named.body.code, 'password.holds_login');
    const wrong = await person.post('/api/me/password', { current: 'nope', next: PASSWORD });
    t.equal(wrong.body.code, 'password.wrong_current');
    t.equal((await person.post('/api/me/password', { current: oneTime, next: PASSWORD })).status, 204);
    t.equal((await person.get('/api/users')).status, 200, 'the session goes on');
    await t.rejects(anonymous().logIn('new.officer', oneTime));
    await t.resolves(anonymous().logIn('new.officer', PASSWORD));
  });

  t.test('the same log-in name twice, whatever its case', async (t) => {
    const again = await admin.post('/api/users', { login: 'NEW.officer', name: '甲', roleKeys: ['auditor'] });
    t.equal(again.status, 409);
    t.equal(again.body.code, 'user.login_taken');
  });

  t.test('roles and units must exist and be ours', async (t) => {
    const base = { login: 'someone', name: '甲' };
    const unknown = await admin.post('/api/users', { ...base, roleKeys: ['emperor'] });
    t.equal(unknown.body.code, 'user.unknown_role');
    const lab = await admin.post('/api/users', { ...base, roleKeys: ['laboratory_clerk'] });
    t.equal(lab.body.code, 'user.unknown_role');
    const unit = await admin.post('/api/users', { ...base, roleKeys: ['auditor'], unitId: other.bureauId });
    t.equal(unit.status, 404);
    const extra = await admin.post('/api/users', {
      ...base,
      roleKeys: ['auditor'],
      bureauId: other.bureauId,
    });
    t.equal(extra.status, 400, 'nobody chooses another bureau');
  });

  t.test('another bureau sees and touches none of ours', async (t) => {
    const stranger = await anonymous().logIn('other-admin', PASSWORD);
    const { id } = filled.users.case_officer!;
    t.equal((await stranger.get(`/api/users/${id}`)).status, 404);
    t.equal((await stranger.post(`/api/users/${id}/amend`, { name: '改名' })).status, 404);
    t.equal((await stranger.post(`/api/users/${id}/reset-password`)).status, 404);
    t.equal((await stranger.post(`/api/users/${id}/deactivate`, { reason: '无' })).status, 404);
    const list = await stranger.get<{ items: { login: string }[] }>('/api/users');
    t.same(list.body.items.map((one) => one.login).toSorted(), ['other-admin', 'other-officer']);
  });

  t.test('people of a laboratory are managed by the bureau that made them, and by no other', async (t) => {
    const { laboratoryId } = filled;
    const body = { login: 'lab-two', name: '乙', roleKeys: ['laboratory_clerk'], laboratoryId };
    t.equal((await admin.post('/api/users', body)).status, 404, 'it has people our bureau did not make');
    const laboratory = {
      id: app.ctx().newId(),
      name: '新检验所',
      ownerBureauId: filled.bureauId,
      createdAt: new Date(),
    };
    await owner.insertInto('laboratories').values(laboratory).execute();
    const made = await admin.post('/api/users', { ...body, laboratoryId: laboratory.id });
    t.equal(made.status, 201);
    t.match(made.body, { bureauId: null, laboratoryId: laboratory.id });
    const stranger = await anonymous().logIn('other-admin', PASSWORD);
    t.equal((await stranger.get(`/api/users/${String(made.body.id)}`)).status, 404);
    const theirs = { ...body, login: 'lab-three', laboratoryId: laboratory.id };
    t.equal((await stranger.post('/api/users', theirs)).status, 404);
  });

  t.test('an amendment is versioned, traced, and ends the sessions where roles change', async (t) => {
    const { id } = filled.users.fines_clerk!;
    const clerk = await as('fines_clerk');
    const stale = await admin.post(
      `/api/users/${id}/amend`,
      { name: '谢芳芳' },
      { headers: { 'if-match': '"9"' } },
    );
    t.equal(stale.status, 412);
    const renamed = await admin.post(
      `/api/users/${id}/amend`,
      { name: '谢芳芳' },
      { headers: { 'if-match': '"1"' } },
    );
    t.match(renamed.body, { name: '谢芳芳', version: 2 });
    t.equal(renamed.headers.get('etag'), '"2"');
    t.equal((await clerk.get('/api/me')).status, 200);
    await admin.post(`/api/users/${id}/amend`, { roleKeys: ['fines_clerk', 'archive_clerk'] });
    t.equal((await clerk.get('/api/me')).status, 401);
    const trail = await owner
      .selectFrom('auditEntries')
      .select(['action', 'detail'])
      .where('subjectId', '=', id)
      .where('action', '=', 'user.amend')
      .orderBy('id')
      .execute();
    t.match(trail[0]?.detail, { before: { name: '谢芳' }, after: { name: '谢芳芳' } });
    t.equal(trail.length, 2);
  });

  t.test('a certificate has a number, a first day, and no end before it', async (t) => {
    const { id } = filled.users.archive_clerk!;
    const half = await admin.post(`/api/users/${id}/amend`, { certificateNumber: '川A0001' });
    t.equal(half.body.code, 'user.certificate');
    const reversed = await admin.post(`/api/users/${id}/amend`, {
      certificateNumber: '川A0001',
      certificateFrom: '2024-02-02',
      certificateTo: '2024-02-01',
    });
    t.equal(reversed.status, 422);
    const unreal = await admin.post(`/api/users/${id}/amend`, { certificateFrom: '2024-02-30' });
    t.equal(unreal.status, 400);
  });

  t.test('nobody changes his own roles; the last administrator stays one', async (t) => {
    const { id } = filled.users.administrator!;
    const own = await admin.post(`/api/users/${id}/amend`, { roleKeys: ['principal_head'] });
    t.equal(own.body.code, 'user.own_roles');
    const last = await admin.post(`/api/users/${id}/deactivate`, { reason: '离职' });
    t.equal(last.status, 409);
    t.equal(last.body.code, 'user.last_administrator');
  });

  t.test('two administrators who deactivate each other at once leave one', async (t) => {
    const made = await admin.post('/api/users', {
      login: 'admin-two',
      name: '二管',
      roleKeys: ['administrator'],
    });
    const first = made.body.oneTimePassword as string;
    const second = await anonymous().logIn('admin-two', first);
    await second.post('/api/me/password', { current: first, next: PASSWORD });
    const [a, b] = await Promise.all([
      admin.post(`/api/users/${String(made.body.id)}/deactivate`, { reason: '调离' }),
      second.post(`/api/users/${filled.users.administrator!.id}/deactivate`, { reason: '调离' }),
    ]);
    const left = await owner
      .selectFrom('users')
      .select('login')
      .where('login', 'in', ['admin-two', 'administrator'])
      .where('isActive', '=', true)
      .execute();
    t.equal(left.length, 1, `${a.status} ${b.status}`);
    await owner.updateTable('users').set({ isActive: true }).where('login', '=', 'administrator').execute();
  });

  t.test('the list pages without doubles or gaps, and finds by name', async (t) => {
    const again = await anonymous().logIn('administrator', filled.password);
    const seen: string[] = [];
    let cursor = '';
    do {
      const page = await again.get<{ items: { id: string }[]; next: string | null }>(
        `/api/users?limit=4${cursor && `&cursor=${cursor}`}`,
      );
      seen.push(...page.body.items.map((one) => one.id));
      cursor = page.body.next ?? '';
    } while (cursor);
    t.equal(new Set(seen).size, seen.length);
    t.ok(seen.length >= 19);
    const found = await again.get<{ items: { name: string }[] }>(
      `/api/users?q=${encodeURIComponent('晓峰')}`,
    );
    t.same(
      found.body.items.map((one) => one.name),
      ['林晓峰'],
    );
    const none = await again.get<{ items: unknown[] }>('/api/users?q=%25');
    t.same(none.body.items, [], 'a percent sign is a percent sign');
    const officers = await again.get<{ items: unknown[] }>('/api/users?role=case_officer&active=true');
    t.equal(officers.body.items.length, 3);
  });
});

t.test('what an administrator may and others may not', async (t) => {
  const { as } = await testApp(t);
  const officer = await as('case_officer');
  t.equal(
    (await officer.post('/api/users', { login: 'abc', name: '甲', roleKeys: ['auditor'] })).status,
    403,
  );
  t.equal((await officer.get('/api/roles')).status, 403);
  const admin = await as('administrator');
  t.equal((await admin.get('/api/approvals')).status, 403, 'no case data');
  t.equal((await admin.get('/api/audit')).status, 403, 'no case data by way of the trail');
});

t.test('two certified officers (K1)', async (t) => {
  const app = await testApp(t);
  const { filled, ctx, owner } = app;
  const { bureauId } = filled;
  const other = await secondBureau(app);
  const [one, two, clerk] = [
    filled.users.case_officer!.id,
    filled.users.case_officer_2!.id,
    filled.users.intake_officer!.id,
  ];
  const ask = (ids: string[], day = '2024-03-07') =>
    inTx({ ...ctx(), actor: { ...ctx().actor, bureauId } }, (tx) => certifiedOfficers(tx, ids, day));
  const refused = { status: 422, code: 'officer.two_certified', params: { gate: 'K1' } };
  t.same(
    (await ask([two, one])).map(({ id, certificateNumber }) => [id, certificateNumber]),
    [
      [two, '川A01140022'],
      [one, '川A01140021'],
    ],
  );
  await t.rejects(ask([one]), refused, 'one is not two');
  await t.rejects(ask([one, one]), refused, 'the same person twice is one');
  await t.rejects(ask([]), refused);
  await t.rejects(ask([one, two, clerk]), refused, 'one without a certificate');
  await t.rejects(ask([one, other.officerId]), refused, 'of another bureau');
  await t.rejects(ask([one, two], '2021-07-14'), refused, 'the day before it begins');
  await t.resolves(ask([one, two], '2021-07-15'), 'its first day');
  await t.resolves(ask([one, two], '2029-12-31'), 'its last day');
  await t.rejects(ask([one, two], '2030-01-01'), refused, 'the day after it ends');
  await owner.updateTable('users').set({ isActive: false }).where('id', '=', two).execute();
  await t.rejects(ask([one, two]), refused, 'deactivated');
});
