import fc from 'fast-check';
import t from 'tap';
import { add, cmp, sub, sum } from '../../src/shared/decimal.ts';
import { testApp, type TestApp } from '../app.ts';
import { decide, must, officersOf, strangerOf } from '../given/cases.ts';
import { FOUND } from '../given/raid.ts';
import { dispatchOf, takingOf } from '../given/samples.ts';
import {
  actionOf,
  approvedMeasure,
  clockOf,
  EXECUTION,
  linesOf,
  measureInForce,
  measureOf,
  type MeasureSeen,
  scene,
  urgentMeasure,
  whereOf,
} from '../given/seizures.ts';

type Lifted = MeasureSeen & {
  toReturn: number;
  endedAt: string | null;
  liftings: { state: string; ground: string; groundText: string; items: unknown; liftedAt: string | null }[];
  returns: { receivedBy: string; officerIds: string[]; paperNumber: string | null }[];
};

const WHOLE = { ground: 'not_needed', reasons: '证据已经固定，不再需要扣押。' };

/** How goods are handed back when all is as the law asks. */
const returnOf = (app: TestApp): Record<string, unknown> => ({
  receivedBy: '王某',
  officerIds: officersOf(app),
  paperNumber: '新都市监解强〔2024〕1号',
});

/** Asks to lift, and has the head agree. */
async function lifted(app: TestApp, id: string, body: object = WHOLE): Promise<Lifted> {
  const officer = await app.as('case_officer');
  const asked = await must<Lifted>(officer.post(`/api/measures/${id}/lift`, body));
  await decide(app, asked.approvals.find(({ state }) => state === 'proposed')!.id);
  return (await measureOf(app, id)) as Lifted;
}

t.test('lifted by the head, handed back against both signatures', async (t) => {
  const app = await testApp(t);
  const officer = await app.as('case_officer');
  const site = await scene(app);
  const { id } = await measureInForce(app, site, { places: [0, 2] });
  const seals = [{ number: '新都封0009', place: '外箱' }];
  await must(officer.post(`/api/measures/${id}/seals`, { seals }));
  app.setNow('2024-03-20T10:00:00+08:00');
  const asked = await must<Lifted>(officer.post(`/api/measures/${id}/lift`, WHOLE));
  t.match(asked, {
    state: 'in_force',
    holding: 2,
    liftings: [
      { state: 'proposed', ground: 'not_needed', groundText: /不再需要/, items: null, liftedAt: null },
    ],
  });
  t.same(await whereOf(app, id), [{ 'store/held': '120' }, { 'store/held': '1' }], 'asking moves nothing');
  const request = asked.approvals.find(({ matter }) => matter === 'measure.lift')!;
  t.match(await must((await app.as('bureau_head')).get(`/api/approvals/${request.id}`)), {
    grounds: /解除全部.*\n其他不再需要.*第五项）。\n证据已经固定/,
    decides: 'head',
  });
  t.match(await officer.post(`/api/measures/${id}/lift`, WHOLE), {
    status: 409,
    body: { code: 'measure.lift_waiting', gate: 'K21', article: /第三十六条/ },
  });
  app.setNow('2024-03-21T09:00:00+08:00');
  await decide(app, request.id);
  const done = (await measureOf(app, id)) as Lifted;
  t.match(done, {
    state: 'lifted',
    endedAt: '2024-03-21T09:00:00+08:00',
    holding: 0,
    mustRelease: false,
    toReturn: 2,
    seals: [{ state: 'removed' }],
    liftings: [{ state: 'approved', liftedAt: '2024-03-21T09:00:00+08:00' }],
  });
  t.same(
    done.clocks.map(({ rule, state }) => [rule, state]).toSorted(([a], [b]) => a!.localeCompare(b!)),
    [
      ['S04', 'met'],
      ['S04f', 'met'],
    ],
  );
  t.same(await whereOf(app, id), [{ 'store/party': '120' }, { 'store/party': '1' }], 'his, and still kept');
  const alarm = { code: 'measure.not_returned', gate: 'K21', article: /第四十二条第二款/ };
  t.match(
    done.alarms.find(({ code }) => code === alarm.code),
    alarm,
  );
  const back = (change: object) =>
    officer.post<Lifted>(`/api/measures/${id}/return-items`, { ...returnOf(app), ...change });
  t.match(await back({ officerIds: officersOf(app).slice(0, 1) }), {
    status: 422,
    body: { code: 'measure.two_officers' },
  });
  t.match(await back({ paperNumber: undefined }), {
    status: 400,
    body: { errors: [{ field: 'paperNumber' }] },
  });
  t.match(await back({ returnedAt: '2024-03-21T08:59:59+08:00' }), {
    status: 422,
    body: { code: 'measure.return_before_lifting', errors: [{ field: 'returnedAt' }] },
  });
  t.match(await back({ returnedAt: '2024-03-21T09:00:01+08:00' }), {
    status: 422,
    body: { code: 'field.future' },
  });
  t.match(await back({ documentId: site.sourceId }), { status: 422, body: { code: 'measure.return_paper' } });
  const some = [{ itemId: site.items[0]!.id, quantity: '100' }];
  t.match(await back({ items: some }), { status: 200, body: { toReturn: 2 } });
  t.same(await whereOf(app, id), [{ 'returned/party': '100', 'store/party': '20' }, { 'store/party': '1' }]);
  const over = await back({ items: [{ itemId: site.items[0]!.id, quantity: '20.5' }] });
  t.match(over, {
    status: 409,
    body: { code: 'goods.negative_balance', errors: [{ field: 'items.0.quantity' }] },
  });
  const rest = await must<Lifted>(back({}));
  t.match(rest, { toReturn: 0, returns: [{ receivedBy: '王某' }, { paperNumber: /解强/ }] });
  t.notOk(rest.alarms.some(({ code }) => code === alarm.code));
  t.same(await whereOf(app, id), [{ 'returned/party': '120' }, { 'returned/party': '1' }]);
  t.match(await back({}), { status: 409, body: { code: 'measure.nothing_to_return' } });
  t.equal(actionOf(rest, 'return_items')?.code, 'measure.nothing_to_return');
  const trail = await app.owner
    .selectFrom('auditEntries')
    .select('action')
    .where('subjectId', '=', id)
    .orderBy('id')
    .execute();
  t.same(
    trail.slice(-4).map(({ action }) => action),
    ['measure.lift', 'measure.lifted', 'measure.return_items', 'measure.return_items'],
  );
});

t.test('in part: each clock runs as long as something stands on its basis', async (t) => {
  const app = await testApp(t);
  const site = await scene(app);
  const { id } = await measureInForce(app, site, { places: [0, 1, 2] });
  const [jerky, duck, tool] = site.items;
  const some = await lifted(app, id, {
    ...WHOLE,
    ground: 'unrelated',
    items: [{ itemId: jerky!.id, quantity: '20' }, { itemId: duck!.id }],
  });
  t.match(some, { state: 'in_force', holding: 2, toReturn: 2, endsOn: '2024-04-06' });
  t.same(await whereOf(app, id), [
    { 'store/held': '100', 'store/party': '20' },
    { 'store/party': '350.5' },
    { 'store/held': '1' },
  ]);
  t.equal(clockOf(some, 'S04f')?.state, 'running', 'of the jerky a hundred bags are held');
  const food = await lifted(app, id, { ...WHOLE, items: [{ itemId: jerky!.id }] });
  t.match(food, { state: 'in_force', holding: 1 });
  t.same([clockOf(food, 'S04f')?.state, clockOf(food, 'S04')?.state], ['met', 'running']);
  const officer = await app.as('case_officer');
  const again = await officer.post(`/api/measures/${id}/lift`, { ...WHOLE, items: [{ itemId: jerky!.id }] });
  t.match(again, {
    status: 422,
    body: { code: 'measure.not_held', errors: [{ field: 'items.0.itemId' }] },
  });
  t.match(await lifted(app, id, { ...WHOLE, items: [{ itemId: tool!.id }] }), {
    state: 'lifted',
    holding: 0,
    clocks: [{ state: 'met' }, { state: 'met' }],
  });
});

t.test('premises are opened, what lies in them stays sealed', async (t) => {
  const app = await testApp(t);
  const officer = await app.as('case_officer');
  const site = await scene(app);
  const sealing = { kind: 'sealing', items: linesOf(site.items, [3, 1]) };
  const { id } = await approvedMeasure(app, site, sealing);
  const seals = [{ number: '新都封0010', place: '加工间大门' }];
  await must(officer.post(`/api/measures/${id}/execute`, { ...EXECUTION, seals }));
  const premises = site.items[3]!.id;
  const counted = { ...WHOLE, items: [{ itemId: premises, quantity: '1' }] };
  t.equal((await officer.post(`/api/measures/${id}/lift`, counted)).status, 422);
  const open = await lifted(app, id, { ...WHOLE, items: [{ itemId: premises }] });
  t.match(open, { state: 'in_force', holding: 1, toReturn: 0, seals: [{ state: 'intact' }] });
  const { items } = await must<{ items: { liftedAt: string | null }[] }>(
    officer.get(`/api/measures/${id}/items`),
  );
  t.match(items, [{ liftedAt: '2024-03-07T10:00:00+08:00' }, { liftedAt: null }]);
  t.match(await lifted(app, id), { state: 'lifted', holding: 0, seals: [{ state: 'removed' }] });
  t.same(await whereOf(app, id), [{}, { 'site/party': '350.5' }], 'what was sealed stays where it is');
});

t.test('what bars it', async (t) => {
  const app = await testApp(t);
  const officer = await app.as('case_officer');
  const site = await scene(app);
  const { id } = await measureInForce(app, site, { places: [0] });
  const ask = (measure: string, change: object = {}) =>
    officer.post(`/api/measures/${measure}/lift`, { ...WHOLE, ...change });
  t.match(await ask(id, { ground: 'period_over' }), {
    status: 422,
    body: { code: 'measure.period_runs', article: /第二十八条/, errors: [{ field: 'ground' }] },
  });
  t.equal((await ask(id, { ground: 'whim' })).status, 400);
  t.equal((await ask(id, { items: [] })).status, 400);
  const twice = [{ itemId: site.items[0]!.id }, { itemId: site.items[0]!.id }];
  t.equal((await ask(id, { items: [{ itemId: site.items[1]!.id }] })).body.code, 'goods.not_listed');
  t.equal((await ask(id, { items: twice })).status, 422);
  t.equal((await officer.post(`/api/measures/${id}/return-items`, returnOf(app))).status, 409);
  const urgent = await urgentMeasure(app, await scene(app), [0]);
  t.match(await ask(urgent.id), { status: 409, body: { code: 'measure.approval_waiting', gate: 'K21' } });
  t.equal(actionOf(urgent, 'lift')?.code, 'measure.approval_waiting');
  t.equal((await (await strangerOf(app)).post(`/api/measures/${id}/lift`, WHOLE)).status, 404);
  t.equal(
    (await (await strangerOf(app)).post(`/api/measures/${id}/return-items`, returnOf(app))).status,
    404,
  );
  const both = await Promise.all([ask(id), ask(id)]);
  t.same(
    both.map(({ status }) => status).toSorted((a, b) => a - b),
    [200, 409],
  );
  const waiting = (await measureOf(app, id)).approvals.find(({ state }) => state === 'proposed')!;
  await decide(app, waiting.id, { decision: 'refused' });
  t.match(await measureOf(app, id), { state: 'in_force', holding: 1, liftings: [{ state: 'refused' }] });
  app.setNow('2024-04-07T09:00:00+08:00');
  t.match(await measureOf(app, id), { mustRelease: true });
  t.match(await lifted(app, id, { ...WHOLE, ground: 'period_over' }), {
    state: 'lifted',
    mustRelease: false,
  });
  t.match(await ask(id), { status: 409, body: { code: 'workflow.action_not_allowed' } });
});

t.test(
  'an urgent measure the head refuses: the goods are the party’s and go back against signatures',
  async (t) => {
    const app = await testApp(t);
    const officer = await app.as('case_officer');
    const measure = await urgentMeasure(app, await scene(app), [0]);
    await decide(app, measure.approvalId!, { decision: 'refused' });
    t.match(await measureOf(app, measure.id), { state: 'lifted', toReturn: 1, liftings: [] });
    await must(officer.post(`/api/measures/${measure.id}/return-items`, returnOf(app)));
    t.same(await whereOf(app, measure.id), [{ 'returned/party': '120' }]);
  },
);

t.test('what was in the laboratory when the measure ended comes back as the party’s', async (t) => {
  const app = await testApp(t);
  const officer = await app.as('case_officer');
  const site = await scene(app);
  const { id } = await measureInForce(app, site, { places: [0] });
  const items = [{ itemId: site.items[0]!.id, quantity: '2', from: 'store' }];
  const sample = await must(officer.post('/api/samples', { ...takingOf(app, site.sourceId), items }), 201);
  const path = `/api/samples/${sample.id}`;
  await must(officer.post(`${path}/dispatch`, { ...dispatchOf(app), dueOn: '2024-03-29' }));
  await must((await app.as('laboratory_clerk')).post(`${path}/reject`, { reason: '封样破损。' }));
  t.match(await lifted(app, id), { state: 'lifted', holding: 0 });
  t.same(await whereOf(app, id), [{ 'laboratory/held': '2', 'store/party': '118' }]);
  await must(officer.post(`/api/measures/${id}/return-items`, returnOf(app)));
  await must(officer.post(`${path}/take-back`, { sealIntact: true, condition: '完好' }));
  t.match(await measureOf(app, id), { toReturn: 1 });
  await must(officer.post(`/api/measures/${id}/return-items`, returnOf(app)));
  t.same(await whereOf(app, id), [{ 'returned/party': '120' }]);
});

t.test(
  'whatever is lifted and handed back in parts, found stays found and nothing is given twice',
  async (t) => {
    const app = await testApp(t);
    const officer = await app.as('case_officer');
    const steps = fc.array(
      fc.record({ act: fc.constantFrom('lift', 'return'), tenths: fc.integer({ min: 1, max: 800 }) }),
      { minLength: 1, maxLength: 6 },
    );
    await fc.assert(
      fc.asyncProperty(steps, async (acts) => {
        const site = await scene(app, { found: [FOUND[0]!] });
        const { id } = await measureInForce(app, site, { places: [0] });
        let [held, kept, back] = ['120', '0', '0'];
        for (const { act, tenths } of acts) {
          const quantity = `${Math.floor(tenths / 10)}.${tenths % 10}`;
          const items = [{ itemId: site.items[0]!.id, quantity }];
          if (act === 'lift' && cmp(quantity, held) <= 0) {
            await lifted(app, id, { ...WHOLE, items });
            [held, kept] = [sub(held, quantity), add(kept, quantity)];
          } else if (act === 'return') {
            const body = { ...returnOf(app), items };
            const { status } = await officer.post(`/api/measures/${id}/return-items`, body);
            const isThere = cmp(quantity, kept) <= 0;
            if ((status === 200) !== isThere) return false;
            if (isThere) [kept, back] = [sub(kept, quantity), add(back, quantity)];
          }
        }
        const [now = {}] = await whereOf(app, id);
        const wanted = Object.fromEntries(
          [
            ['returned/party', back],
            ['store/held', held],
            ['store/party', kept],
          ].filter(([, quantity]) => quantity !== '0'),
        );
        t.same(now, wanted);
        return sum(Object.values(now)) === '120';
      }),
      { numRuns: 10 },
    );
  },
);
