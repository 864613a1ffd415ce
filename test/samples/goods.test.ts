import t from 'tap';
import { testApp } from '../app.ts';
import { must } from '../given/cases.ts';
import { FOUND, foundItems, inspectionUnderWay } from '../given/raid.ts';
import { takingOf } from '../given/samples.ts';

type Seen = { whereabouts: Record<string, string> };
type Entries = { items: { cause: string; from: object; to: object; quantity: string }[] };

t.test(
  'a sample takes goods of its own matter only, in their unit, as many as its portions hold',
  async (t) => {
    const app = await testApp(t);
    const officer = await app.as('case_officer');
    const here = await inspectionUnderWay(app);
    const elsewhere = await inspectionUnderWay(app);
    const [jerky, duck] = await foundItems(app, here.id);
    const taking = takingOf(app, here.sourceId);
    const take = (items: object[], body: object = taking) => officer.post('/api/samples', { ...body, items });
    const refused = (code: string) => ({ status: 422, body: { code } });
    const foreign = await take([{ itemId: jerky!.id, quantity: '1' }], takingOf(app, elsewhere.sourceId));
    t.match(foreign, {
      status: 422,
      body: { errors: [{ field: 'items.0.itemId', code: 'sample.other_matter' }] },
    });
    t.match(await take([{ itemId: duck!.id, quantity: '1' }]), refused('sample.other_unit'));
    t.match(await take([{ itemId: jerky!.id, quantity: '4' }]), refused('sample.more_than_portions'));
    await must(take([{ itemId: jerky!.id, quantity: '3' }]), 201);
  },
);

t.test('of a voided sample the goods go back to where they were, by entries of their own', async (t) => {
  const app = await testApp(t);
  const officer = await app.as('case_officer');
  const { id, sourceId } = await inspectionUnderWay(app);
  const [jerky] = await foundItems(app, id, [FOUND[0]!]);
  const items = [{ itemId: jerky!.id, quantity: '3' }];
  const sample = await must(officer.post('/api/samples', { ...takingOf(app, sourceId), items }), 201);
  await must(officer.post(`/api/samples/${sample.id}/void`, { reason: '误录入' }));
  const list = await must<{ items: Seen[] }>(officer.get(`/api/inspections/${id}/items`));
  t.match(list.items[0]!.whereabouts, { found: '120', atScene: '120', sampled: '0' });
  const entries = await must<Entries>(officer.get(`/api/goods/${jerky!.id}/movements`));
  t.match(entries.items.at(-1), {
    cause: 'sample.void',
    from: { place: 'laboratory', title: 'held' },
    to: { place: 'scene', title: 'party' },
    quantity: '3',
  });
});
