import { create } from 'fontkit';
import type { Font } from 'fontkit';
import fc from 'fast-check';
import t from 'tap';
import { renderDocument } from '../../src/modules/documents/render.ts';
import type { RenderInput } from '../../src/modules/documents/render.ts';
import { BUREAU, ITEMS, SAMPLES, manyItems, sampleInput } from './fixtures.ts';
import { currentHashes, goldenHashes } from './golden.ts';
import { flowing, get, readPdf, ref } from './pdf.ts';
import type { Pdf } from './pdf.ts';

const KINDS = Object.keys(SAMPLES);
const render = async (input: RenderInput): Promise<Pdf> =>
  readPdf(await renderDocument(input, { compress: false }));
const listOf = (items: unknown[], changes: Record<string, unknown> = {}): RenderInput =>
  sampleInput('item-list', { data: { ...SAMPLES['item-list'], items, ...changes } });

t.test('the same data give the same bytes', async (t) => {
  for (const kind of KINDS) {
    const [first, second] = [
      await renderDocument(sampleInput(kind)),
      await renderDocument(sampleInput(kind)),
    ];
    t.ok(first.equals(second), kind);
  }
  t.same(await currentHashes(), goldenHashes(), 'and the bytes that were looked at beside the official form');
});

t.test('two papers of the same second are two files', async (t) => {
  const id = (pdf: Pdf): string | undefined => /\/ID \[(\S+)/.exec(pdf.trailer)?.[1];
  const one = await render(sampleInput('item-list'));
  const other = await render(sampleInput('item-list', { contentHash: '0'.repeat(64) }));
  t.ok(id(one));
  t.not(id(one), id(other));
});

t.test('every filled blank stands on the paper, in glyphs that are drawn', async (t) => {
  for (const kind of KINDS) {
    const pdf = await render(sampleInput(kind));
    const text = pdf.pages.map(flowing).join('');
    for (const value of texts(SAMPLES[kind])) {
      const start = value.split('\n')[0]?.slice(0, 6) ?? '';
      t.ok(text.includes(start), `${kind}: ${start}`);
    }
    t.same(undrawn(pdf), [], `${kind}: no blank box, no empty glyph`);
  }
});

/** The texts of sample data, without days, choices and figures, which are printed in their own way. */
function texts(value: unknown): string[] {
  if (typeof value === 'string') return /[\u4e00-\u9fff]/.test(value) ? [value] : [];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(texts) : [];
}

/** Characters shown with .notdef or with a glyph that has no outline. */
function undrawn(pdf: Pdf): string[] {
  const bad: string[] = [];
  for (const [name, font] of pdf.fonts) {
    const program = create(font.file) as Font;
    for (const gid of new Set(pdf.pages.flatMap((page) => [...(page.glyphs.get(name) ?? [])]))) {
      const character = font.toUnicode[gid] ?? '';
      const outline = program.getGlyph(gid).path.commands.length;
      if (gid === 0 || (outline === 0 && character.trim() !== ''))
        bad.push(`${font.name} ${gid} ${character}`);
    }
  }
  return bad;
}

t.test('a character that no font has is refused with its field, never drawn as a box', async (t) => {
  const data = { ...SAMPLES['item-list'], items: [ITEMS[0], { ...ITEMS[1], name: '牛\uE000肉' }] };
  await t.rejects(renderDocument(sampleInput('item-list', { data })), {
    status: 422,
    code: 'document.missing_glyph',
    params: { character: '\uE000', codePoint: 'U+E000', field: 'items[1].name' },
  });
  await t.rejects(renderDocument(sampleInput('item-list', { bureauName: '某\uE001局' })), {
    code: 'document.missing_glyph',
    params: { field: 'bureau' },
  });
  const pdf = await render(sampleInput('item-list', { data, substitutions: { '\uE000': '（缺字）' } }));
  t.match(flowing(pdf.pages[0]), /牛（缺字）肉/, 'what the officer confirmed stands in its place');
});

t.test('a rare character of a name comes from another font', async (t) => {
  const data = { ...SAMPLES['item-list'], items: [{ name: '𠮷某某' }] };
  const pdf = await render(sampleInput('item-list', { data }));
  t.match(flowing(pdf.pages[0]), /𠮷某某/);
  t.ok([...pdf.fonts.values()].some((font) => font.name.includes('NotoSerifJP')));
  t.same(undrawn(pdf), []);
});

t.test('what is typed into a blank is never markup', async (t) => {
  const data = { ...SAMPLES['item-list'], items: [{ name: '**粗** {{ number }} {% if x %}' }] };
  const pdf = await render(sampleInput('item-list', { data }));
  t.match(flowing(pdf.pages[0]), '**粗** ');
  t.match(flowing(pdf.pages[0]), '{{ number }}');
});

t.test('built to PDF/A-2b and tagged', async (t) => {
  for (const kind of KINDS) {
    const pdf = await render(sampleInput(kind));
    t.same(faults(pdf), [], kind);
  }
  t.same(faults(await render(sampleInput('measure-decision', { draft: true, issuedAt: null }))), [], 'draft');
});

/** What a structural look can see: not a validator, but each of these has been forgotten by someone. */
function faults(pdf: Pdf): string[] {
  const dicts = [...pdf.objects.values()].map(({ dict }) => dict);
  const metadata = get(pdf.objects, ref(pdf.catalog, 'Metadata')).stream?.toString('utf8') ?? '';
  const found: [string, boolean][] = [
    ['version', pdf.raw.startsWith('%PDF-1.7\n%')],
    ['file id', /\/ID \[<[0-9a-f]{32}> <[0-9a-f]{32}>\]/.test(pdf.trailer)],
    ['encrypted', !pdf.trailer.includes('/Encrypt')],
    ['output intent', dicts.some((dict) => dict.includes('/S /GTS_PDFA1'))],
    ['conformance', /pdfaid:part>2<[^]*pdfaid:conformance>B</.test(metadata)],
    ['marked', /\/Marked true/.test(get(pdf.objects, ref(pdf.catalog, 'MarkInfo')).dict)],
    ['language', pdf.catalog.includes('/Lang (zh-CN)')],
    ['structure', pdf.catalog.includes('/StructTreeRoot')],
    ['scripts', !dicts.some((dict) => /\/(JavaScript|JS|Launch|AA|OpenAction)\b/.test(dict))],
    ['transparency', !dicts.some((dict) => /\/(SMask|ca|CA|BM)\b/.test(dict))],
    ['dates', /xmp:CreateDate>(.*?)</.exec(metadata)?.[1] === /xmp:ModifyDate>(.*?)</.exec(metadata)?.[1]],
    ['all content marked', pdf.pages.every(({ content }) => isMarked(content))],
  ];
  return found.filter(([, holds]) => !holds).map(([name]) => name);
}

/** Text and lines only inside marked content, which is opened and closed in turn. */
function isMarked(content: string): boolean {
  let depth = 0;
  for (const [operator] of content.matchAll(/\b(BDC|BMC|EMC|TJ|S|f|Do)\b(?=\n| Q|$)/gm)) {
    if (operator === 'BDC' || operator === 'BMC') depth += 1;
    else if (operator === 'EMC') depth -= 1;
    else if (depth === 0) return false;
  }
  return depth === 0;
}

t.test('title and number are in the metadata', async (t) => {
  const pdf = await render(sampleInput('measure-decision'));
  const metadata = get(pdf.objects, ref(pdf.catalog, 'Metadata')).stream?.toString('utf8') ?? '';
  t.match(metadata, '实施行政强制措施决定书 新都市监强制〔2024〕12号');
  const odd = await render(sampleInput('measure-decision', { bureauName: '甲<乙>&丙局' }));
  t.notMatch(get(odd.objects, ref(odd.catalog, 'Metadata')).stream?.toString('utf8') ?? '', '<乙>');
});

t.test('a draft has a watermark and neither number nor proof', async (t) => {
  const draft = await render(sampleInput('measure-decision', { draft: true }));
  const issued = await render(sampleInput('measure-decision'));
  for (const page of draft.pages) t.match(flowing(page), '草稿');
  t.notMatch(flowing(draft.pages[0]), /校验|核验/);
  t.notMatch(draft.pages[0]?.content, '/Qr Do');
  for (const page of issued.pages) {
    t.notMatch(flowing(page), '草稿');
    t.match(flowing(page), '3F8A-1C6E-5D7B-9024');
    t.match(page.content, '/Qr Do');
  }
  t.match(flowing(issued.pages[0]), `${BUREAU}实施行政强制措施决定书新都市监强制〔2024〕12号`);
});

t.test('only what was chosen is printed, and boxes are drawn', async (t) => {
  const decision = flowing((await render(sampleInput('measure-decision'))).pages[0]);
  t.match(decision, '决定对有关场所、财物（详见《场所、财物清单》');
  const chosen = decision.slice(decision.indexOf('经查'), decision.indexOf('实施行政强制措施的期限'));
  t.notMatch(chosen, /设施|\//, 'the others are gone');
  const record = (await render(sampleInput('case-source-registration'))).pages[0];
  t.notMatch(flowing(record), /[□☐☑]/, 'no box is typed');
  t.equal(record?.content.match(/\/ActualText/g)?.length, 5, 'five drawn, each with its text');
  const approval = await render(
    sampleInput('measure-decision', {
      data: { ...SAMPLES['measure-decision'], periodTo: null, periodFrom: null },
    }),
  );
  t.match(flowing(approval.pages[0]), '期限为30日。情况复杂');
});

t.test('the record is signed on every page', async (t) => {
  const findings = Array.from(
    { length: 60 },
    (_, i) => `${i + 1}．现场情况的一段较长记录，用于检验换页。`,
  ).join('\n');
  const data = { ...SAMPLES['onsite-record'], findings };
  const { pages } = await render(sampleInput('onsite-record', { data }));
  t.ok(pages.length > 3);
  for (const [index, page] of pages.entries()) {
    t.match(flowing(page), /当事人：年　　月　　日见证人：年　　月　　日检查人员：、年　　月　　日/);
    t.match(flowing(page), `第 ${index + 1} 页 共 ${pages.length} 页`);
  }
  t.match(pages.map(flowing).join(''), /60．现场情况/, 'to the last paragraph');
});

const SIGNED =
  /当事人：年　　月　　日执法人员：年　　月　　日　　　　　年　　月　　日见证人：年　　月　　日第 (\d+) 页 共 (\d+) 页/;
const HEADER = '序号标称名称/场所规格（型号）/场所地址单位数量备注';

t.test(
  'a list of any length: every entry once, in order, header and signatures on every page, closed at the end',
  async () => {
    const item = fc.record({
      name: fc.string({
        unit: fc.constantFrom('牛', '肉', '干', '（', '）', 'a', '1', ' '),
        minLength: 1,
        maxLength: 90,
      }),
      spec: fc.option(
        fc.string({ unit: fc.constantFrom('克', '袋', '，', '5'), minLength: 1, maxLength: 200 }),
      ),
      unit: fc.constantFrom('袋', '千克'),
      quantity: fc.integer({ min: 0, max: 9_999_999 }).map((n) => String(n / 1000)),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(item, { minLength: 1, maxLength: 60 }), async (items) => {
        const { pages } = await render(listOf(items));
        const all = pages.map((page) => flowing(page));
        const signed = all.every((text, index) => {
          const match = SIGNED.exec(text);
          return (
            text.includes(HEADER) && match?.[1] === String(index + 1) && match[2] === String(pages.length)
          );
        });
        const whole = pages.map((page) => page.text).join('');
        const numbers = [...whole.matchAll(/^(\d+)$/gm)].map((match) => Number(match[1]));
        const inOrder = items.every((_, index) => numbers.includes(index + 1));
        const closed = all.slice(0, -1).every((text) => !text.includes('以下空白') && !text.includes('合计'));
        return signed && inOrder && closed;
      }),
      { numRuns: 25 },
    );
  },
);

t.test('totals are exact and per unit, and what follows the last entry is closed', async (t) => {
  const rows = [
    { name: '甲', unit: '千克', quantity: '0.1' },
    { name: '乙', unit: '千克', quantity: '0.2' },
    { name: '丙', unit: '袋', quantity: '1260' },
    { name: '丁', spec: '场所，没有数量' },
  ];
  const { pages } = await render(listOf(rows));
  t.equal(pages.length, 1);
  t.match(flowing(pages[0]), '合计0.3千克；1260袋以下空白');
  t.match(flowing(pages[0]), '本文书一式2份，1份送达，一份归档。');
});

t.test('an entry longer than a page goes on, and nothing is drawn outside the text area', async (t) => {
  const long = Array.from({ length: 500 }, (_, i) => '甲乙丙丁戊己庚辛'[i % 8]).join('');
  const { pages } = await render(
    listOf([{ name: long, spec: long, unit: '件', quantity: '1', remark: long }]),
  );
  const text = pages.map((page) => flowing(page)).join('');
  t.equal(text.split('甲').length - 1, 3 * 63, 'three times the whole text');
  for (const page of pages) {
    const rows = [...page.content.matchAll(/1 0 0 1 ([\d.-]+) ([\d.-]+) Tm/g)].map((match) =>
      Number(match[2]),
    );
    t.ok(Math.min(...rows) > 20, 'above the lower edge');
    t.ok(page.text.includes('当事人：'));
  }
});

t.test('a long text in a form is carried over to the next page', async (t) => {
  const reasons = Array.from({ length: 120 }, (_, i) => `第${i + 1}点理由，详细说明如下。`).join('');
  const data = { ...SAMPLES['matter-approval'], reasons };
  const { pages } = await render(sampleInput('matter-approval', { data }));
  const text = pages.map(flowing).join('');
  t.ok(pages.length >= 2);
  for (const point of [1, 60, 120]) t.match(text, `第${point}点理由`);
  t.match(text, '部门负责人：孙某');
});

t.test('ten thousand rows', async (t) => {
  const { pages } = await render(listOf(manyItems(10_000)));
  const entries = pages.map((page) => [...page.text.matchAll(/^第\d+件$/gm)].length);
  t.equal(
    entries.reduce((sum, count) => sum + count, 0),
    10_000,
    `every entry, on ${pages.length} pages`,
  );
  t.ok(
    entries.slice(0, -1).every((count) => count >= 10),
    'ten and more on every page',
  );
  t.ok(
    pages.every((page) => SIGNED.test(flowing(page))),
    'signed on every page',
  );
  t.match(flowing(pages.at(-1)), /第10000件[^]*合计/);
});
