/**
 * The list of tips at a thousand and at a hundred thousand of them, the first page and a deep one, by two servers on
 * two databases of one PostgreSQL, request by request in turn.
 */
import { performance } from 'node:perf_hooks';
import { capture } from './capture.ts';
import { type BenchDatabase, startDatabase } from './database.ts';
import { type Child, logIn, makeSender, startProduct } from './http.ts';
import { median } from './measure.ts';

const FEW = { database: 'tips_1k', tips: 1000, deepPage: 19 };
const MANY = { database: 'tips_100k', tips: 100_000, deepPage: 200 };
const WARM_UP = 100;
const REQUESTS = 300;
const LIMIT = 1.5;
const ROLE = 'intake_officer';
const PAGE = '/api/tips?limit=50';

type Size = typeof FEW;

/** Tips as they come in: a number of another system and a running clock each, a narrative of some length. */
const FILL = [
  `insert into tips (id, bureau_id, number, kind, state, channel, received_at, competent_on, respondent_name,
     respondent_address, narrative, demand, product_name, amount_fen, created_by, created_at)
   select gen_random_uuid(), $2, 'TS2024' || lpad(n::text, 6, '0'), 'complaint', 'received', 'phone',
     timestamptz '2024-01-01' + n * interval '5 minutes', date '2024-01-01' + n / 288, '演示食品有限公司' || n,
     '成都市新都区演示路' || n || '号', repeat('购买手撕风干牛肉干一袋，口感异常。', 12), '退还货款。',
     '手撕风干牛肉干', 9800, $3, timestamptz '2024-01-01' + n * interval '5 minutes'
   from generate_series(1, $1::int) as n`,
  `insert into tip_numbers (id, bureau_id, tip_id, system, number, created_at)
   select gen_random_uuid(), bureau_id, id, '12345', number, created_at from tips`,
  `insert into clocks (id, bureau_id, rule_id, subject_kind, subject_id, trigger, triggered_on, state, raw_on,
     rolled_on, target_on, calendar_version, created_at)
   select gen_random_uuid(), bureau_id, 'C01', 'tip', id, 'tip.received', competent_on, 'running',
     competent_on + 9, competent_on + 9, competent_on + 9, 'bench', created_at
   from tips`,
  'analyze',
];

async function fillTips({ asOwner, template }: BenchDatabase, { database, tips }: Size): Promise<void> {
  await asOwner(`create database ${database} template shian`, [], 'postgres');
  const { bureauId, users } = template.filled;
  const [insertTips, ...rest] = FILL;
  await asOwner(insertTips!, [tips, bureauId, users[ROLE]!.id], database);
  for (const statement of rest) await asOwner(statement, [], database);
}

type Reader = (path: string) => Promise<{ next: string | null; items: unknown[] }>;

async function readerOf(db: BenchDatabase, { url }: Child): Promise<Reader> {
  const who = await logIn(url, db, ROLE);
  const { send } = makeSender(url, 1);
  return async (path) => {
    const { status, text } = await send('GET', path, who);
    if (status !== 200) throw new Error(`${path}: ${status} ${text}`);
    return JSON.parse(text) as Awaited<ReturnType<Reader>>;
  };
}

/** The address of page `number`, found as a reader finds it: page after page. */
async function pathOfPage(read: Reader, number: number): Promise<string> {
  let path = PAGE;
  for (let page = 1; page < number; page += 1) {
    const { next } = await read(path);
    if (next === null) throw new Error(`there is no page ${number}`);
    path = `${PAGE}&cursor=${next}`;
  }
  return path;
}

async function timed(read: Reader, path: string): Promise<number> {
  const began = performance.now();
  const { items } = await read(path);
  if (items.length !== 50) throw new Error(`${path}: ${items.length} rows`);
  return performance.now() - began;
}

type Plan = { 'Node Type': string; 'Relation Name'?: string; 'Index Name'?: string; Plans?: Plan[] };

const nodesOf = (plan: Plan): Plan[] => [plan, ...(plan.Plans ?? []).flatMap(nodesOf)];

/**
 * The indexes the list is read by, as PostgreSQL plans the statement the product sends; throws where a table is
 * read through or the tips are sorted.
 */
async function indexesOf(db: BenchDatabase, path: string): Promise<string[]> {
  const asked = [{ method: 'GET' as const, url: path }];
  const [statements] = await capture(db, ROLE, asked, MANY.database);
  const list = statements!.find(({ text }) => text.includes('from "tips"'))!;
  const { rows } = await db.asOwner(`explain (format json) ${list.text}`, list.values, MANY.database);
  const [{ Plan: plan }] = (rows[0] as { 'QUERY PLAN': [{ Plan: Plan }] })['QUERY PLAN'];
  const nodes = nodesOf(plan);
  // The few numbers of one tip are sorted; the tips themselves come in the index's order.
  const wrong = nodes.filter(
    (node) =>
      node['Node Type'].endsWith('Seq Scan') ||
      (node['Node Type'].endsWith('Sort') &&
        nodesOf(node).some(({ 'Relation Name': name }) => name === 'tips')),
  );
  if (wrong.length > 0) throw new Error(`${path}: ${JSON.stringify(wrong)}`);
  return [...new Set(nodes.flatMap((node) => node['Index Name'] ?? []))];
}

async function measure(db: BenchDatabase, children: Child[]) {
  for (const size of [FEW, MANY]) await fillTips(db, size);
  const readers: Reader[] = [];
  const deep: string[] = [];
  for (const size of [FEW, MANY]) {
    const child = await startProduct(db, size.database);
    children.push(child);
    const read = await readerOf(db, child);
    readers.push(read);
    deep.push(await pathOfPage(read, size.deepPage));
  }
  const times = { first: [[], []] as [number[], number[]], deep: [[], []] as [number[], number[]] };
  for (let n = -WARM_UP; n < REQUESTS; n += 1) {
    for (const [which, read] of readers.entries()) {
      const first = await timed(read, PAGE);
      const second = await timed(read, deep[which]!);
      if (n < 0) continue;
      times.first[which]!.push(first);
      times.deep[which]!.push(second);
    }
  }
  const indexes = [await indexesOf(db, PAGE), await indexesOf(db, deep[1]!)];
  return { times, indexes };
}

const rounded = (value: number): number => Math.round(value * 100) / 100;

function figures([few, many]: [number[], number[]]) {
  return {
    p50At1kMs: rounded(median(few)),
    p50At100kMs: rounded(median(many)),
    ratio: rounded(median(many) / median(few)),
  };
}

/** The middle times of a page in milliseconds, and the indexes by which it is read. */
export async function benchLists(): Promise<Record<string, unknown>> {
  const db = await startDatabase();
  const children: Child[] = [];
  try {
    const { times, indexes } = await measure(db, children);
    const [first, deep] = [figures(times.first), figures(times.deep)];
    const [firstIndexes, deepIndexes] = indexes;
    return {
      first: { ...first, indexes: firstIndexes },
      deep: { ...deep, indexes: deepIndexes },
      limits: { ratio: LIMIT },
      held: Math.max(first.ratio, deep.ratio) <= LIMIT,
    };
  } finally {
    for (const child of children) await child.stop();
    await db.stop();
  }
}
