/**
 * The seizure list: thirty rows against drawing the same strings directly with the same tags; ten thousand rows in
 * the worker against drawing them directly without tags; twenty lists at once against the patience of the event loop.
 */
import { performance, monitorEventLoopDelay } from 'node:perf_hooks';
import { fileURLToPath } from 'node:url';
import { create } from 'fontkit';
import { readFileSync } from 'node:fs';
import PDFDocument from 'pdfkit';
import { contentHash } from '../src/modules/documents/canonical.ts';
import { renderDocument } from '../src/modules/documents/render.ts';
import type { RenderInput } from '../src/modules/documents/render.ts';
import { startRenderer } from '../src/modules/documents/render-worker.ts';
import type { PaperInput } from '../src/modules/documents/render-worker.ts';
import { loadTemplates, templateFor } from '../src/modules/documents/template.ts';

const TEMPLATES = fileURLToPath(new URL('../templates/documents', import.meta.url));
const ROUNDS = 15;
const LIMITS = { ratio30: 1.5, warm30: 60, ratio10k: 3, memory10k: 450, blocked: 50 };

const template = templateFor(loadTemplates([TEMPLATES]), 'item-list', '2024-03-07');

function rows(
  count: number,
): { name: string; spec: string; unit: string; quantity: string; remark: string }[] {
  const names = ['香辣味牛肉干', '冻鸭肉（原料）', '复合调味料', '真空包装机', '塑料复合膜包装袋'];
  return Array.from({ length: count }, (_, i) => ({
    name: `${names[i % names.length]}${i + 1}`,
    spec: `${100 + (i % 9) * 50}g/袋，批号${20240100 + (i % 28)}`,
    unit: ['袋', '千克', '台'][i % 3] ?? '件',
    quantity: String(1 + ((i * 37) % 500)),
    remark: i % 4 === 0 ? '冷库存放' : '现场称量',
  }));
}

function listOf(count: number): RenderInput {
  const data = { targets: ['goods'], items: rows(count), copies: { total: 2, served: 1 } };
  const paper = {
    template,
    data,
    number: '某都市监强制〔2024〕12号',
    issuedAt: new Date('2024-03-07T04:20:00Z'),
    bureauName: '某某市某某区市场监督管理局',
  };
  const verifyUrl = 'https://shian.example.gov.cn/v/7KQ2M9XD';
  return { ...paper, contentHash: contentHash(paper), verifyUrl, draft: false };
}

const jobOf = ({ template: { kind, version }, ...rest }: RenderInput): PaperInput => ({
  ...rest,
  kind,
  version,
});

const FACES = {
  title: 'noto-serif-sc/700Bold/NotoSerifSC_700Bold.ttf',
  body: 'noto-serif-sc/400Regular/NotoSerifSC_400Regular.ttf',
  heading: 'noto-sans-sc/500Medium/NotoSansSC_500Medium.ttf',
};
const parsedFonts = Object.entries(FACES).map(([name, file]) => ({
  name,
  font: create(readFileSync(fileURLToPath(import.meta.resolve(`@expo-google-fonts/${file}`)))),
}));

const LEFTS = [80, 123, 233, 364, 415, 466];
const TITLE = ['某某市某某区市场监督管理局', '财物清单'];
const HEADER = ['序号', '标称名称/', '场所', '规格（型号）/', '场所地址', '单位', '数量', '备注'];
const DATE = '年　　月　　日';
const SIGNED = ['当事人：', DATE, '执法人员：', DATE, DATE, '见证人：', DATE];
const PROOF = [
  '校验码：3F8A-1C6E-5D7B-9024　　文书编号：某都市监强制〔2024〕12号',
  '文书内容校验值（SHA-256）：3f8a1c6e5d7b9024a1b2c3d4e5f60718293a4b5c6d7e8f90a1b2c3d4e5f60718',
  '核验地址：https://shian.example.gov.cn/v/7KQ2M9XD',
];

type Direct = { tagged: boolean; rowsAPage: number };

/** What one would write by hand: every string at a fixed place, parsed fonts, no line breaking and no layout. */
async function drawDirectly(count: number, { tagged, rowsAPage }: Direct): Promise<Buffer> {
  const { doc, done } = openDirect(tagged);
  const root = tagged ? doc.struct('Document') : null;
  if (root) doc.addStructure(root);
  const table = root ? doc.struct('Table') : null;
  if (root && table) root.add(table);
  const list = rows(count);
  const pages = Math.ceil(count / rowsAPage);
  for (let page = 0; page < pages; page += 1) {
    doc.addPage();
    drawFrame(doc, LEFTS, rowsAPage);
    for (const text of page === 0 ? TITLE : []) {
      part(doc, root, 'H1', () => put(doc.font('title', 22), text, 200, 120));
    }
    drawRows(doc, table, list.slice(page * rowsAPage, (page + 1) * rowsAPage), page * rowsAPage);
    drawRest(doc, root, page + 1, pages);
  }
  root?.end();
  doc.end();
  return done;
}

function openDirect(tagged: boolean): { doc: Doc; done: Promise<Buffer> } {
  const conformance = tagged
    ? ({ pdfVersion: '1.7', subset: 'PDF/A-2b', tagged, lang: 'zh-CN' } as const)
    : {};
  const doc = new PDFDocument({ size: 'A4', margin: 0, autoFirstPage: false, font: '', ...conformance });
  for (const { name, font } of parsedFonts) doc.registerFont(name, font as unknown as Buffer);
  const chunks: Buffer[] = [];
  doc.on('data', (chunk: Buffer) => chunks.push(chunk));
  return { doc, done: new Promise((resolve) => doc.on('end', () => resolve(Buffer.concat(chunks)))) };
}

type Doc = PDFKit.PDFDocument;
type Element = PDFKit.PDFStructureElement;

const put = (doc: Doc, text: string, x: number, y: number): void =>
  void doc.text(text, x, y, { lineBreak: false });

function part(doc: Doc, parent: Element | null, tag: string, draw: () => void): void {
  if (!parent) return draw();
  const element = doc.struct(tag);
  parent.add(element);
  element.add(draw);
  element.end();
}

function drawRows(doc: Doc, table: Element | null, list: ReturnType<typeof rows>, before: number): void {
  doc.font('heading', 12);
  for (const [index, text] of HEADER.entries()) put(doc, text, 80 + index * 50, 200);
  doc.font('body', 10.5);
  for (const [offset, row] of list.entries()) {
    const tr = table ? doc.struct('TR') : null;
    if (table && tr) table.add(tr);
    for (const [column, text] of [String(before + offset + 1), ...Object.values(row)].entries()) {
      part(doc, tr, 'TD', () => put(doc, text, (LEFTS[column] ?? 0) + 3, 230 + offset * 24));
    }
    tr?.end();
  }
}

function drawRest(doc: Doc, root: Element | null, page: number, pages: number): void {
  doc.font('body', 16);
  for (const [index, text] of SIGNED.entries())
    part(doc, root, 'P', () => put(doc, text, 80, 600 + index * 14));
  doc.font('heading', 12);
  part(doc, root, 'P', () => put(doc, `第 ${page} 页 共 ${pages} 页`, 260, 730));
  put(doc.font('body', 14), `— ${page} —`, 440, 760);
  doc.fontSize(7);
  for (const [index, text] of PROOF.entries()) put(doc, text, 140, 790 + index * 10);
}

function drawFrame(doc: Doc, lefts: number[], count: number): void {
  doc.markContent('Artifact', { type: 'Layout' });
  for (const x of [...lefts, 521]) doc.moveTo(x, 226).lineTo(x, 226 + count * 24);
  for (let row = 0; row <= count; row += 1) doc.moveTo(80, 226 + row * 24).lineTo(521, 226 + row * 24);
  doc.stroke();
  doc.endMarkedContent();
}

const median = (values: number[]): number =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;

async function timed(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await work();
  return performance.now() - start;
}

async function thirtyRows() {
  const ours: number[] = [];
  const direct: number[] = [];
  for (let round = -3; round < ROUNDS; round += 1) {
    // Turn by turn, so that both meet the same machine.
    const a = await timed(() => renderDocument(listOf(30)));
    const b = await timed(() => drawDirectly(30, { tagged: true, rowsAPage: 12 }));
    if (round >= 0) {
      ours.push(a);
      direct.push(b);
    }
  }
  return { list30Ms: median(ours), direct30Ms: median(direct), list30Ratio: median(ours) / median(direct) };
}

async function tenThousandRows() {
  const renderer = startRenderer({ templateDirs: [TEMPLATES] });
  await renderer.render(jobOf(listOf(30)));
  const times: number[] = [];
  const before = process.memoryUsage().rss;
  let most = before;
  const watch = setInterval(() => (most = Math.max(most, process.memoryUsage().rss)), 10);
  const job = jobOf(listOf(10_000));
  times.push(await timed(() => renderer.render(job)));
  clearInterval(watch);
  for (let round = 0; round < 2; round += 1) times.push(await timed(() => renderer.render(job)));
  await renderer.close();
  const direct: number[] = [];
  for (let round = 0; round < 3; round += 1) {
    direct.push(await timed(() => drawDirectly(10_000, { tagged: false, rowsAPage: 12 })));
  }
  return {
    list10kMs: median(times),
    direct10kMs: median(direct),
    list10kRatio: median(times) / median(direct),
    list10kMoreMb: (most - before) / 1024 / 1024,
  };
}

async function twentyAtOnce() {
  const renderer = startRenderer({ templateDirs: [TEMPLATES] });
  const job = jobOf(listOf(30));
  await renderer.render(job);
  const delay = monitorEventLoopDelay({ resolution: 1 });
  delay.enable();
  const ms = await timed(() => Promise.all(Array.from({ length: 20 }, () => renderer.render(job))));
  delay.disable();
  await renderer.close();
  return { twentyListsMs: ms, twentyListsBlockedMs: delay.max / 1e6 };
}

/** Runs the three; every figure with its limit, rounded to two places. */
export async function benchDocuments(): Promise<Record<string, unknown>> {
  const figures = { ...(await thirtyRows()), ...(await twentyAtOnce()), ...(await tenThousandRows()) };
  const held =
    figures.list30Ratio <= LIMITS.ratio30 &&
    figures.list30Ms <= LIMITS.warm30 &&
    figures.list10kRatio <= LIMITS.ratio10k &&
    figures.list10kMoreMb < LIMITS.memory10k &&
    figures.twentyListsBlockedMs <= LIMITS.blocked;
  const rounded = Object.entries(figures).map(([name, value]) => [name, Math.round(value * 100) / 100]);
  return { ...Object.fromEntries(rounded), limits: LIMITS, held };
}
