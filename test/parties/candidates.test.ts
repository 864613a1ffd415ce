import t from 'tap';
import type { Candidates } from '../../src/modules/parties/schemas.ts';
import { testApp } from '../app.ts';
import { outsider } from '../tips/given.ts';

type Answer = Candidates & { code: Candidates['code']; errors?: { field: string; code: string }[] };

t.test('candidates while typing', async (t) => {
  const app = await testApp(t);
  const officer = await app.as('case_officer');
  const intake = await app.as('intake_officer');
  const other = await outsider(app);
  const ids: Record<string, string> = {};
  const register = async (name: string, more: object = {}) => {
    const { status, body } = await intake.post<{ id: string }>('/api/parties', {
      kind: 'company',
      name,
      ...more,
    });
    t.equal(status, 201, name);
    ids[name] = body.id;
    return body.id;
  };
  const ask = (query: Record<string, string>, client = officer) =>
    client.get<Answer>(`/api/parties/candidates?${new URLSearchParams(query).toString()}`);
  const names = async (query: Record<string, string>) =>
    (await ask(query)).body.items.map(({ name }) => name);

  const MUXIANG = '成都演示牧香食品有限公司';
  await register(MUXIANG, {
    uscc: '914403001922038216',
    foodLicence: 'SC11351090100010',
    address: '四川省成都市新都区演示路9号',
    aliases: ['牛小香旗舰店'],
  });
  await register('红楼食品（成都）有限公司');
  await register('𠮷野家饭店');
  for (let i = 0; i < 12; i += 1) await register(`川味${'甲乙丙丁戊己庚辛壬癸子丑'[i]}面馆`);
  await other.post('/api/parties', { kind: 'company', name: '成都演示牧香食品有限公司温江分公司' });

  t.test(
    'by part of the name, by the name without its place, with a slip of the pen, with other brackets',
    async (t) => {
      for (const q of [
        '牧香',
        '演示牧香',
        MUXIANG,
        '成都演示木香食品有限公司',
        '演示牧香商贸公司',
        '成都演示牧香食品',
      ])
        t.equal((await names({ q }))[0], MUXIANG, q);
      t.same(await names({ q: '红楼食品(成都)有限公司' }), ['红楼食品（成都）有限公司']);
      t.equal(
        (await names({ q: '红楼食品成都' }))[0],
        '红楼食品（成都）有限公司',
        'typed without the brackets',
      );
      t.same(await names({ name: '𠮷野家' }), ['𠮷野家饭店']);
      t.equal((await names({ q: '川味丑' }))[0], '川味丑面馆', 'before the others like it');
    },
  );

  t.test('the surest first, with why and how like', async (t) => {
    const exact = await ask({ q: MUXIANG });
    t.match(exact.body.items[0], {
      match: 'name',
      likeness: 1,
      tips: 0,
      sources: 0,
      aliases: ['牛小香旗舰店'],
    });
    t.match((await ask({ q: '牛小香旗舰店' })).body.items[0], { match: 'alias', name: MUXIANG });
    const near = (await ask({ q: '成都演示木香食品有限公司' })).body.items[0];
    t.equal(near?.match, 'similar_name');
    t.ok(near!.likeness > 0.4 && near!.likeness < 1);
    t.equal((await names({ q: '川味' })).length, 10, 'ten at most');
  });

  t.test('by code and licence as they are typed, and what is to be said of them', async (t) => {
    const part = await ask({ q: '9144-0300 1922' });
    t.match(part.body.items, [{ name: MUXIANG, match: 'uscc' }]);
    t.match(part.body.code, { field: 'uscc', value: '914403001922', complete: false, problem: null });
    const whole = await ask({ code: '914403001922038216' });
    t.match(whole.body, { items: [{ match: 'uscc', likeness: 1 }], code: { complete: true, problem: null } });
    const wrong = await ask({ q: '914403001922038217' });
    t.same(wrong.body.items, []);
    t.equal(wrong.body.code?.problem?.code, 'uscc.check_digit');
    t.match(wrong.body.code?.problem?.message, /\p{Script=Han}/u);
    t.match((await ask({ q: 'sc11351090100010' })).body, {
      items: [{ name: MUXIANG, match: 'food_licence' }],
      code: { field: 'foodLicence', value: 'SC11351090100010', complete: true, problem: null, warnings: [] },
    });
    t.match((await ask({ q: 'SC11351090100011' })).body.code?.warnings, [{ code: 'sc_licence.check_digit' }]);
    t.equal((await ask({ q: '牧香' })).body.code, null);
  });

  t.test('by address: the same house, not the same street', async (t) => {
    t.match((await ask({ address: '新都区演示路9号' })).body.items, [{ name: MUXIANG, match: 'address' }]);
    t.same(await names({ address: '新都区演示路19号' }), []);
    t.same(await names({ address: '成都市' }), []);
  });

  t.test('what changed is found as it is now; what is void is not found', async (t) => {
    const id = await register('旧名火锅店');
    await officer.post(`/api/parties/${id}/amend`, { changes: { name: '新招牌火锅店' }, reason: '更名' });
    t.same(await names({ q: '旧名火锅店' }), []);
    t.same(await names({ q: '新招牌' }), ['新招牌火锅店']);
    const gone = await register('登记错误超市');
    t.same(await names({ q: '登记错误' }), ['登记错误超市']);
    t.equal((await officer.post(`/api/parties/${gone}/void`, { reason: '重复' })).status, 200);
    t.same(await names({ q: '登记错误' }), []);
  });

  t.test('what the bureau has on each is counted', async (t) => {
    const respondent = { name: MUXIANG, party: { id: ids[MUXIANG] } };
    const tip = { kind: 'report', channel: 'phone', narrative: '不像牛肉', respondent };
    for (let i = 0; i < 2; i += 1) t.equal((await intake.post('/api/tips', tip)).status, 201);
    t.match((await ask({ q: MUXIANG })).body.items[0], { tips: 2, sources: 0 });
  });

  t.test(
    'only the own bureau; only who may; wildcards are characters; nothing is asked by nothing',
    async (t) => {
      t.same(
        (await ask({ q: '牧香' }, other)).body.items.map(({ name }) => name),
        ['成都演示牧香食品有限公司温江分公司'],
      );
      t.equal((await ask({ q: '牧香' }, app.anonymous())).status, 401);
      t.equal((await ask({ q: '牧香' }, await app.as('laboratory_clerk'))).status, 403);
      for (const q of [
        '%%',
        '__',
        '\\\\',
        "'; drop table parties; --",
        '（）',
        '，。',
        '\u202e\u202e',
        '😀😀',
      ])
        t.same(await names({ q }), [], q);
      t.match(await ask({}), { status: 400, body: { errors: [{ field: 'q', code: 'party.name_or_code' }] } });
      t.equal((await ask({ q: '牧' })).status, 400);
      t.equal((await ask({ q: '牧'.repeat(201) })).status, 400);
    },
  );
});
