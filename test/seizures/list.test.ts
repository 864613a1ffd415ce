import t, { type Test } from 'tap';
import { add, cmp, sum } from '../../src/shared/decimal.ts';
import { testApp, type TestApp } from '../app.ts';
import { decide, must, verifiedSource } from '../given/cases.ts';
import {
  approvedMeasure,
  EXECUTION,
  linesOf,
  measureInForce,
  measureOf,
  type MeasureSeen,
  proposedMeasure,
  type Scene,
  scene,
  urgentMeasure,
  whereOf,
} from '../given/seizures.ts';
import { FOUND, foundItems } from '../given/raid.ts';

const thing = (category: string, more: object = {}): object => ({
  category,
  name: `物品（${category}）`,
  ...(category === 'premises' ? {} : { unit: '件', quantity: '2', measured: 'counted' }),
  ...more,
});

t.test('K18, K19 by HTTP: each line refused with its field, nothing of the batch listed', async (t) => {
  const app = await testApp(t);
  const officer = await app.as('case_officer');
  const found = [
    thing('product'),
    thing('daily_necessities'),
    thing('product', { sealedBy: '成都市公安局新都区分局' }),
    thing('device'),
    thing('premises'),
    thing('other_tool'),
    thing('documents'),
    thing('packaging'),
  ];
  const site = await scene(app, { found });
  const { id } = await proposedMeasure(app, site);
  const line = (n: number, basis = 'FSL110_4', more: object = {}) => ({
    itemId: site.items[n]!.id,
    basis,
    ...more,
  });
  const refused: [object, string, string, RegExp, string][] = [
    [line(1), 'measure.daily_necessities', 'K18', /第二十三条/, 'itemId'],
    [line(2), 'measure.sealed_elsewhere', 'K18', /第二十三条/, 'itemId'],
    [line(3, 'TBGD15_3'), 'measure.device', 'K19', /第一百一十条/, 'itemId'],
    [line(4, 'FSL110_5'), 'measure.premises_seized', 'K19', /第一百一十条/, 'itemId'],
    [line(5), 'measure.basis_not_of_category', 'K19', /第十五条/, 'basis'],
    [line(6), 'measure.basis_not_of_category', 'K19', /第十五条/, 'basis'],
    [
      line(0, 'FSL110_4', { quantity: '2.000001' }),
      'measure.more_than_found',
      'K18',
      /第二十三条/,
      'quantity',
    ],
  ];
  for (const [bad, code, gate, article, field] of refused) {
    const { status, body } = await officer.post(`/api/measures/${id}/items`, { items: [line(7), bad] });
    const errors = [{ field: `items.1.${field}`, code }];
    t.match({ status, ...body }, { status: 422, code, gate, article, errors }, code);
  }
  const other = await scene(app);
  const foreign = { items: linesOf(other.items, [0]) };
  t.match(await officer.post(`/api/measures/${id}/items`, foreign), {
    status: 422,
    body: { code: 'measure.of_other_matter', gate: 'K18' },
  });
  const twice = { items: [line(0), line(0)] };
  t.match(await officer.post(`/api/measures/${id}/items`, twice), {
    status: 422,
    body: { code: 'goods.same_item_twice', errors: [{ field: 'items.1.itemId' }] },
  });
  t.match(await measureOf(app, id), { items: 0, version: 1 });
  const right = [line(0), line(5, 'TBGD15_3'), line(6, 'TBGD15_2'), line(7, 'TBGD15_3')];
  t.match(await must(officer.post(`/api/measures/${id}/items`, { items: right })), { items: 4 });
  t.match(await officer.post(`/api/measures/${id}/items`, { items: [line(0)] }), {
    status: 422,
    body: { code: 'measure.in_other_measure' },
  });
});

t.test('hostile quantities are refused by the field, never rounded', async (t) => {
  const app = await testApp(t);
  const officer = await app.as('case_officer');
  const site = await scene(app);
  const { id } = await proposedMeasure(app, site);
  const line = (quantity: unknown) => ({
    items: [{ itemId: site.items[1]!.id, basis: 'FSL110_4', quantity }],
  });
  for (const bad of [
    '0',
    '-1',
    '1e3',
    'NaN',
    'Infinity',
    '0.0000001',
    '1,5',
    '',
    ' ',
    '１２',
    '0x10',
    12,
    null,
  ]) {
    const { status, body } = await officer.post(`/api/measures/${id}/items`, line(bad));
    t.match({ status, ...body }, { status: 400, errors: [{ field: 'items.0.quantity' }] }, String(bad));
  }
  t.match(await officer.post(`/api/measures/${id}/items`, line('999999999999999999.999999')), {
    status: 422,
    body: { code: 'measure.more_than_found' },
  });
  const listed = await must<MeasureSeen>(officer.post(`/api/measures/${id}/items`, line('0.100000')));
  t.same(listed.totals, [{ unit: '千克', items: 1, quantity: '0.1' }]);
});

/** Every item of the site: what was found is all somewhere. */
async function conserved(t: Test, app: TestApp, { inspectionId }: Scene): Promise<void> {
  const { items } = await must<{
    items: { name: string; quantity: string | null; balances: { quantity: string }[] }[];
  }>((await app.as('case_officer')).get(`/api/inspections/${inspectionId}/items`));
  for (const { name, quantity, balances } of items) {
    const total = sum(balances.map((balance) => balance.quantity));
    t.equal(cmp(total, quantity ?? '0'), 0, `${name} is all there`);
    t.ok(
      balances.every((balance) => cmp(balance.quantity, '0') >= 0),
      'nothing below nothing',
    );
  }
}

t.test('found = seized + left + taken by the police, through carrying out and lifting', async (t) => {
  const app = await testApp(t);
  const officer = await app.as('case_officer');
  const site = await scene(app);
  const at = (n: number): string => site.items[n]!.id;
  const move = (where: string, itemId: string, quantity: string) =>
    must(
      officer.post(`/api/inspections/${site.inspectionId}/items/${where}`, {
        items: [{ itemId, quantity }],
      }),
    );
  await move('taken-by-police', at(1), '100.25');
  await move('left-on-site', at(1), '50');
  await move('left-on-site', at(0), '120');
  const quantity = '220.125';
  const items = [
    { itemId: at(0), basis: 'FSL110_4' },
    { itemId: at(1), basis: 'FSL110_4', quantity },
  ];
  const more = { itemId: at(1), basis: 'FSL110_4', quantity: '250.250001' };
  const { id, approvalId } = await proposedMeasure(app, site);
  t.match(await officer.post(`/api/measures/${id}/items`, { items: [more] }), {
    status: 422,
    body: { code: 'measure.more_than_found' },
  });
  await must(officer.post(`/api/measures/${id}/items`, { items }));
  await decide(app, approvalId!);
  await conserved(t, app, site);
  const seized = await must<MeasureSeen>(officer.post(`/api/measures/${id}/execute`, EXECUTION));
  // Of the meat all 200.25 at the site and 19.875 of what had been left; of the jerky, all left, all of it.
  t.same(await whereOf(app, id), [
    { 'store/held': '120' },
    { 'police/held': '100.25', 'site/party': '30.125', 'store/held': '220.125' },
  ]);
  t.match(seized.totals, [{ quantity: '220.125' }, { quantity: '120' }]);
  await conserved(t, app, site);
  const urgent = await urgentMeasure(app, site, [2]);
  await conserved(t, app, site);
  await decide(app, urgent.approvalId!, { decision: 'refused' });
  t.same(await whereOf(app, urgent.id), [{ 'store/party': '1' }]);
  await conserved(t, app, site);
});

t.test('what went away meanwhile is not seized: all or nothing', async (t) => {
  const app = await testApp(t);
  const officer = await app.as('case_officer');
  const site = await scene(app);
  const { id } = await approvedMeasure(app, site, { items: linesOf(site.items, [0, 1]) });
  const gone = { items: [{ itemId: site.items[1]!.id, quantity: '350.5' }] };
  await must(officer.post(`/api/inspections/${site.inspectionId}/items/taken-by-police`, gone));
  t.match(await officer.post(`/api/measures/${id}/execute`, EXECUTION), {
    status: 409,
    body: { code: 'goods.not_at_scene', errors: [{ field: 'lines.2.quantity' }] },
  });
  t.same(await whereOf(app, id), [{ 'scene/party': '120' }, { 'police/held': '350.5' }]);
  t.same((await measureOf(app, id)).clocks, []);
});

t.test('the list of measures: filters, pages, nothing void', async (t) => {
  const app = await testApp(t);
  const officer = await app.as('case_officer');
  const site = await scene(app);
  const { id } = await measureInForce(app, site);
  const other = await scene(app);
  app.setNow('2024-03-07T10:01:00+08:00');
  const waiting = await proposedMeasure(app, other);
  const ids = async (query: string): Promise<string[]> =>
    (await must<{ items: { id: string }[] }>(officer.get(`/api/measures?${query}`))).items.map(
      (one) => one.id,
    );
  t.same(await ids(''), [waiting.id, id]);
  t.same(await ids('state=in_force'), [id]);
  t.same(await ids(`sourceId=${site.sourceId}`), [id]);
  t.same(await ids('endsBefore=2024-04-06'), []);
  t.same(await ids('endsBefore=2024-04-07'), [id]);
  const page = await must<{ items: unknown[]; next: string }>(officer.get('/api/measures?limit=1'));
  t.same(await ids(`limit=1&cursor=${encodeURIComponent(page.next)}`), [id]);
  t.equal((await officer.get('/api/measures?state=gone')).status, 400);
  t.equal((await officer.get('/api/measures?surprise=1')).status, 400);
});

t.test('ten thousand items, in batches of 500', async (t) => {
  const app = await testApp(t);
  const officer = await app.as('case_officer');
  const sourceId = (await verifiedSource(app)).id;
  const site = await scene(app, { sourceId, found: [FOUND[0]!] });
  const { id, approvalId } = await proposedMeasure(app, site);
  await decide(app, approvalId!);
  let total = '0';
  for (let batch = 0; batch < 20; batch += 1) {
    const lines = Array.from({ length: 500 }, (_, n) => ({ ...FOUND[1]!, quantity: `${n + 1}.000001` }));
    const found = await foundItems(app, site.inspectionId, lines);
    total = lines.reduce((before, { quantity }) => add(before, quantity), total);
    const items = found.map((item) => ({ itemId: item.id, basis: 'FSL110_4' }));
    await must(officer.post(`/api/measures/${id}/items`, { items }));
  }
  const tooMany = Array.from({ length: 501 }, () => ({ itemId: site.items[0]!.id, basis: 'FSL110_4' }));
  t.equal((await officer.post(`/api/measures/${id}/items`, { items: tooMany })).status, 400);
  const done = await must<MeasureSeen>(officer.post(`/api/measures/${id}/execute`, EXECUTION));
  t.match(done, {
    items: 10_000,
    holding: 10_000,
    totals: [{ unit: '千克', items: 10_000, quantity: total }],
  });
});

t.test('the screens ask which basis a category may be taken on', async (t) => {
  const app = await testApp(t);
  const { items } = await must<{ items: { category: string; bases: string[] }[] }>(
    (await app.as('case_officer')).get('/api/measures/bases'),
  );
  const basesOf = (category: string) => items.find((one) => one.category === category)?.bases;
  t.same(basesOf('product'), ['FSL110_4', 'PQL18']);
  t.same(basesOf('documents'), ['TBGD15_2']);
  t.same(basesOf('daily_necessities'), [], 'left with the party');
});
