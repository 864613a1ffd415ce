import t from 'tap';
import type { Hit } from '../../src/modules/search/schemas.ts';
import { testApp } from '../app.ts';
import { givenSource, givenTip, outsider, REPORT, REPORTER, RESPONDENT } from '../tips/given.ts';

t.test('one box for everything', async (t) => {
  const app = await testApp(t);
  const [intake, officer] = [await app.as('intake_officer'), await app.as('case_officer')];
  const other = await outsider(app);
  const ask = (q: string, client = officer) =>
    client.get<{ items: Hit[] }>(`/api/search?q=${encodeURIComponent(q)}`);
  const found = async (q: string, client = officer) =>
    (await ask(q, client)).body.items.map(({ kind, id }) => `${kind} ${id}`);
  const tip = await givenTip(intake);
  const source = await givenSource(officer, { partyName: RESPONDENT.name });
  const party = { kind: 'company', name: RESPONDENT.name, uscc: '914403001922038216' };
  const { body: known } = await intake.post<{ id: string }>('/api/parties', party);
  const elsewhere = await givenTip(other);

  t.test('by name, product, number, the end of a number, a code', async (t) => {
    const all = [`party ${known.id}`, `source ${source.id}`, `tip ${tip.id}`];
    t.same(
      (await found('演示牧香')).toSorted((a, b) => a.localeCompare(b)),
      all,
    );
    t.same(await found('手撕风干'), [`tip ${tip.id}`]);
    t.same(await found(tip.number.toLowerCase()), [`tip ${tip.id}`]);
    t.ok((await found(tip.number.slice(-6))).includes(`tip ${tip.id}`));
    t.same(await found('9144 0300 1922 0382 16'.replaceAll(' ', '')), [`party ${known.id}`]);
    t.same(await found('没有这样的词'), []);
  });

  t.test('what changed or was voided is found as it is now', async (t) => {
    const gone = await givenTip(intake, { ...REPORT, respondent: { name: '误登小店' } });
    t.same(await found('误登小店'), [`tip ${gone.id}`]);
    await intake.post(`/api/tips/${gone.id}/void`, { reason: '误登' });
    t.same(await found('误登小店'), []);
  });

  t.test('each kind by who may read it, of the own bureau, of his own where he sees no more', async (t) => {
    t.same(await found('演示牧香', other), [`tip ${elsewhere.id}`]);
    t.same(await found('演示牧香', await app.as('laboratory_clerk')), []);
    const worker = await app.as('grid_worker');
    t.same(await found('演示牧香', worker), []);
    const mine = await givenTip(worker);
    t.same(await found('演示牧香', worker), [`tip ${mine.id}`]);
    t.equal((await ask('演示牧香', app.anonymous())).status, 401);
  });

  t.test('never by who reported, nor told of it', async (t) => {
    const productName = `${REPORTER.name}买的牛肉干`;
    const named = await givenTip(intake, { ...REPORT, productName, respondent: { name: '无名食品店' } });
    for (const word of [REPORTER.phone, REPORTER.idNumber, REPORTER.email])
      t.same(await found(word), [], word);
    const { body } = await ask('无名食品店', await app.as('auditor'));
    t.match(body.items, [{ id: named.id, detail: null }]);
    t.match((await ask('无名食品店', intake)).body.items, [{ detail: productName }]);
    // Nor is the box, or the list, an oracle for who may not know: a guessed name finds nothing.
    for (const word of [REPORTER.name, `${REPORTER.name}买的`]) {
      t.same(await found(word, await app.as('auditor')), [], 'the box');
      t.same(await found(word, intake), [`tip ${named.id}`]);
      const list = `/api/tips?q=${encodeURIComponent(word)}`;
      t.match(await (await app.as('auditor')).get(list), { body: { items: [] } }, 'the list');
      t.match(await intake.get(list), { body: { items: [{ id: named.id }] } });
    }
  });

  t.test('hostile words are words; ten of a kind, the latest first', async (t) => {
    for (const q of ['%%', '__', "';--", '\\\\', '（）', '😀😀', '\u202e\u202e']) {
      const { status, body } = await ask(q);
      t.match({ status, items: body.items }, { status: 200, items: [] }, q);
    }
    t.equal((await ask('牧')).status, 400);
    const made: string[] = [];
    for (let i = 0; i < 12; i += 1) {
      app.setNow(`2024-02-06T10:${10 + i}:00+08:00`);
      made.unshift((await givenTip(intake, { ...REPORT, respondent: { name: '连锁超市' } })).id);
    }
    t.same(
      await found('连锁超市'),
      made.slice(0, 10).map((id) => `tip ${id}`),
    );
  });
});
