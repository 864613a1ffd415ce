import { randomUUID } from 'node:crypto';
import t from 'tap';
import { checkQualification, isQualified, requireOwner } from '../../src/modules/laboratories/rules.ts';
import { testApp } from '../app.ts';
import { must, strangerOf } from '../given/cases.ts';

type Laboratory = { id: string; name: string; qualified: boolean; version: number; validTo: string | null };

const BODY = {
  name: '四川某某检测有限公司',
  cmaNumber: '212300000001',
  cnasNumber: 'L00001',
  validFrom: '2021-03-01',
  validTo: '2024-02-05',
  address: '成都市某某路8号',
  phone: '02800000001',
};

t.test('a laboratory is a qualified body on the days of its mark, both ends in', async (t) => {
  const mark = { cmaNumber: '1', validFrom: '2021-03-01', validTo: '2024-02-05' };
  t.notOk(isQualified(mark, '2021-02-28'));
  t.ok(isQualified(mark, '2021-03-01'));
  t.ok(isQualified(mark, '2024-02-05'));
  t.notOk(isQualified(mark, '2024-02-06'));
  t.notOk(isQualified({ ...mark, cmaNumber: null }, '2022-01-01'));
  t.ok(isQualified({ ...mark, validFrom: null, validTo: null }, '2099-01-01'));
  t.throws(() => checkQualification({ ...mark, validTo: '2021-02-28' }), { code: 'laboratory.validity' });
  t.throws(() => checkQualification({ ...mark, cmaNumber: null }), { code: 'laboratory.validity' });
  t.doesNotThrow(() => checkQualification({ cmaNumber: null, validFrom: null, validTo: null }));
});

t.test('entered, listed, amended with the reason in the trail', async (t) => {
  const app = await testApp(t);
  const admin = await app.as('administrator');
  const made = await must<Laboratory>(admin.post('/api/laboratories', BODY), 201);
  t.match(made, { ...BODY, qualified: true, version: 1 });
  const twice = await admin.post('/api/laboratories', BODY);
  t.match(twice, { status: 409, body: { code: 'laboratory.name_taken' } });
  const found = await must<{ items: Laboratory[] }>(
    admin.get(`/api/laboratories?q=${encodeURIComponent('某某检测')}`),
  );
  t.same(
    found.items.map(({ id }) => id),
    [made.id],
  );
  t.same((await must<{ items: Laboratory[] }>(admin.get('/api/laboratories?q=%25'))).items, []);
  const path = `/api/laboratories/${made.id}`;
  const amended = await must<Laboratory>(
    admin.post(
      `${path}/amend`,
      { validTo: '2030-02-28', reason: '资质延续' },
      { headers: { 'if-match': '"1"' } },
    ),
  );
  t.match(amended, { validTo: '2030-02-28', version: 2, name: BODY.name });
  const stale = await admin.post(
    `${path}/amend`,
    { phone: null, reason: '停用' },
    { headers: { 'if-match': '"1"' } },
  );
  t.equal(stale.status, 412);
  const entry = await app.owner
    .selectFrom('auditEntries')
    .select('detail')
    .where('action', '=', 'laboratory.amend')
    .executeTakeFirstOrThrow();
  t.same(entry.detail, {
    before: { validTo: '2024-02-05' },
    after: { validTo: '2030-02-28' },
    reason: '资质延续',
  });
  app.setNow('2030-03-01T00:00:00+08:00');
  t.equal((await must<Laboratory>(admin.get(path))).qualified, false, 'the mark ran out');
});

t.test('bad input is refused with its field; a repeat is the first answer', async (t) => {
  const app = await testApp(t);
  const admin = await app.as('administrator');
  const bad: [object, string][] = [
    [{ validTo: '2024-02-30' }, 'validTo'],
    [{ name: '  ' }, 'name'],
    [{ name: `名${'长'.repeat(200)}` }, 'name'],
    [{ phone: 'a\u0007' }, 'phone'],
    [{ colour: 'red' }, 'colour'],
  ];
  for (const [change, field] of bad) {
    const { status, body } = await admin.post<{ errors: { field: string }[] }>('/api/laboratories', {
      ...BODY,
      ...change,
    });
    t.equal(status, 400, field);
    t.ok(
      body.errors.some((error) => error.field === field),
      field,
    );
  }
  const reversed = await admin.post('/api/laboratories', { ...BODY, validTo: '2021-02-28' });
  t.match(reversed, { status: 422, body: { code: 'laboratory.validity', errors: [{ field: 'validTo' }] } });
  const headers = { 'idempotency-key': randomUUID() };
  const first = await admin.post('/api/laboratories', BODY, { headers });
  const repeat = await admin.post('/api/laboratories', BODY, { headers });
  t.same([first.status, repeat.status], [201, 201]);
  t.same(repeat.body, first.body);
});

t.test('who may: administrators enter and amend, a laboratory sees its own house only', async (t) => {
  const app = await testApp(t);
  const made = await must<Laboratory>((await app.as('administrator')).post('/api/laboratories', BODY), 201);
  for (const role of ['case_officer', 'bureau_head', 'auditor', 'laboratory_clerk', 'laboratory_approver']) {
    const client = await app.as(role);
    t.equal((await client.post('/api/laboratories', { ...BODY, name: role })).status, 403, role);
    t.equal((await client.post(`/api/laboratories/${made.id}/amend`, { reason: 'x' })).status, 403, role);
  }
  const clerk = await app.as('laboratory_clerk');
  t.equal((await clerk.get(`/api/laboratories/${made.id}`)).status, 404);
  const own = await must<{ items: Laboratory[] }>(clerk.get('/api/laboratories'));
  t.same(
    own.items.map(({ id }) => id),
    [app.filled.laboratoryId],
  );
  t.equal((await (await app.as('case_officer')).get(`/api/laboratories/${made.id}`)).status, 200);
  t.equal((await app.anonymous().get('/api/laboratories')).status, 401);
});

t.test(
  'whose record it is: its own once it has an administrator, else of the bureau that entered it',
  (t) => {
    const laboratory = { id: 'lab', ownerBureauId: 'ours', selfAdministered: false };
    const own = { ...laboratory, selfAdministered: true };
    const of = (bureauId: string | null, laboratoryId: string | null = null) => ({ bureauId, laboratoryId });
    t.doesNotThrow(() => requireOwner(laboratory, of('ours')));
    t.doesNotThrow(() => requireOwner(laboratory, of(null, 'lab')));
    t.doesNotThrow(() => requireOwner(own, of(null, 'lab')));
    t.throws(() => requireOwner(laboratory, of('theirs')), { code: 'laboratory.of_another' });
    t.throws(() => requireOwner(laboratory, of(null, 'another')), { code: 'laboratory.of_another' });
    t.throws(() => requireOwner({ ...laboratory, ownerBureauId: null }, of(null)), {
      code: 'laboratory.of_another',
    });
    t.throws(() => requireOwner(own, of('ours')), { code: 'laboratory.self_administered' });
    t.end();
  },
);

type Seen = Laboratory & { allowedActions: { action: string; allowed: boolean; code?: string }[] };

t.test('a bureau uses what another entered, and neither changes nor peoples it', async (t) => {
  const app = await testApp(t);
  const admin = await app.as('administrator');
  const stranger = await strangerOf(app, ['administrator']);
  const { id } = await must<Laboratory>(admin.post('/api/laboratories', BODY), 201);
  const path = `/api/laboratories/${id}`;
  const change = { cmaNumber: '999999999999', reason: '改' };
  t.match(await stranger.post(`${path}/amend`, change), {
    status: 403,
    body: { code: 'laboratory.of_another' },
  });
  const seen = await must<Seen>(stranger.get(path));
  t.match(seen.allowedActions, [{ action: 'amend', allowed: false, code: 'laboratory.of_another' }]);
  const person = { login: 'their-lab', name: '外', roleKeys: ['laboratory_administrator'], laboratoryId: id };
  t.equal((await stranger.post('/api/users', person)).status, 404, 'nor through people of his own there');
  t.equal((await must<Laboratory>(admin.get(path))).version, 1);
  t.match((await must<Seen>(admin.get(path))).allowedActions, [{ action: 'amend', allowed: true }]);
});

t.test('once it has an administrator of its own it keeps its record itself', async (t) => {
  const app = await testApp(t);
  const admin = await app.as('administrator');
  const { id } = await must<Laboratory>(admin.post('/api/laboratories', BODY), 201);
  const path = `/api/laboratories/${id}`;
  const password = 'Some-Pass-2024';
  const person = { login: 'own-lab', name: '内', roleKeys: ['laboratory_administrator'], laboratoryId: id };
  const user = await must<{ id: string }>(admin.post('/api/users', { ...person, password }), 201);
  await app.owner.updateTable('users').set({ mustChangePassword: false }).where('id', '=', user.id).execute();
  const own = await app.anonymous().logIn('own-lab', password);
  t.match(await admin.post(`${path}/amend`, { phone: null, reason: '停用' }), {
    status: 403,
    body: { code: 'laboratory.self_administered' },
  });
  await must(own.post(`${path}/amend`, { phone: '02800000009', reason: '换号' }));
  t.match(await must<Seen>(admin.get(path)), {
    phone: '02800000009',
    selfAdministered: true,
    allowedActions: [{ allowed: false }],
  });
  const other = await must<Laboratory>(admin.post('/api/laboratories', { ...BODY, name: '另一家' }), 201);
  t.equal((await own.post(`/api/laboratories/${other.id}/amend`, { reason: 'x' })).status, 403);
  const trail = await app.owner
    .selectFrom('auditEntries')
    .select('bureauId')
    .where('action', '=', 'laboratory.amend')
    .execute();
  t.same(
    trail.map(({ bureauId }) => bureauId),
    [app.filled.bureauId],
  );
  await must(admin.post(`/api/users/${user.id}/deactivate`, { reason: '离职' }));
  await must(admin.post(`${path}/amend`, { phone: null, reason: '停用' }));
});
