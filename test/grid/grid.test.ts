import t from 'tap';
import { importDivisions } from '../../src/modules/grid/index.ts';
import { readDivisions } from '../../src/modules/grid/divisions-csv.ts';
import { uuidV7 } from '../../src/shared/ids.ts';
import { testApp } from '../app.ts';

type Division = { code: string; name: string; abolishedOn: string | null };
type Area = {
  id: string;
  level: string;
  name: string;
  workers: { id: string; name: string }[];
  version: number;
};

t.test('CSV: any header order, short codes, quotes; wrong lines are named', async (t) => {
  t.same(readDivisions('\uFEFFname,code\r\n四川省,51\r\n"新都, 区",510114\n\n新繁街道,510114005\n'), [
    { code: '510000', name: '四川省', parent: null, level: 'province' },
    { code: '510114', name: '新都, 区', parent: '510100', level: 'county' },
    { code: '510114005', name: '新繁街道', parent: '510114', level: 'street' },
  ]);
  for (const [csv, line] of [
    ['code\n51\n', 1],
    ['code,name\n51,四川省\n5,x\n', 3],
    ['code,name\n51,\n', 2],
    ['code,name\n51,四川省\n510000,四川省\n', 3],
    ['code,name\n', 1],
  ] as const) {
    t.throws(() => readDivisions(csv), { status: 400, code: 'division.bad_csv', params: { line } });
  }
});

t.test('divisions', async (t) => {
  const app = await testApp(t);
  const officer = await app.as('case_officer');
  const children = async (query: string): Promise<Division[]> => {
    const { status, body } = await officer.get<{ items: Division[] }>(`/api/divisions${query}`);
    t.equal(status, 200);
    return body.items;
  };

  await t.test('the whole country, and the streets of Sichuan', async (t) => {
    t.equal((await children('')).length, 31);
    t.match(await children('?parent=510100'), [{ code: '510104', name: '锦江区' }]);
    const streets = await children('?parent=510114');
    t.equal(streets.length, 9);
    t.same(
      streets.map(({ code }) => code),
      streets.map(({ code }) => code).toSorted(),
    );
    t.equal((await officer.get('/api/divisions?parent=51')).status, 400);
    t.equal((await app.anonymous().get('/api/divisions')).status, 401);
  });

  await t.test('a newer edition renames and abolishes; an older one changes nothing', async (t) => {
    const csv = 'code,name\n510114005,新繁街道\n510114001,大丰新街道\n51,四川省\n';
    const result = await importDivisions(app.ctx(), { csv, edition: '2024' });
    t.same(result, { edition: '2024', read: 3, added: 0, changed: 3, abolished: 7 });
    t.same(
      (await children('?parent=510114')).map(({ name }) => name),
      ['大丰新街道', '新繁街道'],
    );
    const all = await children('?parent=510114&includeAbolished=true');
    t.equal(all.length, 9, 'abolished codes stay');
    t.ok(all.some(({ name, abolishedOn }) => name === '军屯镇' && abolishedOn === '2023-12-31'));
    t.equal((await children('')).length, 31, 'a file of one province abolishes no other');
    t.same(await importDivisions(app.ctx(), {}), {
      edition: '2023',
      read: 6459,
      added: 0,
      changed: 0,
      abolished: 0,
    });
    const traces = await app.deps.db
      .selectFrom('auditEntries')
      .select('id')
      .where('action', '=', 'division.import')
      .where('subjectId', '=', '2024')
      .execute();
    t.equal(traces.length, 1);
  });
});

t.test('grid areas and workers', async (t) => {
  const app = await testApp(t);
  const administrator = await app.as('administrator');
  const officer = await app.as('case_officer');
  const create = (body: Record<string, unknown>) => administrator.post<Area>('/api/grid-areas', body);
  const street = await create({ level: 'street', name: '大丰街道', divisionCode: '510114001' });
  t.equal(street.status, 201);

  await t.test('a smaller area lies in a larger one of the bureau', async (t) => {
    const community = await create({ level: 'community', name: '演示社区二', parentId: street.body.id });
    t.equal(community.status, 201);
    t.match(await create({ level: 'street', name: 'x', parentId: community.body.id }), {
      status: 422,
      body: { code: 'grid.level_order' },
    });
    t.match(await create({ level: 'community', name: '演示社区二', parentId: street.body.id }), {
      status: 409,
      body: { code: 'grid.name_taken' },
    });
    t.equal((await create({ level: 'grid', name: 'x', parentId: uuidV7(1) })).status, 404);
    t.match(await create({ level: 'grid', name: 'x', unitId: uuidV7(1) }), {
      body: { code: 'grid.unknown_unit' },
    });
    t.match(await create({ level: 'grid', name: 'x', divisionCode: '999999' }), {
      status: 422,
      body: { code: 'grid.unknown_division' },
    });
    t.equal((await create({ level: 'grid', name: 'x', more: 1 })).status, 400);
    t.equal((await officer.post('/api/grid-areas', { level: 'street', name: 'x' })).status, 403);
    const listed = await officer.get<{ items: Area[] }>(`/api/grid-areas?parent=${street.body.id}`);
    t.same(
      listed.body.items.map(({ name }) => name),
      ['演示社区二'],
    );
  });

  await t.test('a stale change is refused', async (t) => {
    const path = `/api/grid-areas/${street.body.id}/amend`;
    const headers = { 'if-match': '"1"' };
    t.match(await administrator.post(path, { name: '大丰街道办' }, { headers }), {
      status: 200,
      body: { version: 2 },
    });
    t.equal((await administrator.post(path, { name: 'y' }, { headers })).status, 412);
  });

  await t.test('a worker looks after an area from a day to a day', async (t) => {
    const path = `/api/grid-areas/${street.body.id}/workers`;
    const worker = { userId: app.filled.users.grid_worker!.id, from: '2024-01-01' };
    const assigned = await administrator.post<Area>(path, worker);
    t.match(assigned, { status: 201, body: { workers: [{ name: '杨桂花' }] } });
    t.match(await administrator.post(path, worker), { status: 409, body: { code: 'grid.already_assigned' } });
    const stranger = { userId: app.filled.users.laboratory_clerk!.id, from: '2024-01-01' };
    t.match(await administrator.post(path, stranger), { status: 422, body: { code: 'grid.unknown_worker' } });
    const end = `/api/grid-workers/${assigned.body.workers[0]!.id}/end`;
    t.match(await administrator.post(end, { to: '2023-12-31' }), { status: 422 });
    t.match(await administrator.post(end, { to: '2024-02-04' }), {
      status: 200,
      body: { workers: { length: 0 } },
    });
    t.match(await administrator.post(end, { to: '2024-02-04' }), {
      status: 409,
      body: { code: 'grid.ended' },
    });
  });
});
