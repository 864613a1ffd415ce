import fc from 'fast-check';
import t from 'tap';
import { balancedLines, breakLines, mayBreak } from '../../src/modules/documents/line-breaks.ts';

const EM = 10;
const CLOSING = '，。、；：？！）》」”%';
const OPENING = '（《「“';
const ALPHABET = Array.from(`${CLOSING}${OPENING}市场监督管理局牛肉干一二三abcXYZ0123.-/ —…\n`);

const advanceOf = (character: string): number => (/[\x20-\x7e]/.test(character) ? EM / 2 : EM);

function lay(text: string, width: number) {
  const chars = Array.from(text);
  const advances = chars.map((character) => (character === '\n' ? 0 : advanceOf(character)));
  const lines = breakLines({ chars, advances, first: width, rest: width });
  return { chars, advances, lines, texts: lines.map(({ start, end }) => chars.slice(start, end).join('')) };
}

const documentText = fc.string({ unit: fc.constantFrom(...ALPHABET), maxLength: 120 });
const lineWidth = fc.integer({ min: 2, max: 40 }).map((ems) => ems * EM);

t.test('marks stay where GB/T 15834 puts them', async (t) => {
  t.equal(mayBreak('局', '，'), false, 'no stop at the start of a line');
  t.equal(mayBreak('（', '印'), false, 'no opening bracket at its end');
  t.equal(mayBreak('市', '场'), true);
  t.equal(mayBreak('—', '—'), false, 'a dash is not halved');
  t.equal(mayBreak('2', '0'), false, 'nor a number');
  t.equal(mayBreak('〔', '2'), false);
  t.equal(mayBreak('k', '牛'), true, 'Latin and Chinese may part');
  t.equal(mayBreak('3', '份'), false, 'a figure keeps its measure word');
  t.equal(mayBreak('设', '/'), false);
});

t.test('a line that would begin with a stop takes the character before it along', async (t) => {
  t.same(lay('市场监督管理，局', 6 * EM).texts, ['市场监督管', '理，局']);
  t.same(lay('市场监督（管理局）', 5 * EM).texts, ['市场监督', '（管理局）']);
  t.same(lay('批号20231108到期', 5 * EM).texts, ['批号', '20231108到', '期']);
  t.same(lay('甲乙 丙丁', 2 * EM).texts, ['甲乙', '丙丁'], 'the space at a break is dropped');
  t.same(lay('甲\n\n乙', 5 * EM).texts, ['甲', '', '乙'], 'an empty line stays');
  t.same(lay('', 5 * EM).texts, ['']);
});

t.test(
  'nothing is lost, nothing overflows, marks are bound unless a stretch is wider than a line',
  async () => {
    fc.assert(
      fc.property(documentText, lineWidth, (text, width) => {
        const { chars, advances, lines, texts } = lay(text, width);
        const kept = (value: string): string => value.replace(/[ \n]/g, '');
        if (kept(texts.join('')) !== kept(text)) return false;
        return lines.every(({ start, end, width: used }) => {
          const fits = used <= width + 1e-6 || end - start === 1;
          const bound = start === 0 || start === end || mayBreak(before(chars, start), chars[start] ?? '');
          return fits && (bound || clusterWidth(chars, advances, start) > width);
        });
      }),
      { numRuns: 3000 },
    );
  },
);

/** The character before a line: a space or line break there was a break of its own. */
const before = (chars: string[], start: number): string => chars[start - 1] ?? '\n';

/** The width of the stretch around a place inside which no break is allowed. */
function clusterWidth(chars: string[], advances: number[], at: number): number {
  let from = at;
  while (from > 0 && !mayBreak(chars[from - 1] ?? '', chars[from] ?? '')) from -= 1;
  let to = at;
  while (to < chars.length && (to === at || !mayBreak(chars[to - 1] ?? '', chars[to] ?? ''))) to += 1;
  return advances.slice(from, to).reduce((sum, advance) => sum + advance, 0);
}

t.test('lines are filled: the next character would not have fitted', async () => {
  const plain = fc.string({
    unit: fc.constantFrom(...Array.from('市场监督管理局牛肉干')),
    minLength: 1,
    maxLength: 100,
  });
  fc.assert(
    fc.property(plain, lineWidth, (text, width) => {
      const perLine = Math.floor(width / EM);
      return lay(text, width).lines.length === Math.ceil(Array.from(text).length / perLine);
    }),
  );
});

t.test('a title is balanced over the fewest lines', async (t) => {
  const chars = Array.from('某某省某某市某某区市场监督管理局食品安全抽样检验结果通知书');
  const lines = balancedLines(
    chars,
    chars.map(() => 22),
    442,
  );
  t.equal(lines.length, 2);
  const [first, second] = lines.map((line) => line.end - line.start);
  t.ok(Math.abs((first ?? 0) - (second ?? 0)) <= 1, `${first} and ${second} characters`);
});
