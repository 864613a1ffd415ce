import t from 'tap';
import { makeSetupLink } from '../../src/modules/identity/index.ts';
import { ALL_PERMISSIONS, BUILT_IN_ROLES } from '../../src/modules/identity/index.ts';
import { testApp } from '../app.ts';

const DAY_MS = 86_400_000;

t.test('set-up of an empty database', async (t) => {
  const { anonymous, owner, deps } = await testApp(t);
  t.equal(
    await makeSetupLink(deps.db, { now: deps.now(), ticks: deps.ticks() }),
    null,
    'there are users: no link',
  );
  await owner.deleteFrom('gridWorkers').execute();
  await owner.deleteFrom('users').execute();
  const body = (token: string, areaCode = '510116') => ({
    token,
    bureau: { areaCode, name: '双流区市场监督管理局', shortName: '双流' },
    administrator: { login: 'first', name: '周初', password: 'Setup-Pass-2024' },
  });
  const link = (ticks = deps.ticks()) => makeSetupLink(deps.db, { now: deps.now(), ticks });
  const old = await link(deps.ticks() - DAY_MS - 1000);
  t.equal((await anonymous().post('/api/setup', body(old!))).body.code, 'setup.link_dead', 'a day later');
  const replaced = await link();
  const token = (await link())!;
  t.equal(
    (await anonymous().post('/api/setup', body(replaced!))).status,
    404,
    'a newer link kills the older',
  );
  t.equal((await anonymous().post('/api/setup', body('guess'))).status, 404);
  const weak = body(token);
  weak.administrator.password = 'weak';
  t.equal((await anonymous().post('/api/setup', weak)).body.code, 'password.length');
  const answers = await Promise.all([
    anonymous().post('/api/setup', body(token)),
    anonymous().post('/api/setup', body(token, '510117')),
  ]);
  t.same(
    answers.map((one) => one.status).toSorted((a, b) => a - b),
    [201, 404],
    'once, also for two at the same time',
  );
  const admin = await anonymous().logIn('first', 'Setup-Pass-2024');
  const me = await admin.get('/api/me');
  t.match(me.body, {
    bureau: { shortName: '双流' },
    roles: [{ key: 'administrator' }],
    mustChangePassword: false,
  });
  t.equal((await anonymous().post('/api/setup', body(token, '510118'))).status, 404);
  t.equal(await link(), null);
});

t.test('units and the bureau', async (t) => {
  const { as, owner } = await testApp(t);
  const admin = await as('administrator');
  const made = await admin.post('/api/units', {
    kind: 'station',
    name: '石板滩所',
    areaCodes: ['510114108'],
  });
  t.equal(made.status, 201);
  const twice = await admin.post('/api/units', { kind: 'section', name: '石板滩所' });
  t.equal(twice.body.code, 'unit.name_taken');
  const amended = await admin.post(`/api/units/${String(made.body.id)}/amend`, { isActive: false });
  t.match(amended.body, { isActive: false, version: 2, name: '石板滩所' });
  const list = await (await as('intake_officer')).get<{ items: unknown[] }>('/api/units');
  t.equal(list.body.items.length, 4);
  t.equal(
    (await (await as('intake_officer')).post('/api/units', { kind: 'section', name: 'x' })).status,
    403,
  );

  const { settings: before } = (await admin.get<{ settings: Record<string, unknown> }>('/api/bureau')).body;
  const settings = { contactPhone: '02883960000', court: '成都市新都区人民法院', speciesTraceBelow: '0.5' };
  const set = await admin.post('/api/bureau/amend', { settings });
  t.same(set.body.settings, { ...before, ...settings });
  const change = { court: null, caseNumberPattern: '{prefix}市监案〔{year}〕{seq}号' };
  const unset = await admin.post('/api/bureau/amend', { settings: change });
  t.same(
    unset.body.settings,
    {
      ...before,
      contactPhone: '02883960000',
      speciesTraceBelow: '0.5',
      caseNumberPattern: change.caseNumberPattern,
    },
    'others stay, null removes',
  );
  for (const wrong of [
    { contactFax: '1' },
    { speciesTraceBelow: '101' },
    { caseNumberPattern: '{prefix}{seq}' },
  ]) {
    t.equal((await admin.post('/api/bureau/amend', { settings: wrong })).status, 400, JSON.stringify(wrong));
  }
  const [stale, fresh] = await Promise.all([
    admin.post('/api/bureau/amend', { name: '甲局' }, { headers: { 'if-match': '"3"' } }),
    admin.post('/api/bureau/amend', { name: '乙局' }, { headers: { 'if-match': '"3"' } }),
  ]);
  t.same(
    [stale.status, fresh.status].toSorted((a, b) => a - b),
    [200, 412],
    'the second of two at once is told',
  );
  const trail = await owner
    .selectFrom('auditEntries')
    .select('action')
    .where('action', 'like', 'bureau.a%')
    .execute();
  t.equal(trail.length, 3);
});

t.test('roles', async (t) => {
  const { as, filled, owner } = await testApp(t);
  const admin = await as('administrator');
  const unknown = await admin.post('/api/roles', {
    key: 'helper',
    nameZh: '协管',
    nameEn: 'Helper',
    permissions: ['all'],
  });
  t.equal(unknown.body.code, 'role.unknown_permission');
  for (const permission of ['sample.record_result', 'sample.verify_result', 'sample.report']) {
    const lab = { key: 'helper', nameZh: '协管', nameEn: 'Helper', permissions: ['unit.read', permission] };
    t.match(
      await admin.post('/api/roles', lab),
      { status: 422, body: { code: 'role.not_for_bureaus' } },
      permission,
    );
    const key = { name: '检验系统', permissions: [permission] };
    t.match(await admin.post('/api/api-keys', key), { status: 422, body: { code: 'role.not_for_bureaus' } });
  }
  const builtIn = { key: 'auditor', nameZh: '审计', nameEn: 'Auditor', permissions: [] };
  t.equal((await admin.post('/api/roles', builtIn)).body.code, 'role.key_taken');
  const body = { key: 'helper', nameZh: '协管', nameEn: 'Helper', permissions: ['unit.read'] };
  const made = await admin.post('/api/roles', body);
  t.equal(made.status, 201);
  t.equal((await admin.post('/api/roles', body)).body.code, 'role.key_taken');
  await admin.post(`/api/users/${filled.users.grid_worker!.id}/amend`, {
    roleKeys: ['grid_worker', 'helper'],
  });
  const worker = await as('grid_worker');
  t.equal((await worker.get('/api/units')).status, 200, 'what the own role allows');
  t.match((await worker.get('/api/me')).body.roles, [
    { key: 'grid_worker' },
    { key: 'helper', nameZh: '协管' },
  ]);
  const roleId = String(made.body.id);
  t.match(await admin.post(`/api/roles/${roleId}/amend`, { permissions: ['sample.report'] }), {
    status: 422,
    body: { code: 'role.not_for_bureaus' },
  });
  // One made before that was refused gives nothing.
  await owner
    .updateTable('roles')
    .set({ permissions: ['unit.read', 'sample.receive'] })
    .execute();
  const { permissions } = (await worker.get<{ permissions: string[] }>('/api/me')).body;
  t.ok(permissions.includes('unit.read'));
  t.notOk(permissions.includes('sample.receive'));
  await admin.post(`/api/roles/${roleId}/amend`, { permissions: [] });
  t.equal((await worker.get('/api/units')).status, 403, 'at the next request');
  const list = await admin.get<{ items: { key: string; id: string | null }[] }>('/api/roles');
  t.equal(list.body.items.length, BUILT_IN_ROLES.length + 1);
});

t.test('the roles of the domain', async (t) => {
  const by = (key: string) => BUILT_IN_ROLES.find((role) => role.key === key)!.permissions;
  const changing = by('auditor').filter(
    (one) => !one.endsWith('.read') && !['audit.verify', 'case.read_value', 'list.export'].includes(one),
  );
  t.same(changing, [], 'an auditor changes nothing');
  for (const secret of ['tip.look_at_reporter', 'party.look_at_id']) {
    t.notOk(by('auditor').includes(secret), `an auditor may not ${secret}`);
  }
  const cases =
    /^(tip|source|case|inspection|operation|sample|measure|clue_notice|transfer|party|goods|approval|document|audit\.read)/;
  t.same(
    by('administrator').filter((one) => cases.test(one)),
    [],
    'an administrator has no case data',
  );
  const deciders = BUILT_IN_ROLES.filter((role) => role.permissions.includes('approval.decide_principal'));
  t.same(
    deciders.map((role) => role.key),
    ['principal_head'],
    'only the principal head (K25)',
  );
  for (const role of BUILT_IN_ROLES.filter((one) => one.home === 'laboratory')) {
    const outside = role.permissions.filter(
      (one) => !/^(sample|laboratory|user|document\.read|clock\.read)/.test(one),
    );
    t.same(outside, [], `${role.key} sees only what was sent to the laboratory`);
  }
  const results = ['sample.record_result', 'sample.verify_result'];
  for (const role of BUILT_IN_ROLES) {
    t.not(
      role.permissions.filter((one) => results.includes(one)).length,
      2,
      `${role.key}: who enters does not verify`,
    );
  }
  for (const permission of ALL_PERMISSIONS) t.match(permission, /^[a-z_]+\.[a-z_]+$/);
});

t.test('API keys', async (t) => {
  const { as, url, owner, setNow } = await testApp(t);
  const admin = await as('administrator');
  const barred = await admin.post('/api/api-keys', { name: 'x', permissions: ['approval.decide'] });
  t.equal(barred.body.code, 'api_key.not_for_machines');
  const made = await admin.post('/api/api-keys', {
    name: '统计平台',
    permissions: ['unit.read'],
    expiresOn: '2024-02-10',
  });
  t.equal(made.status, 201);
  const key = made.body.key as string;
  const call = async (path: string, init: RequestInit = {}) =>
    (await fetch(url + path, { ...init, headers: { authorization: `Bearer ${key}` } })).status;
  t.equal(await call('/api/units'), 200);
  t.equal(await call('/api/users'), 403, 'only what it was given');
  const me = await fetch(`${url}/api/me`, { headers: { authorization: `Bearer ${key}` } });
  t.match(await me.json(), { kind: 'machine', name: '统计平台', csrfToken: null });
  const asPerson = await fetch(`${url}/api/me/password`, {
    method: 'POST',
    headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
    body: JSON.stringify({ current: 'a', next: 'b' }),
  });
  t.equal(asPerson.status, 403);
  const stored = await owner.selectFrom('apiKeys').selectAll().execute();
  t.notMatch(JSON.stringify(stored), key.slice(6), 'kept as a hash');
  const list = await admin.get('/api/api-keys');
  t.notMatch(JSON.stringify(list.body), key.slice(6), 'shown once');
  setNow('2024-02-10T23:59:00+08:00');
  t.equal(await call('/api/units'), 200, 'its last day');
  setNow('2024-02-11T00:00:00+08:00');
  t.equal(await call('/api/units'), 401, 'the day after');
  setNow('2024-02-06T10:00:00+08:00');
  const id = String(made.body.id);
  t.equal((await admin.post(`/api/api-keys/${id}/revoke`, { reason: '更换' })).status, 200);
  t.equal(await call('/api/units'), 401);
  t.equal((await admin.post(`/api/api-keys/${id}/revoke`, { reason: '更换' })).body.code, 'api_key.revoked');
});

t.test('a secret is never kept beside an Idempotency-Key', async (t) => {
  const { as, anonymous, owner, filled } = await testApp(t);
  const admin = await as('administrator');
  const headers = { 'idempotency-key': 'once' };
  const key = await admin.post('/api/api-keys', { name: 'k', permissions: ['unit.read'] }, { headers });
  const user = await admin.post(
    '/api/users',
    { login: 'secret-user', name: '甲', roleKeys: ['auditor'] },
    { headers },
  );
  const login = { login: 'auditor', password: filled.password };
  const session = await anonymous().post('/api/login', login, { headers });
  const kept = JSON.stringify(await owner.selectFrom('idempotencyKeys').selectAll().execute());
  for (const secret of [key.body.key, user.body.oneTimePassword, session.body.csrfToken]) {
    t.type(secret, 'string');
    t.notOk(kept.includes(String(secret)));
  }
});
