import fc from 'fast-check';
import t from 'tap';
import {
  addressLikeness,
  coreOf,
  nameLikeness,
  partsOfName,
  placeOf,
} from '../../src/modules/parties/likeness.ts';

t.test('the core of a name: without its place, its trade and its form', async (t) => {
  const cases: [string, string][] = [
    ['成都演示牧香食品有限公司', '成都演示牧香'],
    ['四川省成都市新都区张记面馆', '张记'],
    ['新都区好又来便利店', '好又来'],
    ['牧香餐饮管理有限公司', '牧香'],
    ['红楼食品（成都）有限公司', '红楼食品成都'],
    ['张记', '张记'],
    ['食品有限公司', '食品'],
    ['有限公司', '有限公司'],
    ['K.F.C.', 'kfc'],
    ['', ''],
  ];
  for (const [name, core] of cases) t.equal(coreOf(name), core, name);
});

t.test('names that mean the same are like each other, names that only end alike are not', async (t) => {
  const name = '成都演示牧香食品有限公司';
  t.equal(nameLikeness(name, '成都演示牧香食品有限公司 '), 1);
  t.equal(nameLikeness('红楼食品（成都）有限公司', '红楼食品(成都)有限公司'), 1);
  const alike = ['成都演示牧香商贸有限公司', '演示牧香食品有限公司', '成都演示牧乡食品有限公司', '演示牧香'];
  for (const other of alike) t.ok(nameLikeness(name, other) >= 0.5, `${other} ${nameLikeness(name, other)}`);
  const unlike = ['成都天府好味食品有限公司', '张记面馆', '有限公司', ''];
  for (const other of unlike) t.ok(nameLikeness(name, other) < 0.45, `${other} ${nameLikeness(name, other)}`);
  t.ok(nameLikeness('张记面馆', '李记面馆') < 0.3);
});

t.test('likeness is the same both ways, between 0 and 1, and 1 with itself', async (t) => {
  const names = fc.stringMatching(/^[成都演示牧香食品有限公司张李面馆（）A-C1-3]{0,14}$/);
  fc.assert(
    fc.property(names, names, (a, b) => {
      const alike = nameLikeness(a, b);
      t.equal(alike, nameLikeness(b, a));
      t.ok(alike >= 0 && alike <= 1);
      t.ok(nameLikeness(a, a) === (coreOf(a) === '' ? 0 : 1));
    }),
  );
});

t.test('one wrong character leaves one part of the core whole', async (t) => {
  const core = fc.array(fc.constantFrom(...Array.from('牧香山水云天福禄寿喜')), {
    minLength: 3,
    maxLength: 8,
  });
  fc.assert(
    fc.property(core, fc.nat(), (characters, seed) => {
      const typed = characters.with(seed % characters.length, '错').join('');
      const name = characters.join('');
      if (characters.length === 3 && seed % 3 === 1) return;
      t.ok(
        partsOfName(typed).some((part) => name.includes(part)),
        `${name} ${typed}`,
      );
    }),
  );
});

t.test('addresses: the road and the house', async (t) => {
  t.equal(placeOf('四川省成都市新都区演示路9号'), '演示路9号');
  t.equal(placeOf('四川省成都市新都区大丰街道演示农贸市场12号'), '演示农贸市场12号');
  t.equal(placeOf('桂湖小区3栋'), '桂湖小区3栋');
  t.equal(placeOf('成都市'), '');
  t.equal(addressLikeness('四川省成都市新都区演示路9号', '新都区演示路9号'), 1);
  t.ok(addressLikeness('新都区演示路9号', '新都区演示路9号附2号') > 0.7);
  t.ok(addressLikeness('新都区演示路9号', '新都区演示路19号') < 0.6);
  t.equal(addressLikeness('', '新都区演示路9号'), 0);
});
