import t from 'tap';
import { inTx } from '../../src/context.ts';
import type { Client } from '../../src/demo/client.ts';
import { addUser, hashChosenPassword } from '../../src/modules/identity/index.ts';
import type { TipRow, TipView } from '../../src/modules/tips/schemas.ts';
import { testApp, type TestApp } from '../app.ts';
import { must } from '../given/cases.ts';
import { COMPLAINT, givenTip, REPORT, REPORTER } from './given.ts';

const PASSWORD = 'Second-Worker-77';

/** A second person of the bureau with these roles. */
async function person(app: TestApp, login: string, roleKeys: string[]): Promise<Client> {
  const passwordHash = await hashChosenPassword(PASSWORD, login);
  const home = { bureauId: app.filled.bureauId, laboratoryId: null, unitId: null };
  const set = { passwordHash, mustChangePassword: false };
  await inTx(app.ctx(), (tx) => addUser(tx, { login, name: '另一人', roleKeys, ...home, ...set }));
  return app.anonymous().logIn(login, PASSWORD);
}

type List = { items: TipRow[]; next: string | null };

t.test('a grid worker sees what he registered and nothing else', async (t) => {
  const app = await testApp(t);
  const [worker, intake] = [await app.as('grid_worker'), await app.as('intake_officer')];
  const second = await person(app, 'grid-worker-2', ['grid_worker']);
  const own = await givenTip(worker);
  const others = [await givenTip(intake), await givenTip(second)];
  const ids = async (who: Client, query = '') =>
    (await must<List>(who.get(`/api/tips${query}`))).items.map(({ id }) => id);
  t.same(await ids(worker), [own.id]);
  t.same(await ids(second), [others[1]!.id]);
  t.same(await ids(worker, `?q=${encodeURIComponent('手撕风干')}`), [own.id], 'nor by searching');
  t.same(await ids(worker, '?channel=12345&kind=report&limit=1'), [own.id]);
  t.equal((await worker.get(`/api/tips/${own.id}`)).status, 200);
  for (const { id } of others) t.equal((await worker.get(`/api/tips/${id}`)).status, 404);
  const both = await person(app, 'worker-and-auditor', ['grid_worker', 'auditor']);
  t.equal((await ids(both)).length, 3, 'who may read all is not narrowed by a second role');
});

t.test('of his own he sees what he handed in and its state, not who handles it and how', async (t) => {
  const app = await testApp(t);
  const [worker, officer] = [await app.as('grid_worker'), await app.as('case_officer')];
  const narrative = `群众${REPORTER.name}（${REPORTER.phone}）反映牛肉干不像牛肉。`;
  const { id } = await givenTip(worker, { ...REPORT, narrative });
  const whole = await must<TipView>(officer.post(`/api/tips/${id}/split`, { demand: '退还98元。' }), 201);
  const content = '群众反映牛肉干不像牛肉。';
  await must(officer.post(`/api/tips/${id}/open-source`, { content }));
  await must(officer.post(`/api/tips/${id}/told`, { about: 'other', way: 'phone', content: '已登记。' }));
  await must((await app.as('dispatcher')).post(`/api/tips/${id}/assign`, { kind: 'take_over' }));
  const seen = await must<TipView>(worker.get(`/api/tips/${id}`));
  t.match(seen, { state: 'verifying', reporter: 'named', respondentName: REPORT.respondent.name });
  t.match(seen, {
    sources: [],
    told: [],
    clocks: [],
    splitInto: null,
    splitFrom: null,
    refusal: null,
    partyId: null,
    assignedUnitId: null,
    assignedUserIds: [],
  });
  t.ok(seen.allowedActions.every(({ allowed, code }) => !allowed && code === 'auth.forbidden'));
  const { items } = await must<List>(worker.get('/api/tips'));
  t.match(items, [{ id, dueOn: null, urgency: null, assignedUserIds: [], unitName: null, assignees: [] }]);
  t.match(items[0], { partyName: null, dueTitle: null, updatedAt: items[0]!.createdAt }, 'not even when');
  const taker = app.filled.users.dispatcher!.id;
  for (const query of [
    `assignee=${taker}`,
    'assignee=none',
    'overdue=false',
    `unitId=${app.filled.sectionId}`,
  ]) {
    t.same((await must<List>(worker.get(`/api/tips?${query}`))).items, [], `nor by asking for ${query}`);
  }
  for (const text of [JSON.stringify(seen), JSON.stringify(items)]) {
    t.notMatch(text, REPORTER.name, 'who reported is in no text of it');
    t.notMatch(text, /138\s?0000/);
    t.notMatch(text, whole.id);
  }
  const complaint = await givenTip(worker, COMPLAINT);
  t.same(complaint.clocks, [], 'nor in the answer of registering it');
  await must(officer.post(`/api/tips/${complaint.id}/refuse`, { ground: 1, reasons: '不属本局职责。' }));
  t.match(await must<TipView>(worker.get(`/api/tips/${complaint.id}`)), { state: 'refused', refusal: null });
});

type Described = { paths: Record<string, Record<string, { 'x-permission'?: string; 'x-own'?: string }>> };

t.test(
  'every route of tips: six are open to him, all others refused before anything is looked up',
  async (t) => {
    const app = await testApp(t);
    const [worker, intake] = [await app.as('grid_worker'), await app.as('intake_officer')];
    const own = await givenTip(worker, {
      ...REPORT,
      outsideNumbers: [{ system: '12345', number: 'OWN-1' }],
    });
    const other = await givenTip(intake);
    const { paths } = (await worker.get<Described>('/openapi.json')).body;
    const open: string[] = [];
    const send = { get: worker.get, post: worker.post, patch: worker.patch, delete: worker.delete };
    for (const [path, operations] of Object.entries(paths).filter(([path]) => path.startsWith('/api/tips'))) {
      for (const [method, operation] of Object.entries(operations)) {
        const name = `${method} ${path}`;
        if (path.endsWith('.xlsx')) {
          t.equal((await worker.get(path)).status, 403, 'his tips are not taken along');
          continue;
        }
        if (operation['x-own'] || ['tip.register', 'session'].includes(operation['x-permission'] ?? '')) {
          open.push(name);
          continue;
        }
        for (const { id } of [own, other]) {
          const address = path.replace('{id}', id).replace('{numberId}', own.outsideNumbers[0]!.id);
          const { status } = await send[method as keyof typeof send](address, {});
          t.equal(status, 403, `${name} of ${id === own.id ? 'his own' : 'another'}`);
        }
      }
    }
    // The parser only reads back what it is given: it stores and looks up nothing.
    t.same(open.toSorted(), [
      'get /api/tips',
      'get /api/tips/alike',
      'get /api/tips/lists',
      'get /api/tips/{id}',
      'post /api/tips',
      'post /api/tips/parse',
    ]);
    for (const path of ['/api/attachments?subjectKind=tip&subjectId=', '/api/documents?subjectId='])
      t.equal((await worker.get(`${path}${own.id}`)).status, 403, path);
  },
);

t.test('a role of the bureau that acts on its own tips acts on no other', async (t) => {
  const app = await testApp(t);
  const intake = await app.as('intake_officer');
  const permissions = [
    'tip.register',
    'tip.read_own',
    'tip.accept',
    'tip.refuse',
    'tip.split',
    'tip.open_source',
    'tip.tell_reporter',
    'tip.set_outside_number',
    'tip.look_at_reporter',
    'tip.amend',
    'tip.void',
    'tip.assign',
    'tip.attach',
  ];
  const role = { key: 'town_desk', nameZh: '镇街受理点', nameEn: 'Town desk', permissions };
  await must((await app.as('administrator')).post('/api/roles', role), 201);
  const desk = await person(app, 'town-desk', ['town_desk']);
  const bodies: [string, unknown][] = [
    ['outside-numbers', { system: '12345', number: 'X-1' }],
    ['told', { about: 'other', way: 'sms', content: '已登记。' }],
    ['reporter', { reporter: REPORTER, reason: '有误' }],
    ['amend', { changes: { demand: '退货。' }, reason: '有误' }],
    ['assign', { kind: 'take_over' }],
    ['accept', {}],
    ['split', { narrative: '请查处。' }],
    ['refuse', { ground: 1, reasons: '不属本局职责。' }],
    ['open-source', {}],
    ['void', { reason: '误录' }],
  ];
  const before = await givenTip(intake, { ...COMPLAINT, channel: 'visit' });
  for (const [path, body] of bodies)
    t.equal((await desk.post(`/api/tips/${before.id}/${path}`, body)).status, 404, path);
  t.equal((await desk.get(`/api/tips/${before.id}/reporter`)).status, 404);
  const form = new FormData();
  form.append('file', new Blob(['%PDF-1.4\n%%EOF\n']), '照片.pdf');
  const attach = `/api/attachments?subjectKind=tip&subjectId=${before.id}`;
  t.equal((await desk.post(attach, form)).status, 404);
  t.equal((await desk.get(attach)).status, 404);
  t.same(await must(intake.get(`/api/tips/${before.id}`)), before, 'nothing was done');
  const found = await must<List>(desk.post('/api/tips/by-reporter', { phone: REPORTER.phone }));
  t.same(found.items, [], 'nor found by who reported');
  for (const [path, body] of bodies.filter(([path]) => path !== 'refuse')) {
    const kind = path === 'open-source' || path === 'void' ? 'report' : 'complaint';
    const { id } = await givenTip(desk, { ...COMPLAINT, kind });
    const { status } = await desk.post(`/api/tips/${id}/${path}`, body);
    // The second half of a split letter is entered by whoever splits it.
    t.ok(status < 300, `${path} of his own: ${status}`);
  }
});
