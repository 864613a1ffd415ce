import fc from 'fast-check';
import t from 'tap';
import { sum } from '../../src/shared/decimal.ts';
import { testApp, type TestApp } from '../app.ts';
import { must, strangerOf } from '../given/cases.ts';
import { FOUND, foundItems, inspectionUnderWay } from '../given/raid.ts';
import { dispatchOf, takingOf } from '../given/samples.ts';
import { measureInForce, scene, whereOf } from '../given/seizures.ts';

type Taken = { itemId: string; quantity: string; from?: string };
type Balances = { items: { id: string; balances: { place: string; title: string; quantity: string }[] }[] };
const BACK = { sealIntact: true, condition: '原封退回' };

/** A sample of these goods that the laboratory would not take. */
async function rejected(app: TestApp, sourceId: string, items: Taken[]): Promise<string> {
  const officer = await app.as('case_officer');
  const taken = { ...takingOf(app, sourceId), items };
  const { id } = await must(officer.post('/api/samples', taken), 201);
  await must(officer.post(`/api/samples/${id}/dispatch`, { ...dispatchOf(app), dueOn: '2024-03-29' }));
  await must((await app.as('laboratory_clerk')).post(`/api/samples/${id}/reject`, { reason: '封样破损。' }));
  return id;
}

/** What stands where of an inspection's first item. */
async function standing(app: TestApp, inspectionId: string): Promise<Record<string, string>> {
  const { items } = await must<Balances>(
    (await app.as('case_officer')).get(`/api/inspections/${inspectionId}/items`),
  );
  return Object.fromEntries(
    items[0]!.balances.map(({ place, title, quantity }) => [`${place}/${title}`, quantity]),
  );
}

t.test('what a laboratory rejects comes back to where it was taken from', async (t) => {
  const app = await testApp(t);
  const officer = await app.as('case_officer');
  const { id: inspectionId, sourceId } = await inspectionUnderWay(app);
  const [jerky] = await foundItems(app, inspectionId, [FOUND[0]!]);
  const id = await rejected(app, sourceId, [{ itemId: jerky!.id, quantity: '3' }]);
  t.same(
    await standing(app, inspectionId),
    { 'laboratory/held': '3', 'scene/party': '117' },
    'until it is back it is with the laboratory',
  );
  app.setNow('2024-02-05T15:00:00+08:00');
  const early = { ...BACK, takenBackAt: '2024-02-05T09:59:59+08:00' };
  const path = `/api/samples/${id}/take-back`;
  t.match(await officer.post(path, early), {
    status: 422,
    body: { code: 'date.before_start', errors: [{ field: 'takenBackAt' }] },
  });
  const late = { ...BACK, takenBackAt: '2024-02-05T15:00:01+08:00' };
  t.match(await officer.post(path, late), { status: 422, body: { code: 'field.future' } });
  t.equal((await (await strangerOf(app)).post(path, BACK)).status, 404);
  const key = { headers: { 'idempotency-key': 'back' } };
  const back = await must(officer.post(path, BACK, key));
  t.match(back, {
    state: 'rejected',
    rejectedAt: '2024-02-05T10:00:00+08:00',
    takenBackAt: '2024-02-05T15:00:00+08:00',
    portions: [{ holder: '林晓峰' }, { holder: '林晓峰' }],
  });
  t.same(await must(officer.post(path, BACK, key)), back);
  t.match(await officer.post(path, BACK), { status: 409, body: { code: 'sample.taken_back_already' } });
  t.same(await standing(app, inspectionId), { 'scene/party': '120' });
  const { items } = await must<{ items: object[] }>(officer.get(`/api/goods/${jerky!.id}/movements`));
  t.match(items.at(-1), {
    cause: 'sample.take_back',
    from: { place: 'laboratory', title: 'held' },
    to: { place: 'scene', title: 'party' },
    quantity: '3',
    at: '2024-02-05T15:00:00+08:00',
  });
});

t.test('seized goods go back into keeping, and the site once the officers have left', async (t) => {
  const app = await testApp(t);
  const officer = await app.as('case_officer');
  const site = await scene(app);
  const measure = await measureInForce(app, site, { places: [0] });
  const from = 'store';
  const id = await rejected(app, site.sourceId, [{ itemId: site.items[0]!.id, quantity: '2', from }]);
  t.same(await whereOf(app, measure.id), [{ 'laboratory/held': '2', 'store/held': '118' }]);
  await must(officer.post(`/api/samples/${id}/take-back`, BACK));
  t.same(await whereOf(app, measure.id), [{ 'store/held': '120' }]);
  const elsewhere = await scene(app);
  const second = await rejected(app, elsewhere.sourceId, [{ itemId: elsewhere.items[0]!.id, quantity: '1' }]);
  const closing = { closingAnswer: '已核对，属实。' };
  await must(officer.post(`/api/inspections/${elsewhere.inspectionId}/end`, closing));
  await must(officer.post(`/api/samples/${second}/take-back`, BACK));
  t.same(await standing(app, elsewhere.inspectionId), { 'site/party': '120' });
});

t.test('what a correction took back already is not taken back twice', async (t) => {
  const app = await testApp(t);
  const officer = await app.as('case_officer');
  const { id: inspectionId, sourceId } = await inspectionUnderWay(app);
  const [jerky] = await foundItems(app, inspectionId, [FOUND[0]!]);
  const id = await rejected(app, sourceId, [{ itemId: jerky!.id, quantity: '3' }]);
  const movements = async () =>
    (await must<{ items: { id: number }[] }>(officer.get(`/api/goods/${jerky!.id}/movements`))).items;
  const movementId = (await movements()).at(-1)!.id;
  const slip = { movementId, quantity: '1', reason: '多记一袋' };
  await must(officer.post(`/api/goods/${jerky!.id}/corrections`, slip));
  await must(officer.post(`/api/samples/${id}/take-back`, BACK));
  t.same(await standing(app, inspectionId), { 'scene/party': '120' });
  t.match((await movements()).at(-1), { quantity: '2' });
  t.match(await officer.post(`/api/goods/${jerky!.id}/corrections`, slip), {
    status: 422,
    body: { code: 'goods.more_than_entry' },
  });
});

t.test('whatever is taken, corrected, voided and taken back, found stays found', async (t) => {
  const app = await testApp(t);
  const officer = await app.as('case_officer');
  const step = fc.record({
    quantity: fc.integer({ min: 1, max: 3 }),
    correct: fc.boolean(),
    end: fc.constantFrom('void', 'back', 'away'),
  });
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 4 }), async (steps) => {
      const { id: inspectionId, sourceId } = await inspectionUnderWay(app);
      const [jerky] = await foundItems(app, inspectionId, [FOUND[0]!]);
      let away = 0;
      for (const { quantity, correct, end } of steps) {
        const items = [{ itemId: jerky!.id, quantity: String(quantity) }];
        const { id } =
          end === 'void'
            ? await must(officer.post('/api/samples', { ...takingOf(app, sourceId), items }), 201)
            : { id: await rejected(app, sourceId, items) };
        const { items: entries } = await must<{ items: { id: number }[] }>(
          officer.get(`/api/goods/${jerky!.id}/movements`),
        );
        const slip = { movementId: entries.at(-1)!.id, quantity: '1', reason: '多记' };
        if (correct) await must(officer.post(`/api/goods/${jerky!.id}/corrections`, slip));
        if (end === 'void') await must(officer.post(`/api/samples/${id}/void`, { reason: '误录' }));
        if (end === 'back') await must(officer.post(`/api/samples/${id}/take-back`, BACK));
        if (end === 'away') away += quantity - (correct ? 1 : 0);
      }
      const now = await standing(app, inspectionId);
      return sum(Object.values(now)) === '120' && (now['laboratory/held'] ?? '0') === String(away);
    }),
    { numRuns: 8 },
  );
});
