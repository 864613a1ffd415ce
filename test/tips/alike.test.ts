import t from 'tap';
import type { AlikeTip } from '../../src/modules/tips/alike-schemas.ts';
import type { TipView } from '../../src/modules/tips/schemas.ts';
import { testApp } from '../app.ts';
import { givenTip, offered, outsider, type Problem, REPORT, REPORTER, RESPONDENT } from './given.ts';

type Found = { items: AlikeTip[] };

t.test('tips that may be the same, beside the one that is being entered', async (t) => {
  const app = await testApp(t);
  const [intake, officer] = [await app.as('intake_officer'), await app.as('case_officer')];
  const other = await outsider(app);
  const ask = (query: Record<string, string>, client = intake) =>
    client.get<Found & Problem>(`/api/tips/alike?${new URLSearchParams(query).toString()}`);
  const numbers = async (query: Record<string, string>, client = intake) =>
    (await ask(query, client)).body.items.map(({ number }) => number);
  const first = await givenTip(intake, { ...REPORT, orderNo: 'TB-240128-77' });
  const elsewhere = await givenTip(other);
  const another = await givenTip(intake, {
    ...REPORT,
    respondent: { name: '张记面馆' },
    productName: '面条',
  });

  t.test('by the name, with a slip of the pen, the product beside it; each with why', async (t) => {
    const { body } = await ask({ name: RESPONDENT.name, productName: '手撕牛肉干' });
    t.match(body.items, [
      { id: first.id, number: first.number, state: 'received', because: ['respondent', 'product'] },
    ]);
    t.same(await numbers({ name: '成都演示木香食品公司' }), [first.number]);
    t.same(await numbers({ name: '演示牧香' }), [first.number]);
    t.same(await numbers({ name: '李记面馆' }), [], 'the trade alone makes nothing alike');
    t.same(await numbers({ name: '张记面馆' }), [another.number]);
    const apart = (await ask({ name: RESPONDENT.name, productName: '泡椒凤爪' })).body.items[0]!;
    t.ok(apart.likeness < body.items[0]!.likeness);
  });

  t.test('by the order number alone, and by the party it was entered under', async (t) => {
    t.match((await ask({ orderNo: 'tb-240128-77' })).body.items, [
      { number: first.number, likeness: 1, because: ['orderNo'] },
    ]);
    const party = { kind: 'company', name: '另名公司' };
    const known = await givenTip(intake, { ...REPORT, respondent: { name: '网店甲', party } });
    t.same(await numbers({ partyId: known.partyId! }), [known.number]);
  });

  t.test('the likest first, the newest of the like, eight at most; the void are not shown', async (t) => {
    const made: string[] = [];
    for (let i = 0; i < 10; i += 1) {
      app.setNow(`2024-02-06T10:${10 + i}:00+08:00`);
      const tip = await givenTip(intake, {
        ...REPORT,
        respondent: { name: '连环投诉超市' },
        productName: null,
      });
      made.unshift(tip.number);
    }
    t.same(await numbers({ name: '连环投诉超市' }), made.slice(0, 8));
    const { id } = (await ask({ name: '连环投诉超市' })).body.items[0]!;
    t.equal((await intake.post(`/api/tips/${id}/void`, { reason: '误登' })).status, 200);
    t.notOk((await numbers({ name: '连环投诉超市' })).includes(made[0]!));
  });

  t.test(
    'only the own bureau and the own tips; nothing of who reported; hostile words find nothing',
    async (t) => {
      t.same(await numbers({ name: RESPONDENT.name }, other), [elsewhere.number]);
      const worker = await app.as('grid_worker');
      t.same(await numbers({ name: RESPONDENT.name }, worker), []);
      const mine = await givenTip(worker);
      t.same(await numbers({ name: RESPONDENT.name }, worker), [mine.number]);
      t.equal((await ask({ name: '牧香' }, app.anonymous())).status, 401);
      t.equal((await ask({ name: '牧香' }, await app.as('laboratory_clerk'))).status, 403);
      const reader = await app.as('auditor');
      const whole = JSON.stringify((await ask({ name: RESPONDENT.name }, reader)).body);
      for (const word of Object.values(REPORTER)) t.notOk(whole.includes(word), word);
      for (const name of ['%%', '__', "';--", '（）', '\u202e\u202e'])
        t.same(await numbers({ name }), [], name);
      t.match(await ask({ productName: '面条' }), {
        status: 400,
        body: { errors: [{ code: 'tip.alike_to_nothing' }] },
      });
    },
  );

  t.test('a repeat is linked, seen from both, corrected by a later line', async (t) => {
    const again = await givenTip(intake, {
      ...REPORT,
      links: [{ number: first.number, relation: 'repeat' }],
    });
    t.match(again.links, [{ number: first.number, relation: 'repeat' }]);
    const read = async (id: string) => (await officer.get<TipView>(`/api/tips/${id}`)).body;
    t.match((await read(first.id)).links, [{ number: again.number, relation: 'repeated_by' }]);
    t.equal(offered(await read(first.id), 'link'), 'yes');
    const note = '商品批次不同';
    const link = { number: again.number, relation: 'different', note };
    const linked = await officer.post<TipView>(`/api/tips/${first.id}/link`, link);
    t.match(linked, { status: 200, body: { links: [{ number: again.number, relation: 'different' }] } });
    t.match((await read(again.id)).links, [{ relation: 'different' }], 'the latest holds, on both sides');
    t.equal((await read(first.id)).version, linked.body.version);
    const trail = await app.owner
      .selectFrom('auditEntries')
      .selectAll()
      .where('action', '=', 'tip.link')
      .execute();
    t.equal(trail.length, 2);
    t.notOk(JSON.stringify(trail).includes(note));
    const lines = app.owner.selectFrom('tipLinks').select('id').execute();
    t.equal((await lines).length, 2, 'nothing is overwritten');
  });

  t.test('no link to itself, to what is not there, to another bureau; none by who may not', async (t) => {
    const link = (number: string, client = officer) =>
      client.post<Problem>(`/api/tips/${first.id}/link`, { number, relation: 'repeat' });
    t.match(await link(first.number), { status: 422, body: { code: 'tip.link_itself' } });
    for (const number of [elsewhere.number, 'JB2024999999', "' or 1=1"])
      t.match(await link(number), {
        status: 422,
        body: { code: 'tip.link_unknown', errors: [{ field: 'number' }] },
      });
    t.equal((await link(another.number, other)).status, 404);
    t.equal((await link(another.number, await app.as('auditor'))).status, 403);
    const before = await app.owner.selectFrom('tips').select('id').execute();
    const bad = { ...REPORT, links: [{ number: elsewhere.number, relation: 'repeat' }] };
    t.match(await intake.post('/api/tips', bad), {
      status: 422,
      body: { errors: [{ field: 'links.0.number' }] },
    });
    const worker = await app.as('grid_worker');
    const links = [{ number: first.number, relation: 'repeat' }];
    t.equal((await worker.post('/api/tips', { ...REPORT, links })).status, 403);
    t.same(await app.owner.selectFrom('tips').select('id').execute(), before, 'and nothing is left of it');
  });
});
