import { randomUUID } from 'node:crypto';
import t from 'tap';
import { testApp } from '../app.ts';
import { must, strangerOf } from '../given/cases.ts';
import { operationOf, startedInspection } from '../given/inspections.ts';
import { foundItems, inspectionUnderWay } from '../given/raid.ts';
import { measureInForce, scene } from '../given/seizures.ts';

type Seen = {
  id: string;
  name: string;
  scene: string;
  measureState: string | null;
  whereabouts: Record<string, string>;
  allowedActions: { action: string; allowed: boolean; code?: string }[];
};
type Movement = { id: number; cause: string; correctable: string | null; actorName: string };

const openOf = ({ allowedActions }: Seen): string[] =>
  allowedActions.filter(({ allowed }) => allowed).map(({ action }) => action);

t.test('one item: where it was found, where it is, and what may be done with it', async (t) => {
  const app = await testApp(t);
  const officer = await app.as('case_officer');
  const { id } = await inspectionUnderWay(app);
  const [jerky, , , premises] = await foundItems(app, id);
  const path = `/api/goods/${jerky!.id}`;
  const seen = await must<Seen>(officer.get(path));
  t.match(seen, { name: '牛肉干', scene: '成都市新都区新繁街道某某路1号', measureState: null });
  t.same(openOf(seen), ['price', 'amend', 'void'], 'nothing has moved that could be taken back');
  t.same(openOf(await must<Seen>(officer.get(`/api/goods/${premises!.id}`))), ['amend', 'void']);
  const left = { items: [{ itemId: jerky!.id, quantity: '5' }] };
  await must(officer.post(`/api/inspections/${id}/items/left-on-site`, left));
  t.same(openOf(await must<Seen>(officer.get(path))), ['price', 'correct', 'amend'], 'a part has gone');
  const { items } = await must<{ items: Movement[] }>(officer.get(`${path}/movements`));
  t.match(
    items.map(({ correctable }) => correctable),
    [null, '5'],
    'what was found is no entry to take back',
  );
  t.equal(items[1]!.actorName, app.filled.users['case_officer']!.name);
  await must(
    officer.post(`${path}/corrections`, { movementId: items[1]!.id, quantity: '2', reason: '误记' }),
  );
  const after = await must<{ items: Movement[] }>(officer.get(`${path}/movements`));
  t.equal(after.items[1]!.correctable, '3');
  t.equal((await officer.get(`/api/goods/${randomUUID()}`)).status, 404);
  t.equal((await (await strangerOf(app)).get(path)).status, 404, 'of another bureau');
  await must((await app.as('auditor')).get(path));
});

t.test('what a measure lists is corrected by its ledger only', async (t) => {
  const app = await testApp(t);
  const officer = await app.as('case_officer');
  const site = await scene(app);
  await measureInForce(app, site);
  const seen = await must<Seen>(officer.get(`/api/goods/${site.items[0]!.id}`));
  t.equal(seen.measureState, 'in_force');
  t.match(
    seen.allowedActions.filter(({ action }) => action === 'amend' || action === 'void'),
    [
      { allowed: false, code: 'goods.in_measure' },
      { allowed: false, code: 'goods.in_measure' },
    ],
  );
});

t.test('a photograph hangs on the item it shows', async (t) => {
  const app = await testApp(t);
  const officer = await app.as('case_officer');
  const { id } = await inspectionUnderWay(app);
  const [jerky] = await foundItems(app, id);
  const photo = new FormData();
  const png = Buffer.from(
    'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==',
    'base64',
  );
  photo.append('file', new Blob([png]), '第1项.png');
  const where = `/api/attachments?subjectKind=goods&subjectId=${jerky!.id}`;
  t.equal((await officer.post(where, photo)).status, 201);
  t.match(await officer.get(`/api/inspections/${id}/items`), {
    body: { items: [{ files: 1 }, { files: 0 }] },
  });
  t.match(await officer.get(where), { body: { items: [{ name: '第1项.png' }] } });
  t.equal((await (await app.as('auditor')).post(where, photo)).status, 403);
  t.equal((await (await strangerOf(app)).get(where)).status, 404);
});

t.test('the goods of a joint operation are those its inspections found', async (t) => {
  const app = await testApp(t);
  const officer = await app.as('case_officer');
  const { id } = await must<{ id: string }>(officer.post('/api/operations', operationOf(app)), 201);
  app.setNow('2024-02-06T09:00:00+08:00');
  await must(officer.post(`/api/operations/${id}/start`, {}));
  const within = await startedInspection(app, { operationId: id });
  await foundItems(app, within.id);
  await foundItems(app, (await startedInspection(app)).id);
  const { items } = await must<{ items: { inspectionId: string }[] }>(
    officer.get(`/api/goods?operationId=${id}`),
  );
  t.same([...new Set(items.map(({ inspectionId }) => inspectionId))], [within.id]);
  t.equal(items.length, 4);
});
