import fc from 'fast-check';
import { randomUUID } from 'node:crypto';
import t from 'tap';
import { testApp, type TestApp } from '../app.ts';
import { filedCase, must } from '../given/cases.ts';
import { FOUND, foundItems, inspectionUnderWay } from '../given/raid.ts';
import { contextOf } from '../../src/deps.ts';
import { inTx } from '../../src/context.ts';
import { move } from '../../src/modules/goods/index.ts';
import { replay } from '../../src/modules/goods/rules.ts';
import { PLACES, TITLES } from '../../src/modules/goods/schemas.ts';
import { cmp, normalise, sum } from '../../src/shared/decimal.ts';

type View = {
  id: string;
  version: number;
  quantity: string;
  whereabouts: Record<string, string>;
  balances: { place: string; title: string; quantity: string }[];
};

const JERKY = FOUND[0]!;

/** A context in which the case officer acts, for calling what has no route. */
function officerCtx(app: TestApp) {
  const { id, name } = app.filled.users.case_officer!;
  const { bureauId } = app.filled;
  const actor = {
    kind: 'user' as const,
    id,
    name,
    bureauId,
    unitId: null,
    laboratoryId: null,
    roles: [],
    permissions: new Set<string>(),
  };
  return contextOf(app.deps, actor, 'test');
}

t.test('what is found stands at the scene, is listed in order, and is traced once', async (t) => {
  const app = await testApp(t);
  const { id } = await inspectionUnderWay(app);
  const items = await foundItems(app, id);
  t.same(
    items.map((item) => item.foundNo),
    [1, 2, 3, 4],
  );
  const more = await foundItems(app, id, [JERKY]);
  t.equal(more[0]!.foundNo, 5, 'a further batch goes on');
  const officer = await app.as('case_officer');
  const page = await must<{ items: View[]; next: number | null }>(
    officer.get(`/api/inspections/${id}/items?limit=2`),
  );
  t.equal(page.items.length, 2);
  t.equal(page.next, 2);
  const rest = await must<{ items: View[]; next: number | null }>(
    officer.get(`/api/inspections/${id}/items?after=2`),
  );
  t.equal(rest.items.length, 3);
  t.equal(rest.next, null);
  t.same(page.items[1]!.balances, [{ place: 'scene', title: 'party', quantity: '350.5' }]);
  t.equal(page.items[1]!.whereabouts.found, '350.5');
  const movements = await must<{ items: { from: unknown; cause: string }[] }>(
    officer.get(`/api/goods/${items[0]!.id}/movements`),
  );
  t.match(movements.items, [
    { from: null, cause: 'goods.found', to: { place: 'scene', title: 'party' }, quantity: '120' },
  ]);
  const trail = await app.owner
    .selectFrom('auditEntries')
    .selectAll()
    .where('action', '=', 'goods.record')
    .execute();
  t.equal(trail.length, 2);
});

t.test('a batch with one bad line is refused whole, with the line and field', async (t) => {
  const app = await testApp(t);
  const { id } = await inspectionUnderWay(app);
  const officer = await app.as('case_officer');
  const send = (items: object[]) =>
    officer.post<{ code: string; errors: { field: string; code: string; message: string }[] }>(
      `/api/inspections/${id}/items`,
      { items },
    );
  for (const quantity of ['-1', '1e3', '１２', '0', '1234567890123456789', '', 12]) {
    const { status, body } = await send([JERKY, JERKY, JERKY, { ...JERKY, quantity }]);
    t.equal(status, 400, String(quantity));
    t.equal(body.errors[0]!.field, 'items.3.quantity', String(quantity));
    t.notMatch(body.errors[0]!.message, /^\w+\.\w+$|\{value\}/, 'a sentence');
  }
  const slip = await send([JERKY, { ...JERKY, unitPriceFen: 10 ** 12 }]);
  t.equal(slip.status, 422);
  t.same(
    slip.body.errors.map(({ field }) => field),
    ['items.1.unitPriceFen'],
  );
  t.equal((await send(Array.from({ length: 501 }, () => JERKY))).status, 400);
  const list = await must<{ items: unknown[] }>(officer.get(`/api/inspections/${id}/items`));
  t.equal(list.items.length, 0, 'nothing of a refused batch is left');
});

t.test('taken by the police and left on site: found is conserved, nothing goes twice', async (t) => {
  const app = await testApp(t);
  const { id } = await inspectionUnderWay(app);
  const [jerky, duck] = await foundItems(app, id);
  const officer = await app.as('case_officer');
  const path = `/api/inspections/${id}/items`;
  const police = await must<{ items: View[] }>(
    officer.post(`${path}/taken-by-police`, {
      items: [{ itemId: jerky!.id, quantity: '20' }],
      note: '公安机关现场扣押',
    }),
  );
  t.match(police.items[0]!.whereabouts, { found: '120', atScene: '100', takenByPolice: '20' });
  const left = await must<{ items: View[] }>(
    officer.post(`${path}/left-on-site`, {
      items: [
        { itemId: duck!.id, quantity: '0.5' },
        { itemId: jerky!.id, quantity: '100' },
      ],
    }),
  );
  t.match(left.items[1]!.whereabouts, { found: '120', atScene: '0', takenByPolice: '20', leftOnSite: '100' });
  const again = await officer.post<{ code: string; errors: { field: string }[] }>(`${path}/left-on-site`, {
    items: [
      { itemId: duck!.id, quantity: '1' },
      { itemId: jerky!.id, quantity: '1' },
    ],
  });
  t.equal(again.status, 409);
  t.equal(again.body.code, 'goods.negative_balance');
  t.same(
    again.body.errors.map(({ field }) => field),
    ['items.1.quantity'],
  );
  const unmoved = await must<{ items: View[] }>(officer.get(`${path}?after=1&limit=1`));
  t.equal(unmoved.items[0]!.whereabouts.leftOnSite, '0.5', 'the good line of a refused batch did not move');
  const twice = await officer.post<{ code: string }>(`${path}/left-on-site`, {
    items: [
      { itemId: duck!.id, quantity: '1' },
      { itemId: duck!.id, quantity: '1' },
    ],
  });
  t.match(twice, { status: 422, body: { code: 'goods.same_item_twice' } });
  const other = await inspectionUnderWay(app);
  const foreign = await officer.post<{ code: string }>(`/api/inspections/${other.id}/items/left-on-site`, {
    items: [{ itemId: duck!.id, quantity: '1' }],
  });
  t.match(foreign, { status: 422, body: { code: 'goods.of_other_inspection' } });
});

t.test('two connections race for the same balance: one wins, one loses cleanly', async (t) => {
  const app = await testApp(t);
  const { id } = await inspectionUnderWay(app);
  const [jerky] = await foundItems(app, id);
  const officer = await app.as('case_officer');
  const second = await app.as('case_officer_2');
  const body = { items: [{ itemId: jerky!.id, quantity: '70' }] };
  const answers = await Promise.all([
    officer.post(`/api/inspections/${id}/items/left-on-site`, body),
    second.post(`/api/inspections/${id}/items/taken-by-police`, body),
  ]);
  t.same(
    answers.map(({ status }) => status).toSorted((a, b) => a - b),
    [200, 409],
  );
  // The same below the routes, where no inspection's row makes them wait for each other.
  const ctx = officerCtx(app);
  const [, duck] = await foundItems(app, id);
  const results = await Promise.allSettled(
    Array.from({ length: 6 }, () =>
      inTx(ctx, (tx) =>
        move(tx, {
          itemId: duck!.id,
          from: { place: 'scene', title: 'party' },
          to: { place: 'store', title: 'held' },
          quantity: '100',
          cause: 'test',
          subject: { kind: 'test', id: randomUUID() },
        }),
      ),
    ),
  );
  t.equal(results.filter(({ status }) => status === 'fulfilled').length, 3, '350.5 holds 100 three times');
  for (const result of results)
    if (result.status === 'rejected') t.match(result.reason, { code: 'goods.negative_balance', status: 409 });
});

t.test('any sequence of moves conserves an item and never goes below nothing', async (t) => {
  const app = await testApp(t);
  const { id } = await inspectionUnderWay(app);
  const ctx = officerCtx(app);
  const account = fc.record({ place: fc.constantFrom(...PLACES), title: fc.constantFrom(...TITLES) });
  const amount = fc.integer({ min: 1, max: 9_000_000 }).map((n) => normalise((n / 1_000_000).toFixed(6)));
  await fc.assert(
    fc.asyncProperty(fc.array(fc.tuple(account, account, amount), { maxLength: 12 }), async (moves) => {
      const [item] = await foundItems(app, id, [{ ...JERKY, quantity: '10' }]);
      for (const [from, to, quantity] of moves) {
        const subject = { kind: 'test', id: randomUUID() };
        await inTx(ctx, (tx) =>
          move(tx, { itemId: item!.id, from, to, quantity, cause: 'test', subject }),
        ).catch((error: { code?: string }) => {
          if (error.code !== 'goods.negative_balance' && error.code !== 'goods.same_account') throw error;
        });
      }
      const entries = await app.owner
        .selectFrom('goodsMovements')
        .selectAll()
        .where('itemId', '=', item!.id)
        .orderBy('id')
        .execute();
      const balances = await app.owner
        .selectFrom('goodsBalances')
        .selectAll()
        .where('itemId', '=', item!.id)
        .execute();
      const kept = balances.filter(({ quantity }) => cmp(quantity, '0') !== 0);
      const key = (b: { place: string; title: string; quantity: string }) =>
        `${b.place}/${b.title}=${normalise(b.quantity)}`;
      t.same(
        kept.map(key).toSorted(),
        replay(entries).map(key).toSorted(),
        'the balances are what the ledger sums to',
      );
      t.equal(cmp(sum(balances.map(({ quantity }) => quantity)), '10'), 0, 'conserved');
      t.ok(
        balances.every(({ quantity }) => cmp(quantity, '0') >= 0),
        'never below nothing',
      );
    }),
    { numRuns: 25 },
  );
});

t.test('a mistake in the ledger is set right by an entry of its own', async (t) => {
  const app = await testApp(t);
  const { id } = await inspectionUnderWay(app);
  const [jerky] = await foundItems(app, id);
  const officer = await app.as('case_officer');
  await must(
    officer.post(`/api/inspections/${id}/items/left-on-site`, {
      items: [{ itemId: jerky!.id, quantity: '5' }],
    }),
  );
  const entries = async () =>
    (
      await must<{ items: { id: number; cause: string; reason: string | null }[] }>(
        officer.get(`/api/goods/${jerky!.id}/movements`),
      )
    ).items;
  const [found, left] = await entries();
  const correction = {
    movementId: left!.id,
    quantity: '2',
    reason: '清点有误，实际留置三袋。',
  };
  const view = await must<View>(officer.post(`/api/goods/${jerky!.id}/corrections`, correction));
  t.match(view.whereabouts, { found: '120', atScene: '117', leftOnSite: '3' });
  const items = await entries();
  t.match(items.at(-1), { cause: 'goods.correct', reason: correction.reason });
  t.equal(items.length, 3, 'what was written stays');
  const refused = async (change: object, code: string) =>
    t.match(await officer.post(`/api/goods/${jerky!.id}/corrections`, { ...correction, ...change }), {
      status: 422,
      body: { code },
    });
  await refused({ quantity: '4' }, 'goods.more_than_entry');
  await refused({ movementId: found!.id }, 'goods.not_reversible');
  await refused({ movementId: 999_999 }, 'goods.unknown_entry');
});

t.test('a correction keeps nothing and disposes of nothing: that is for a measure', async (t) => {
  const app = await testApp(t);
  const { id } = await inspectionUnderWay(app);
  const [jerky] = await foundItems(app, id, [JERKY]);
  const held = { place: 'store', title: 'held' } as const;
  const back = {
    itemId: jerky!.id,
    quantity: '10',
    cause: 'test',
    subject: { kind: 'test', id: randomUUID() },
  };
  const scene = { place: 'scene', title: 'party' } as const;
  const ctx = officerCtx(app);
  await inTx(ctx, (tx) => move(tx, { ...back, from: scene, to: held }));
  await inTx(ctx, (tx) => move(tx, { ...back, from: held, to: { place: 'returned', title: 'party' } }));
  const officer = await app.as('case_officer');
  const { items } = await must<{ items: { id: number }[] }>(officer.get(`/api/goods/${jerky!.id}/movements`));
  const body = { movementId: items.at(-1)!.id, quantity: '1', reason: '误记' };
  t.match(await officer.post(`/api/goods/${jerky!.id}/corrections`, body), {
    status: 422,
    body: { code: 'goods.not_reversible', article: /行政强制法/ },
  });
  const accounts = { from: scene, to: held, quantity: '1', reason: '误记' };
  t.equal((await officer.post(`/api/goods/${jerky!.id}/corrections`, accounts)).status, 400);
});

t.test('when the inspection ends, nothing stands at the scene; what is left may be re-counted', async (t) => {
  const app = await testApp(t);
  const { id } = await inspectionUnderWay(app);
  const [jerky] = await foundItems(app, id);
  const officer = await app.as('case_officer');
  const record = { idsShownAnswer: '看清楚了。', rightsToldAnswer: '不申请回避。', findings: '见清单。' };
  await must(officer.post(`/api/inspections/${id}/record`, record));
  await must(officer.post(`/api/inspections/${id}/end`, { closingAnswer: '属实。' }));
  await foundItems(app, id, [JERKY]);
  const { items } = await must<{ items: View[] }>(officer.get(`/api/inspections/${id}/items`));
  for (const { whereabouts } of items) {
    if (whereabouts) t.match(whereabouts, { atScene: '0', leftOnSite: whereabouts.found });
  }
  const { items: entries } = await must<{ items: { cause: string }[] }>(
    officer.get(`/api/goods/${jerky!.id}/movements`),
  );
  t.match(entries.at(-1), { cause: 'inspection.end', subject: { kind: 'inspection', id } });
  const recount = { changes: { quantity: '118' }, reason: '清点更正' };
  await must(officer.post(`/api/goods/${jerky!.id}/amend`, recount));
});

t.test('a line is amended and voided while it lies untouched; a re-count is an entry', async (t) => {
  const app = await testApp(t);
  const { id } = await inspectionUnderWay(app);
  const [jerky, duck] = await foundItems(app, id);
  const officer = await app.as('case_officer');
  const amend = (item: string, changes: object) =>
    officer.post<{ code: string }>(`/api/goods/${item}/amend`, { changes, reason: '清点更正' });
  t.equal((await amend(jerky!.id, { name: '风味牛肉干', quantity: '118' })).status, 200);
  const list = await must<{ items: View[] }>(officer.get(`/api/inspections/${id}/items?limit=1`));
  t.match(list.items[0], { name: '风味牛肉干', quantity: '118', whereabouts: { found: '118' } });
  t.equal((await amend(jerky!.id, { quantity: '130.5' })).status, 200);
  await must(
    officer.post(`/api/inspections/${id}/items/left-on-site`, {
      items: [{ itemId: jerky!.id, quantity: '1' }],
    }),
  );
  t.match(await amend(jerky!.id, { quantity: '120' }), {
    status: 409,
    body: { code: 'goods.moved_already' },
  });
  t.equal((await amend(jerky!.id, { remark: '外包装破损' })).status, 200, 'words may still be corrected');
  t.equal((await officer.post(`/api/goods/${duck!.id}/void`, { reason: '重复登记' })).status, 200);
  const live = await must<{ items: View[] }>(officer.get(`/api/inspections/${id}/items`));
  t.equal(live.items.length, 3);
  t.match(await officer.post(`/api/goods/${duck!.id}/price`, { unitPriceFen: 1, basis: 'market' }), {
    status: 409,
    body: { code: 'record.void' },
  });
});

t.test('the value of a case: arithmetic, capitals, flags, and what was sold', async (t) => {
  const app = await testApp(t);
  const filed = await filedCase(app);
  const { id } = await inspectionUnderWay(app, { sourceId: filed.sourceId });
  const [, duck] = await foundItems(app, id, [{ ...JERKY, quantity: '200', unitPriceFen: 5000 }, FOUND[1]!]);
  const officer = await app.as('case_officer');
  type Value = {
    total: { exactFen: string; figures: string; capitals: string };
    unpriced: number;
    flags: { id: string; reached: boolean; arithmetic: string; citation: string }[];
    items: { arithmetic: string; counted: boolean }[];
  };
  const value = await must<Value>(officer.get(`/api/cases/${filed.id}/value`));
  t.same(value.total, { exactFen: '1000000', figures: '10,000.00', capitals: '壹万元整' });
  t.equal(value.items[0]!.arithmetic, '50.00 × 200 = 10,000.00');
  t.equal(value.unpriced, 0, 'materials do not count unless they are asked for');
  const flag = (v: Value, flagId: string) => v.flags.find((one) => one.id === flagId)!;
  t.ok(flag(value, 'FSL122').reached, 'exactly 10,000 takes the multiple');
  t.ok(flag(value, 'FSL124').reached);
  t.notOk(flag(value, 'CL140_sold').reached);
  const price = await must<View & { version: number }>(
    officer.post(`/api/goods/${duck!.id}/price`, {
      unitPriceFen: 1234,
      basis: 'market',
      note: '批发市场均价',
    }),
  );
  t.match(price, { unitPriceFen: 1234, priceBasis: 'market' });
  const wider = await must<Value>(
    officer.get(`/api/cases/${filed.id}/value?soldFen=5000000&include=raw_material`),
  );
  t.equal(wider.total.exactFen, String(1_000_000 + 432_517 + 5_000_000), '350.5 × 12.34 = 4,325.17');
  t.ok(flag(wider, 'CL140_sold').reached);
  const { state } = await must<{ state: string }>(officer.get(`/api/cases/${filed.id}`));
  t.equal(state, 'investigating', 'it moves nothing');
  const goods = await must<{ items: View[] }>(officer.get(`/api/cases/${filed.id}/goods`));
  t.equal(goods.items.length, 2);
});

t.test('a repeat is the first answer; a stale version is refused; nobody else reads or writes', async (t) => {
  const app = await testApp(t);
  const { id } = await inspectionUnderWay(app);
  const officer = await app.as('case_officer');
  const headers = { 'idempotency-key': 'batch-1' };
  const first = await officer.post<{ items: View[] }>(
    `/api/inspections/${id}/items`,
    { items: [JERKY] },
    { headers },
  );
  const repeat = await officer.post<{ items: View[] }>(
    `/api/inspections/${id}/items`,
    { items: [JERKY] },
    { headers },
  );
  t.same(repeat.body, first.body);
  const list = await must<{ items: View[] }>(officer.get(`/api/inspections/${id}/items`));
  t.equal(list.items.length, 1);
  const item = list.items[0]!;
  const price = { unitPriceFen: 100, basis: 'label' };
  await must(
    officer.post(`/api/goods/${item.id}/price`, price, { headers: { 'if-match': `"${item.version}"` } }),
  );
  const stale = await officer.post(`/api/goods/${item.id}/price`, price, {
    headers: { 'if-match': `"${item.version}"` },
  });
  t.equal(stale.status, 412);
  for (const role of ['intake_officer', 'auditor', 'grid_worker', 'laboratory_clerk', 'administrator']) {
    const client = await app.as(role);
    t.equal((await client.post(`/api/inspections/${id}/items`, { items: [JERKY] })).status, 403, role);
    t.equal((await client.post(`/api/goods/${item.id}/price`, price)).status, 403, role);
  }
  t.equal((await (await app.as('auditor')).get(`/api/inspections/${id}/items`)).status, 200);
  t.equal((await (await app.as('laboratory_clerk')).get(`/api/inspections/${id}/items`)).status, 403);
  t.equal((await officer.get(`/api/goods/${randomUUID()}/movements`)).status, 404);
});
