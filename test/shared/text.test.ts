import fc from 'fast-check';
import t from 'tap';
import {
  bigrams,
  cleanLine,
  cleanText,
  guardFormula,
  lengthOf,
  nameKey,
  searchKey,
  truncate,
} from '../../src/shared/text.ts';

t.test('clean text: NFC, no control characters, line ends as \\n', async (t) => {
  t.equal(cleanText('  e\u0301te\u0301\r\n第二行\rx\u2028y \n'), 'été\n第二行\nx\ny');
  t.equal(cleanText('牛\u0000肉\u0007干\u007f'), '牛肉干');
  t.equal(cleanText('a\tb'), 'a\tb');
  t.equal(cleanText('\ufeffx\u200b\u202ey\u2066z'), 'xyz', 'nothing that hides or turns the text around');
  t.equal(cleanText('a\ud800b\udc00c'), 'abc', 'lone surrogates cannot be stored');
  t.equal(cleanText('𠮷野家 \u{e000}'), '𠮷野家 \u{e000}', 'rare characters stay, private use too');
  t.equal(cleanText('👩\u200d🔬'), '👩\u200d🔬');
  t.equal(cleanLine(' 新都区\n  新繁镇\t某街 \u3000'), '新都区 新繁镇 某街');
  t.equal(cleanText(''), '');
});

t.test('length and cut by code points', async (t) => {
  t.equal(lengthOf('𠮷野家'), 3);
  t.equal(truncate('𠮷野家', 2), '𠮷野');
  t.equal(truncate('𠮷野家', 3), '𠮷野家');
  t.equal(truncate('abc', 0), '');
});

t.test('names are matched whatever the width, brackets and spaces', async (t) => {
  const key = '成都某某食品有限公司(新都)';
  for (const name of [
    '成都某某食品有限公司（新都）',
    ' 成都 某某食品有限公司(新都)',
    '成都某某食品有限公司【新都】',
    '成都某某食品有限公司〔新都〕',
    '成都某某食品\u3000有限公司［新都］',
  ]) {
    t.equal(nameKey(name), key, name);
  }
  t.equal(nameKey('ＡＢＣ　Food １２３'), 'abcfood123');
  t.equal(nameKey('买买提•吐尔逊'), nameKey('买买提·吐尔逊'));
  t.equal(nameKey('买买提・吐尔逊'), nameKey('买买提‧吐尔逊'));
  t.not(nameKey('甲食品厂'), nameKey('乙食品厂'));
});

t.test('bigrams', async (t) => {
  t.same(bigrams('牛肉干'), ['牛肉', '肉干']);
  t.same(bigrams('𠮷野家'), ['𠮷野', '野家']);
  t.same(bigrams('牛'), []);
  t.same(bigrams(''), []);
  t.same(bigrams('AA aa'), ['aa'], 'each once');
  t.same(bigrams('牛 肉、干'), ['牛肉', '肉干'], 'spaces and points are no text');
  t.equal(searchKey('Ａ－1〇号 (牛肉干)'), 'a1〇号牛肉干');
});

t.test('properties', async () => {
  const words = fc.string({ unit: 'binary', maxLength: 40 });
  fc.assert(
    fc.property(words, (text) => {
      const clean = cleanText(text);
      return (
        cleanText(clean) === clean &&
        clean === clean.normalize('NFC') &&
        clean.isWellFormed() &&
        !clean.includes('\0')
      );
    }),
  );
  fc.assert(
    fc.property(words, fc.nat(50), (text, n) => lengthOf(truncate(text, n)) === Math.min(n, lengthOf(text))),
  );
  fc.assert(fc.property(words, (text) => nameKey(nameKey(text)) === nameKey(text)));
  const han = fc.string({
    unit: fc.constantFrom('牛', '肉', '干', '𠮷', 'A', 'ａ', '1', ' ', '、'),
    maxLength: 12,
  });
  fc.assert(
    fc.property(han, han, han, (before, query, after) => {
      const all = new Set(bigrams(before + query + after));
      return bigrams(query).every((pair) => all.has(pair));
    }),
  );
  fc.assert(
    fc.property(han, (text) =>
      bigrams(text).every((pair) => lengthOf(pair) === 2 && searchKey(text).includes(pair)),
    ),
  );
});

t.test('cells a spreadsheet would run are made text', async (t) => {
  for (const bad of [
    '=1+1',
    '+cmd',
    '-2+3',
    '@SUM(A1)',
    '\t=1',
    '\r=1',
    '\n=1',
    '＝1',
    '＋a',
    '－a',
    '＠a',
    ' =1',
  ]) {
    t.equal(guardFormula(bad), `'${bad}`, JSON.stringify(bad));
  }
  for (const good of ['牛肉干', '-12.5', '+8613800000001', '1=1', '', 'a@b.cn', '-']) {
    t.equal(guardFormula(good), good, good);
  }
});
